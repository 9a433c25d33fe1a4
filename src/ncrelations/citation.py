"""Citations: the stable address of a document, section, block or sentence, and its printed forms.

    report/VI.1/p2/s1      document / section / block / sentence
    report/VI.1            a section
    article/intro/p1       a paragraph (p), a bullet (b) or a milestone (m)

A citation never depends on the index or the model. `Citation` is the address alone; `Reference`
adds what a reader of print needs (work, heading, page) and knows the export formats.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Literal, get_args

from ncrelations.errors import InvalidCitation, NoSuchPlace

CiteFormat = Literal["text", "markdown", "bibtex", "ris", "csl-json"]
"""The formats that `cite` knows."""

CITE_FORMATS: tuple[str, ...] = get_args(CiteFormat)

_BLOCK_WORDS = {"p": "para.", "b": "bullet", "m": "milestone"}

_GRAMMAR = re.compile(
    r"""(?P<document>[a-z]+)
        (?:/(?P<section>[A-Za-z][A-Za-z0-9-]*(?:\.[1-9][0-9]*)?)
           (?:/(?P<block>[pbm][1-9][0-9]{0,3})
              (?:/s(?P<sentence>[1-9][0-9]{0,3}))?)?)?""",
    re.VERBOSE | re.ASCII,
)


def printable(text: str, limit: int = 60) -> str:
    """`text` fit for a message: one line, no control or formatting characters, at most `limit` long."""
    clean = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[: limit + 1])
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"


def nearest(name: str, names: list[str], count: int = 3) -> tuple[str, ...]:
    """The `names` most like `name`, best first, letter case aside."""
    from difflib import get_close_matches  # only errors need it

    by_lower = {candidate.lower(): candidate for candidate in reversed(names)}
    close = get_close_matches(name[:80].lower(), list(by_lower), n=count, cutoff=0.5)
    return tuple(by_lower[match] for match in close)


@dataclass(frozen=True, slots=True)
class Citation:
    """The address of a place in the documents.

    >>> str(Citation.parse("report/VI.1/p2/s1"))
    'report/VI.1/p2/s1'
    >>> Citation.parse("report/VI.1/p2").section
    'VI.1'
    """

    document: str
    """The document's id: "report" or "article"."""
    section: str | None = None
    """The section's id, such as "VI.1" or "reality-check"."""
    block: str | None = None
    """The block's id within its section: "p2", "b1" or "m11"."""
    sentence: int | None = None
    """The sentence's number within its block, from 1."""

    @classmethod
    def parse(cls, text: str) -> Citation:
        """Read a citation; `str` of the result is `text` again.

        Raises `InvalidCitation` for anything outside the grammar. Whether the place exists is
        for `ncrelations.resolve` to say.
        """
        match = _GRAMMAR.fullmatch(text)
        if match is None:
            raise InvalidCitation(printable(text))
        number = match["sentence"]
        return cls(match["document"], match["section"], match["block"], int(number) if number else None)

    def __str__(self) -> str:
        parts = [self.document, self.section, self.block]
        if self.sentence is not None:
            parts.append(f"s{self.sentence}")
        return "/".join(part for part in parts if part is not None)

    @property
    def parent(self) -> Citation | None:
        """The next larger place that contains this one, `None` for a document."""
        if self.sentence is not None:
            return Citation(self.document, self.section, self.block)
        if self.block is not None:
            return Citation(self.document, self.section)
        return Citation(self.document) if self.section is not None else None

    @property
    def of_block(self) -> Citation:
        """This citation without its sentence."""
        return Citation(self.document, self.section, self.block)

    def within(self, other: Citation) -> bool:
        """Whether this place is `other` or lies inside it; "VI.1" lies inside "VI"."""
        if self.document != other.document:
            return False
        if other.block is not None:
            mine = (self.section, self.block, self.sentence if other.sentence else None)
            return mine == (other.section, other.block, other.sentence)
        section = self.section or ""
        return other.section is None or section == other.section or section.startswith(f"{other.section}.")

    @property
    def place(self) -> str:
        """Block and sentence in words: "para. 2", "bullet 3, sentence 1"; empty for larger places."""
        if self.block is None:
            return ""
        words = f"{_BLOCK_WORDS[self.block[0]]} {self.block[1:]}"
        return words if self.sentence is None else f"{words}, sentence {self.sentence}"


@dataclass(frozen=True, slots=True)
class Work:
    """A published document, as a bibliography wants it."""

    kind: Literal["report", "article"]
    """What it is, in CSL's words less the prefix: a report, or an article in a periodical."""
    name: str
    """How a human citation begins: "CSDR-CIISS report"."""
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
