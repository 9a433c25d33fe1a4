"""Printed and exported forms of a citation: text, Markdown, BibTeX, RIS, CSL-JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal, get_args

from ncrelations.document.citation import Citation, nearest, printable
from ncrelations.errors import NoSuchPlace

CiteFormat = Literal["text", "markdown", "bibtex", "ris", "csl-json"]
"""The formats that `cite` knows."""


CITE_FORMATS: tuple[str, ...] = get_args(CiteFormat)


@dataclass(frozen=True, slots=True)
class Work:
    """A published document, as a bibliography wants it."""

    kind: Literal["report", "article"]
    """What it is, in CSL's words less the prefix: a report, or an article in a periodical."""
    name: str
    """How a human citation begins: "Harbour report"."""
    title: str
    """The title as a bibliography writes it."""
    authors: tuple[tuple[str, str], ...]
    """(family, given) of each author; an organisation has an empty given name."""
    publisher: str
    """Who published it."""
    periodical: str | None
    """The periodical it appeared in."""
    date: tuple[int, int, int] | None
    """Year, month, day as the document states it; `None` where it states none."""


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

    def human(self) -> str:
        """The citation in words, as a footnote has it."""
        words = [self.work.name]
        if self.citation.section is not None:
            words.append(self._section())
        if self.citation.place:
            words.append(self.citation.place)
        text = ", ".join(words)
        return f"{text} (p. {self.page} ff.)" if self.page is not None else text

    def _section(self) -> str:
        if self.heading is None:
            return self.description
        numbered = f"section {self.number} " if self.number else "section "
        return f'{numbered}"{self.heading}"'

    def export(self, format: CiteFormat | str, link: str | None = None) -> str:
        """The reference as text, Markdown, BibTeX, RIS or CSL-JSON, without a final newline.

        `link` is the address of the place in a reader; Markdown without it shows the citation in
        code marks. Raises `NoSuchPlace` for a format it does not know.
        """
        match format:
            case "text":
                return f"{self.human()} [{self.citation}]"
            case "markdown":
                address = f"[{self.citation}]({link})" if link else f"`{self.citation}`"
                return f"{self.human()} {address}"
            case "bibtex":
                return self._bibtex()
            case "ris":
                return self._ris()
            case "csl-json":
                return json.dumps([self._csl()], ensure_ascii=False, indent=2)
        raise NoSuchPlace("citation format", printable(format), nearest(format, list(CITE_FORMATS)))

    @property
    def _key(self) -> str:
        return "ncr-" + str(self.citation).replace("/", "-")

    def _bibtex(self) -> str:
        from pybtex.database import BibliographyData, Entry, Person  # 40 ms, wanted by few

        fields = {"title": f"{{{self.work.title}}}", "note": f"{self.human()} [{self.citation}]"}
        if self.work.periodical:
            fields["journal"] = self.work.periodical
        else:
            fields["institution"] = self.work.publisher
        if self.work.date:
            fields["year"], fields["month"] = str(self.work.date[0]), str(self.work.date[1])
        people = [Person(first=given, last=family if given else f"{{{family}}}") for family, given in self.work.authors]
        entry = Entry("techreport" if self.work.kind == "report" else "article", fields, {"author": people})
        return str(BibliographyData({self._key: entry}).to_string("bibtex")).strip()

    def _ris(self) -> str:
        import rispy  # 30 ms, wanted by few

        entry: dict[str, object] = {
            "type_of_reference": "RPRT" if self.work.kind == "report" else "MGZN",
            "id": self._key,
            "authors": [f"{family}, {given}" if given else family for family, given in self.work.authors],
            "title": self.work.title,
            "publisher": self.work.publisher,
            "notes": [f"{self.human()} [{self.citation}]"],
        }
        if self.work.periodical:
            entry["journal_name"] = self.work.periodical
        if self.work.date:
            year, month, day = self.work.date
            entry["year"], entry["date"] = str(year), f"{year}/{month:02}/{day:02}/"

        class Writer(rispy.RisWriter):  # type: ignore[misc]  # rispy has no type hints
            def set_header(self, _count: int) -> str:
                return ""  # by default it numbers the entries

        return str(rispy.dumps([entry], implementation=Writer)).strip()

    def _csl(self) -> dict[str, object]:
        names = [{"family": f, "given": g} if g else {"literal": f} for f, g in self.work.authors]
        item: dict[str, object] = {
            "id": self._key,
            "type": "report" if self.work.kind == "report" else "article-magazine",
            "title": self.work.title,
            "author": names,
            "publisher": self.work.publisher,
            "note": f"{self.human()} [{self.citation}]",
        }
        if self.work.periodical:
            item["container-title"] = self.work.periodical
        if self.work.date:
            item["issued"] = {"date-parts": [list(self.work.date)]}
        if self.citation.section:
            item["section"] = self.number or self.citation.section
        return item
