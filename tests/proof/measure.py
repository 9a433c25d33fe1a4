"""Measures the proof on the drafts of this folder: `python tests/proof/measure.py` prints the figures and misses."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import ncrelations as ncr

HERE = Path(__file__).parent


def pairs(
    proof: Callable[..., ncr.Proof] = ncr.proof,
) -> Iterator[tuple[dict[str, Any], ncr.Finding | None, tuple[ncr.Finding, ...]]]:
    """What each quotation is, with the finding on it, if any, and the others of its paragraph."""
    rows = [json.loads(line) for line in (HERE / "expected.jsonl").read_text("utf-8").splitlines()]
    for number in sorted({row["draft"] for row in rows}):
        text = (HERE / f"draft-{number:02}.md").read_text("utf-8")
        findings = proof(text).findings
        starts = [0]
        for paragraph in text.split("\n\n"):
            starts.append(starts[-1] + len(paragraph) + 2)
        for row in (each for each in rows if each["draft"] == number):
            start, end = starts[row["paragraph"] - 1], starts[row["paragraph"]]
            inside = [f for f in findings if start <= f.start < end]
            own = next((f for f in inside if _same(f.quotation, row["starts"])), None)
            yield row, own, tuple(f for f in inside if f is not own)


def _same(quotation: str, starts: str) -> bool:
    return _bare(quotation).startswith(_bare(starts))


def _bare(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def figures(misses: list[str] | None = None) -> dict[str, float]:
    """The figures, each a share or a count."""
    told: dict[str, Counter[bool]] = defaultdict(Counter)
    flagged, stray = Counter[bool](), 0
    for row, own, others in pairs():
        stray += sum(other.verdict != "ignored" for other in others)
        wrong_voice = row.get("credit") is False
        right = _judged(row, own)
        told[row["made"] if row["made"] != "place" else f"place_{row['place']}"][right] += 1
        if own is not None and own.credit_right is False:
            flagged[wrong_voice] += 1
        if misses is not None and (not right or (own and own.credit_right is False and not wrong_voice)):
            misses.append(f"{row}\n    {None if own is None else own.to_dict()}")
    found = {f"{made}": counts[True] / counts.total() for made, counts in sorted(told.items())}
    found["voice_precision"] = flagged[True] / max(1, flagged.total())
    return found | {"quotations": sum(c.total() for c in told.values()), "stray": stray}


def _judged(row: dict[str, Any], own: ncr.Finding | None) -> bool:
    """Whether the finding says what is to be said of a quotation."""
    if own is None or own.verdict != row["verdict"]:
        return False
    match row["made"]:
        case "true" | "edited":
            return not own.to_mend and str(own.citation).startswith(row["citation"])
        case "negation" | "number":
            return own.grave and any(change.kind == row["kind"] for change in own.changes)
        case "voice":
            return own.credit_right is False
        case "place":
            return own.place_right is row["place"]
    return True


if __name__ == "__main__":
    missed: list[str] = []
    print(json.dumps(figures(missed), indent=2))
    print("\n".join(missed))
