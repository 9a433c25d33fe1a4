"""The process that reads files for another one, within limits of memory and time: `python -m` runs it.

It answers each line of JSON on its input with one on its output. A file that takes the process down takes down
nothing else.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from ncrelations.errors import FileRefused
from ncrelations.files.file_text import Limits, Request, as_data
from ncrelations.files.readers import read

_RECOGNISING = 3_000_000_000


def limited(limits: Limits) -> None:
    """Limit this process' memory and the files it writes, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for what, most in (
        (resource.RLIMIT_AS, max(limits.memory, _RECOGNISING) if limits.ocr else limits.memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def answered(line: str, watch: Callable[[int], None] = lambda _: None) -> dict[str, Any]:
    """The answer to a request: a file's text, or why there is none. `watch` is told of pages that take long."""
    asked = json.loads(line)
    request = Request(Path(asked["path"]), Limits(**asked["limits"]), asked["password"], watch)
    limited(request.limits)
    try:
        return {"text": as_data(read(request))}
    except FileRefused as error:
        return {"refused": [error.reason, error.detail]}
    except MemoryError:
        return {"refused": ["too_large", "it takes too much memory"]}
    except Exception as error:  # noqa: BLE001  # whatever a hostile file brings about, this file alone is refused
        return {"refused": ["damaged", type(error).__name__]}


def serve(requests: TextIO, answers: TextIO) -> None:
    """Answer requests until there are no more."""

    def send(answer: dict[str, Any]) -> None:
        answers.write(json.dumps(answer) + "\n")
        answers.flush()

    for line in requests:
        send(answered(line, lambda page: send({"page": page})))


if __name__ == "__main__":
    answers = os.dup(1)
    os.dup2(2, 1)  # what a library prints is no answer
    with os.fdopen(answers, "w", encoding="utf-8") as pipe:
        serve(sys.stdin, pipe)
