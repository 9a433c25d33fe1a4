"""Names of bodies: "International Hydrographic Organization", "United Ferry and Dock Workers' Union (UFDW)"."""

from __future__ import annotations

import re

_KINDS = (
    r"academy|administration|agency|alliance|assembly|assizes|association|authority|bank|board|brotherhood"
    r"|bureau|bund"
    r"|cent(?:er|re)|chamber|church|club|clubs|coalition|college|commission|committee|community|company|confederation"
    r"|conference|congress|consortium|cooperative|corporation|council|court|delegation|department|diocese|directorate"
    r"|embassy|federation|forum|foundation|fund|gemeinde|gesellschaft|government|group|guild|hospital|initiative"
    r"|institute"
    r"|institution|league|ministry|mission|municipality|museum|network|observatory|office|organi[sz]ation|parliament"
    r"|partnership|party|platform|programme|secretariat|senate|service|society|stadt|synod|tribunal|trust|union"
    r"|universit(?:y|ät|é)|verband|verein|landkreis|commune|mairie|ayuntamiento|comune|panel|gobierno|gouvernement"
    r"|direcci[oó]n|direction|ministerio|ministère|ministero|ministerium|embajada|ambassade|botschaft|agence|agencia"
    r"|conseil|consejo|consiglio|comité|comisi[oó]n|instituto|institut|syndicat|sindicato|asociaci[oó]n|fédération"
    r"|federaci[oó]n|federazione|federação|associazione|associação|sindacato|prefecture|prefettura|préfecture|confédération|confederaci[oó]n|secretaría|junta|cámara|câmara|bundesamt"
)
_FIRM = (
    r"ltd|limited|inc|plc|gmbh|e\.v\.|ngo|llp|llc|corp|pty|pvt"
    r"|(?-i:A/S|AS|ASA|AB|AG|Oyj?|DAC|SpA|S\.p\.A|S\.A|N\.V|B\.V)"
)
_KIND = re.compile(
    rf"(?:town|city|county|borough|village|municipality|canton) of [^ ]+(?: [^ ]+)?$|\b(?:{_KINDS})\b"
    rf"|\b(?:{_FIRM})\.?$",
    re.IGNORECASE,
)
_SMALL = frozenset({
    "&", "a", "al", "am", "an", "and", "at", "bei", "da", "de", "dei", "del", "della", "der", "des", "di", "die", "do",
    "dos", "du", "e", "et", "for", "für", "im", "in", "la", "le", "of", "on", "or", "other", "the", "to", "und", "van",
    "von", "y", "zu",
})  # fmt: skip
_NO_START = frozenset({"From", "FROM", "By", "BY", "With", "WITH", "About", "ABOUT", "Dear", "DEAR"})
_SHORT = re.compile(r" \([^()]{2,30}\)$")
_NO_END = re.compile(r"[.?!:;,]$|: |\d{4}")
_PAPERS = re.compile(
    r"\b(?:reports?|minutes|record|resolution|statement|letter|rules|act|law|handbook|guide|manual|terms|members"
    r"|meeting"
    r"|session|agenda|decision|policy|plan|convention|treaty|agreement|charter|annex|summary|introduction|about|list"
    r"|overview|submissions?|responses?|objection|appeal|petition|position|comments|paper|communiqué|press"
    r"|releases?|declaration|opinion|views|inquiry|evidence|transcript|hearing|speech|address|remarks|questions?"
    r"|answers?"
    r"|newsletter|bulletin|journal|magazine|website|page|memorandum|note|petition|motion|structure|role|history"
    r"|mandate|work|functions|reform)\b",
    re.IGNORECASE,
)
_FIELD = re.compile(
    rf"(?P<kind>(?:[^\W\d_]+ )*?\b(?:{_KINDS})) (?:of|for|on) .*\b(?P<field>law|policy|history|work|reform)\b",
    re.IGNORECASE,
)
"""A body with what it works at, which else is a word for papers: "Institute of River Law"."""
_LONGEST = 100


def is_body(words: str) -> bool:
    """Whether a line is nothing but the name of a body."""
    name = _SHORT.sub("", words.strip(" *_"))
    if len(name) > _LONGEST or _NO_END.search(name) or _KIND.search(name) is None or _of_papers(name):
        return False
    parts = name.removeprefix("The ").split()
    return (
        len(parts) > 1
        and parts[0] not in _NO_START
        and parts[0].casefold() not in _SMALL
        and all(part[0].isupper() or part.casefold() in _SMALL for part in parts)
    )


def _of_papers(name: str) -> bool:
    """Whether a name has a word for papers, unless that is the field of a body."""
    field = _FIELD.fullmatch(name)
    return _PAPERS.search(field["kind"] if field is not None else name) is not None


def names_body(words: str) -> bool:
    """Whether some words name a body of any kind: "the Wadha Relief Consortium"."""
    return _KIND.search(words) is not None
