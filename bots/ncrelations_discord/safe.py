"""Text that is safe to show: cleaned, escaped and fitted. Pure functions without discord."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

ELLIPSIS = "…"

_MARKS = re.compile(r"[\\*_~|`\[\]<>@]|:(?=//)|^[#+-]|(?<=^\d)[.)]|(?<=^\d\d)[.)]")
_ESCAPED = re.compile(r"\\([^\w\s]|_)")
_PILED = 3  # combining marks in a row that a letter may carry

_MENTION = re.compile(r"<(?:@[!&]?|#|/[^:>]{1,80}:)\d{1,25}>|<(?:id:\w{1,20})>")
_EMOJI = re.compile(r"<a?:(\w{1,32}):\d{1,25}>")
_SENTENCE_END = re.compile(r"(?<=[.!?…。！？])[\"'”’)]*\s+|(?<=[。！？])")


def clean(text: str) -> str:
    """`text` as one line without control, zero-width, bidirectional, private or unassigned characters.

    Letters keep at most three combining marks; white space of any kind is one space.
    """
    kept: list[str] = []
    piled = 0
    for character in unicodedata.normalize("NFC", text):
        category = unicodedata.category(character)
        piled = piled + 1 if category in ("Mn", "Me") else 0
        if category[0] == "C":
            kept.append(" " if category == "Cc" else "")
        elif piled <= _PILED:
            kept.append(character)
    return " ".join("".join(kept).split())


def escape(text: str) -> str:
    """`text` so that Discord shows it as it is: no Markdown, mention, link or time stamp takes effect."""
    return _MARKS.sub(r"\\\g<0>", text)


def unescape(text: str) -> str:
    """What was escaped: `unescape(escape(text)) == text`."""
    return _ESCAPED.sub(r"\1", text)


def spoken(content: str) -> str:
    """What a message says: without mentions of anybody, and custom emoji as their names."""
    return clean(_EMOJI.sub(r"\1", _MENTION.sub(" ", content)))


def sentences(text: str) -> list[str]:
    """The sentences of a line, roughly: good enough to choose what of a message to ask."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part and part.strip()]


def fitting(parts: Iterable[str], limit: int, joint: str = " ") -> str:
    """As many whole parts from the beginning as fit; what is left out is marked. Never half a part.

    A first part that alone is too long is cut at a word: this happens to no sentence of the documents.
    """
    kept: list[str] = []
    given = list(parts)
    for number, part in enumerate(given):
        tail = 0 if number == len(given) - 1 else len(joint) + len(ELLIPSIS)
        if len(joint.join([*kept, part])) + tail > limit:
            break
        kept.append(part)
    if len(kept) == len(given):
        return joint.join(given)
    if not kept:
        return shortened(given[0], limit)
    return joint.join(kept) + joint + ELLIPSIS


def shortened(text: str, limit: int) -> str:
    """`text`, cut at a word and marked if it is longer than `limit`."""
    if len(text) <= limit:
        return text
    head = text[: limit - len(ELLIPSIS)]
    return (head.rpartition(" ")[0] or head).rstrip("\\ ") + ELLIPSIS


def question_in(text: str, limit: int) -> str:
    """What to ask of a longer text: its questions, else its first sentences, within `limit`."""
    whole = clean(text)
    if len(whole) <= limit:
        return whole
    said = sentences(whole)
    asked = [sentence for sentence in said if sentence.endswith(("?", "？")) and len(sentence) <= limit]
    chosen = asked or [sentence for sentence in said if len(sentence) <= limit]
    if not chosen:
        return shortened(whole, limit)
    kept: list[str] = []
    for sentence in chosen:
        if len(" ".join([*kept, sentence])) > limit:
            break
        kept.append(sentence)
    return " ".join(kept)
