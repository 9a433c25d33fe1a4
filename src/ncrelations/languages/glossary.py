"""The words of other languages that the documents' field uses, by the English words they stand for.

Names of the world and the cues by which a question says what it wants belong to the languages; terms, names and
other words belong to a corpus. All of them are editorial, serve matching only and are never shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from ncrelations.text.words import Piece, fold_accents, lower_in_place, pieces_of
from ncrelations.texts.whole_files import packaged_table

TABLES = Path(__file__).with_name("tables")
LANGUAGES = ("zh", "fr", "de", "ru", "es", "tr", "ar", "ja")
"""The languages of the tables, in their order."""

STRUCTURE = "structure:"
"""What the names of the tables begin with that have the words of the documents' structure."""

DENSE = frozenset({"zh", "ja"})
"""The languages that set no spaces between words."""

_STEM = 4  # letters from which a form stands for every word that begins with it


class Found(NamedTuple):
    """A form of a table that stands in a text."""

    key: str
    """The English words that it stands for."""
    table: str
    """The table: "terms", "names", "words", or a group of cues."""
    start: int
    """Offset in the text."""
    end: int
    """Offset after it."""


class _Form(NamedTuple):
    words: tuple[str, ...]
    stems: tuple[bool, ...]
    key: str
    table: str

    def fits(self, variants: tuple[str, ...], number: int) -> bool:
        """Whether a word, by its variants, is the one of that number, or begins like it."""
        word = self.words[number]
        return any(each.startswith(word) for each in variants) if self.stems[number] else word in variants


def primary(language: str) -> str:
    """The language of a BCP 47 tag without its script: "zh-Hant" -> "zh"."""
    return language.partition("-")[0]


class Glossary:
    """The tables of the languages with those of one corpus. Immutable; safe to share between threads."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder` has the corpus' own tables: "terms", "names" and "words"."""
        self._folder = folder
        self._forms = lru_cache(maxsize=64)(self._forms_of)

    def found_in(self, text: str, language: str, *tables: str) -> list[Found]:
        """What `tables` have of a text in a language, in order; of overlapping forms the longest."""
        tag = primary(language)
        if tag not in LANGUAGES:
            return []
        return list(self._dense(text, tag, tables)) if tag in DENSE else self.found_among(pieces_of(text), tag, *tables)

    def found_among(self, pieces: list[Piece], tag: str, *tables: str) -> list[Found]:
        """The same of the pieces of a text in a language that sets spaces between words."""
        return list(self._spaced(pieces, tag, tables))

    def names(self) -> Iterator[tuple[str, str]]:
        """Each form of a name of the corpus in small letters, with the English name."""
        for key, cells in self._own("names").items():
            for form in filter(None, (form.strip() for cell in cells for form in cell.split(","))):
                yield form.casefold(), key

    def english_names(self, name: str) -> tuple[str, ...]:
        """The English names that a name in any of the languages stands for, those of the corpus first.

        Letter case, accents and which script Han letters are in are made up for: "Lettonie", "LETTONIE", "法國".
        """
        return tuple(self._english_names.get(_plain(name), ()))

    @cached_property
    def _english_names(self) -> dict[str, dict[str, None]]:
        """The English names by each form, plain; in the order in which they are preferred."""
        tables = (self._own("names"), _read(TABLES / "countries.toml")["names"], _read(TABLES / "world.toml")["names"])
        found: dict[str, dict[str, None]] = {}
        for key, cells in (row for table in tables for row in table.items()):
            for form in filter(str.strip, (form for cell in cells for form in cell.split(","))):
                found.setdefault(_plain(form), {})[key] = None
        return found

    def _dense(self, text: str, tag: str, tables: tuple[str, ...]) -> Iterator[Found]:
        """Forms of a script without spaces, wherever they occur; Latin letters count as whole words."""
        plain, forms = lower_in_place(_simplified(text)), self._forms(tag, tables)
        at = 0
        while at < len(plain):
            best = next((form for form in forms.get(plain[at], ()) if _stands(plain, at, form.words[0])), None)
            if best is not None:
                yield Found(best.key, best.table, at, at + len(best.words[0]))
            at += len(best.words[0]) if best else 1

    def _spaced(self, pieces: list[Piece], tag: str, tables: tuple[str, ...]) -> Iterator[Found]:
        """Forms of a script with spaces, by words and their stems."""
        forms = self._forms(tag, tables)
        words = [_variants(piece.folded, tag) for piece in pieces]
        begun = {each: [f for word in each for f in forms.get(word[:2], ()) if f.fits(each, 0)] for each in {*words}}
        at = 0
        while at < len(pieces):
            candidates = [form for form in begun[words[at]] if _goes_on(form, words, at)]
            best = max(candidates, key=lambda form: (len(form.words), sum(map(len, form.words))), default=None)
            if best is not None:
                end = at + len(best.words)
                yield Found(best.key, best.table, pieces[at].start, pieces[end - 1].end)
                at = end
            else:
                at += 1

    def _forms_of(self, tag: str, tables: tuple[str, ...]) -> dict[str, list[_Form]]:
        """The forms of some tables by their first letter, or the first two where words are spaced, longest first."""
        forms: dict[str, list[_Form]] = {}
        opening = 1 if tag in DENSE else 2
        for table in tables:
            for key, cells in self._table(table).items():
                for text in filter(None, map(str.strip, cells[LANGUAGES.index(tag)].split(","))):
                    form = _form(text, tag, key, table)
                    forms.setdefault(form.words[0][:opening], []).append(form)
        for several in forms.values():
            several.sort(key=lambda form: -sum(map(len, form.words)))
        return forms

    def _table(self, name: str) -> dict[str, list[str]]:
        """A table's rows: a group of cues, the terms, the words, or the names with the countries."""
        if name == "names":
            return {
                **_read(TABLES / "world.toml")["names"],
                **_read(TABLES / "countries.toml")["names"],
                **self._own(name),
            }
        if name.startswith(STRUCTURE):
            group = name.removeprefix(STRUCTURE)
            return {**_read(TABLES / "structure.toml").get(group, {}), **self._own("structure", group)}
        rows: dict[str, list[str]] = (
            self._own(name) if name in ("terms", "words") else _read(TABLES / "cues.toml")[name]
        )
        return rows

    def _own(self, name: str, group: str | None = None) -> dict[str, list[str]]:
        """The rows of one of the corpus' own tables; of one group of it where it has several."""
        path = None if self._folder is None else self._folder / f"{name}.toml"
        rows: dict[str, list[str]] = _read(path).get(group or name, {}) if path is not None and path.is_file() else {}
        return rows


@cache
def _read(path: Path) -> dict[str, Any]:
    return packaged_table(path)


def _stands(text: str, at: int, form: str) -> bool:
    if not text.startswith(form, at):
        return False
    after = text[at + len(form) : at + len(form) + 1]
    return not (form.isascii() and ((at and text[at - 1].isascii() and text[at - 1].isalnum()) or
                                    (after.isascii() and after.isalnum())))  # fmt: skip


def _goes_on(form: _Form, words: list[tuple[str, ...]], at: int) -> bool:
    """Whether the words behind one that a form begins with are the rest of it."""
    rest = range(1, len(form.words))
    return at + len(rest) < len(words) and all(form.fits(words[at + n], n) for n in rest)


_ARTICLE = re.compile(r"^ال(?=\w{2})")
_CLITICS = re.compile(r"^[وف]?(?:لل|[بلك]?ال|[بلك])?(?=\w{2})")


def _variants(word: str, tag: str) -> tuple[str, ...]:
    """A word and, in Arabic, what is left without its conjunction, preposition and article."""
    if tag != "ar":
        return (word,)
    bare = [re.sub(pattern, "", word) for pattern in (r"^[وف](?=\w{3})", r"^(?:ال|لل)(?=\w{2})", _CLITICS)]
    return tuple(dict.fromkeys((word, *bare)))


def _form(text: str, tag: str, key: str, table: str) -> _Form:
    if tag in DENSE:
        return _Form((lower_in_place(_simplified(text)),), (False,), key, table)
    words = [_ARTICLE.sub("", fold_accents(word)) for word in re.findall(r"[^\W_]+\*?", text)]
    if table in ("terms", "names", "words"):
        return _Form(tuple(words), tuple(len(word) >= _STEM for word in words), key, table)
    return _Form(tuple(w.rstrip("*") for w in words), tuple(w.endswith("*") for w in words), key, table)


@cache
def _han() -> dict[int, int]:
    table = _read(TABLES / "han.toml")
    return str.maketrans(table["traditional"], table["simplified"])


def _simplified(text: str) -> str:
    return text.translate(_han())


def _plain(name: str) -> str:
    """A name in small letters, without accents and in simplified characters."""
    return " ".join(fold_accents(_simplified(name).casefold()).split())
