"""Printed and exported forms of a citation: in words, as a pinpoint for pandoc and LaTeX, in a bibliography."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from ncrelations.document.citation import Citation, nearest, printable
from ncrelations.document.work import Work
from ncrelations.errors import NoSuchPlace

if TYPE_CHECKING:  # what only exporting needs is loaded by it
    from ncrelations.document.bibliography import Entry

__all__ = ["CITE_FORMATS", "CiteFormat", "Reference", "Work", "exported"]

CiteFormat = Literal["text", "markdown", "bibtex", "ris", "csl-json", "pandoc", "latex"]
"""The formats that `cite` knows: in words, entries of a bibliography, and what cites a place of such an entry."""


CITE_FORMATS: tuple[str, ...] = get_args(CiteFormat)


@dataclass(frozen=True, slots=True)
class Reference:
    """A citation with all that its printed forms need."""

    citation: Citation
    """The address."""
    work: Work
    """The document cited."""
    number: str | None
    """The section's printed number."""
    heading: str | None
    """The section's heading."""
    description: str
    """What to call a section that has no heading."""
    page: int | None
    """The first page of the section, from the table of contents."""
    printed_pages: str | None = None
    """The pages of the place itself, where they are known: "p. 12", "pp. 12–13"."""
    last: Citation | None = None
    """The last block of a range that begins at `citation`; `None` for one place."""

    @property
    def address(self) -> str:
        """The address as text, of a range with both ends: "survey/IV.2/p2-p4"."""
        return f"{self.citation}-{self.last.block}" if self.last else str(self.citation)

    def human(self) -> str:
        """The citation in words, as a footnote has it."""
        text = ", ".join(filter(None, [self.work.name, self._section(), self._place()]))
        if self.printed_pages is not None:
            return f"{text} ({self.printed_pages})"
        return f"{text} (p. {self.page} ff.)" if self.page is not None else text

    def _place(self) -> str:
        """Block and sentence in words; the first paragraph of one with a printed number goes without saying."""
        place = _range(self.citation.place, self.last.place) if self.last else self.citation.place
        if self.heading is not None or self.number is None:
            return place
        block, _, sentence = place.partition(", ")
        return sentence if block == "para. 1" else place

    def _section(self) -> str:
        if self.citation.section is None:
            return ""
        if self.heading is None:
            return self.description
        numbered = f"section {self.number} " if self.number else "section "
        return f'{numbered}"{self.heading}"'

    def export(self, format: CiteFormat | str, link: str | None = None) -> str:
        """The reference in one of the formats, without a final newline.

        `link` is the address of the place in a reader; Markdown without it shows the citation in
        code marks. Raises `NoSuchPlace` for a format it does not know.
        """
        match format:
            case "text":
                return self.addressed
            case "markdown":
                address = f"[{self.address}]({link})" if link else f"`{self.address}`"
                return f"{self.human()} {address}"
            case "pandoc":
                return f"[@{', '.join([self.key, *self.pinpoint])}]"
            case "latex":
                return self.latex
            case "bibtex" | "ris" | "csl-json":
                return exported([self], format)
        raise _no_format(format)

    @property
    def key(self) -> str:
        """The key of the document's entry in bibliographies."""
        return f"ncr-{self.citation.document}"

    @property
    def addressed(self) -> str:
        """The citation in words, with its address."""
        return f"{self.human()} [{self.address}]"

    @property
    def pinpoint(self) -> tuple[str, ...]:
        """The place within the document, in words that pandoc reads as a locator: "sec. IV.2", "para. 3"."""
        if self.citation.section is None:
            return ()
        section = self.description
        if self.heading is not None:
            section = f"sec. {self.number}" if self.number else f'sec. "{self.heading}"'
        return tuple(filter(None, (section, self._place(), self.printed_pages)))

    @property
    def latex(self) -> str:
        """What cites the place in LaTeX, with the section and paragraph as the optional argument."""
        from ncrelations.document.bibliography import tex

        pinpoint = ", ".join(tex(part).replace(". ", ".~") for part in self.pinpoint)
        braced = f"{{{pinpoint}}}" if set(pinpoint) & set("[]") else pinpoint
        return f"\\cite[{braced}]{{{self.key}}}" if pinpoint else f"\\cite{{{self.key}}}"


def _range(first: str, last: str) -> str:
    """Two blocks in words as a range of them: "paras. 2–4"."""
    (word, number), (last_word, last_number) = first.split(" "), last.split(" ")
    if word != last_word:
        return f"{first} to {last}"
    plural = f"{word[:-1]}s." if word.endswith(".") else f"{word}s"
    return f"{plural} {number}–{last_number}"


def exported(references: Sequence[Reference], format: CiteFormat | str, links: Sequence[str | None] = ()) -> str:
    """Several references in one of the formats, without a final newline.

    Bibliographies have one entry a document, CSL-JSON one array; any other format has one line a reference.
    """
    from ncrelations.document.bibliography import bibtex, csl_json, ris

    of_document: dict[str, list[Reference]] = {}
    for each in references:
        of_document.setdefault(each.key, []).append(each)
    entries = list(map(_entry, of_document.values()))
    match format:
        case "bibtex":
            return bibtex(entries)
        case "ris":
            return ris(entries)
        case "csl-json":
            return csl_json(entries)
    if format not in CITE_FORMATS:
        raise _no_format(format)
    given = [*links, *[None] * (len(references) - len(links))]
    return "\n".join(each.export(format, link) for each, link in zip(references, given, strict=True))


def _entry(cited: Sequence[Reference]) -> Entry:
    """The entry of a document, with all that is cited of it."""
    from ncrelations.document.bibliography import Entry

    pinpoints = dict.fromkeys(f"{each.address}: {each.latex}" for each in cited if each.pinpoint)
    return Entry(cited[0].key, cited[0].work, tuple(dict.fromkeys(each.addressed for each in cited)), tuple(pinpoints))


def _no_format(name: str) -> NoSuchPlace:
    return NoSuchPlace("citation format", printable(name), nearest(name, list(CITE_FORMATS)))
