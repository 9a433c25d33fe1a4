"""The tree: neighbours, parents, spans, voices, and the golden file that freezes every block."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

import golden_blocks
import ncrelations as ncr
from ncrelations.document.tree import Block, Document, Leaf, Section, Sentence, Span
from ncrelations.document.voice import Voice as AnyVoice
from ncrelations.editions.nato_china import two_documents
from ncrelations.editions.nato_china.voices import Voice
from ncrelations.errors import NoSuchPlace, NoSuchSection

DOCUMENTS = pytest.mark.parametrize("document", ncr.documents(), ids=lambda document: document.id)


def test_golden_blocks(request: pytest.FixtureRequest) -> None:
    """Citation, kind, voice, span, words and checksum of every block are the frozen ones; none is missing or unused."""
    if request.config.getoption("--rewrite-golden"):
        golden_blocks.rewrite()
    expected, found = golden_blocks.read(), golden_blocks.blocks()
    assert set(expected) - set(found) == set(), "entries of golden/blocks.txt that no block uses"
    assert set(found) - set(expected) == set(), "blocks that golden/blocks.txt lacks"
    assert list(found) == list(expected)
    for citation, line in expected.items():
        assert found[citation] == line


@DOCUMENTS
def test_checksum_is_that_of_the_packaged_file(document: Document) -> None:
    """A document's sha256 is that of its source file, and its source is that file decoded."""
    data = (Path(two_documents.__file__).with_name("sources") / f"{document.id}.txt").read_bytes()
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.source.encode() == data


def test_the_sources_are_the_given_ones() -> None:
    """The checksums of both sources are pinned: nobody edits a source."""
    assert {document.id: document.sha256 for document in ncr.documents()} == {
        "report": "52ec776f3451a26a348a280ee03cd16e994cd24d8b121e2704a2df1b5d2fb48b",
        "article": "f4b6040812772a72b8c82c99c63775a7c0a2c26c2b12577b4127b1fdd76ac5f6",
    }


CHANGES = {
    "a letter": (b"against piracy", b"against pirasy"),
    "a sentence": (b"Hence, ", b""),
    "a line break": (b"\n", b"\r\n"),
    "an end": (b".", b".\n\n"),
}
"""What may happen to a source, each time where it first finds the words: all of it still parses."""

COMMANDS = (
    ("show", "report/VI.1/p2"),
    ("cite", "report/VI.1/p2"),
    ("cite", "report", "--format", "bibtex"),
    ("verify",),
    ("toc",),
    ("perceptions",),
    ("milestones",),
    ("entities", "Beijing"),
    ("export", "report"),
    ("ask", "Show me section VI.1"),
)


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package beside a copy of its index, whose sources may be changed."""
    root = tmp_path_factory.mktemp("changed")
    package = Path(ncr.__file__).parent
    shutil.copytree(package, root / "src" / "ncrelations", ignore=shutil.ignore_patterns("__pycache__"))
    return root / "src"


@pytest.mark.parametrize(
    ("command", "change"),
    [*((command, "a letter") for command in COMMANDS), *((c, each) for c in COMMANDS[:4] for each in CHANGES)],
    ids=str,
)
def test_a_changed_source_refuses_everywhere(copied: Path, command: tuple[str, ...], change: str) -> None:
    """One other letter in a source, and no command shows, cites, lists or verifies anything of it."""
    source = copied / "ncrelations" / "editions" / "nato_china" / "sources" / "report.txt"
    given, (before, after) = source.read_bytes(), CHANGES[change]
    assert before in given
    source.write_bytes(given.replace(before, after, 1))
    try:
        environment = {**os.environ, "PYTHONPATH": str(copied), "PYTHONUTF8": "1"}
        called = [sys.executable, "-m", "ncrelations", *command]
        result = subprocess.run(called, env=environment, capture_output=True, text=True, timeout=60, check=False)
    finally:
        source.write_bytes(given)
    assert (result.returncode, result.stdout) == (2, "")
    assert "the source of 'report' is damaged: its checksum" in result.stderr


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10_000_000_000)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes")
@pytest.mark.parametrize(
    "put", [_pipe, _sparse, Path.mkdir, Path.exists], ids=["a pipe", "10 GB", "a folder", "nothing"]
)
def test_a_source_that_is_no_file_is_refused(copied: Path, put: Callable[[Path], object]) -> None:
    """A pipe is not waited for, a sparse file not read, a folder and a missing file are named: one error for all."""
    source = copied / "ncrelations" / "editions" / "nato_china" / "sources" / "article.txt"
    aside = source.rename(source.with_suffix(".aside"))
    put(source)
    try:
        environment = {**os.environ, "PYTHONPATH": str(copied), "PYTHONUTF8": "1"}
        called = [sys.executable, "-m", "ncrelations", "show", "article/intro/p1"]
        result = subprocess.run(called, env=environment, capture_output=True, text=True, timeout=20, check=False)
    finally:
        source.rmdir() if source.is_dir() else source.unlink(missing_ok=True)
        aside.rename(source)
    assert (result.returncode, result.stdout) == (2, "")
    assert "the source of 'article' is damaged" in result.stderr


@DOCUMENTS
def test_walk_visits_every_section_once(document: Document) -> None:
    """Walking a document and reading blocks sees every section and every block once, in source order."""
    walked = list(document.walk())
    assert len({section.id for section in walked}) == len(walked)
    blocks = [block for section in walked for block in section.blocks]
    assert blocks == list(document.blocks)
    assert blocks == sorted(blocks, key=lambda block: block.span)
    assert [each for section in document.sections for each in section.walk()] == walked


@DOCUMENTS
def test_spans_nest_and_do_not_overlap(document: Document) -> None:
    """A section holds its heading, blocks and children; neighbouring blocks and sections do not overlap."""
    for section in document.walk():
        inside: list[Block | Section] = [*section.blocks, *section.children]
        assert all(section.span.contains(each.span) for each in inside)
        assert section.heading_span is None or section.span.contains(section.heading_span)
    for row in (document.sections, document.blocks):
        spans = [each.span for each in row]
        assert all(before.end <= after.start for before, after in pairwise(spans))


@DOCUMENTS
def test_every_section_has_blocks_of_its_own(document: Document) -> None:
    """No section is empty, and block numbers count from 1 within each kind."""
    for section in document.walk():
        assert section.blocks
        for kind in "pbm":
            numbers = [block.citation.block for block in section.blocks if (block.citation.block or "")[0] == kind]
            assert numbers == [f"{kind}{n}" for n in range(1, len(numbers) + 1)]


def test_parents_and_children() -> None:
    """The five topics are the children of section VI; no other section has a parent."""
    report = ncr.report
    assert [child.id for child in report.recommendations.children] == [f"VI.{n}" for n in range(1, 6)]
    for section in report.walk():
        assert section.parent == (report.recommendations if "." in section.id else None)
    assert all(section.parent is None and section.children == () for section in ncr.article.walk())


@DOCUMENTS
def test_next_and_previous(document: Document) -> None:
    """Following `next` from the first section or block visits all in order; `previous` goes back."""
    sections, blocks = list(document.walk()), list(document.blocks)
    assert [section.next for section in sections] == [*sections[1:], None]
    assert [section.previous for section in sections] == [None, *sections[:-1]]
    assert [block.next for block in blocks] == [*blocks[1:], None]
    assert [block.previous for block in blocks] == [None, *blocks[:-1]]


def test_a_section_reads_with_its_children() -> None:
    """The text of a section has its blocks and those of its sub-sections, a blank line between them."""
    recommendations = ncr.report.recommendations
    assert len(recommendations.text.split("\n\n")) == 3 + 4 + 4 + 4 + 4 + 5
    assert recommendations.maritime_security.text in recommendations.text
    assert ncr.article.introduction.text == "\n\n".join(block.text for block in ncr.article.introduction.blocks)


def test_a_place_knows_its_way_up() -> None:
    """A sentence leads to its block, section and document."""
    sentence = ncr.resolve("report/VI.1/p2/s1")
    assert isinstance(sentence, Sentence)
    assert sentence.block is ncr.resolve("report/VI.1/p2")
    assert sentence.block.section is ncr.report.recommendations.maritime_security
    assert sentence.document is ncr.report
    assert sentence.voice is sentence.block.voice is Voice.EXPERTS
    assert sentence.raw == ncr.report.source[sentence.span.start : sentence.span.end]


def test_voices() -> None:
    """The bullets of III are NATO's view, those of IV China's, the article its author's, all else the experts'."""
    for document in ncr.documents():
        for block in document.blocks:
            bullet = block.kind == "bullet"
            side = {"III": Voice.NATO, "IV": Voice.CHINA}.get(block.section.id, Voice.EXPERTS)
            expected = Voice.AUTHOR if document.id == "article" else side if bullet else Voice.EXPERTS
            assert block.voice is expected, block.citation
            assert all(sentence.voice is expected for sentence in block.sentences)


def test_introductions_of_perceptions_are_the_experts_words() -> None:
    """The paragraph above each side's perceptions is the experts', though the section states that side's view."""
    assert ncr.report.nato_perceptions.voice is Voice.NATO
    assert ncr.report.chinese_perceptions.voice is Voice.CHINA
    assert ncr.report.nato_perceptions.blocks[0].voice is Voice.EXPERTS
    assert ncr.report.chinese_perceptions.blocks[0].voice is Voice.EXPERTS


@pytest.mark.parametrize(
    ("voice", "label"),
    [
        ("nato", "NATO perception of China"),
        ("china", "Chinese perception of NATO"),
        ("experts", "CSDR-CIISS expert group"),
        ("author", "Brian Wong"),
    ],
)
def test_voice_names_and_labels(voice: str, label: str) -> None:
    """A voice has a name for machines and a label for people, and prints as its name."""
    assert Voice.named(voice).label == label
    assert str(Voice.named(voice)) == f"{Voice.named(voice)}" == voice


@pytest.mark.parametrize(("name", "first"), [("natto", "nato"), ("expert", "experts"), ("NATO", "nato"), ("?", "nato")])
def test_an_unknown_voice_is_named(name: str, first: str) -> None:
    """A voice that does not exist is refused with the nearest first; where none is near, all four are named."""
    with pytest.raises(NoSuchPlace, match="there is no voice") as caught:
        Voice.named(name)
    assert caught.value.suggestions[0] == first
    assert name != "?" or caught.value.suggestions == ("nato", "china", "experts", "author")


def test_an_unknown_section_is_named() -> None:
    """A section that a document does not have is refused with its nearest."""
    with pytest.raises(NoSuchSection) as caught:
        ncr.report.section("VI.6")
    assert caught.value.name == "report/VI.6"
    assert caught.value.suggestions[0] == "report/VI.5"


def test_a_hostile_section_name_is_made_printable() -> None:
    """A section name from outside does not carry control characters into a message."""
    with pytest.raises(NoSuchSection) as caught:
        ncr.report.section("VI\x1b[2J")
    assert str(caught.value).isprintable()


def test_places_are_frozen() -> None:
    """No field of a place can be assigned."""
    block = ncr.report.outlook.blocks[0]
    for place in (ncr.report, ncr.report.outlook, block, block.sentences[0], block.span, block.citation):
        field = dataclasses.fields(place)[0].name
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(place, field, "other")


def test_places_are_values() -> None:
    """Places are equal to themselves only, can be hashed, and print briefly."""
    blocks = [block for document in ncr.documents() for block in document.blocks]
    assert len(set(blocks)) == len(blocks)
    assert "tree" not in repr(blocks[0])
    assert len(repr(ncr.report)) < 1_000


def test_spans() -> None:
    """A span has a length, an order, and knows what it contains."""
    assert len(Span(3, 7)) == 4
    assert Span(3, 7).contains(Span(3, 7))
    assert Span(3, 7).contains(Span(4, 4))
    assert not Span(3, 7).contains(Span(6, 8))
    assert sorted([Span(2, 3), Span(1, 9), Span(1, 2)]) == [Span(1, 2), Span(1, 9), Span(2, 3)]


@DOCUMENTS
def test_values_can_be_pickled(document: Document) -> None:
    """Leaves, spans, citations and voices survive pickling, for caches and other processes."""
    sample: tuple[Leaf | Span | AnyVoice, ...] = (
        *document.leaves[:3],
        document.blocks[0].span,
        document.blocks[0].voice,
    )
    assert pickle.loads(pickle.dumps(sample)) == sample  # noqa: S301 -- our own bytes


def test_a_place_survives_pickling() -> None:
    """A block and its section can be handed to another process."""
    block = ncr.report.outlook.blocks[0]
    again = pickle.loads(pickle.dumps(block))  # noqa: S301 -- our own bytes
    assert again == block
    assert again.section.heading == "OUTLOOK"
    assert again.human == block.human


def test_titles() -> None:
    """The report has no date, for its text has none; the article has title, author and date as printed."""
    assert ncr.report.title == "NATO-China Relations: Charting the Way Forward"
    assert ncr.report.work.date is None
    assert ncr.article.title == ncr.article.front.blocks[0].text
    assert ncr.article.author == "Brian Wong Yueshun"
    assert ncr.article.date == "August 04, 2022"
    assert ncr.article.work.date == (2022, 8, 4)
