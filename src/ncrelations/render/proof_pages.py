"""A proof as a page: the draft's line, a pointer, what stands in the source."""

from __future__ import annotations

from collections.abc import Iterator

from ncrelations.proofing.finding import Finding, Proof
from ncrelations.render.answer_pages import Linker, cited, nowhere
from ncrelations.render.form import Page, Para, Run, Style, cells, clean, para, voice_run
from ncrelations.texts import ENGLISH, Texts

_COLUMNS, _BEFORE = 60, 13
"""The columns that the draft's line fits into with its number, and how many characters before a quotation are shown."""
_HOLD = "\N{NO-BREAK SPACE}"


def proof_page(
    proof: Proof, name: str = "", link: Linker = nowhere, texts: Texts = ENGLISH, *, every: bool = False
) -> Page:
    """The findings with something to mend, or every one, and a count of all."""
    shown = proof.findings if every else proof.to_mend
    return (
        *(each for finding in shown for each in _finding(proof, finding, name, link, texts)),
        _summary(proof, name, texts),
    )


def verdict_words(finding: Finding, texts: Texts = ENGLISH) -> str:
    """A verdict in words, with what else is wrong: "verbatim, wrong place"."""
    words = texts(f"proof.{finding.verdict}")
    for name, right in (("place", finding.place_right), ("voice", finding.credit_right)):
        words = texts("proof.but", verdict=words, wrong=texts(f"proof.but_{name}")) if right is False else words
    return words


def change_words(finding: Finding, texts: Texts = ENGLISH) -> tuple[str, ...]:
    """What differs, a line a change."""
    return tuple(_changes(finding, texts))


def _changes(finding: Finding, texts: Texts) -> Iterator[str]:
    for change in finding.changes:
        if not change.draft:
            words = texts("proof.left_out", source=change.source)
        elif not change.source:
            words = texts("proof.added", draft=change.draft)
        else:
            words = texts("proof.changed", draft=change.draft, source=change.source)
        kind = texts(f"proof.change_{change.kind}")
        yield f"{words} ({kind}, {texts('proof.grave')})" if change.grave else f"{words} ({kind})"


def _finding(proof: Proof, finding: Finding, name: str, link: Linker, texts: Texts) -> Iterator[Para]:
    where = f"{name}:{finding.line}:{finding.column}: " if name else f"{finding.line}:{finding.column}: "
    style = Style.ALERT if finding.to_mend else Style.TITLE
    yield para(where, Run(verdict_words(finding, texts), style))
    line, pointer = _pointed(proof, finding)
    number = str(finding.line)
    yield para(f"{number} | {line}", indent=2, tight=True)
    yield para(f"{_HOLD * len(number)} | {pointer}", indent=2, tight=True)
    for words in (*change_words(finding, texts), *map(texts.said, finding.remarks)):
        yield para(words, mark="-", indent=2, tight=True)
    for piece in finding.pieces:
        label = texts("proof.nearest" if finding.citation is None else "proof.source")
        yield para(label, " ", f"“{piece.text}”", indent=2, tight=True)
        yield para(voice_run(piece.voice, texts), indent=4, tight=True)
        yield _tight(cited(piece.human, piece.citation, link, 4))


def _tight(each: Para) -> Para:
    return Para(each.runs, each.kind, each.mark, each.rail, each.indent, tight=True)


def _pointed(proof: Proof, finding: Finding) -> tuple[str, str]:
    """The draft's line around a quotation, and a pointer of the same width under it; no-break, so both stay so."""
    text = clean(proof.draft.line(finding.line).replace("\t", " "))
    at = finding.column - 1
    room = _COLUMNS - len(f"  {finding.line} | ……")
    first = max(0, at - _BEFORE) if cells(text) > room else 0
    last = min(len(text), first + room)
    while cells(text[first:last]) > room:
        last -= 1
    before, after = "…" if first else "", "…" if last < len(text) else ""
    end = min(last, at + finding.end - finding.start)
    lead = cells(before + text[first:at])
    width = max(1, cells(text[at:end]))
    return (before + text[first:last] + after).replace(" ", _HOLD), _HOLD * lead + "^" * width


def count_words(proof: Proof, texts: Texts = ENGLISH) -> str:
    """How many quotations there are, and of each verdict."""
    if not proof.findings:
        return texts("proof.nothing")
    counts = ", ".join(f"{count} {texts(f'proof.{verdict}')}" for verdict, count in proof.counts.items() if count)
    return texts("proof.summary", quotations=texts.count("proof.quotations", len(proof.findings)), counts=counts)


def mend_words(proof: Proof, texts: Texts = ENGLISH) -> str:
    """How many of them are to be mended."""
    return texts.count("proof.to_mend", len(proof.to_mend)) if proof.to_mend else texts("proof.all_right")


def _summary(proof: Proof, name: str, texts: Texts) -> Para:
    start = f"{name}: " if name else ""
    if not proof.findings:
        return para(start, count_words(proof, texts))
    mend = Run(mend_words(proof, texts), Style.ALERT if proof.to_mend else Style.TITLE)
    return para(start, count_words(proof, texts), "; ", mend)
