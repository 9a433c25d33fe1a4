"""Short texts by many hands, each with the quotation asked about in double brackets, and who is credited with it."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ncrelations.proofing.credit_words import ASKED, QUOTED
from ncrelations.proofing.quotation_marks import marked

WHO = {
    "nato": "side:nato", "china": "side:china", "report": "reporter:experts", "article": "person:author",
    "taihe": "other:Taihe Institute", "other": "other:", "none": "nobody:", "fact": "fact:",
}  # fmt: skip
"""What the texts call those who may be credited, and what the network does."""


def short_texts() -> Iterator[dict[str, Any]]:
    """The short texts, each with the hand that wrote it."""
    data = (Path(__file__).parent / "credit_texts.jsonl.gz").read_bytes()
    for line in gzip.decompress(data).decode().splitlines():
        yield json.loads(line)


def asked(row: dict[str, Any]) -> tuple[str, str]:
    """A short text with `ASKED` for the quotation in double brackets and `QUOTED` for the others; and the quotation."""
    match = re.search(r"\[\[(.*?)\]\]", row["text"], re.DOTALL)
    assert match is not None
    text = f"{row['text'][: match.start()]}{ASKED}{row['text'][match.end() :]}"
    for each in [*marked(text)][::-1]:
        start, end = each.start - 1, min(len(text), each.end + each.closed)
        if ASKED not in text[start:end]:
            text = f"{text[:start]}{QUOTED}{' ' * (end - start - 1)}{text[end:]}"
    return text, match[1]
