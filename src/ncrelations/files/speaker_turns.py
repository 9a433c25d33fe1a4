"""Turns of speakers in records of meetings and hearings: "Mr. Kim (Republic of Korea):", "JUSTICE KAGAN:"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Baroness|Monsignor|Archbishop|Sheikh|Prince|Princess|Mgr|Prof|H\.E\.)\.?"
)
_OFFICE = (
    r"The (?:Acting |Temporary |Deputy |Vice-)?(?:President|Chair(?:man|woman|person)?|Secretary-General|Moderator"
    r"|Speaker|Co-Chairs?|Chief Justice|Court|Clerk|Witness|Rapporteur)"
)
_NAMED = re.compile(
    rf"(?P<who>(?:{_TITLE} [A-Z][^:(\n]{{0,60}}?|{_OFFICE}))(?: \((?P<of>[^()\n]{{2,80}})\))?"
    r"(?:,? \((?:spoke|interpretation)[^()]{0,60}\))?: "
)
_CAPITALS = re.compile(r"(?P<who>[A-Z][A-Z.'’-]*(?: [A-Z][A-Z.'’-]*){1,4}): ")
_JUDGE = re.compile(
    r"(?P<who>[A-Z][A-Z'’-]+(?: [A-Z][A-Z'’-]+)?), (?P<of>(?:Chief |Senior |Associate )?(?:Circuit |District )?"
    r"(?:Judge|Justice))\b,? (?=(?:\w+ )?(?:concurring|dissenting))"
)
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """Who begins to speak."""

    speaker: str
    """The name, as it is printed."""
    of: str | None = None
    """For whom the speaker speaks, where that is printed."""
    certain: bool = False
    """Whether it is a turn even where it is the only one."""

    opinion: bool = False
    """Whether a judge's opinion begins, which goes on over headings."""

    @property
    def label(self) -> str:
        """The speaker, with whom it is for: "Republic of Korea (Mr. Kim)"."""
        return f"{self.of} ({self.speaker})" if self.of else self.speaker


def turn_in(words: str) -> Turn | None:
    """The turn that begins with a paragraph; `None` where none does."""
    head = words[:200]
    match = _NAMED.match(head)
    if match is not None:
        return Turn(match["who"].strip(), match["of"], certain=match["of"] is not None)
    match = _JUDGE.match(head)
    if match is not None:
        return Turn(f"{match['who'].title()}, {match['of']}", None, certain=True, opinion=True)
    match = _CAPITALS.match(head)
    return Turn(match["who"]) if match else None


def enough(turns: list[Turn]) -> bool:
    """Whether turns are those of a record, and not single lines that look like one."""
    speakers = {turn.speaker for turn in turns}
    return any(turn.certain for turn in turns) or (len(speakers) >= _FEWEST and len(turns) > _FEWEST)
