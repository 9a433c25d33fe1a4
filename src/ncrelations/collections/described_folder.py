"""All that is said of the files of a folder: by its `collection.toml`, and by the bibliography that this names."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ncrelations.collections.bibtex_reading import BibEntry, bib_entries
from ncrelations.collections.collection_settings import FileSettings, FolderSettings, folder_settings
from ncrelations.collections.found_files import FoundFile
from ncrelations.document.citation import nearest, printable
from ncrelations.errors import InvalidSettings, did_you_mean
from ncrelations.texts.whole_files import whole_text

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
        if not path.is_file():
            raise InvalidSettings(name, "there is no such file", "name a BibTeX file of the folder")
        entries = bib_entries(whole_text(path, _LARGEST, "replace"))
    except OSError as error:
        advice = "name a smaller one" if error.errno == errno.EFBIG else "see that you may read it"
        raise InvalidSettings(name, error.strerror or "it cannot be read", advice) from error
    return DescribedFolder(
        settings, {each.key: each for each in entries}, {file: each for each in entries for file in each.files}
    )


class DescribedFolders:
    """What is said of files by the folders that they were added with, each read once."""

    def __init__(self, known: Sequence[Path]) -> None:
        """`known` are the folders and files that were added before."""
        self.roots = [path for path in known if not any(path.is_relative_to(each) and path != each for each in known)]
        """Those of them that lie in no other."""
        self._read: dict[Path, DescribedFolder] = {}

    def of(self, found: FoundFile) -> FileSettings:
        """What is said of a file that was met."""
        return self._at(self._folder(found.path, found.root or found.path.parent)).of(found.path)

    def around(self, named: Path) -> DescribedFolder:
        """What describes a path that is to be added. Raises `InvalidSettings`."""
        path = Path(os.path.realpath(named))
        return self._at(self._folder(path, path if path.is_dir() else path.parent))

    def _folder(self, path: Path, nearest: Path) -> Path:
        """The outermost folder that was added and holds a file: what it says holds when a part of it is added anew."""
        return next((each for each in self.roots if path.is_relative_to(each) and each != path), nearest)

    def _at(self, folder: Path) -> DescribedFolder:
        if folder not in self._read:
            self._read[folder] = described(folder)
        return self._read[folder]
