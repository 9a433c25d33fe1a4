"""Messages of a correspondence: where each begins, also those quoted in others, and who writes it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from ncrelations.files.letter_forms import quoted, sender
from ncrelations.files.speaker_turns import Turn

_FEWEST, _MOST_QUOTED, _MOST_BLOCKS = 25, 200, 2_000


def messages_in(blocks: Sequence[str]) -> dict[int, Turn]:
    """Who begins to write with which block; below a quotation its message goes on."""
    found: dict[int, Turn] = {}
    outer: Turn | None = None
    for number, words in enumerate(blocks):
        marked = words.lstrip().startswith(">")
        name = sender(words, "".join(blocks[number + 1 : number + 2]))
        below = quoted(words)
        if name is not None:
            outer = found[number] = Turn(name, opinion=True)
        elif below is not None:
            found[number] = Turn(below, opinion=True)
        elif outer is not None and not marked and number - 1 >= 0 and _ends_quoted(blocks[number - 1]):
            found[number] = outer
    return found | _repeated(blocks, found)


def _repeated(blocks: Sequence[str], messages: Mapping[int, Turn]) -> dict[int, Turn]:
    """Whose what a message quotes without a name is: of who writes the same words in another message of the file."""
    plain = [re.sub(r"[>\s]+", " ", words).strip() for words in blocks[:_MOST_BLOCKS]] if messages else []
    marked = [number for number, words in enumerate(blocks[: len(plain)]) if words.lstrip().startswith(">")]
    found: dict[int, Turn] = {}
    for number in [each for each in marked if each not in messages and len(plain[each]) >= _FEWEST][:_MOST_QUOTED]:
        written = next(
            (n for n, words in enumerate(plain) if not blocks[n].lstrip().startswith(">") and plain[number] in words),
            None,
        )
        own, other = _writing(messages, number), _writing(messages, written) if written is not None else None
        if own is not None and other is not None and own.speaker != other.speaker:
            found[number] = other
            found.setdefault(number + 1, messages.get(number + 1, own))
    return found


def _writing(messages: Mapping[int, Turn], number: int) -> Turn | None:
    """Who writes a block: of the last message that begins at it or before."""
    begins = sorted(messages)
    at = bisect_right(begins, number)
    return messages[begins[at - 1]] if at else None


def _ends_quoted(words: str) -> bool:
    return words.rpartition("\n")[2].lstrip().startswith(">")
