"""Real files in a collection: all are added, nothing is lost, every quotation is verbatim, every page is right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ncrelations.collections.collection import Collection
from ncrelations.collections.stored_document import document_from, tree_data

pypdfium2 = pytest.importorskip("pypdfium2", reason="pip install 'ncrelations[own]'")

FILES = Path(__file__).with_name("own_files")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    """The real files, read in the process that reads files."""
    kept = Collection(tmp_path_factory.mktemp("real") / "collection")
    report = kept.sync([FILES])
    assert report.found == report.added == len(list(FILES.iterdir()))
    yield kept
    kept.store.close()


def words(text: str) -> set[str]:
    """The words of a text, letter case aside; a hyphen at a line's end joins or parts, so halves count."""
    return set(re.findall(r"\w{3,}", text.casefold()))


def test_nothing_is_lost(real: Collection) -> None:
    """Every document is its text, every sentence a slice of it, and the files are still those that were read."""
    for each in real.verify():
        assert each.proven, each
        assert {state for _, state in each.files} == {"same"}


def test_what_is_stored_is_the_whole_tree(real: Collection) -> None:
    """Stored and read again, each document has the same pieces, sections within sections, blocks, voices and pages."""
    for document in real.documents():
        again = document_from(document.id, document.work, document.source, document.sha256, tree_data(document))
        assert again == document
        assert again.blocks == document.blocks
        assert list(again.walk()) == list(document.walk())
        assert [each.children for each in again.walk()] == [each.children for each in document.walk()]
        assert again.tree.pages == document.tree.pages
        assert [each.human for each in again.blocks] == [each.human for each in document.blocks]


def test_each_page_is_the_right_one(real: Collection) -> None:
    """PDFium finds the words of each passage on the page that its citation names; other files have no pages."""
    seen = 0
    for each in real.status().documents:
        document = real.library.stored.document(each.record.id)
        if each.version is None or each.version.kind != "pdf":
            assert {block.page for block in document.blocks} == {None}
            continue
        with pypdfium2.PdfDocument(each.files[0].path) as pdf:
            pages = [words(page.get_textpage().get_text_range()) for page in pdf]
        for block in document.blocks:
            assert block.page is not None
            mine = words(" ".join(block.text.split()[:8]))
            assert len(mine & pages[block.page - 1]) >= 0.7 * len(mine), (block, mine - pages[block.page - 1])
            label = block.page_label or str(block.page)
            assert re.search(rf"\(pp?\. {re.escape(label)}\b", block.human), block.human
            seen += 1
    assert seen > 300


def test_a_letter_within_a_letter(real: Collection) -> None:
    """An answer names the page, and whose words they are: NATO's Secretary General's, passed on by the UN's."""
    answer = real.ask("How many troops does KFOR have?", 1)
    assert "approximately 5,500" in answer.excerpts[0].text
    assert answer.excerpts[0].block.page == 3
    assert "North Atlantic Treaty Organization" in answer.excerpts[0].voice.label
    assert answer.excerpts[0].human.endswith("para. 2 (p. 3)")
