"""What the tests of collections share: texts, reading files without a process for each test, and finding words."""

from __future__ import annotations

from pathlib import Path

from ncrelations.collections.collection import Collection
from ncrelations.files import file_reading
from ncrelations.files.file_text import FileText, Limits, Request
from ncrelations.files.readers import read

HARBOUR = """# Harbour plan

The harbour of Marrowby is to be dredged to twelve metres.

## Costs

The council pays half of the dredging.

The shipowners pay the other half.
"""

MILL = """# Windmill

The windmill stands on the hill above Marrowby.

Its sails were lost in the storm of 1903.
"""

LETTERS = {
    "japan.md": "# Letter of Japan\n\nJapan regards the mines in the strait as a danger to fishing boats.\n\n"
    "The secretariat reminds all members that contributions are due before the first of July.\n",
    "norway.md": "# Letter of Norway\n\nNorway sees no danger in the mines, which were swept from the strait.\n\n"
    "The secretariat reminds all members that contributions are due before the first of July.\n",
}
"""Two letters with a paragraph in common."""


class NearReader:
    """Reads files in this process: as `FileReader` does, without its limits."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def __enter__(self) -> NearReader:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def read(self, path: Path, password: str | None = None) -> FileText:
        """The text of a file."""
        file_reading.check(path, self._limits)
        return read(Request(path, self._limits, password))


def found(collection: Collection, words: str) -> list[str]:
    """The documents in which words are found, best first."""
    stored = collection.library.stored  # as it is at this moment
    versions = {each.version: each.id for each in stored.live}
    passages = collection.search_files.rank(words, stored.versions, None, 20)
    return list(dict.fromkeys(versions[each.version] for each in passages if each.score > 0))
