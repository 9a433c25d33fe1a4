"""The two documents: read, checked against their pinned checksums, with their sections as real attributes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import cast

from ncrelations.document.citation import Citation
from ncrelations.document.outline import Outline, SectionFacts, SourceRules, build
from ncrelations.document.tree import Document, LeafKind, Section
from ncrelations.editions.nato_china.article_source import scan_article
from ncrelations.editions.nato_china.report_source import FURNITURE, contents_of, fold_report, scan_report
from ncrelations.editions.nato_china.sections import (
    SECTION_KINDS,
    BenefitsSection,
    MilestonesSection,
    ModusVivendiSection,
    PerceptionSection,
    RealitySection,
    RecommendationsSection,
    RiskSection,
    RoadmapSection,
)
from ncrelations.editions.nato_china.voices import Voice
from ncrelations.editions.nato_china.works import WORKS
from ncrelations.errors import SourceDamaged

SHA256 = {
    "report": "52ec776f3451a26a348a280ee03cd16e994cd24d8b121e2704a2df1b5d2fb48b",
    "article": "f4b6040812772a72b8c82c99c63775a7c0a2c26c2b12577b4127b1fdd76ac5f6",
}
"""Checksums of the sources: nothing is answered from any other text."""

_LARGEST = 1_000_000
"""Bytes beyond which a file is neither of them."""

_SECTIONS = {
    "report": ("ES", "I", "II", "III", "IV", "V", "VI", "VI.1", "VI.2", "VI.3", "VI.4", "VI.5", "VII", "VIII", "MS"),
    "article": ("front", "intro", "reality-check", "modus-vivendi", "benefits", "notes"),
}
_WITHOUT_HEADING = {"MS", "front", "intro", "notes"}
_DESCRIPTIONS = {"front": "title page", "intro": "introduction", "notes": "closing notes"}


class Report(Document):
    """ "NATO-China Relations: Charting the Way Forward", by CSDR and CIISS."""

    __slots__ = ()

    @property
    def executive_summary(self) -> Section:
        """The executive summary."""
        return self.section("ES")

    @property
    def strategic_landscape(self) -> Section:
        """Section I."""
        return self.section("I")

    @property
    def misperceptions(self) -> Section:
        """Section II."""
        return self.section("II")

    @property
    def nato_perceptions(self) -> PerceptionSection:
        """Section III: what NATO believes about China."""
        return cast("PerceptionSection", self.section("III"))

    @property
    def chinese_perceptions(self) -> PerceptionSection:
        """Section IV: what China believes about NATO."""
        return cast("PerceptionSection", self.section("IV"))

    @property
    def risks(self) -> RiskSection:
        """Section V."""
        return cast("RiskSection", self.section("V"))

    @property
    def recommendations(self) -> RecommendationsSection:
        """Section VI."""
        return cast("RecommendationsSection", self.section("VI"))

    @property
    def roadmap(self) -> RoadmapSection:
        """Section VII."""
        return cast("RoadmapSection", self.section("VII"))

    @property
    def outlook(self) -> Section:
        """Section VIII."""
        return self.section("VIII")

    @property
    def milestones(self) -> MilestonesSection:
        """The milestones of NATO-China relations."""
        return cast("MilestonesSection", self.section("MS"))


class Article(Document):
    """ "A New NATO-China Modus Vivendi ...", by Brian Wong Yueshun."""

    __slots__ = ()

    @property
    def front(self) -> Section:
        """Title, date and author line, as printed."""
        return self.section("front")

    @property
    def author(self) -> str:
        """The author, as the document writes the name."""
        return self.front.blocks[3].text.partition(",")[0]

    @property
    def date(self) -> str:
        """The date, as the document prints it."""
        return self.front.blocks[1].text

    @property
    def introduction(self) -> Section:
        """The paragraphs before the first heading."""
        return self.section("intro")

    @property
    def reality_check(self) -> RealitySection:
        """ "A Few Points of Reality Check"."""
        return cast("RealitySection", self.section("reality-check"))

    @property
    def modus_vivendi(self) -> ModusVivendiSection:
        """ "Towards a More Sustainable Modus Vivendi"."""
        return cast("ModusVivendiSection", self.section("modus-vivendi"))

    @property
    def benefits(self) -> BenefitsSection:
        """ "Why Both NATO and China Can Benefit"."""
        return cast("BenefitsSection", self.section("benefits"))

    @property
    def notes(self) -> Section:
        """The three closing notes."""
        return self.section("notes")


def read_report(data: bytes) -> Report:
    """The report as a tree over its source. Raises `SourceDamaged`."""
    source = _decoded("report", data)
    outline = _scanned("report", scan_report, source)
    contents = contents_of(source)

    def facts(id: str) -> SectionFacts:
        span = outline.headings.get(id)
        printed = fold_report(source[span.start : span.end]) if span else None
        heading = re.sub(r"^(?:[IVX]+|\d)\. ", "", printed) if printed else contents[id][0] if id in contents else None
        listed = contents.get(id) or contents.get(id.split(".", maxsplit=1)[0])
        number = id if re.fullmatch(r"[IVX]+(\.\d)?", id) else None
        voice, kind = _voice(Citation("report", id)), SECTION_KINDS["report"].get(id, Section)
        return SectionFacts(voice, number, heading, listed[1] if listed else None, kind=kind)

    return build(Report, outline, SourceRules(facts, _voice, FURNITURE), WORKS["report"], data)


def read_article(data: bytes) -> Article:
    """The article as a tree over its source. Raises `SourceDamaged`."""
    source = _decoded("article", data)
    outline = _scanned("article", scan_article, source)

    def facts(id: str) -> SectionFacts:
        span = outline.headings.get(id)
        heading = source[span.start : span.end].strip() if span else None
        kind = SECTION_KINDS["article"].get(id, Section)
        return SectionFacts(Voice.AUTHOR, None, heading, None, _DESCRIPTIONS.get(id), kind)

    return build(Article, outline, SourceRules(facts, _voice, leaf=_leaf), WORKS["article"], data)


def _decoded(id: str, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceDamaged(id, f"it cannot be read ({error})") from error


def _scanned(id: str, scan: Callable[[str], Outline], source: str) -> Outline:
    """The outline of a source; fails closed, for text must not change owners because a heading is not recognised."""
    try:
        outline = scan(source)
    except (ValueError, LookupError) as error:
        raise SourceDamaged(id, f"it cannot be read ({error})") from error
    found, headings, wanted = outline.sections, outline.headings, _SECTIONS[id]
    if found != wanted or set(headings) != set(wanted) - _WITHOUT_HEADING:
        missing = [id for id in wanted if id not in found or (id not in headings and id not in _WITHOUT_HEADING)]
        what = (
            f"section {missing[0]!r} or its heading is missing" if missing else f"its sections are {', '.join(found)}"
        )
        raise SourceDamaged(id, what)
    return outline


def _voice(citation: Citation) -> Voice:
    if citation.document == "article":
        return Voice.AUTHOR
    believed = citation.block is None or citation.block.startswith("b")
    by_section = {"III": Voice.NATO, "IV": Voice.CHINA}
    return by_section.get(citation.section or "", Voice.EXPERTS) if believed else Voice.EXPERTS


def _leaf(citation: Citation) -> LeafKind:
    return LeafKind.TITLE if citation.section == "front" else LeafKind.TEXT


def _source(id: str) -> bytes:
    """The bytes of a source. Raises `SourceDamaged` for any but those that were printed."""
    path = Path(__file__).with_name("sources") / f"{id}.txt"
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:  # a pipe would be waited for, a disk read whole
            raise SourceDamaged(id, "there is no such file" if not path.exists() else "it is no text of its size")
        data = path.read_bytes()
    except OSError as error:
        raise SourceDamaged(id, f"it cannot be read ({error.strerror})") from error
    if hashlib.sha256(data).hexdigest() != SHA256[id]:
        raise SourceDamaged(id, "its checksum is not that of the document as printed")
    return data


@cache
def report() -> Report:
    """The CSDR-CIISS report."""
    document = read_report(_source("report"))
    document.tree.home = report
    return document


@cache
def article() -> Article:
    """Brian Wong's article."""
    document = read_article(_source("article"))
    document.tree.home = article
    return document
