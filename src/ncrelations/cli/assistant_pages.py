"""What an assistant reads, as text of bounded size: whole passages, each under the heading that says whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ncrelations.document.corpus import Place
from ncrelations.document.tree import Document, Section
from ncrelations.errors import NoSuchPlace
from ncrelations.render.form import Page, Para, Run, Style, para, voice_run
from ncrelations.render.places import place_page
from ncrelations.render.write import plain

LONGEST_PAGE = 16_000
"""Characters of a page, less what is said at its end."""

_LONGEST_HEAD = 1_000
_GOES_ON = " (continued)"


@dataclass(frozen=True, slots=True)
class Piece:
    """What is not cut: a passage, and the heading that it stands under."""

    head: str
    """The heading with its voice; empty where the body says it."""
    body: str
    """The passage."""
    tight: bool = False
    """Whether it follows the one before without a blank line, as items of a list do."""


def pieces_of(page: Page) -> Iterator[Piece]:
    """The passages of a page: a paragraph with those that belong to it, under the last heading."""
    head: list[Para] = []
    body: list[Para] = []
    for each in page:
        if each.kind == "heading":
            yield from _piece(head, body)
            head, body = [each], []
        elif head and not body and each.tight and not each.mark:
            head.append(each)
        elif body and each.tight and not body[0].tight:
            body.append(each)
        else:
            if body:
                yield from _piece(head, body)
            body = [each]
    yield from _piece(head, body)


def _piece(head: list[Para], body: list[Para]) -> Iterator[Piece]:
    if head or body:
        yield Piece(_text(head), _text(body), bool(body) and body[0].tight)


def _text(paras: list[Para]) -> str:
    """Without the marks around what answers: an assistant would quote them."""
    bare = (replace(each, runs=tuple(Run(run.text) for run in each.runs)) for each in paras)
    return plain(tuple(bare), None).strip("\n")


def pieces_at(places: Iterable[Place]) -> Iterator[Piece]:
    """The passages of some places, whole, each with its citation and voice."""
    for place in places:
        if isinstance(place, Document | Section):
            yield from pieces_of(place_page(place))
        else:
            code = Run(str(place.citation), Style.CODE)
            whose = para(voice_run(place.voice), ", ", place.human, " ", code)
            yield Piece(_text([whose]), _text([para(place.text)]))


def pages_of(pieces: Iterable[Piece], size: int = LONGEST_PAGE) -> tuple[str, ...]:
    """The passages as pages of at most `size` characters. A page that goes on under a heading begins with it."""
    pages: list[str] = []
    text, head = "", ""
    for piece in (part for whole in pieces for part in _parts(whole, size)):
        added = _below(piece, head)
        if text and len(text) + len(added) > size:
            pages.append(text.strip("\n"))
            goes_on, text = bool(head) and piece.head == head, ""
            added = _below(replace(piece, head=piece.head + _GOES_ON) if goes_on else piece, "")
        text, head = text + added, piece.head
    return (*pages, text.strip("\n"))


def _below(piece: Piece, head: str) -> str:
    """A passage as it goes on below others, under its heading where that is another."""
    heading = f"\n{piece.head}\n" if piece.head and piece.head != head else ""
    apart = "" if piece.tight and not heading else "\n"
    return f"{heading}{apart}{piece.body}\n" if piece.body else heading


def _parts(piece: Piece, size: int) -> Iterator[Piece]:
    """A passage in parts that fit on a page: cut between words, for most are whole."""
    head, rest = piece.head[:_LONGEST_HEAD], piece.body
    room = size - len(head) - len(_GOES_ON) - 4
    while len(rest) > room:
        end = rest.rfind(" ", 1, room) + 1 or room
        yield Piece(head, rest[:end].rstrip(), piece.tight)
        rest = rest[end:]
    yield Piece(head, rest, piece.tight)


def page_of(pieces: Iterable[Piece], number: int, call: str) -> str:
    """One page, and which one comes next: `call` is what asked for it, less the page.

    Raises `NoSuchPlace` for a page beyond the last.
    """
    pages = pages_of(pieces)
    if number > len(pages):
        raise NoSuchPlace("page", str(number), (str(len(pages)),))
    if len(pages) == 1:
        return pages[0]
    more = f"next: {call.removesuffix(')')}{', ' if '=' in call else ''}page={number + 1})"
    return f"{pages[number - 1]}\n\n[Page {number} of {len(pages)}; {more if number < len(pages) else 'the last one'}]"
