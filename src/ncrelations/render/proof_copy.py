"""An annotated copy of a draft, with a footnote at each quotation that holds its citation.

Markdown; of a draft in HTML a page, with a list of notes at its end.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from ncrelations.proofing.finding import Finding, Proof
from ncrelations.render.answer_pages import Linker, nowhere
from ncrelations.render.markdown import escape
from ncrelations.render.proof_pages import change_words, verdict_words
from ncrelations.texts import ENGLISH, Texts

_LABEL = "proof-"
_PAGE_ENDS = re.compile(r"\s*(?:</(?:article|main|body|html)\s*>\s*)*\Z", re.IGNORECASE)
_TAIL = 1_000
"""Characters at the end of a page in which it ends."""


def annotated(proof: Proof, link: Linker = nowhere, texts: Texts = ENGLISH) -> str:
    """The draft as it stands, with footnotes; those left alone have none."""
    if proof.draft.format == "html":
        return _page(proof, link, texts)
    text = proof.draft.raw
    noted = [finding for finding in proof.findings if finding.verdict != "ignored"]
    label = _LABEL
    while f"[^{label}" in text:
        label = f"x{label}"
    body = _called(text, noted, lambda number: f"[^{label}{number}]").rstrip("\n")
    if proof.draft.format == "docx":  # a paragraph a line
        body = re.sub(r"\n+", "\n\n", body)
    notes = [f"[^{label}{number}]: {_note(finding, link, texts)}" for number, finding in enumerate(noted, 1)]
    return "\n".join([body, "", *notes, ""]) if notes else body + "\n"


def _page(proof: Proof, link: Linker, texts: Texts) -> str:
    text = proof.draft.raw
    noted = [finding for finding in proof.findings if finding.verdict != "ignored"]
    label = _LABEL
    while f'"{label}' in text:
        label = f"x{label}"
    body = _called(text, noted, lambda number: f'<sup><a href="#{label}{number}">[{number}]</a></sup>')
    notes = [f'<li id="{label}{number}">{_html_note(each, link, texts)}</li>' for number, each in enumerate(noted, 1)]
    tail = body[-_TAIL:]
    end = _PAGE_ENDS.search(tail)
    at = len(body) - len(tail) + (end.start() if end else len(tail))
    return "\n".join([body[:at], "<ol>", *notes, "</ol>" + body[at:]]) if notes else body


def _called(text: str, noted: list[Finding], call: Callable[[int], str]) -> str:
    """A text with a call behind each quotation."""
    parts, at = list[str](), 0
    for number, finding in sorted(enumerate(noted, 1), key=lambda each: each[1].end):
        parts += (text[at : finding.end], call(number))
        at = finding.end
    return "".join((*parts, text[at:]))


def _note(finding: Finding, link: Linker, texts: Texts) -> str:
    words = [
        f"**{escape(verdict_words(finding, texts))}**" if finding.to_mend else escape(verdict_words(finding, texts))
    ]
    words += map(escape, (*change_words(finding, texts), *map(texts.said, finding.remarks)))
    sources = dict.fromkeys(_sources(finding, link, texts))  # of several pieces of one sentence, the place once
    return "; ".join(words) + "." + "".join(sources)


def _sources(finding: Finding, link: Linker, texts: Texts) -> Iterator[str]:
    for piece in finding.pieces:
        if finding.verdict not in ("verbatim", "edited"):
            label = texts("proof.nearest" if finding.citation is None else "proof.source")
            yield f" {escape(label)} “{escape(piece.text)}”"
        to = link(piece.citation)
        address = f"[{piece.citation}]({to})" if to else f"`{piece.citation}`"
        yield f" {escape(piece.human)} {address}."


def _html_note(finding: Finding, link: Linker, texts: Texts) -> str:
    verdict = html.escape(verdict_words(finding, texts))
    words = [f"<strong>{verdict}</strong>" if finding.to_mend else verdict]
    words += map(html.escape, (*change_words(finding, texts), *map(texts.said, finding.remarks)))
    sources = dict.fromkeys(_html_sources(finding, link, texts))
    return "; ".join(words) + "." + "".join(sources)


def _html_sources(finding: Finding, link: Linker, texts: Texts) -> Iterator[str]:
    for piece in finding.pieces:
        if finding.verdict not in ("verbatim", "edited"):
            label = texts("proof.nearest" if finding.citation is None else "proof.source")
            yield html.escape(f" {label} “{piece.text}”")
        to, citation = link(piece.citation), html.escape(str(piece.citation))
        address = f'<a href="{html.escape(to)}">{citation}</a>' if to else f"<code>{citation}</code>"
        yield f" {html.escape(piece.human)} {address}."
