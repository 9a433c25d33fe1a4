"""A quotation cut where it says that something is left out, put in or changed: "...", "[...]", "[the growers]"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ncrelations.document.wording import plain_words

_EDIT = re.compile(
    r"""(?P<left_out>[\[(]\s*(?:…|(?:\.\s?){2,5})\s*[\])]|(?:\.\s?){3,5}|…\.?)
    |(?P<remark>[\[(]\s*(?:sic|emphasis\ (?:added|mine|ours)|my\ emphasis|our\ emphasis|\*)\s*[!.]?\s*[\])])
    |\[(?P<letter>[^\W\d_])\](?=[^\W\d_])
    |(?P<cut_word>(?<![^\W_])[^\W\d_]+\[[^\[\]\s]{1,8}\](?:[^\W\d_]*)|\[[^\[\]\s]{1,8}\][^\W\d_]+)
    |(?P<put_in>\[[^\[\]]{1,300}\])""",
    re.VERBOSE | re.IGNORECASE,
)

Link = Literal["first", "left_out", "put_in"]
"""How a piece follows the one before."""


@dataclass(frozen=True, slots=True)
class QuotedPiece:
    """Words of a quotation that stand together."""

    text: str
    """The words, a bracketed first letter without its brackets."""
    words: tuple[str, ...]
    """As they are compared."""
    link: Link
    """How they follow the piece before."""


def cut(text: str) -> tuple[QuotedPiece, ...]:
    """The pieces of a quotation; one where nothing is marked as edited."""
    return tuple(_pieces(text))


def is_edited(text: str) -> bool:
    """Whether a quotation says that its author changed something."""
    return _EDIT.search(text) is not None


def _pieces(text: str) -> Iterator[QuotedPiece]:
    at, so_far = 0, ""
    link: Link = "first"
    for match in _EDIT.finditer(text):
        so_far += text[at : match.start()]
        at = match.end()
        if match["letter"]:
            so_far += match["letter"]
        elif match["remark"]:
            so_far += " "
        else:
            if words := _words(so_far):
                yield QuotedPiece(so_far.strip(), words, link)
            # Of two edits side by side, what is left out says more.
            link = "left_out" if match["left_out"] or (link == "left_out" and not words) else "put_in"
            so_far = ""
    so_far += text[at:]
    if words := _words(so_far):
        yield QuotedPiece(so_far.strip(), words, link)


def _words(text: str) -> tuple[str, ...]:
    return tuple(plain_words(text))
