"""A proof as the entries of a card, and the file that carries them from page to page. Pure functions.

A draft is not stored, so nothing could be checked again when its reader turns the page: what was found of it
travels in the message, as a file of Markdown that the buttons read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ncrelations.proofing.finding import Finding, Proof, QuotedFrom
from ncrelations.render.proof_pages import change_words, count_words, mend_words, verdict_words
from ncrelations.texts import Texts
from ncrelations_discord.answers import Documents
from ncrelations_discord.cards import Card, Kind
from ncrelations_discord.quotations import SECTION_PAGE, citation, marked, remark
from ncrelations_discord.safe import clean, escape, fitting, shortened

REPORT = "quotations.md"
"""The name of the file that holds the entries."""
LARGEST_REPORT = 1_000_000
"""Bytes of it that are written and read back."""
_BETWEEN = "\n\n---\n\n"
_QUOTED, _SAID, _PIECE = 300, 700, 500
"""Characters of an entry: of the draft's words, of what is said of them, and of a piece of a document."""
_NAME = 100


def proof_card(documents: Documents, proof: Proof, language: str, name: str) -> Card:
    """The card of a proof; `name` is that of the file."""
    texts = Texts(language)
    said, found = remarks(proof, texts), entries(proof, documents, texts)
    return Card(documents, Kind.PROOF, language, shortened(clean(name), _NAME), remarks=said, entries=found)


def entries(proof: Proof, documents: Documents, texts: Texts) -> tuple[str, ...]:
    """What was found of each quotation, those to mend first; those left alone are only counted."""
    checked = [finding for finding in proof.findings if finding.verdict != "ignored"]
    checked.sort(key=lambda finding: not finding.to_mend)
    return tuple(_entry(finding, documents, texts) for finding in checked)


def remarks(proof: Proof, texts: Texts) -> str:
    """How many quotations there are of each kind, and how many to mend, a line each."""
    counts = remark(count_words(proof, texts))
    return f"{remark(f'**{mend_words(proof, texts)}**')}\n{counts}" if proof.findings else counts


def _entry(finding: Finding, documents: Documents, texts: Texts) -> str:
    verdict = verdict_words(finding, texts)
    head = f"{_mark(finding)} **{finding.line}:{finding.column} · {verdict}**"
    said = [f"• {escape(clean(words))}" for words in (*change_words(finding, texts), *map(texts.said, finding.remarks))]
    lines = [head, f"> {shortened(escape(clean(finding.quotation)), _QUOTED)}"]
    lines += [fitting(said, _SAID, "\n")] if said else []
    for piece in _sources(finding):
        lines += _source(piece, finding, documents, texts)
    return fitting(lines, SECTION_PAGE, "\n")


def _mark(finding: Finding) -> str:
    """A sign beside the words: all right, right words in a wrong place or mouth, wrong words."""
    if not finding.to_mend:
        return "✅"
    return "⚠️" if finding.verdict in ("verbatim", "edited") else "❌"


def _sources(finding: Finding) -> Sequence[QuotedFrom]:
    """The pieces to show: of what is verbatim, where it stands says it all."""
    places = {piece.citation: piece for piece in finding.pieces}
    return tuple(places.values()) if finding.verdict in ("verbatim", "edited") else finding.pieces


def _source(piece: QuotedFrom, finding: Finding, documents: Documents, texts: Texts) -> Iterator[str]:
    """A piece as it is printed, whole or not at all, with its voice and citation."""
    voice = marked(piece.voice, documents, texts)
    if finding.verdict in ("verbatim", "edited") and not finding.grave:
        yield voice
    else:
        label = texts("proof.nearest" if finding.citation is None else "proof.source")
        words = escape(clean(piece.text))
        yield f"{label} {voice}"
        if len(words) <= _PIECE:
            yield f"> {words}"
    yield citation(piece.block)


def written(found: Sequence[str]) -> bytes:
    """The entries as a file, as many as it holds."""
    data = _BETWEEN.join(found).encode()
    return data if len(data) <= LARGEST_REPORT else data[: data.rindex(_BETWEEN.encode(), 0, LARGEST_REPORT)]


def read(data: bytes) -> tuple[str, ...]:
    """The entries in such a file."""
    return tuple(data.decode("utf-8", "replace").split(_BETWEEN))
