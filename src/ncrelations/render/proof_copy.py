"""An annotated copy of a draft: Markdown, with a footnote at each quotation that holds its citation."""

from __future__ import annotations

from collections.abc import Iterator

from ncrelations.proofing.finding import Finding, Proof
from ncrelations.render.answer_pages import Linker, nowhere
from ncrelations.render.markdown import escape
from ncrelations.render.proof_pages import change_words, verdict_words
from ncrelations.texts import ENGLISH, Texts

_LABEL = "proof-"


def annotated(proof: Proof, link: Linker = nowhere, texts: Texts = ENGLISH) -> str:
    """The draft as it stands, with footnotes; those left alone have none."""
    text = proof.draft.raw
    noted = [finding for finding in proof.findings if finding.verdict != "ignored"]
    label = _LABEL
    while f"[^{label}" in text:
        label = f"x{label}"
    parts, at = list[str](), 0
    for number, finding in sorted(enumerate(noted, 1), key=lambda each: each[1].end):
        parts += (text[at : finding.end], f"[^{label}{number}]")
        at = finding.end
    body = "".join((*parts, text[at:])).rstrip("\n")
    notes = [f"[^{label}{number}]: {_note(finding, link, texts)}" for number, finding in enumerate(noted, 1)]
    return "\n".join([body, "", *notes, ""]) if notes else body + "\n"


def _note(finding: Finding, link: Linker, texts: Texts) -> str:
    words = [
        f"**{escape(verdict_words(finding, texts))}**" if finding.to_mend else escape(verdict_words(finding, texts))
    ]
    words += map(escape, (*change_words(finding, texts), *map(texts.said, finding.remarks)))
    return "; ".join(words) + "." + "".join(_sources(finding, link, texts))


def _sources(finding: Finding, link: Linker, texts: Texts) -> Iterator[str]:
    for piece in finding.pieces:
        if finding.verdict not in ("verbatim", "edited"):
            label = texts("proof.nearest" if finding.citation is None else "proof.source")
            yield f" {escape(label)} “{escape(piece.text)}”"
        to = link(piece.citation)
        address = f"[{piece.citation}]({to})" if to else f"`{piece.citation}`"
        yield f" {escape(piece.human)} {address}."
