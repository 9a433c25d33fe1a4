"""Measures the proof on the drafts of several writers: `python tests/proof/writers.py SET [--misses]`.

Of the first two writers ("fitting", "report") drafts 1 to 10 were for fitting, of the later ones ("later",
"later_unread") drafts 1 to 4, of the last ones ("last", "last_unread") the odd drafts; the third ("unseen") wrote when
everything was done. All of these have been read since, and are for fitting. Of the newest ones ("newest",
"newest_unread") the odd drafts are for fitting, and of the even ones nothing but the sums was looked at; of those to
judge by ("judged") that holds for all. Of one more writer's ("desk") the first ten were read, of four more ("hands")
and of four that came after them ("bylines") the odd ones.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import ncrelations as ncr

HERE = Path(__file__).parent
HALVES = {"fitting": range(1, 11), "report": range(11, 21)}
SETS = {half: ("people", numbers) for half, numbers in HALVES.items()} | {
    "unseen": ("unseen", range(1, 21)),
    "later": ("later", range(1, 5)),
    "later_unread": ("later", range(5, 9)),
    "last": ("last", range(1, 21, 2)),
    "last_unread": ("last", range(2, 21, 2)),
    "newest": ("newest", range(1, 15, 2)),
    "newest_unread": ("newest", range(2, 15, 2)),
    "judged": ("judged", range(1, 15)),
    "desk_read": ("desk", range(1, 11)),
    "desk": ("desk", range(11, 21)),
    "hands_read": ("hands", range(1, 17, 2)),
    "hands": ("hands", range(2, 17, 2)),
    "bylines_read": ("bylines", range(1, 13, 2)),
    "bylines": ("bylines", range(2, 13, 2)),
}
"""The sets: each a folder and the numbers of its drafts."""
FORMATS = {".md": "markdown", ".txt": "plain", ".html": "html"}
_MARKUP = re.compile(r"<[^<>]*>|&#?\w+;")
Row = dict[str, Any]


def pairs(half: str) -> Iterator[tuple[Row, ncr.Finding | None]]:
    """Each quotation of a set as its writer meant it, with the finding on it, if there is one."""
    for path, rows in drafts(half):
        yield from paired(path, rows)


def drafts(half: str) -> Iterator[tuple[Path, list[Row]]]:
    """The drafts of a set, each with its quotations as its writer meant them."""
    where, numbers = SETS[half]
    for gold in sorted((HERE / where).glob("*/gold.jsonl")):
        rows = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
        for path in sorted(gold.parent.glob("draft*")):
            if int(path.stem[-2:]) in numbers:
                yield path, [row for row in rows if row["draft"] == path.name]


def paired(
    path: Path, rows: list[Row], proof: Callable[..., ncr.Proof] = ncr.proof
) -> Iterator[tuple[Row, ncr.Finding | None]]:
    """Each quotation of a draft with the finding on it, if there is one."""
    text, writer, format = path.read_text("utf-8"), path.parent.name, FORMATS[path.suffix]
    findings = [each for each in proof(text, format).findings if each.verdict != "ignored"]
    words = _MARKUP.sub(lambda match: " " * len(match[0]), text) if format == "html" else text
    letters = [at for at, character in enumerate(words) if character.isalnum()]
    bare, after = "".join(text[at].lower() for at in letters), 0
    for row in rows:
        wanted = "".join(c for c in row["quotation"].lower() if c.isalnum())
        at = bare.find(wanted, after)
        if at < 0:
            at = bare.find(wanted)
        if at < 0:
            raise ValueError(f"{writer}/{row['draft']} has no {row['quotation']!r}")
        after = at + len(wanted)
        start, end = letters[at], letters[after - 1] + 1
        best = max(findings, key=lambda f: _overlap(f, start, end), default=None)
        yield row | {"writer": writer}, best if best and _overlap(best, start, end) > 0.5 else None


def _overlap(finding: ncr.Finding, start: int, end: int) -> float:
    """How much of the two spans is common to both."""
    both = min(finding.end, end) - max(finding.start, start)
    return both / (max(finding.end, end) - min(finding.start, start))


def is_true(row: Row) -> bool:
    """Whether there is nothing to complain of."""
    right = row["verdict"] in ("verbatim", "edited") and not row["grave"]
    return right and row["place_right"] is not False and row["credit_right"] is not False


def told(row: Row, own: ncr.Finding | None) -> dict[str, bool]:
    """What is to be said of a quotation, by kind, and whether it was said."""
    found = own.to_dict() if own is not None else {}
    kinds: dict[str, bool] = {}
    if is_true(row):
        kinds["true"] = own is not None and not own.to_mend
    if row["verdict"] == "altered" and row["change"]:
        grave = row["change"] in ("number", "negation", "name")
        # What three dots leave out may be a negation: an edit by the rules, and grave.
        kinds[row["change"]] = bool(found.get("grave")) if grave else found.get("verdict") == "altered"
    if row["verdict"] in ("stitched", "not_found"):
        kinds[row["verdict"]] = found.get("verdict") == row["verdict"]
    if row["place_right"] is not None and row["verdict"] != "not_found":
        wrong = row["place_right"] is False
        kinds["wrong_place" if wrong else "right_place"] = (found.get("place_right") is False) == wrong
    if row["credit_right"] is False and row["verdict"] != "not_found":
        kinds["wrong_voice"] = found.get("credit_right") is False
    return kinds


def figures(half: str, misses: list[str] | None = None) -> dict[str, str]:
    """Of each kind how many were said, of how many; and of those told to be credited wrongly, how many are."""
    right, every, flagged = Counter[str](), Counter[str](), Counter[bool]()
    for row, own in pairs(half):
        kinds = told(row, own)
        every.update(kinds.keys())
        right.update(kind for kind, said in kinds.items() if said)
        false_alarm = own is not None and own.credit_right is False and row["credit_right"] is not False
        if own is not None and own.credit_right is False:
            flagged[row["credit_right"] is False] += 1
        if misses is not None and (false_alarm or not all(kinds.values())):
            misses.append(_miss(row, own, kinds))
    shares = {kind: f"{right[kind]}/{every[kind]}" for kind in sorted(every)}
    return shares | {"voice_precision": f"{flagged[True]}/{flagged.total()}"}


def _miss(row: Row, own: ncr.Finding | None, kinds: dict[str, bool]) -> str:
    missed = [kind for kind, said in kinds.items() if not said] or ["voice_precision"]
    found = "nothing found" if own is None else json.dumps(own.to_dict(), ensure_ascii=False)
    return f"{', '.join(missed)}: {json.dumps(row, ensure_ascii=False)}\n    {re.sub(r' +', ' ', found)}"


if __name__ == "__main__":
    of, told_misses = sys.argv[1], list[str]()
    print(json.dumps(figures(of, told_misses if "--misses" in sys.argv[2:] else None), indent=2))
    print("\n".join(told_misses))
