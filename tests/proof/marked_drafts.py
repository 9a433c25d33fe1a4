"""Whole drafts by several hands, each quotation marked with who is credited: `[[china|the quoted words]]`."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

from ncrelations.proofing.credit_context import credit_context
from ncrelations.proofing.draft_quotations import quotations_of
from ncrelations.proofing.draft_reading import read_text
from ncrelations.proofing.proofreader import BESIDE

LATEST = (
    "wire", "essayist", "analyst", "benches", "lecturer", "radio", "envoy", "blog", "markets", "counsel", "delegate",
    "desk officer",
)  # fmt: skip
"""Hands whose drafts name the credited in hard ways; nothing is fitted on them."""

_MARKED = re.compile(r"\[\[(\w+)\|(.*?)\]\]", re.DOTALL)


def marked_drafts() -> Iterator[tuple[str, str]]:
    """The hand and the text of each draft."""
    data = (Path(__file__).parent / "credit_drafts.jsonl.gz").read_bytes()
    for line in gzip.decompress(data).decode().splitlines():
        row = json.loads(line)
        yield row["hand"], row["text"]


def credited_in(text: str) -> Iterator[tuple[str, str]]:
    """The words around each quotation of a draft as the proof reads them, and who is credited with it."""
    wanted = [(who, _bare(words)) for who, words in _MARKED.findall(text)]
    draft = read_text(_MARKED.sub(lambda match: f"“{match[2]}”", text))
    for quotations in quotations_of(draft, frozenset()):
        for number, each in enumerate(quotations):
            own = _bare(each.text)
            at = next((n for n, (_, words) in enumerate(wanted) if words == own), None)
            if at is not None:
                beside = quotations[max(0, number - BESIDE) : number + BESIDE]
                yield credit_context(draft, each, beside), wanted.pop(at)[0]


def _bare(words: str) -> str:
    return "".join(c for c in words.lower() if c.isalnum())
