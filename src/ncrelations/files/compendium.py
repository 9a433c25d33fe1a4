"""Collections of statements, one under each name of a state: "Replies received from Governments", "Declarations"."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_VIEWS = re.compile(
    r"\b(?:views|repl(?:y|ies)|responses|positions|statements|declarations|reservations|objections|comments"
    r"|submissions"
    r"|contributions|observations|interventions|communications|notifications)\b",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"(?:the )?(?:(?:Plurinational |Bolivarian |Federal |Islamic |People's |Democratic )*"
    r"(?:Republic|Kingdom|State|States|Principality|Sultanate"
    r"|Commonwealth) of )?(?P<name>.+?)(?: \([^()]+\))?[*0-9]*",
    re.IGNORECASE,
)

OF_STATES = re.compile(
    r"(?:permanent |state )?(?:ministry|mission|department|embassy|office|delegation|directorate|cabinet)\b",
    re.IGNORECASE,
)
"""Bodies of states, which may stand above or below the state's name."""


def collects_statements(heading: str) -> bool:
    """Whether a heading says that what stands below it are statements of others."""
    return _VIEWS.search(heading) is not None


def is_state(heading: str) -> bool:
    """Whether a heading is the name of a state, or of who speaks beside states."""
    match = _STATE.fullmatch(heading.replace("’", "'")) if len(heading) <= 80 else None
    return match is not None and (match["name"].casefold() in _states() or match[0].casefold() in _states())


@cache
def _states() -> frozenset[str]:
    lines = Path(__file__).with_name("states.txt").read_text("utf-8").splitlines()
    return frozenset(name.casefold() for line in lines if not line.startswith("#") for name in line.split("; "))
