"""The corpus: the two documents, and the way from any citation to its place."""

from __future__ import annotations

import pytest

import ncrelations as ncr
from edition_kit import CORPUS
from ncrelations.document.citation import Citation
from ncrelations.document.tree import Block, Document, Section, Sentence
from ncrelations.editions.nato_china.two_documents import Article, Report
from ncrelations.errors import NCRelationsError, NoSuchDocument, NoSuchPlace


def test_there_are_two_documents() -> None:
    """Both documents, the report first, each the one object of its kind."""
    assert ncr.documents() == (ncr.report, ncr.article)
    assert isinstance(ncr.report, Report)
    assert isinstance(ncr.article, Article)
    assert [document.id for document in ncr.documents()] == ["report", "article"]


@pytest.mark.parametrize(
    ("citation", "kind"),
    [
        ("report", Document),
        ("article/notes", Section),
        ("report/VI.1/p2", Block),
        ("report/VI.1/p2/s1", Sentence),
    ],
)
def test_resolve_gives_the_kind_of_place_named(citation: str, kind: type[object]) -> None:
    """A citation of one, two, three or four parts leads to a document, section, block or sentence."""
    assert isinstance(ncr.resolve(citation), kind)
    assert ncr.resolve(Citation.parse(citation)) is ncr.resolve(citation)


@pytest.mark.parametrize("id", ["report", "article"])
def test_document_by_id(id: str) -> None:
    """A document is found by its id."""
    assert CORPUS.document(id).id == id


@pytest.mark.parametrize("id", ["", "Report", "rapport", "zzz", "report "])
def test_an_unknown_document_is_refused(id: str) -> None:
    """Any other id is refused, and the documents that exist are named."""
    with pytest.raises(NoSuchDocument) as caught:
        CORPUS.document(id)
    assert caught.value.kind == "document"
    assert set(caught.value.suggestions) <= {"report", "article"}
    assert caught.value.suggestions


def test_a_block_of_another_section_is_not_found() -> None:
    """Block ids count within their own section: VI has three paragraphs, its topics have their own."""
    assert isinstance(ncr.resolve("report/VI/p3"), Block)
    with pytest.raises(NoSuchPlace, match="there is no block 'report/VI/p4'"):
        ncr.resolve("report/VI/p4")


def test_a_citation_that_skips_a_level_is_refused() -> None:
    """A citation made by hand of a block without a section names nothing, and surely not the whole document."""
    with pytest.raises(NCRelationsError):
        ncr.resolve(Citation("report", None, "p1"))
