"""The voices of a small paper, read as a file is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from ncrelations.document.reference import Work
from ncrelations.document.tree import Document
from ncrelations.files.document_tree import document_of
from ncrelations.files.file_facts import with_facts
from ncrelations.files.file_text import FileText
from ncrelations.files.markdown_reader import read_markdown
from ncrelations.files.plain_reader import read_plain

NOBODY = "Paper"
"""The voice of what states nobody's view."""


def document(text: str) -> Document:
    """The document of a Markdown text where it begins with a heading, else of a plain one."""
    return of_file((read_markdown if text.startswith("#") else read_plain)(text))


def of_file(text: FileText) -> Document:
    """The document of a file's text."""
    return document_of(with_facts(text), "doc", Work("report", "Doc", NOBODY, (), "", None, None))


def voices(text: str) -> list[str]:
    """The voices of the blocks of a text whose paragraphs are divided by "|", each once in a row."""
    labels = [block.voice.label for block in document(text.replace("|", "\n\n")).blocks]
    return [label for n, label in enumerate(labels) if n == 0 or labels[n - 1] != label]


def seconds(rules: Iterable[Callable[[str], object]], starts: str, times: int) -> float:
    """The seconds of processor time that rules take over starts, parted by ";", each repeated so many times."""
    started = time.process_time()
    for start in starts.split(";"):
        for rule in rules:
            rule(start * times)
    return time.process_time() - started
