"""The ids of sections: the printed number where there is one, else a slug of the heading; each once."""

from __future__ import annotations

import re
import unicodedata

_NUMBER = re.compile(r"(?:[1-9][0-9]*[a-z]?|[A-Z]{1,7})(?:\.(?:[1-9][0-9]*|[A-Z]))*")
_WORDS = 6
_LONGEST = 40


class SectionIds:
    """Gives each section of a document its id."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._numbered: set[str] = set()
        self._counts: dict[str, int] = {}

    def of_opening(self) -> str:
        """The id of what stands before the first heading."""
        return self._free("front")

    def of_heading(self, number: str | None, heading: str, outside: str) -> str:
        """The id of a section with a heading: "3.2", "II.A", "basic-principles"."""
        if number and _NUMBER.fullmatch(number):
            inside = outside in self._numbered and "." not in number
            id = self._free(f"{outside}.{number}" if inside else number)
            self._numbered.add(id)
            return id
        named = slug(heading) or f"section-{len(self._taken) + 1}"
        return self._free(f"{outside}.{named}" if named in self._taken and outside else named)

    def of_paragraph(self, number: str, outside: str) -> str:
        """The id of a paragraph with a printed number: the number, where no section has it."""
        return self._free(number if number not in self._taken or not outside else f"{outside}.{number}")

    def of_more(self, id: str) -> str:
        """The id of the rest of a section."""
        return self._free(id)

    def _free(self, id: str) -> str:
        base, count = id, self._counts.get(id, 1)  # what is taken stays so: counted on from there
        while id.lower() in self._taken:
            count += 1
            id = f"{base}-{count}" if base[-1:].isalpha() or "-" in base else f"{base}.part-{count}"
        self._counts[base] = count
        self._taken.add(id.lower())
        return id


def slug(words: str, most: int = _WORDS, longest: int = _LONGEST) -> str:
    """The first words in small letters, digits and hyphens: "Basic principles" is "basic-principles"."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    found = re.findall(r"[a-z0-9]+", plain.replace("'", ""))[:most]
    while found and not found[0][0].isalpha():
        found.pop(0)
    text = "-".join(found)
    return text if len(text) <= longest else text[: longest + 1].rpartition("-")[0] or text[:longest]
