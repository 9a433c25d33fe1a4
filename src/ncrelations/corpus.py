"""The two documents, loaded from the package, and the way from any citation to its place."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from ncrelations.citation import Citation, Work, nearest, printable
from ncrelations.document import Block, Document, Section, Sentence
from ncrelations.errors import InvalidCitation, NoSuchDocument, NoSuchPlace
from ncrelations.parse import parse
from ncrelations.sections import SECTION_KINDS, Article, Report

_D = TypeVar("_D", bound=Document)

_WORKS = {
    "report": Work(
        kind="report",
        name="CSDR-CIISS report",
        title="NATO-China Relations: Charting the Way Forward",
        authors=(
            ("Center for Strategic Decision Research (CSDR)", ""),
            ("China Institute for International Strategic Studies (CIISS)", ""),
        ),
        publisher="Center for Strategic Decision Research and China Institute for International Strategic Studies",
        periodical=None,
        date=None,
    ),
    "article": Work(
        kind="article",
        name="Brian Wong, TI Observer",
        title="A New NATO-China Modus Vivendi Towards Renewed and Sustainable Relations",
        authors=(("Wong", "Brian Yueshun"),),
        publisher="Taihe Institute",
        periodical="TI Observer",
        date=(2022, 8, 4),
    ),
}


def _load(id: str, whole: type[_D]) -> _D:
    data = Path(__file__).with_name("sources").joinpath(f"{id}.txt").read_bytes()
    document = parse(id, data, _WORKS[id], SECTION_KINDS[id], whole)
    assert isinstance(document, whole)  # parse builds what it is given
    return document


report = _load("report", Report)
"""The CSDR-CIISS report."""

article = _load("article", Article)
"""Brian Wong's article."""


def documents() -> tuple[Document, ...]:
    """Both documents, the report first."""
    return (report, article)


def document(id: str) -> Document:
    """The document of that id; `NoSuchDocument` with the near misses for any other."""
    for each in documents():
        if each.id == id:
            return each
    ids = [each.id for each in documents()]
    raise NoSuchDocument("document", printable(id), nearest(id, ids) or tuple(ids))


def resolve(citation: str | Citation) -> Document | Section | Block | Sentence:
    """The place a citation names.

    Raises `InvalidCitation` for text outside the grammar and `NoSuchPlace` (`NoSuchDocument`,
    `NoSuchSection`) for a place that does not exist; both name the nearest citations that do.
    """
    citation = _parse(str(citation))
    whole = document(citation.document)
    if citation.section is None:
        return whole
    section = whole.section(citation.section)
    if citation.block is None:
        return section
    block = whole.tree.blocks.get(citation.of_block)
    if block is None:
        raise NoSuchPlace("block", str(citation.of_block), whole.near(str(citation.of_block)))
    if citation.sentence is None:
        return block
    if citation.sentence > len(block.sentences):
        last = block.sentences[-1].citation
        raise NoSuchPlace("sentence", str(citation), (str(last),))
    return block.sentences[citation.sentence - 1]


def _parse(text: str) -> Citation:
    """Like `Citation.parse`, its error completed with the nearest citations of the documents."""
    try:
        return Citation.parse(text)
    except InvalidCitation as error:
        near = tuple(name for each in documents() for name in each.near(text))
        raise InvalidCitation(error.citation, near[:3]) from None
