"""Names below words of others: the last line of a quotation, or of a letter that a paper prints."""

from __future__ import annotations

import re

from ncrelations.files.bodies import is_body, names_body
from ncrelations.files.letter_forms import is_office

_WORD = r"[^\W\d_a-z][\w.'’-]*"
_NAME = rf"{_WORD}(?: (?:(?:de|da|di|du|des|la|le|von|van|der|den|al|el|bin|of|for|and|the) ){{0,2}}{_WORD}){{0,6}}"
_SIGNED = re.compile(rf"\W*(?:Signed:? )?(?P<who>{_NAME}(?:, [^.;:?!]{{2,80}}?)?)[.,]?[\"”»’]?\W*")
_DASHED = re.compile(rf"[.!?…] ?[–—-] ?(?P<who>{_NAME}(?:, [^;:?!\"”]{{2,60}})?)[\"”»]?$")
_LONGEST = 120


def signed_line(line: str) -> str | None:
    """Who signs with a line: a name, with the office, the body or the place behind a comma."""
    words = line.strip(' *_"”“»')
    if (
        names_body(words)
        and words[0].isupper()
        and not words.endswith((".", ":", "?", "!"))
        and len(words.split()) <= 10
    ):
        return words
    match = (
        _SIGNED.fullmatch(words) if 3 < len(words) <= _LONGEST and not words.endswith(("?", "!", ":", ";")) else None
    )
    pieces = words.rstrip(".").split(", ")[1:]
    if match is None or not all(piece[:1].isupper() or is_office(piece.capitalize()) for piece in pieces):
        return None
    if words.endswith(".") and not (pieces and is_office(pieces[0])):
        return None
    return match["who"].strip(" .,")


def signed_within(block: str) -> str | None:
    """Who signs words between quotation marks at their end: on the last line, or behind a dash."""
    lines = block.strip().split("\n")
    if len(lines) > 1 and re.search(r"[.?!…]$", lines[-2].strip()):
        who = signed_line(lines[-1])
        if who is not None and (is_body(who) or names_body(who) or len(who.split()) <= 6):
            return who
    match = _DASHED.search(" ".join(block.split())[-160:])
    return match["who"].strip(" .,") if match else None
