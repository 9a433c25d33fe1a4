"""Pages of answers, search results and comparisons. Every passage shows its voice in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ncrelations.document.citation import Citation
from ncrelations.document.excerpt import Excerpt
from ncrelations.document.themes import Theme
from ncrelations.document.tree import Span
from ncrelations.document.voice import Voice
from ncrelations.render.form import Page, Para, Run, Style, heading, joined, para, voice_run
from ncrelations.texts import ENGLISH, Texts

if TYPE_CHECKING:  # what is shown is there already: showing places needs neither index nor numpy
    from ncrelations.answers.answer import Answer, Nearby
    from ncrelations.answers.comparison import Comparison

Linker = Callable[[Citation], str | None]
"""Where a citation leads in a reader, if there is one."""

_NUMBER_WIDTH, _ALSO = 3, 5


def nowhere(citation: Citation) -> str | None:
    """No reader: nothing leads anywhere."""
    del citation
    return None


def linker(reader: str | None) -> Linker:
    """Links into the reader at an address: of its folder, or of one page (".html") that holds everything.

    What would end a link in Markdown, or reorder text, is written as addresses write it.
    """
    if reader is None:
        return nowhere
    from urllib.parse import quote

    base = quote(reader.partition("#")[0].removesuffix("index.html"), safe="~:/?@!$&*+,;=%")
    if base.endswith((".html", ".htm")):
        return lambda citation: f"{base}#{citation}"
    return lambda citation: f"{base.rstrip('/')}/{citation.document}.html#{citation}"


def answer_page(answer: Answer, link: Linker = nowhere, texts: Texts = ENGLISH) -> Page:
    """A question, what became of it, what the library itself says, the passages, and what is near."""
    passages = joined(_numbered(_marked(answer), link, texts))
    near = joined(_nearby(each, link, texts, first=number == 0) for number, each in enumerate(answer.nearby))
    return (*_head(answer, texts), *_verdict(answer, texts), *_note(answer, texts), *passages, *near)


def _marked(answer: Answer) -> tuple[Excerpt, ...]:
    """The passages; what does not answer has no answering sentence."""
    if answer.status != "not_found":
        return answer.excerpts
    return tuple(replace(excerpt, highlights=()) for excerpt in answer.excerpts)


def explanation_page(answer: Answer, texts: Texts = ENGLISH) -> Page:
    """Which stage decided what, one line each."""
    lines = (para(Run(step.stage, Style.FAINT), texts("list.colon"), step.decided, tight=True) for step in answer.steps)
    return tuple(replace(line, tight=number > 0) for number, line in enumerate(lines))


def _head(answer: Answer, texts: Texts) -> Iterator[Para]:
    yield para(Run(texts("shown.question"), Style.TITLE), answer.question)
    if answer.understood_as:
        yield para(Run(texts("shown.understood"), Style.TITLE), answer.understood_as, tight=True)
    if answer.voice:
        yield para(Run(texts("shown.view"), Style.TITLE), voice_run(answer.voice, texts), tight=True)


def _note(answer: Answer, texts: Texts) -> Iterator[Para]:
    """What the library itself says, in our own words; a note that is the verdict's reason has been said."""
    if answer.note is not None and answer.note not in answer.reasons:
        yield para(texts.said(answer.note), tight=bool(answer.excerpts))


def _nearby(near: Nearby, link: Linker, texts: Texts, *, first: bool) -> Iterator[Para]:
    """A passage that bears on the question, in one line."""
    code = Run(str(near.citation), Style.CODE, link(near.citation))
    voice = voice_run(near.voice, texts)
    words = (code, texts("list.comma"), voice, texts("list.colon"), near.headline)
    yield para(*words, mark=texts("shown.nearby"), tight=not first)


def _verdict(answer: Answer, texts: Texts) -> Iterator[Para]:
    if answer.note is not None and not answer.excerpts and not answer.reasons:
        return  # nothing was asked of the documents: a greeting, help
    because = [texts("list.colon"), texts.joined(answer.reasons)] if answer.reasons else []
    confidence = Run(texts("shown.confidence", percent=f"{answer.confidence:.0%}"[:-1]), Style.FAINT)
    if answer.status == "answered":
        yield para(Run(texts("shown.answered"), Style.TITLE), confidence, tight=True)
    elif answer.status == "partial":
        yield para(Run(texts("shown.partial"), Style.ALERT), *because, confidence, tight=True)
    else:
        yield para(Run(texts("shown.not_found"), Style.ALERT), *because, tight=True)
        if answer.excerpts:
            yield para(texts("shown.nearest"))


def search_page(excerpts: tuple[Excerpt, ...], link: Linker = nowhere, texts: Texts = ENGLISH) -> Page:
    """Ranked excerpts."""
    return joined(_numbered(excerpts, link, texts)) if excerpts else (para(texts("shown.nothing_found")),)


def _numbered(excerpts: tuple[Excerpt, ...], link: Linker, texts: Texts) -> Iterator[Page]:
    for number, excerpt in enumerate(excerpts, 1):
        yield excerpt_page(excerpt, link, f"{number}.".ljust(_NUMBER_WIDTH - 1), texts)


def excerpt_page(excerpt: Excerpt, link: Linker = nowhere, mark: str = "-", texts: Texts = ENGLISH) -> Page:
    """One excerpt: the voice, the words, the citation."""
    return (
        para(voice_run(excerpt.voice, texts), mark=mark),
        para(*quotation(excerpt), kind="quote", indent=_NUMBER_WIDTH, tight=True),
        cited(excerpt.human, excerpt.citation, link),
        *_attributed(excerpt, texts),
        *_also(excerpt, link, texts),
    )


def _attributed(excerpt: Excerpt, texts: Texts) -> Iterator[Para]:
    """Who the answering sentences say that something was said by: a quotation of theirs, no voice."""
    if excerpt.attributed:
        words = texts("list.comma").join(texts("list.name", name=each) for each in excerpt.attributed)
        yield para(Run(texts("shown.attributed"), Style.FAINT), words, indent=_NUMBER_WIDTH, tight=True)


def _also(excerpt: Excerpt, link: Linker, texts: Texts) -> Iterator[Para]:
    """Where else the same text stands: the first places, and how many more."""
    if excerpt.also:
        codes = [Run(str(each), Style.CODE, link(each)) for each in excerpt.also[:_ALSO]]
        places = [run for code in codes for run in (texts("list.comma"), code)][1:]
        more = f" +{len(excerpt.also) - _ALSO}" if len(excerpt.also) > _ALSO else ""
        yield para(Run(texts("shown.also"), Style.FAINT), *places, more, indent=_NUMBER_WIDTH, tight=True)


def cited(human: str, citation: Citation, link: Linker, indent: int = _NUMBER_WIDTH) -> Para:
    """The line that says where something stands."""
    code = Run(str(citation), Style.CODE, link(citation))
    return para(Run(f"{human} ", Style.FAINT), code, indent=indent, tight=True)


def quotation(excerpt: Excerpt) -> tuple[Run, ...]:
    """The words of an excerpt, the answering sentences marked; neighbouring ones as one run."""
    runs, at = [], 0
    for span in _merged(excerpt.text, excerpt.highlights):
        runs += [Run(excerpt.text[at : span.start]), Run(excerpt.text[span.start : span.end], Style.ANSWER)]
        at = span.end
    return tuple(run for run in (*runs, Run(excerpt.text[at:])) if run.text)


def _merged(text: str, spans: tuple[Span, ...]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and not text[merged[-1].end : span.start].strip():
            merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return merged


def comparison_page(comparison: Comparison, link: Linker = nowhere, texts: Texts = ENGLISH) -> Page:
    """One topic, a section for each voice, and last the editors' themes."""
    sides = (_side(voice, found, link, texts) for voice, found in comparison.views.items())
    themes = (_theme(theme, link, texts) for theme in comparison.themes)
    return (para(Run(texts("shown.topic"), Style.TITLE), comparison.topic), *joined(sides), *joined(themes))


def _side(voice: Voice, excerpts: tuple[Excerpt, ...], link: Linker, texts: Texts) -> Iterator[Para]:
    yield Para((voice_run(voice, texts),), "heading")
    if not excerpts:
        yield para(texts("shown.silent"), indent=_NUMBER_WIDTH, tight=True)
    for number, excerpt in enumerate(excerpts):
        yield para(*quotation(excerpt), kind="quote", indent=_NUMBER_WIDTH, tight=number == 0)
        yield cited(excerpt.human, excerpt.citation, link)


def _theme(theme: Theme, link: Linker, texts: Texts) -> Iterator[Para]:
    yield heading(texts("shown.theme", title=texts.said(theme.title)))
    if theme.note:
        yield para(texts("shown.note"), texts.said(theme.note), tight=True)
    for voice, sentences in theme.sentences.items():
        places: list[str | Run] = []
        for sentence in sentences:
            places += [", " if places else "", Run(str(sentence.citation), Style.CODE, link(sentence.citation))]
        spoken = (voice_run(voice, texts), texts("list.colon"))
        yield para(*spoken, *(places or [texts("shown.nothing")]), indent=_NUMBER_WIDTH, tight=True)


def themes_page(themes: Sequence[Theme], link: Linker = nowhere, texts: Texts = ENGLISH) -> Page:
    """The editors' themes, each with what the voices say on it, sentence by sentence."""
    return tuple(line for theme in themes for line in _whole_theme(theme, link, texts))


def _whole_theme(theme: Theme, link: Linker, texts: Texts) -> Iterator[Para]:
    yield heading(texts("shown.theme", title=texts.said(theme.title)))
    if theme.note:
        yield para(texts("shown.note"), texts.said(theme.note), tight=True)
    for voice, sentences in theme.sentences.items():
        yield para(voice_run(voice, texts), indent=_NUMBER_WIDTH)
        if not sentences:
            yield para(texts("shown.silent"), indent=_NUMBER_WIDTH, tight=True)
        for sentence in sentences:
            yield para(sentence.text, kind="quote", indent=_NUMBER_WIDTH, tight=True)
            yield cited(sentence.human, sentence.citation, link)
