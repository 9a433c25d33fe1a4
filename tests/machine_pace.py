"""How fast this machine is just now, so that a bound in seconds means the same on every machine."""

from __future__ import annotations

import re
import time
from collections import Counter
from itertools import pairwise

import ncrelations as ncr

_USUAL = 0.117
"""Seconds that the work below took on the machine that bounds were set on, with nothing beside it."""
_TIMES = 40


def usual(spent: float) -> float:
    """Processor time as it would be on that machine: less where this one is slower at the moment, never more.

    Both are measured in the same run, for machines differ, and what runs beside a test slows it by a half and more.
    """
    text = "".join(document.source for document in ncr.documents()).lower()
    started = time.process_time()
    for _ in range(_TIMES):
        words = re.findall(r"\w+", text)
        sorted(Counter(pairwise(words)).values())
    return spent / max(1.0, (time.process_time() - started) / _USUAL)


def within(spent: float, bound: float) -> bool:
    """Whether processor time is below a bound, here or as it would be on that machine."""
    return spent < bound or usual(spent) < bound
