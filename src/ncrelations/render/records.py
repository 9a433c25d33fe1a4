"""Pages of the typed records: perceptions, risks, recommendations, milestones, entities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ncrelations.document import Sentence
from ncrelations.gazetteer import Entity, Mention
from ncrelations.records import Milestone, Perception, Recommendation, Risk
from ncrelations.render.answers import Linker, cited, nowhere
from ncrelations.render.form import Page, Para, Run, Style, joined, para, voice_run

UNDATED = "no date in the text"
"""What stands in the place of a date that the source does not give."""


def perceptions_page(records: Sequence[Perception], link: Linker = nowhere) -> Page:
    """Perceptions, each with its holder in words."""
    return joined(_stated(record, link, f"{number}.") for number, record in enumerate(records, 1))


def risks_page(records: Sequence[Risk], link: Linker = nowhere) -> Page:
    """Risks."""
    return joined(_stated(record, link, f"{number}.") for number, record in enumerate(records, 1))


def _stated(record: Perception | Risk, link: Linker, mark: str) -> Iterator[Para]:
    rest = " ".join(sentence.text for sentence in record.statements[1:])
    yield para(voice_run(record.block.voice), mark=mark.ljust(2))
    yield para(Run(record.headline, Style.TITLE), f" {rest}", kind="quote", indent=3, tight=True)
    yield cited(record.block.human, record.block.citation, link)


def recommendations_page(records: Sequence[Recommendation], link: Linker = nowhere) -> Page:
    """Recommendations: why, whose interest, and what the experts propose."""
    return joined(_recommendation(record, link) for record in records)


def _recommendation(record: Recommendation, link: Linker) -> Iterator[Para]:
    yield para(Run(record.topic, Style.TITLE), kind="heading")
    section = record.section
    code = Run(str(section.citation), Style.CODE, link(section.citation))
    yield para(voice_run(section.voice), f", {section.human} ", code, tight=True)
    parts = (
        ("Rationale", record.rationale),
        ("NATO's interest", record.nato_interest),
        ("China's interest", record.china_interest),
        ("Proposal", record.proposal),
    )
    for name, sentences in parts:
        if sentences:
            yield para(Run(f"{name}:", Style.TITLE), indent=2)
            yield from (_statement(sentence, link) for sentence in sentences)


def _statement(sentence: Sentence, link: Linker) -> Para:
    place = "/".join(str(sentence.citation).split("/")[2:])
    return para(sentence.text, " ", Run(place, Style.CODE, link(sentence.citation)), mark="-", indent=2, tight=True)


def milestones_page(records: Sequence[Milestone], link: Linker = nowhere) -> Page:
    """Milestones in the source's order, whole, with the date only where the text gives one."""
    return joined(_milestone(record, link, number) for number, record in enumerate(records, 1))


def _milestone(record: Milestone, link: Linker, number: int) -> Iterator[Para]:
    date = Run(record.date.text, Style.TITLE) if record.date else Run(UNDATED, Style.FAINT)
    place = [f", {record.place.text}"] if record.place else []
    yield para(date, *place, " (", voice_run(record.block.voice), ")", mark=f"{number}.".ljust(3))
    yield para(record.text, kind="quote", indent=4, tight=True)
    yield cited(record.block.human, record.block.citation, link, 4)
    if record.dated_elsewhere:
        there = record.dated_elsewhere
        code = Run(str(there.sentence.citation), Style.CODE, link(there.sentence.citation))
        yield para(f"Editors' note: dated {there.text} in ", code, indent=4, tight=True)


def timeline_page(records: Sequence[Milestone], link: Linker = nowhere) -> Page:
    """A line down the page with a stop for each milestone: filled where the text gives a date."""
    note = (
        "In the source's order; it has lost its year labels, and nothing is filled in. ● dated in the text, ○ undated."
    )
    stops = [line for record in records for line in _stop(record, link)]
    title = para(Run("Milestones in NATO-China relations", Style.TITLE), kind="heading")
    return (title, para(note, tight=True), Para((), tight=True), *stops)


def _stop(record: Milestone, link: Linker) -> Iterator[Para]:
    block = record.block
    date = Run(record.date.text, Style.TITLE) if record.date else Run(UNDATED, Style.FAINT)
    place = [Run(f", {record.place.text}")] if record.place else []
    code = Run(str(block.citation), Style.CODE, link(block.citation))
    yield Para((date, *place, Run(" "), code), mark="●" if record.date else "○", rail="│", tight=True)
    yield Para((Run(block.sentences[0].text),), mark="│", rail="│", tight=True)
    yield Para((), mark="│", tight=True)


def entities_page(entities: Sequence[Entity]) -> Page:
    """All entities by kind, with the number of their mentions."""
    kinds = tuple(dict.fromkeys(each.kind for each in entities))
    return joined(_kind(kind, [each for each in entities if each.kind == kind]) for kind in kinds)


def _kind(kind: str, entities: Sequence[Entity]) -> Iterator[Para]:
    yield para(Run(kind, Style.TITLE), kind="heading")
    for each in entities:
        others = ", ".join(form for form in each.forms if form != each.name)
        yield para(each.name, f" ({others})" if others else "", f": {len(each.mentions)}", mark="-", tight=True)


def entity_page(entity: Entity, link: Linker = nowhere) -> Page:
    """One entity and every mention of it, in its sentence."""
    mentions = joined(_mention(mention, link) for mention in entity.mentions)
    return (*_entity(entity), *mentions)


def _entity(entity: Entity) -> Iterator[Para]:
    role = f", {entity.role}" if entity.role else ""
    yield para(Run(entity.name, Style.TITLE), f": {entity.kind}{role}", kind="heading")
    if entity.forms:
        yield para(f"In the documents: {', '.join(entity.forms)}", tight=True)
    if entity.aliases:
        yield para(f"Also called (editors): {', '.join(entity.aliases)}", tight=True)
    if entity.note:
        yield para(f"Editors' note: {entity.note}", tight=True)
    yield para(f"{len(entity.mentions)} mention{'' if len(entity.mentions) == 1 else 's'}", tight=True)


def _mention(mention: Mention, link: Linker) -> Iterator[Para]:
    sentence = mention.sentence
    before, found, after = sentence.text.partition(mention.text)
    words = (Run(before), Run(found, Style.ANSWER), Run(after)) if found else (Run(sentence.text),)
    yield para(voice_run(sentence.voice), mark="-")
    yield para(*words, kind="quote", indent=3, tight=True)
    yield cited(sentence.human, sentence.citation, link)
