"""Pages of answers, search results and comparisons. Every passage shows its voice in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ncrelations.answer import Answer
from ncrelations.citation import Citation
from ncrelations.compare import Comparison
from ncrelations.document import Span, Voice
from ncrelations.excerpt import Excerpt
from ncrelations.pairing import Theme
from ncrelations.render.form import Page, Para, Run, Style, heading, joined, para, voice_run

Linker = Callable[[Citation], str | None]
"""Where a citation leads in a reader, if there is one."""

_NUMBER_WIDTH = 3


def nowhere(citation: Citation) -> str | None:
    """No reader: nothing leads anywhere."""
    del citation
    return None


def linker(reader: str | None) -> Linker:
    """Links into the reader at an address: the citation is the fragment."""
    return nowhere if reader is None else lambda citation: f"{reader.partition('#')[0]}#{citation}"


def answer_page(answer: Answer, link: Linker = nowhere) -> Page:
    """A question, what became of it, and the passages."""
    return (*_head(answer), *_verdict(answer), *joined(_numbered(answer.excerpts, link)))


def _head(answer: Answer) -> Iterator[Para]:
    yield para(Run("Question: ", Style.TITLE), answer.question)
    if answer.understood_as:
        yield para(Run("Understood as: ", Style.TITLE), answer.understood_as, tight=True)
    if answer.voice:
        yield para(Run("View asked for: ", Style.TITLE), voice_run(answer.voice), tight=True)


def _verdict(answer: Answer) -> Iterator[Para]:
    reasons = "; ".join(answer.reasons)
    confidence = Run(f" (confidence {answer.confidence:.0%})", Style.FAINT)
    if answer.status == "answered":
        yield para(Run("In the documents", Style.TITLE), confidence, tight=True)
    elif answer.status == "partial":
        because = [": ", reasons] if reasons else []
        yield para(Run("In part in the documents", Style.ALERT), *because, confidence, tight=True)
    else:
        because = [": ", reasons] if reasons else []
        yield para(Run("Not in the documents", Style.ALERT), *because, tight=True)
        if answer.excerpts:
            yield para("The nearest passages, which do not answer the question:")


def search_page(excerpts: tuple[Excerpt, ...], link: Linker = nowhere) -> Page:
    """Ranked excerpts."""
    return joined(_numbered(excerpts, link)) if excerpts else (para("Nothing found."),)


def _numbered(excerpts: tuple[Excerpt, ...], link: Linker) -> Iterator[Page]:
    for number, excerpt in enumerate(excerpts, 1):
        yield excerpt_page(excerpt, link, f"{number}.".ljust(_NUMBER_WIDTH - 1))


def excerpt_page(excerpt: Excerpt, link: Linker = nowhere, mark: str = "-") -> Page:
    """One excerpt: the voice, the words, the citation."""
    return (
        para(voice_run(excerpt.voice), mark=mark),
        para(*quotation(excerpt), kind="quote", indent=_NUMBER_WIDTH, tight=True),
        cited(excerpt.human, excerpt.citation, link),
    )


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


def comparison_page(comparison: Comparison, link: Linker = nowhere) -> Page:
    """One topic, a section for each voice, and last the editors' themes."""
    sides = (_side(voice, comparison.of(voice), link) for voice in Voice)
    themes = (_theme(theme, link) for theme in comparison.themes)
    return (para(Run("Topic: ", Style.TITLE), comparison.topic), *joined(sides), *joined(themes))


def _side(voice: Voice, excerpts: tuple[Excerpt, ...], link: Linker) -> Iterator[Para]:
    yield Para((voice_run(voice),), "heading")
    if not excerpts:
        yield para("says nothing on this topic", indent=_NUMBER_WIDTH, tight=True)
    for number, excerpt in enumerate(excerpts):
        yield para(*quotation(excerpt), kind="quote", indent=_NUMBER_WIDTH, tight=number == 0)
        yield cited(excerpt.human, excerpt.citation, link)


def _theme(theme: Theme, link: Linker) -> Iterator[Para]:
    yield heading(f"Editorial theme (the editors' pairing, not the documents'): {theme.title}")
    if theme.note:
        yield para("Editors' note: ", theme.note, tight=True)
    for voice in Voice:
        places: list[str | Run] = []
        for sentence in theme.of(voice):
            places += [", " if places else "", Run(str(sentence.citation), Style.CODE, link(sentence.citation))]
        yield para(voice_run(voice), ": ", *(places or ["nothing"]), indent=_NUMBER_WIDTH, tight=True)
