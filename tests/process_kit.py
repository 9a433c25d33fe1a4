"""What the tests of load share: which processes answer, what they hold in memory, and many different questions."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

import ncrelations as ncr

SEES_PROCESSES = Path("/proc/self/smaps_rollup").exists()
"""Whether other processes and their memory can be looked at here."""

_ASKED = (
    "What does the report say about {}?", "Why is {} important?", "How does NATO see {}?", "How does China see {}?",
    "What are the risks of {}?", "What do the experts propose on {}?", "Who speaks of {}?", "When did {} begin?",
    "Is {} a threat?", "What does Brian Wong think of {}?", "Does NATO trust China on {}?", "What follows from {}?",
    "list everything on {}", "{} and maritime security", "How many mention {}?", "What about {} in the Arctic?",
    "compare the views on {}", "Should Europe worry about {}?", "Where is {} discussed?", "{}",
)  # fmt: skip


@contextmanager
def steady_clock() -> Iterator[None]:
    """Meanwhile nothing that earlier tests left is collected.

    Looking through a million objects stops this process, and with it the clock of another's answers, for .6 seconds.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def questions(count: int) -> Iterator[str]:
    """So many questions, all different: one after the other about each name in the documents."""
    names = [each.name for each in ncr.entities()]
    for (asked, name), _ in zip(product(_ASKED, names), range(count), strict=False):
        yield asked.format(name)


def answering(parent: int) -> list[int]:
    """The numbers of the processes that one has started to answer."""
    started = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(each) for each in started if b"spawn_main" in Path(f"/proc/{each}/cmdline").read_bytes()]


def memory(parent: int) -> int:
    """What a process and those that answer for it have made for themselves, in bytes.

    Files that they read into memory are left out: those are shared with every other process of this machine that reads
    them, and each one's part grows by tens of megabytes when another, a test beside this one, has ended.
    """
    return sum(_made(each) for each in (parent, *answering(parent)))


def _made(process: int) -> int:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return 1024 * sum(int(line.split()[1]) for line in lines if line.startswith(("Pss_Anon:", "Pss_Shmem:")))
