"""Tables of replies: a column of who replies beside one of what they say, each row in the voice of its first cell."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WHO = re.compile(
    r"(?:respondents?|states?|countr(?:y|ies)|organi[sz]ations?|part(?:y|ies)|members?|delegations?|commenters?"
    r"|submitters?"
    r"|stakeholders?|governments?|from|consultees?|source of comment|name)\W*",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r".{0,30}\b(?:comments?|responses?|views?|repl(?:y|ies)|positions?|remarks?|submissions?|statements?"
    r"|observations?)\W*",
    re.IGNORECASE,
)
_CELLS = re.compile(r"\t|\s*\|\s*")
_LONGEST, _LONG = 80, 20


def rows_in(blocks: Sequence[str], rows: Sequence[bool]) -> dict[int, str]:
    """Whose reply a row is, by its number; `rows` says which blocks are rows of tables."""
    found: dict[int, str] = {}
    said: int | None = None
    for number, block in enumerate(blocks):
        cells = [cell.strip(" *_") for cell in _CELLS.split(block.strip().strip("|"))] if rows[number] else []
        begins = len(cells) > 1 and _WHO.fullmatch(cells[0]) is not None
        if not rows[number] or begins:
            columns = (n for n, cell in enumerate(cells[1:], 1) if begins and _SAYS.fullmatch(cell))
            said = next(columns, None)
        elif said is not None and len(cells) > said and len(cells[said]) >= _LONG and 1 < len(cells[0]) <= _LONGEST:
            found[number] = cells[0]
    return found
