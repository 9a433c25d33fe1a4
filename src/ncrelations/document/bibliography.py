"""Documents as entries of a bibliography: BibTeX, RIS, CSL-JSON. One entry a document, whatever is cited of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from ncrelations.document.work import Work

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The months as BibTeX names them."""
_TEX = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{mark: f"\\{mark}" for mark in "&%$#_{}"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A work with its key and the places cited of it."""

    key: str
    """The key: "ncr-" and the document's id."""
    work: Work
    """The work."""
    places: tuple[str, ...]
    """The citations in words, each with its address."""
    pinpoints: tuple[str, ...]
    """For LaTeX, how each place is cited: "\\cite[sec.~IV.2, para.~3]{ncr-survey}"."""


def bibtex(entries: Sequence[Entry]) -> str:
    """The entries in BibTeX, those without a year as @misc; above each, how to cite its places."""
    return "\n\n".join(map(_bibtex, entries))


def _bibtex(entry: Entry) -> str:
    work = entry.work
    people = (f"{tex(family)}, {tex(given)}" if given else f"{{{tex(family)}}}" for family, given in work.authors)
    fields = {"author": f"{{{' and '.join(people)}}}" if work.authors else "", "title": f"{{{{{tex(work.title)}}}}}"}
    if work.periodical:
        fields["journal"] = f"{{{tex(work.periodical)}}}"
    elif work.publisher:
        fields["institution" if work.date else "howpublished"] = f"{{{tex(work.publisher)}}}"
    if work.date:
        fields |= {"year": str(work.date[0]), "month": "".join(MONTHS[month - 1] for month in work.date[1:2])}
    fields["annote"] = f"{{{tex('; '.join(entry.places))}}}"
    kind = "misc" if not work.date else "article" if work.periodical else "techreport"
    lines = [f"    {name} = {value}" for name, value in fields.items() if value]
    above = "".join(f"% {pinpoint}\n".replace("@", "(at)") for pinpoint in entry.pinpoints)  # an @ begins an entry
    return f"{above}@{kind}{{{entry.key},\n" + ",\n".join(lines) + "\n}"


def tex(text: str) -> str:
    """Text with what means something to LaTeX escaped."""
    return "".join(_TEX.get(c, c) for c in text)


def ris(entries: Sequence[Entry]) -> str:
    """The entries in RIS, a blank line between them; each place cited is a note."""
    return "\n\n".join(map(_ris, entries))


def _ris(entry: Entry) -> str:
    work = entry.work
    lines = [("TY", "RPRT" if work.kind == "report" else "MGZN"), ("ID", entry.key)]
    lines += [("AU", f"{family}, {given}".strip()) for family, given in work.authors]  # "House," is one name
    lines += [("TI", work.title), ("PB", work.publisher), *(("N1", place) for place in entry.places)]
    lines += [("JO", work.periodical or "")]
    if work.date:
        parts = [*(f"{part:02}" for part in work.date), "", ""][:3]
        lines += [("PY", parts[0]), ("DA", f"{'/'.join(parts)}/")]
    kept = [f"{tag}  - {' '.join(value.split())}" for tag, value in lines if value]
    return "\n".join([*kept, "ER  -"])


def csl_json(entries: Sequence[Entry]) -> str:
    """The entries in CSL-JSON: one array."""
    return json.dumps(list(map(_csl, entries)), ensure_ascii=False, indent=2)


def _csl(entry: Entry) -> dict[str, object]:
    work = entry.work
    item: dict[str, object] = {
        "id": entry.key,
        "type": "report" if work.kind == "report" else "article-magazine",
        "title": work.title,
        "author": [{"family": f, "given": g} if g else {"literal": f} for f, g in work.authors],
        "publisher": work.publisher,
        "note": "; ".join(entry.places),
    }
    if work.periodical:
        item["container-title"] = work.periodical
    if work.date:
        item["issued"] = {"date-parts": [list(work.date)]}
    return {name: value for name, value in item.items() if value}
