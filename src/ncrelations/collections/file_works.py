"""What a bibliography says of a file: what its settings say, else what the file says itself, and nothing beside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import chain, count
from pathlib import Path

from ncrelations.collections.collection_settings import FileSettings, date_of
from ncrelations.document.citation import printable
from ncrelations.document.work import Work
from ncrelations.files.file_text import FileText

RESERVED = frozenset({
    "report", "article", "edition", "collection", "both", "index", "themes", "timeline", "entities",
})  # fmt: skip
"""Ids that no own document gets: those of the edition, beside which it may stand, words that name places to ask in,
and pages of the reader."""

_LONGEST_ID, _LONGEST_TITLE = 40, 80


def work_of(path: Path, text: FileText, settings: FileSettings) -> Work:
    """The work that a file is."""
    title = settings.title or text.title or path.stem
    issuer = settings.issuer or text.issuer or ""
    authors = settings.authors or tuple(filter(None, (text.author,)))
    date = date_of(settings.date or text.date or "")
    return Work(
        kind="article" if settings.periodical else "report",
        name=_name(title, issuer or "; ".join(authors), date),
        title=" ".join(printable(title, 500).split()),
        authors=tuple(map(_person, authors)) or ((issuer, ""),) * bool(issuer),
        publisher=printable(issuer, 500),
        periodical=settings.periodical,
        date=date,
    )


def _name(title: str, by: str, date: tuple[int, ...] | None) -> str:
    """How a citation begins: 'NATO, "2022 Strategic Concept" (2022)'."""
    year = str(date[0]) if date else "n.d."
    quoted = f'"{" ".join(printable(title, _LONGEST_TITLE).split())}" ({year})'
    return f"{printable(by, _LONGEST_TITLE)}, {quoted}" if by else quoted


def _person(author: str) -> tuple[str, str]:
    family, comma, given = printable(author, 200).partition(",")
    return (family.strip(), given.strip()) if comma else (family.strip(), "")


def id_for(path: Path, settings: FileSettings, taken: Callable[[str], bool]) -> str:
    """The id of a new document: the one that is set, else one made of the file's name that is not taken."""
    if settings.id:
        return settings.id
    plain = unicodedata.normalize("NFKD", path.stem).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_ID].strip("-")
    base = slug if slug[:1].isalpha() else f"document-{slug}".strip("-")
    candidates = chain([base], (f"{base}-{number}" for number in count(2)))
    return next(each for each in candidates if each not in RESERVED and not taken(each))
