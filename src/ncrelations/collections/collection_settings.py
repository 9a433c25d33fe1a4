"""What the documents of a folder are called, who issued them and when: `collection.toml`, where the files do not say.

A `collection.toml` names the files by their paths in the folder, each in a table of its own:

```toml
bibliography = "library.bib"

[[document]]
file = "strategic-concept.pdf"
id = "nsc2022"
title = "NATO 2022 Strategic Concept"
issuer = "NATO"
date = "2022-06-29"

[voices]
"North Atlantic Treaty Organization" = "NATO"
```
"""

from __future__ import annotations

import errno
import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from ncrelations.collections.found_files import SETTINGS_FILE
from ncrelations.document.citation import nearest, printable
from ncrelations.errors import InvalidSettings, did_you_mean
from ncrelations.texts.whole_files import whole_text

_LARGEST = 1_000_000
_ID = re.compile(r"[a-z][a-z0-9-]*", re.ASCII)
_LONGEST_ID = 60
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True, slots=True)
class FileSettings:
    """What is said of one file; `None` leaves it to what the file says."""

    id: str | None = None
    """The document's id in citations."""
    title: str | None = None
    """Its title."""
    issuer: str | None = None
    """Who issued it: the voice of what no one else says in it."""
    date: str | None = None
    """When: "2022-06-29", "2022-06" or "2022"."""
    authors: tuple[str, ...] = ()
    """Its authors, each as "Family, Given" or as an organisation's name."""
    periodical: str | None = None
    """The periodical it appeared in."""
    key: str | None = None
    """The key of its entry in the folder's bibliography."""
    voices: tuple[tuple[str, str], ...] = ()
    """What those who speak in it are called, by what it calls them itself."""

    def over(self, other: FileSettings) -> FileSettings:
        """These settings, and the other's where these say nothing."""
        return replace(other, **{each.name: getattr(self, each.name) for each in fields(self) if self._says(each.name)})

    def to_json(self) -> str:
        """The settings as text, without those that say nothing."""
        return json.dumps({each.name: getattr(self, each.name) for each in fields(self) if self._says(each.name)})

    @classmethod
    def from_json(cls, text: str) -> FileSettings:
        """The settings of `to_json`."""
        said = json.loads(text)
        voices = tuple((called, name) for called, name in said.pop("voices", ()))
        return cls(**{**said, "authors": tuple(said.get("authors", ()))}, voices=voices)

    def _says(self, name: str) -> bool:
        return getattr(self, name) not in (None, ())


@dataclass(frozen=True, slots=True)
class FolderSettings:
    """The settings of a folder."""

    folder: Path
    """The folder."""
    documents: Mapping[str, FileSettings] = field(default_factory=dict)
    """What is said of files, by their paths in the folder."""
    bibliography: Path | None = None
    """Its BibTeX file."""
    voices: tuple[tuple[str, str], ...] = ()
    """What those who speak in its documents are called, by what the documents call them."""

    def of(self, path: Path) -> FileSettings:
        """What is said of a file of the folder."""
        if not path.is_relative_to(self.folder):
            return FileSettings()
        told = self.documents.get(path.relative_to(self.folder).as_posix(), FileSettings())
        return replace(told, voices=self.voices)

    @property
    def files(self) -> frozenset[Path]:
        """The files that say something of documents and are none."""
        return frozenset(filter(None, (self.folder / SETTINGS_FILE, self.bibliography)))


def fingerprint(settings: FileSettings) -> str:
    """What differs where something else is said."""
    return hashlib.sha256(repr(settings).encode("utf-8", "replace")).hexdigest()[:16]


def checked(settings: FileSettings, where: str) -> FileSettings:
    """Settings that can be used. Raises `InvalidSettings`."""
    if settings.id is not None and not (_ID.fullmatch(settings.id) and len(settings.id) <= _LONGEST_ID):
        advice = f"an id is of small letters, digits and hyphens, begins with a letter, and has {_LONGEST_ID} at most"
        raise InvalidSettings(where, f"{printable(settings.id)!r} is no id", advice)
    if settings.date is not None and date_of(settings.date) is None:
        raise InvalidSettings(
            where, f"{printable(settings.date)!r} is no date", 'write "2022-06-29", "2022-06" or "2022"'
        )
    return settings


def date_of(text: str) -> tuple[int, ...] | None:
    """Year, and month and day where they are given; `None` for what is no date."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    parts = tuple(int(part) for part in match.groups() if part)
    try:
        date(*parts, *(1,) * (3 - len(parts)))
    except ValueError:
        return None
    return parts


def folder_settings(folder: Path) -> FolderSettings:
    """The settings of a folder; empty ones where it has no `collection.toml`. Raises `InvalidSettings`."""
    path = folder / SETTINGS_FILE
    name = printable(str(path), 200)
    try:
        if not path.is_file():
            return FolderSettings(folder)
        said = tomllib.loads(whole_text(path, _LARGEST))
    except OSError as error:
        advice = "leave out what is no setting" if error.errno == errno.EFBIG else "see that you may read it"
        raise InvalidSettings(name, error.strerror or "it cannot be read", advice) from error
    except (ValueError, RecursionError) as error:
        raise InvalidSettings(name, printable(str(error) or "it is nested too deeply", 200), "mend it") from error
    return _folder(folder, name, said)


def _folder(folder: Path, name: str, said: Mapping[str, Any]) -> FolderSettings:
    _known(said, ("bibliography", "document", "voices"), name)
    bibliography = said.get("bibliography")
    if not isinstance(bibliography, str | None):
        raise InvalidSettings(name, "bibliography is no text", 'write bibliography = "library.bib"')
    entries = said.get("document", [])
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        raise InvalidSettings(name, "document is no list of tables", "begin each with [[document]]")
    documents = dict(_document(each, name) for each in entries)
    ids = [each.id for each in documents.values() if each.id]
    if len(ids) > len(set(ids)) or len(documents) < len(entries):
        raise InvalidSettings(name, "a file or an id is there twice", "name each once")
    voices = said.get("voices", {})
    if not isinstance(voices, dict) or not all(isinstance(each, str) for each in voices.values()):
        raise InvalidSettings(name, "voices is no table of texts", 'write [voices] and "As it is called" = "Name"')
    return FolderSettings(folder, documents, folder / bibliography if bibliography else None, tuple(voices.items()))


_KEYS = ("file", *(each.name for each in fields(FileSettings) if each.name != "voices"))


def _document(entry: Mapping[str, Any], name: str) -> tuple[str, FileSettings]:
    _known(entry, _KEYS, name)
    if "file" not in entry:
        raise InvalidSettings(name, "a [[document]] names no file", 'write file = "..."')
    authors = entry.get("authors", [])
    said: dict[str, Any] = {key: value for key, value in entry.items() if key != "authors"}
    said |= {key: str(value) for key, value in said.items() if isinstance(value, date)}
    if not isinstance(authors, list) or not all(isinstance(each, str) for each in (*said.values(), *authors)):
        problem = f"a value of {printable(str(entry['file']))!r} is no text"
        raise InvalidSettings(name, problem, "put it in quotation marks, authors into a list")
    file = said.pop("file").removeprefix("./")
    return file, checked(FileSettings(**said, authors=tuple(authors)), name)


def _known(table: Mapping[str, Any], keys: tuple[str, ...], name: str) -> None:
    for each in table:
        if each not in keys:
            near = did_you_mean(nearest(each, list(keys))).removeprefix("; ") or f"there are {', '.join(keys)}"
            raise InvalidSettings(name, f"there is no key {printable(each)!r}", near)
