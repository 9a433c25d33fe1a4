"""Whose words a whole document is, told by its first headings and lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ncrelations.files.holder_phrases import Holder, holder_in, meeting_in, opening_in, speaking_in

_STATEMENT = re.compile(
    r"(?:\w+ )?(?:statement|remarks|address|speech|intervention|submission|views|comments|repl(?:y|ies)"
    r"|responses?|answers?|opinion|positions?|objections?|reservations?|declarations?|contributions?)\b",
    re.IGNORECASE,
)
_FIRST_HEADINGS = 3


def document_holder(
    headings: Sequence[tuple[str, int]], front: Sequence[str], opened: Sequence[Holder] = ()
) -> tuple[str, Holder] | None:
    """The phrase that names the holder of a whole document, and the holder; `None` where none is named.

    `headings` are all of the document with their levels, `front` the lines before the first, `opened` the holders whose
    statements paragraphs open. One statement among several, as in a collection of them, is not the document's.
    """
    named = [(words, level, holder) for words, level in headings if (holder := holder_in(words)) is not None]
    first = headings[:_FIRST_HEADINGS]
    top = min((level for _, level in first), default=0)
    for words, level, holder in [each for each in named if each[:2] in first][:_FIRST_HEADINGS]:
        others = {other.name for _, beside, other in named if beside == level} - {holder.name}
        single = level == top and not others
        if single or (words, level) == headings[0] or not _STATEMENT.match(words):
            return words, holder
    if len(headings) > 1 and (met := meeting_in(headings[0][0], headings[1][0])) is not None:
        return headings[1][0], met
    told = (
        (words, found)
        for words in front
        if (found := holder_in(words) or opening_in(words) or speaking_in(words)) is not None
    )
    for words, found in told:
        if not _STATEMENT.match(words) or {each.name for each in opened} <= {found.name}:
            return words, found
    return None
