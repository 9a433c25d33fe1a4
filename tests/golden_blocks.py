"""The golden file of the blocks: one line a block, readable by people.

    PYTHONPATH=src python -m pytest tests/test_tree.py --rewrite-golden

writes it anew. Its columns: citation, kind, voice, span in the source, sentences, sha256 of the
reading text, first and last words.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import ncrelations as ncr

GOLDEN = Path(__file__).parent / "golden" / "blocks.txt"

_HEAD = """\
# Every block of both documents. Citations are promises to readers: an entry may be added, never changed.
# citation                kind       voice    span           sentences  sha256 of the text  first words ... last words
"""


def line(block: ncr.Block) -> str:
    """The line of one block."""
    span = f"{block.span.start}-{block.span.end}"
    digest = hashlib.sha256(block.text.encode()).hexdigest()
    words = block.text.split()
    ends = block.text if len(words) <= 8 else f"{' '.join(words[:4])} ... {' '.join(words[-4:])}"
    place = f"{block.citation!s:<26}{block.kind:<11}{block.voice:<9}{span:<15}{len(block.sentences):>2}"
    return f"{place}  {digest}  {ends}"


def blocks() -> dict[str, str]:
    """The lines of all blocks, by citation."""
    return {str(block.citation): line(block) for document in ncr.documents() for block in document.blocks}


def read() -> dict[str, str]:
    """The lines of the golden file, by citation."""
    lines = GOLDEN.read_text("utf-8").splitlines()
    return {each.split()[0]: each for each in lines if each and not each.startswith("#")}


def rewrite() -> None:
    """Write the golden file from the documents as they are now."""
    GOLDEN.write_text(_HEAD + "\n".join(blocks().values()) + "\n", "utf-8")
