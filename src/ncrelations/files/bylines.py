"""Authors named at the head of an article: "By Ann Hill", "Fen Gazette | By Ann Hill", a name above an institute."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ncrelations.files.bodies import names_body
from ncrelations.files.letter_forms import is_office

_WORD = r"[^\W\d_a-z][\w.'’-]*"
_NAME = rf"{_WORD}(?: (?:(?:de|da|di|du|von|van|der|den|al|el|bin|la|le) ){{0,2}}{_WORD}){{1,4}}"
_BYLINE = re.compile(
    rf"(?:(?:(?:Written|Words|Story|Text|Report|Analysis|Essay|Column|Op-ed|Guest post|Blog post|Viewpoint|Commentary"
    rf"|Opinion|Comment|Posted|Published|Created|Started|Launched|Initiated|Organi[sz]ed|Petition)"
    rf"(?: on [^.;:]{{4,30}}?)? )?[Bb]y|BY|Par|Por|Von):? (?P<who>{_NAME}(?:(?:,| and| &) {_NAME}){{0,3}})"
    r"(?:,? (?:in|for|at|–|—|-) .{2,60}|, .{2,120})?"
)
_TITLED = re.compile(rf"(?P<who>(?:Dr|Prof|Professor)\.? {_NAME})")
_OWN_PAPER = re.compile(
    r"(?:written |oral )?(?:submission|evidence|objection|representation|testimony|comments?)\b", re.IGNORECASE
)
_PLACED = re.compile(rf"{_NAME}, {_WORD}(?: {_WORD}){{0,2}}")
_PIECES = re.compile(r"\s*[|·•]\s*|\s+[–—]\s+|\s{3,}")
_STAFF = re.compile(
    r"(?:our|staff|special|a|the)\b|.{0,40}\b(?:correspondents?|reporters?|editors?|staff)\b", re.IGNORECASE
)
_DEAR = re.compile(r"\W*Dear\b")
_SIGNATURE = re.compile(r"\\(?:signature|author)\{(?P<who>[^{}]{3,200})\}")
_ADDRESS = re.compile(r"\\address\{(?P<who>[^{}]{3,300})\}")
_LONGEST, _FIRST, _PREAMBLE = 200, 4, 4_000


def typeset_author(text: str) -> str | None:
    """Who writes a paper or letter typed for TeX, as its commands say: the body of the address, with who signs."""
    signed = _SIGNATURE.search(text[:_PREAMBLE])
    if signed is None or not text.lstrip().startswith("\\documentclass"):
        return None
    name, address = (" ".join(re.split(r"\\\\", each)[0].split()) for each in (signed["who"], _address(text)))
    name = re.sub(r"\\ ", " ", name).strip()
    return f"{address} ({name})" if address and names_body(address) else name


def _address(text: str) -> str:
    match = _ADDRESS.search(text[:_PREAMBLE])
    return match["who"] if match else ""


def author_in(head: Sequence[str], author: str | None) -> str | None:
    """Who wrote an article, as a line above its text says; `None` where none does.

    `author` is who the file names as its author: that may be who typed it, and counts only where it stands there, too.
    """
    lines = [line.strip(" *_#") for line in head if len(line) <= _LONGEST]
    for line in lines:
        for piece in _PIECES.split(line):
            match = _BYLINE.fullmatch(piece.strip(" *_"))
            if match is not None and not names_body(match["who"]) and not _STAFF.match(match["who"]):
                return match["who"]
    if author and any(line.casefold().startswith(author.casefold()) for line in lines):
        return author
    if any(map(_DEAR.match, lines)):
        return None
    for line in lines[1:_FIRST]:
        name, _, office = line.partition(", ")
        if re.fullmatch(_NAME, name) and is_office(office) and not names_body(name):
            return f"{office} ({name})"
    if lines and _OWN_PAPER.match(lines[0]):
        placed = next((line for line in lines[1:_FIRST] if _PLACED.fullmatch(line) and not names_body(line)), None)
        if placed is not None:
            return placed
    titled = (_TITLED.fullmatch(line) for line, below in pairwise(lines) if names_body(below))
    return next((match["who"] for match in titled if match is not None), None)
