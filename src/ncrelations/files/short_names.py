"""Full names of bodies that a paper calls by one word: "the Trust" where only the Fen Library Trust is named."""

from __future__ import annotations

import re
from collections.abc import Callable

from ncrelations.files.bodies import names_body

_WORD = r"[^\W\d_a-z][\w’'-]*"
_PARTY = re.compile(
    r"\b(?:respondent|applicant|complainant|claimant|appellant|petitioner|plaintiff|defendant)\b", re.IGNORECASE
)
_MOST_TEXT = 200_000


def full_names(text: str) -> Callable[[str], str]:
    """What gives a body's full name for its one-word name, where the text has just one; any other name as it is."""
    words, known = " ".join(text[:_MOST_TEXT].split()), dict[str, str]()

    def full(name: str) -> str:
        party = _PARTY.search(name)
        if party is not None:
            named = re.search(
                rf"(?:^|\n)\s*{party[0]}s?\s*[:\t|]\s*(?P<who>[^\n|:]{{3,80}})", text[:_MOST_TEXT], re.IGNORECASE
            )
            return f"{named['who'].strip()} ({name})" if named is not None else name
        if " " in name or not name[:1].isupper() or not names_body(name):
            return name
        if name not in known:
            known[name] = _full(name, words)
        return known[name]

    return full


def _full(name: str, words: str) -> str:
    before = (
        rf"(?<![\w’'-])(?!The )(?P<before>{_WORD}(?:(?: (?:of|for|and))? {_WORD}){{0,4}} {re.escape(name)})\b(?! of )"
    )
    behind = rf"\b(?P<behind>{re.escape(name)} of (?:the )?{_WORD}(?:(?: (?:of|for|and))?(?: the)? {_WORD}){{0,8}})"
    found = {match["before"] or match["behind"] for match in re.finditer(rf"{before}|{behind}", words)}
    longest = max(found, key=len, default=name)
    return longest if all(each in longest for each in found) else name
