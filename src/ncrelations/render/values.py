"""Any value of the library as a page, and as the text that the command line prints of it.

from ncrelations.render.values import text
print(text(ncr.ask("maritime security")))
"""

from __future__ import annotations

from ncrelations.answers.answer import Answer
from ncrelations.answers.comparison import Comparison
from ncrelations.document.block_range import Range
from ncrelations.document.entities import Entity
from ncrelations.document.excerpt import Excerpt
from ncrelations.document.tree import Block, Document, Section, Sentence
from ncrelations.editions.nato_china.records import Milestone, Perception, Recommendation, Risk
from ncrelations.render import record_pages
from ncrelations.render.answer_pages import answer_page, comparison_page, excerpt_page
from ncrelations.render.entity_pages import entity_page
from ncrelations.render.form import Page
from ncrelations.render.places import blocks_page, place_page, toc_page
from ncrelations.render.write import plain
from ncrelations.texts import Texts

Value = (
    Answer | Comparison | Excerpt | Entity | Document | Section | Range | Block | Sentence
    | Perception | Risk | Recommendation | Milestone
)  # fmt: skip
"""What has a page: what is asked, read and listed. A document's is its table of contents."""


def page_of(value: Value) -> Page:
    """The page of a value, an answer's in the language of its question."""
    match value:
        case Answer():
            return answer_page(value, texts=Texts(value.language))
        case Comparison():
            return comparison_page(value)
        case Excerpt():
            return excerpt_page(value)
        case Entity():
            return entity_page(value)
        case Document():
            return toc_page([value])
        case Section() | Range() | Block() | Sentence():
            return blocks_page(value.blocks) if isinstance(value, Range) else place_page(value)
        case _:
            return _record_page(value)


def _record_page(record: Perception | Risk | Recommendation | Milestone) -> Page:
    match record:
        case Perception():
            return record_pages.perceptions_page([record])
        case Risk():
            return record_pages.risks_page([record])
        case Recommendation():
            return record_pages.recommendations_page([record])
        case Milestone():
            return record_pages.milestones_page([record])


def text(value: Value, width: int | None = 80) -> str:
    """A value as the command line prints it, in lines of `width` columns; `None` does not wrap."""
    return plain(page_of(value), width)
