"""Entries of a BibTeX file, as settings of the files they are about. Whatever a file holds is read in one pass."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from ncrelations.collections.collection_settings import FileSettings, date_of
from ncrelations.document.bibliography import MONTHS

_ENTRY = re.compile(r"@(\w+)\s*[{(]\s*([^\s,{}()]*)\s*,")
_FIELD = re.compile(r"\s*,?\s*([A-Za-z][\w-]*)\s*=\s*")
_BARE = re.compile(r"\s*#?\s*([\w.-]+)")
_JOINT = re.compile(r"\s*#\s*")
_NO_ENTRIES = ("comment", "string", "preamble")
_LONGEST = 10_000

_ACCENTS = {
    "'": "\N{COMBINING ACUTE ACCENT}", "`": "\N{COMBINING GRAVE ACCENT}", "^": "\N{COMBINING CIRCUMFLEX ACCENT}",
    '"': "\N{COMBINING DIAERESIS}", "~": "\N{COMBINING TILDE}", "=": "\N{COMBINING MACRON}",
    ".": "\N{COMBINING DOT ABOVE}", "c": "\N{COMBINING CEDILLA}", "v": "\N{COMBINING CARON}",
    "u": "\N{COMBINING BREVE}", "H": "\N{COMBINING DOUBLE ACUTE ACCENT}", "r": "\N{COMBINING RING ABOVE}",
    "k": "\N{COMBINING OGONEK}",
}  # fmt: skip
_ACCENTED = re.compile(r"\\(?:(['`^\"~=.])\s*|([cvuHrk])(?:\s+|(?=\{)))\{?\\?([A-Za-z])\}?")
_LETTERS = {"ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å",
            "AA": "Å", "i": "ı"}  # fmt: skip
_LETTER = re.compile(rf"\\({'|'.join(sorted(_LETTERS, key=len, reverse=True))})(?![A-Za-z])\s?(?:\{{\}})?")
_ESCAPED = re.compile(r"\\([&%$#_{}])")


@dataclass(frozen=True, slots=True)
class BibEntry:
    """An entry with what it says of a document, and the files that it names."""

    key: str
    """Its key."""
    settings: FileSettings
    """What it says."""
    files: frozenset[str]
    """The names of its files, without their folders."""


def bib_entries(text: str) -> tuple[BibEntry, ...]:
    """The entries of a BibTeX file; what is no entry is passed over."""
    return tuple(_entry(key, dict(_fields(text, at))) for kind, key, at in _starts(text) if kind not in _NO_ENTRIES)


def _starts(text: str) -> Iterator[tuple[str, str, int]]:
    for match in _ENTRY.finditer(text):
        yield match[1].lower(), match[2], match.end()


def _fields(text: str, at: int) -> Iterator[tuple[str, str]]:
    """The fields of the entry whose first field begins at `at`."""
    while match := _FIELD.match(text, at):
        value, at = _value(text, match.end())
        yield match[1].lower(), value


def _value(text: str, at: int) -> tuple[str, int]:
    """A value, in braces, in quotation marks, bare, or pieces joined by #; and where it ends."""
    parts = []
    while at < len(text):
        if text[at] in '{"':
            part, at = _enclosed(text, at)
        elif match := _BARE.match(text, at):
            part, at = match[1], match.end()
        else:
            break
        parts.append(part)
        rest = _JOINT.match(text, at)
        if rest is None:
            break
        at = rest.end()
    return "".join(parts), at


def _enclosed(text: str, at: int) -> tuple[str, int]:
    """What stands in braces or quotation marks, braces inside counted."""
    quoted, depth, end = text[at] == '"', 0, min(len(text), at + _LONGEST)
    for position in range(at + 1, end):
        character = text[position]
        if character in "{}" and text[position - 1] != "\\":
            if character == "}" and depth == 0:
                return text[at + 1 : position], position + 1
            depth += 1 if character == "{" else -1
        elif character == '"' and quoted and depth == 0:
            return text[at + 1 : position], position + 1
    return text[at + 1 : end], end


def plain(tex: str) -> str:
    """Text without LaTeX's braces and escapes."""
    tex = _ACCENTED.sub(lambda m: unicodedata.normalize("NFC", m[3] + _ACCENTS[m[1] or m[2]]), tex[:_LONGEST])
    tex = _LETTER.sub(lambda m: _LETTERS[m[1]], tex)
    tex = _ESCAPED.sub(lambda m: m[1].replace("{", "\0").replace("}", "\1"), tex).replace("~", " ")
    tex = tex.replace("---", "—").replace("--", "–").replace("{", "").replace("}", "")
    return " ".join(tex.replace("\0", "{").replace("\1", "}").split())


def _entry(key: str, fields: Mapping[str, str]) -> BibEntry:
    def said(*names: str) -> str | None:
        return next((plain(fields[name]) for name in names if plain(fields.get(name, ""))), None)

    authors = tuple(map(_person, re.split(r"\s+and\s+", fields.get("author", ""))))
    settings = FileSettings(
        title=said("title"),
        issuer=said("institution", "publisher", "organization", "school", "howpublished"),
        date=_date(fields),
        authors=tuple(filter(None, authors)),
        periodical=said("journal", "journaltitle", "booktitle"),
        key=key,
    )
    return BibEntry(key, settings, frozenset(_files(fields.get("file", ""))))


def _person(name: str) -> str:
    """A person as "Family, Given"; an organisation, which stands in braces, as it is."""
    name = name.strip()
    if "," in name or (name.startswith("{") and name.endswith("}")):
        return plain(name)
    given, _, family = plain(name).rpartition(" ")
    return f"{family}, {given}" if given else family


def _date(fields: Mapping[str, str]) -> str | None:
    """The date of an entry, from its field `date` or from year, month and day."""
    date = plain(fields.get("date", ""))
    if date_of(date):
        return date
    month = plain(fields.get("month", ""))
    number = str(MONTHS.index(month[:3].lower()) + 1) if month[:3].lower() in MONTHS else month
    whole = [plain(fields.get("year", "")), number, plain(fields.get("day", ""))]
    for length in (3, 2, 1):
        if all(whole[:length]) and date_of("-".join(whole[:length])):
            return "-".join(whole[:length])
    return None


def _files(field: str) -> Iterator[str]:
    """The names of the files in a field as reference managers write it: "Full text:folder/a.pdf:application/pdf"."""
    for each in field.split(";"):
        for part in each.split(":"):
            name = PurePosixPath(part.replace("\\", "/").strip()).name
            if "." in name:
                yield name
