"""All that is said of the files of a folder: by its `collection.toml`, and by the bibliography that this names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ncrelations.collections.bibtex_reading import BibEntry, bib_entries
from ncrelations.collections.collection_settings import FileSettings, FolderSettings, folder_settings
from ncrelations.document.citation import nearest, printable
from ncrelations.errors import InvalidSettings, did_you_mean

_LARGEST = 20_000_000


@dataclass(frozen=True, slots=True)
class DescribedFolder:
    """What is said of the files of a folder."""

    settings: FolderSettings
    """Its `collection.toml`."""
    by_key: Mapping[str, BibEntry] = field(default_factory=dict)
    """The entries of its bibliography, by key."""
    by_file: Mapping[str, BibEntry] = field(default_factory=dict)
    """The same by the names of the files that they are about."""

    def of(self, path: Path) -> FileSettings:
        """What is said of a file. Raises `InvalidSettings` where the key of its entry is none."""
        told = self.settings.of(path)
        if told.key is not None and told.key not in self.by_key:
            near = did_you_mean(nearest(told.key, list(self.by_key))).removeprefix("; ")
            problem = f"its bibliography has no entry {printable(told.key)!r}"
            raise InvalidSettings(printable(str(self.settings.folder), 200), problem, near or "name one that is there")
        entry = self.by_key.get(told.key or "") or self.by_file.get(path.name)
        return told if entry is None else told.over(entry.settings)

    @property
    def files(self) -> frozenset[Path]:
        """The files that say something of documents and are none."""
        return self.settings.files


def described(folder: Path) -> DescribedFolder:
    """What is said of the files of a folder. Raises `InvalidSettings`."""
    settings = folder_settings(folder)
    path = settings.bibliography
    if path is None:
        return DescribedFolder(settings)
    name = printable(str(path), 200)
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            raise InvalidSettings(name, "there is no such file of its size", "name a BibTeX file of the folder")
        entries = bib_entries(path.read_text("utf-8-sig", "replace"))
    except OSError as error:
        raise InvalidSettings(name, error.strerror or "it cannot be read", "see that you may read it") from error
    return DescribedFolder(
        settings, {each.key: each for each in entries}, {file: each for each in entries for file in each.files}
    )
