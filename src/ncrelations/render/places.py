"""Pages of the documents themselves: contents, sections, blocks, sentences; and of what they are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ncrelations.document.tree import Block, Document, Section, Sentence
from ncrelations.render.answer_pages import Linker, cited, nowhere
from ncrelations.render.data import Place
from ncrelations.render.form import Page, Para, Run, Style, para, voice_run
from ncrelations.texts import ENGLISH, Texts


def toc_page(documents: Sequence[Document], link: Linker = nowhere, texts: Texts = ENGLISH) -> Page:
    """The sections of some documents, with page, voice and citation."""
    return tuple(line for document in documents for line in _contents(document, link, texts))


def _contents(document: Document, link: Linker, texts: Texts) -> Iterator[Para]:
    yield para(Run(document.title, Style.TITLE), kind="heading")
    for section in document.walk():
        if section.heading is None and section.number:
            continue  # a paragraph that is cited by its number
        page = texts("shown.page", page=section.cited_page) if section.cited_page else ""
        code = Run(str(section.citation), Style.CODE, link(section.citation))
        depth = 2 if section.parent else 0
        yield para(
            code,
            " ",
            section.heading or section.description or section.document.title,
            page,
            texts("list.open"),
            voice_run(section.voice, texts),
            texts("list.close"),
            mark="-",
            indent=depth,
            tight=True,
        )


def title(section: Section) -> str:
    """A section's number and heading; of what stands before the first heading, the document's title."""
    if section.heading is None:
        return section.description or section.document.title
    return " ".join(filter(None, (section.number, section.heading)))


def place_page(place: Place, link: Linker = nowhere, texts: Texts = ENGLISH) -> Page:
    """A place, whole."""
    match place:
        case Document():
            return tuple(each for section in place.walk() for each in _section(section, link, texts))
        case Section():
            return tuple(each for section in place.walk() for each in _section(section, link, texts))
        case Block() | Sentence():
            return blocks_page([place], link, texts=texts)


def _section(section: Section, link: Linker, texts: Texts) -> Iterator[Para]:
    page = texts("shown.from_page", page=section.cited_page) if section.cited_page else ""
    yield para(Run(title(section), Style.TITLE), kind="heading")
    code = Run(str(section.citation), Style.CODE, link(section.citation))
    work = section.document.human.removeprefix(f"{section.voice.label}{texts('list.comma')}")
    where = f"{texts('list.comma')}{work}{page} "
    yield para(voice_run(section.voice, texts), where, code, tight=True)
    for block in section.blocks:
        yield _block(block, link, section, texts)


def _block(block: Block, link: Linker, section: Section, texts: Texts) -> Para:
    code = Run(block.citation.block or "", Style.CODE, link(block.citation))
    other: list[str | Run] = []
    if block.voice != section.voice:
        other = [" ", voice_run(block.voice, texts), texts("list.colon").rstrip(" ")]
    return para(code, *other, " ", block.text)


def blocks_page(
    places: Sequence[Block | Sentence],
    link: Linker = nowhere,
    chosen: frozenset[str] = frozenset(),
    texts: Texts = ENGLISH,
) -> Page:
    """Some blocks or sentences, each with voice and citation; those `chosen` are marked among their context."""
    lines: list[Para] = []
    for place in places:
        style = Style.ANSWER if str(place.citation) in chosen else Style.PLAIN
        lines += [
            para(voice_run(place.voice, texts)),
            para(Run(place.text, style), kind="quote", indent=3, tight=True),
            cited(place.human, place.citation, link),
        ]
    return tuple(lines)


def verification_page(report: dict[str, Any], texts: Texts = ENGLISH) -> Page:
    """What `verification` found out about one document."""
    whole, accounted = report["characters"], report["accounted"]
    kinds = (
        para(texts(f"verify.{kind.replace(' ', '_')}"), f" ({count / whole:.2%})", mark=f"{count:>9,}", tight=True)
        for kind, count in report["kinds"].items()
    )
    sound = report["lossless"]
    share = f"{accounted / whole:.2%}"[:-1]
    verdict = texts("verify.lossless" if sound else "verify.lossy", share=share, whole=f"{whole:,}")
    return (
        para(Run(report["title"], Style.TITLE), kind="heading"),
        para(f"sha256 {report['sha256']}", tight=True),
        *kinds,
        para(Run(verdict, Style.PLAIN if sound else Style.ALERT), mark=f"{accounted:>9,}", tight=True),
    )
