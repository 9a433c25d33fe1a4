"""The tools of an assistant, as functions: what answers gives data, what is read gives text, page by page.

Annotations are values here, not texts: what a tool accepts depends on the library that it is made for.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Annotated, Any

from pydantic import Field

import ncrelations as ncr
from ncrelations.cli.assistant_pages import Piece, page_of, pieces_at, pieces_of
from ncrelations.cli.current import has_records
from ncrelations.document.citation import Citation, nearest, printable
from ncrelations.document.reference import CiteFormat
from ncrelations.document.themes import Theme
from ncrelations.document.typed_places import document_at, places_at, voice_at
from ncrelations.document.voice import Voice
from ncrelations.errors import NoSuchPlace
from ncrelations.library import Library
from ncrelations.proofing.draft_reading import DraftFormat
from ncrelations.render.answer_pages import themes_page
from ncrelations.render.entity_pages import entities_page, entity_page
from ncrelations.render.form import Page, para
from ncrelations.render.places import toc_page
from ncrelations.render.record_pages import (
    milestones_page,
    perceptions_page,
    recommendations_page,
    risks_page,
    timeline_page,
)
from ncrelations.service import request_data as asked
from ncrelations.service.response_data import AnswerData, ComparisonData, ExcerptData, ProofData

Run = Callable[[str, asked.Asked], Any]
"""What works out an operation (`ncrelations.service.operations`) and gives its data."""

Tool = Callable[..., Any]
"""A tool: its name, what it takes and gives are those of the function."""

MOST_NAMED = 40
"""How many documents and voices an assistant is told of."""

Question = Annotated[str, Field(description="A question in English, at most 2,000 characters.")]
Draft = Annotated[str, Field(max_length=asked.LONGEST_DRAFT, description="The draft, whole.")]
PageNumber = Annotated[int, Field(ge=1, description="Which page of a long text.")]


def tools(library: Library, run: Run) -> Iterator[Tool]:
    """The tools that a library has: all of them ask and show, and what else there is depends on the documents."""
    yield from (*_asking(library, run), *_reading(library, run), *_known(library))
    if has_records(library):
        yield from _records(library)


def _asking(library: Library, run: Run) -> Iterator[Tool]:
    """The tools that answer. Voices are named in their schema; the library refuses any other, with the nearest."""
    voices = [voice.value for voice in library.corpus.voices]
    named = Annotated[str, Field(json_schema_extra={"enum": voices})]
    whose = Annotated[named | None, Field(description="Only this voice.")]
    inside = Annotated[str | None, Field(description=f"Only inside this place: {', '.join(_examples(library))}.")]

    def ask(question: Question, k: asked.Excerpts = 5, within: inside = None, voice: whose = None) -> AnswerData:
        """Answer a question with cited excerpts, and say whether the documents answer it."""
        given: AnswerData = run("ask", asked.Ask(question=question, k=k, within=within, voice=voice))
        return given

    def search(query: Question, k: asked.Excerpts = 5, within: inside = None, voice: whose = None) -> list[ExcerptData]:
        """The passages nearest to some words, best first, without judgement."""
        given: list[ExcerptData] = run("search", asked.Search(query=query, k=k, within=within, voice=voice))["excerpts"]
        return given

    def compare(topic: Question, k: asked.Excerpts = 2) -> ComparisonData:
        """One topic, every voice side by side; `themes` are the editors' pairing."""
        given: ComparisonData = run("compare", asked.Compare(topic=topic, k=k))
        return given

    def proof(text: Draft, format: DraftFormat = "markdown") -> ProofData:
        """Check every quotation in a draft: its words, the place named beside it, those credited with it."""
        given: ProofData = run("proof", asked.CheckDraft(text=text, format=format))
        return given

    yield from (ask, search, compare, proof)


def _reading(library: Library, run: Run) -> Iterator[Tool]:
    """The tools that show what is asked for by its citation."""
    section, _, block = _examples(library)[-1].rpartition("/")
    example = f"{section}, {section}/{block}, {section}/{block}/s1 or {section}/{block}-{block[0]}{int(block[1:]) + 2}"
    place = Annotated[str, Field(max_length=200, description=f"A citation: {example}.")]
    whole = Annotated[str | None, Field(max_length=200, description=f"One of {', '.join(_ids(library))}.")]

    def show(citation: place, page: PageNumber = 1) -> str:
        """A place of the documents, whole, with everything inside it."""
        places = places_at(library.corpus, citation)
        standing = (Piece("", str(said)) for each in places if (said := library.standing(each)))
        return page_of((*standing, *pieces_at(places)), page, f'show(citation="{citation}")')

    def cite(citation: place, format: CiteFormat = "text") -> str:
        """A citation for a bibliography or a footnote."""
        given: str = run("cite", asked.Cite(citation=citation, format=format))["text"]
        return given

    def toc(document: whole = None, page: PageNumber = 1) -> str:
        """The tables of contents: every section with its citation and voice."""
        chosen = library.documents() if document is None else (document_at(library.corpus, document),)
        return _paged(toc_page(chosen), page, "toc", document=document)

    yield from (show, cite, toc)


def _paged(page: Page, number: int, tool: str, **arguments: str | None) -> str:
    given = ", ".join(f'{name}="{value}"' for name, value in arguments.items() if value is not None)
    return page_of(pieces_of(page), number, f"{tool}({given})")


def _known(library: Library) -> Iterator[Tool]:
    """The tools that tell what is known of the documents beside their texts, where anything is."""

    def entities(name: str | None = None, page: PageNumber = 1) -> str:
        """People, places, organisations and agreements; with a name, every mention of it in its sentence."""
        shown = entities_page(library.corpus.entities.all) if name is None else entity_page(library.entity(name))
        return _paged(shown, page, "entities", name=name)

    def themes(theme: str | None = None, page: PageNumber = 1) -> str:
        """Editorial: the themes that pair what the voices say; with one named, the sentences of each voice."""
        every = {each.id: each for each in library.corpus.themes}
        if theme is None:
            listed = (para(f"{each.id}: {each.title}", mark="-", tight=True) for each in every.values())
            return _paged(tuple(listed), page, "themes")
        return _paged(themes_page([_theme(every, theme)]), page, "themes", theme=theme)

    if library.corpus.entities.all:
        yield entities
    if library.corpus.themes:
        yield themes


def _theme(themes: Mapping[str, Theme], typed: str) -> Theme:
    """The theme of that id or title. Raises `NoSuchPlace` with the nearest."""
    wanted = typed.strip().casefold()
    for each in themes.values():
        if wanted in (each.id.casefold(), each.title.casefold()):
            return each
    raise NoSuchPlace("theme", printable(typed), nearest(typed, list(themes)) or tuple(themes)[:3])


def _records(library: Library) -> Iterator[Tool]:
    """The tools that list the records of the packaged edition."""
    side = Annotated[str | None, Field(description="Who believes it: nato or china.")]
    report = ncr.report

    def perceptions(holder: side = None, page: PageNumber = 1) -> str:
        """What each side believes about the other: perceptions, not facts."""
        sections = (report.nato_perceptions, report.chinese_perceptions)
        voice = _holder(voice_at(library.corpus, holder), holder)
        found = [each for section in sections if voice in (None, section.voice) for each in section.perceptions]
        return _paged(perceptions_page(found), page, "perceptions", holder=holder)

    def risks(page: PageNumber = 1) -> str:
        """The risks that the experts warn of."""
        return _paged(risks_page(report.risks.risks), page, "risks")

    def recommendations(page: PageNumber = 1) -> str:
        """What the experts recommend, why, and whose interest it is."""
        return _paged(recommendations_page(report.recommendations.recommendations), page, "recommendations")

    def milestones(page: PageNumber = 1) -> str:
        """The milestones in the source's order, whole."""
        return _paged(milestones_page(report.milestones.milestones), page, "milestones")

    def timeline(page: PageNumber = 1) -> str:
        """The milestones sentence by sentence, each with the date and place that it gives itself."""
        return _paged(timeline_page(report.milestones.milestones), page, "timeline")

    yield from (perceptions, risks, recommendations, milestones, timeline)


def _holder(voice: Voice | None, typed: str | None) -> Voice | None:
    """Who holds a perception. Raises `NoSuchPlace` for a voice that has none."""
    if voice not in (None, ncr.Voice.NATO, ncr.Voice.CHINA):
        raise NoSuchPlace("holder of perceptions", str(typed), ("nato", "china"))
    return voice


def _ids(library: Library) -> Iterable[str]:
    return [document.id for document in library.documents()[:MOST_NAMED]]


def _examples(library: Library) -> tuple[str, ...]:
    """Citations of a library as a schema shows them: the documents, a section, a block."""
    if has_records(library):
        return (*_ids(library), "report/VI", "report/VI.1/p2")
    blocks = (block.citation for document in library.documents() for block in islice(document.blocks, 1))
    example = next(blocks, Citation("document", "section", "p1"))
    return (*_ids(library), str(example.parent), str(example))
