"""Pages of the packaged edition's records: perceptions, risks, recommendations, milestones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ncrelations.document.tree import Sentence
from ncrelations.editions.nato_china.records import Event, Milestone, Perception, Recommendation, Risk
from ncrelations.render.answer_pages import Linker, cited, nowhere
from ncrelations.render.form import Page, Para, Run, Style, joined, para, voice_run
from ncrelations.texts import ENGLISH, Texts


def perceptions_page(records: Sequence[Perception], link: Linker = nowhere, texts: Texts = ENGLISH) -> Page:
    """Perceptions, each with its holder in words."""
    return joined(_stated(record, link, f"{number}.", texts) for number, record in enumerate(records, 1))


def risks_page(records: Sequence[Risk], link: Linker = nowhere, texts: Texts = ENGLISH) -> Page:
    """Risks."""
    return joined(_stated(record, link, f"{number}.", texts) for number, record in enumerate(records, 1))


def _stated(record: Perception | Risk, link: Linker, mark: str, texts: Texts) -> Iterator[Para]:
    rest = " ".join(sentence.text for sentence in record.statements[1:])
    yield para(voice_run(record.block.voice, texts), mark=mark.ljust(2))
    yield para(Run(record.headline, Style.TITLE), f" {rest}", kind="quote", indent=3, tight=True)
    yield cited(record.block.human, record.block.citation, link)


def recommendations_page(records: Sequence[Recommendation], link: Linker = nowhere, texts: Texts = ENGLISH) -> Page:
    """Recommendations: why, whose interest, and what the experts propose."""
    return joined(_recommendation(record, link, texts) for record in records)


def _recommendation(record: Recommendation, link: Linker, texts: Texts) -> Iterator[Para]:
    yield para(Run(record.topic, Style.TITLE), kind="heading")
    section = record.section
    code = Run(str(section.citation), Style.CODE, link(section.citation))
    where = f"{texts('list.comma')}{section.human} "
    yield para(voice_run(section.voice, texts), where, code, tight=True)
    parts = (
        ("rationale", record.rationale),
        ("nato_interest", record.nato_interest),
        ("china_interest", record.china_interest),
        ("proposal", record.proposal),
    )
    for name, sentences in parts:
        if sentences:
            yield para(Run(texts("list.label", name=texts(f"record.{name}")), Style.TITLE), indent=2)
            yield from (_statement(sentence, link) for sentence in sentences)


def _statement(sentence: Sentence, link: Linker) -> Para:
    place = "/".join(str(sentence.citation).split("/")[2:])
    return para(sentence.text, " ", Run(place, Style.CODE, link(sentence.citation)), mark="-", indent=2, tight=True)


def milestones_page(records: Sequence[Milestone], link: Linker = nowhere, texts: Texts = ENGLISH) -> Page:
    """Milestones in the source's order, whole, with the date only where the text gives one."""
    return joined(_milestone(record, link, number, texts) for number, record in enumerate(records, 1))


def _milestone(record: Milestone, link: Linker, number: int, texts: Texts) -> Iterator[Para]:
    yield para(voice_run(record.block.voice, texts), mark=f"{number}.".ljust(3))
    for event in record.events:
        yield para(*_when_and_where(event, link, texts), indent=4, tight=True)
        yield para(event.text, kind="quote", indent=4, tight=True)
    yield cited(record.block.human, record.block.citation, link, 4)


def _when_and_where(event: Event, link: Linker, texts: Texts) -> Iterator[Run]:
    """The date and place that one sentence gives, and which sentence it is; a fuller date given elsewhere."""
    yield Run(event.date.text, Style.TITLE) if event.date else Run(texts("record.undated"), Style.FAINT)
    yield Run(f"{texts('list.comma')}{event.place.text} " if event.place else " ")
    yield Run(str(event.sentence.citation), Style.CODE, link(event.sentence.citation))
    if event.dated_elsewhere:
        there = event.dated_elsewhere
        yield Run(f"{texts('list.open')}{texts('record.dated_elsewhere', date=there.text)}")
        yield Run(str(there.sentence.citation), Style.CODE, link(there.sentence.citation))
        yield Run(texts("list.close"))


def timeline_page(records: Sequence[Milestone], link: Linker = nowhere, texts: Texts = ENGLISH) -> Page:
    """A line down the page with a stop for each event of the milestones: filled where its sentence gives a date."""
    stops = [line for record in records for event in record.events for line in _stop(event, link, texts)]
    title = para(Run(texts("record.timeline"), Style.TITLE), kind="heading")
    return (title, para(texts("record.timeline_note"), tight=True), Para((), tight=True), *stops)


def _stop(event: Event, link: Linker, texts: Texts) -> Iterator[Para]:
    label = tuple(_when_and_where(event, link, texts))
    yield Para(label, mark="●" if event.date else "○", rail="│", tight=True)
    yield Para((Run(event.text),), mark="│", rail="│", tight=True)
    yield Para((), mark="│", tight=True)
