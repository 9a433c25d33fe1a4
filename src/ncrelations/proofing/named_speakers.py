"""Whose a draft says that a quotation is, and how the words of texts name the speakers of a corpus."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ncrelations.document.corpus import Corpus
from ncrelations.document.voice import Speaker


@dataclass(frozen=True, slots=True)
class Credit:
    """Whose a draft says that a quotation is."""

    words: str
    """The words that say so."""
    voices: frozenset[str]
    """The voices credited, by name; none where it is somebody else, or nobody."""
    other: str = ""
    """Somebody credited who is none of the speakers."""
    document: str | None = None
    """The document credited, where it is one that reports the views of others."""
    as_fact: bool = False
    """Whether it is stated as fact."""
    beside: bool = True
    """Whether the words stand in the sentence of the quotation."""
    said: bool = True
    """Whether the draft plainly has them say or think it; else they may be those of whom the words tell."""


@dataclass(frozen=True, slots=True)
class Who:
    """A speaker as the words of a draft name it."""

    speaker: Speaker
    """The speaker."""
    named: re.Pattern[str]
    """What names it."""


def _who_of(speaker: Speaker) -> Who:
    """How the words of a draft name a speaker."""
    names = "|".join(
        f"(?:{each})" for each in (speaker.names, speaker.short if speaker.document is None else "") if each
    )
    return Who(speaker, re.compile(rf"\b(?:{names})(?!\w)" if names else r"(?!)", re.IGNORECASE))


def named_by(corpus: Corpus) -> list[Who]:
    """How the words of a draft name the speakers of a corpus."""
    return [_who_of(speaker) for speaker in corpus.speakers if speaker.names or speaker.short]


def last_name(name: str) -> str:
    """The last of somebody's names."""
    return name.rsplit(maxsplit=1)[-1].removesuffix("'s").removesuffix("’s")


def is_on_side(corpus: Corpus, name: str, side: Speaker) -> bool:
    """Whether somebody is known to be of a side, by role or by the parties of questions."""
    roles = (
        each.role
        for each in corpus.entities.all
        if each.role and any(form.endswith(name) or name.endswith(form) for form in each.names)
    )
    if any(re.search(rf"\b(?:{side.names})\b", role, re.IGNORECASE) for role in roles):
        return True
    return any(
        re.fullmatch(names, last_name(name), re.IGNORECASE) and re.fullmatch(names, side.name, re.IGNORECASE)
        for names in corpus.parties.values()
    )
