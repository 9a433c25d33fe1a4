"""What a Word file's styles and lists say of a paragraph: heading, item, and the number that Word prints."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_HEADING = re.compile(r"(?:heading|überschrift|titre) ?([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|verzeichnis|tm) ?\d|toc heading", re.IGNORECASE)
_LEVEL = re.compile(r"%([1-9])")
_DEEPEST_STYLE = 20
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def value(element: Any, path: str) -> str | None:
    """The `w:val` of the first element at a path; "" where it has none, `None` where there is no such element."""
    found = None if element is None else element.find(path)
    return None if found is None else found.get(f"{W}val", "")


@dataclass(slots=True)
class Style:
    """A paragraph style, with what it inherits."""

    name: str = ""
    level: int | None = None
    """The level of the heading that it makes, from 1."""
    list: tuple[str, int] | None = None
    """The list it belongs to, and the level in it."""
    bold: bool = False

    @property
    def contents(self) -> bool:
        """Whether it is of the table of contents."""
        return bool(_CONTENTS.fullmatch(self.name))


class Styles:
    """The paragraph styles of a file, by id."""

    def __init__(self, root: Any) -> None:
        self._raw = {} if root is None else {each.get(f"{W}styleId"): each for each in root.iter(f"{W}style")}
        self._read: dict[str, Style] = {}
        default = next((id for id, each in self._raw.items() if each.get(f"{W}default") in ("1", "true")
                        and each.get(f"{W}type") == "paragraph"), "")  # fmt: skip
        self._default = default or ""

    def of(self, id: str | None, depth: int = 0) -> Style:
        """The style of that id; the default one where it is `None` or unknown."""
        id = self._default if id is None else id
        if id in self._read:
            return self._read[id]
        raw = self._raw.get(id)
        if raw is None or depth > _DEEPEST_STYLE:
            return Style()
        based = value(raw, f"{W}basedOn")
        parent = self.of(based, depth + 1) if based else Style()
        style = self._read[id] = _styled(raw, parent)
        return style


def _styled(raw: Any, parent: Style) -> Style:
    name = value(raw, f"{W}name") or ""
    match = _HEADING.fullmatch(name)
    outline = value(raw, f"{W}pPr/{W}outlineLvl")
    level = int(match[1]) if match else _level(outline, parent.level)
    if name.lower() == "title":
        level = 1
    bold = value(raw, f"{W}rPr/{W}b")
    list_ = list_of(raw.find(f"{W}pPr"), parent.list)
    return Style(name, level, list_, parent.bold if bold is None else bold not in ("0", "false"))


def _level(outline: str | None, inherited: int | None) -> int | None:
    if outline is None or not outline.isdigit():
        return inherited
    return int(outline) + 1 if int(outline) < 9 else None


def list_of(properties: Any, inherited: tuple[str, int] | None) -> tuple[str, int] | None:
    """The list of a paragraph's or style's properties, and the level in it."""
    numbered = None if properties is None else properties.find(f"{W}numPr")
    if numbered is None:
        return inherited
    id, level = value(numbered, f"{W}numId"), value(numbered, f"{W}ilvl")
    id = id or (inherited[0] if inherited else None)
    if not id or id == "0":
        return None
    return id, int(level) if level and level.isdigit() else 0


class Numbering:
    """Counts the items of a file's lists and gives the numbers that Word prints before them."""

    def __init__(self, root: Any) -> None:
        self._levels: dict[str, dict[int, Any]] = {}
        self._abstract: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._met: set[str] = set()
        for each in () if root is None else root.iter(f"{W}abstractNum"):
            levels = {int(level.get(f"{W}ilvl", "0")): level for level in each.iter(f"{W}lvl")}
            self._levels[each.get(f"{W}abstractNumId", "")] = levels
        for each in () if root is None else root.iter(f"{W}num"):
            id = each.get(f"{W}numId", "")
            self._abstract[id] = value(each, f"{W}abstractNumId") or ""
            for override in each.iter(f"{W}lvlOverride"):
                start = value(override, f"{W}startOverride")
                if start and start.isdigit():
                    self._starts[id, int(override.get(f"{W}ilvl", "0"))] = int(start)

    def next(self, id: str, level: int) -> tuple[str, str]:
        """The kind of number ("bullet", "decimal", ...) and the number itself of the next item of a list."""
        abstract = self._abstract.get(id, "")
        raw = self._levels.get(abstract, {}).get(level)
        if raw is None:
            return "bullet", "•"
        counts = self._counts[abstract]
        if id not in self._met:
            self._met.add(id)
            for (list_, at), start in self._starts.items():
                if list_ == id:
                    counts[at] = start - 1
        counts[level] = counts.get(level, int(value(raw, f"{W}start") or 1) - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        kind = value(raw, f"{W}numFmt") or "decimal"
        if kind in ("bullet", "none"):
            return "bullet", "•" if kind == "bullet" else ""
        text = value(raw, f"{W}lvlText") or ""
        return kind, _LEVEL.sub(lambda match: self._written(abstract, int(match[1]) - 1), text)

    def _written(self, abstract: str, level: int) -> str:
        """The number of one level, as its list writes it."""
        raw = self._levels[abstract].get(level)
        number = self._counts[abstract].get(level, int(value(raw, f"{W}start") or 1) if raw is not None else 1)
        kind = value(raw, f"{W}numFmt") if raw is not None else "decimal"
        match kind:
            case "upperRoman":
                return _roman(number).upper()
            case "lowerRoman":
                return _roman(number)
            case "upperLetter" | "lowerLetter":
                letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
                return letter.upper() if kind == "upperLetter" else letter
        return str(number)


def _roman(number: int) -> str:
    written = ""
    for amount, letters in _ROMAN:
        written += letters * (min(number, 4999) // amount)
        number = min(number, 4999) % amount
    return written
