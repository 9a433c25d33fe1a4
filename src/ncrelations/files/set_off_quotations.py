"""Words of others set off as a block of their own: "The Clerk read a letter from Mrs Pell:", and below it her words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ncrelations.files.holder_patterns import MONTHS

_NAMES = (
    r"(?:[^\W\d_a-z][\w.'’-]*|\d+)(?:(?: (?:of|for|and|the|de|da|di|du|des|del|la|le|von|van|der|den|al|bin|on|to))*"
    r" [^\W\d_a-z][\w.'’-]*)*"
)
_SPOKE = (
    r"said|wrote|writes|replied|answered|commented|remarked|responded|declared|told|put it|puts it"
    r"|liked to say|(?:in|with) (?:his|her|its|their) (?:own )?words|allow(?:s|ed)? us to quote"
)
"""What only people and bodies do."""
_VERBS = (
    rf"{_SPOKE}|says|stated|states|adds?|added|explained|explains|observed|observes|notes?|noted|responds|concluded"
    r"|warned|recalled|reported|reports|reads?|ran|runs|quotes?|summed|the following"
)
_INTRODUCES = re.compile(
    rf"(?:\b(?P<spoke>{_SPOKE})|\b(?:{_VERBS})|(?P<sent>\b(?:letter|message|statement|note|e-?mail|reply"
    rf"|telegram|words)"
    r" (?:from|of|by)|\b[Tt]o quote))\b[^:]*:$"
)
_SENT = re.compile(
    r"\b(?:(?:letter|message|statement|note|e-?mail|reply|answer|telegram|comment|testimony|petition|words"
    r"|quotation)s?"
    r"(?: of [a-z]+)?(?:,? dated [^,]{4,30},?)? (?:from|by|of)|(?:[Tt]o quote|[Qq]uoting))"
    rf" (?:(?:the|a|an|our|my|his|her|their) )?(?:[a-z’'-]+ )*(?P<who>{_NAMES}"
    rf"(?: [a-z]+s[’'])?(?: (?:federation|association|union|council|committee|office|group|league|club) {_NAMES})?)"
)
_SAYS = re.compile(rf"\b(?:{_VERBS})\b")
_OWN = re.compile(r"\b(?:I|[Ww]e)(?: \w+){0,3} $")
_UNNAMED = re.compile(r"\b(?:a|an|one|another|some|many) (?:[a-z’'-]+ ){1,6}$")
_PROVISION = re.compile(r"\b(?:[Aa]rticle|[Ss]ection|[Pp]aragraph|[Rr]ule|[Cc]lause|[Cc]hapter|§|[Pp]art)\W? ?\d")
_NAMED = re.compile(_NAMES)
_OPENS = re.compile(r"[\"“„«‘]")
_CLOSES = re.compile(r"[\"”“»’'](?:[.,;]|\s*\([^()]*\))*$")
_NOBODY = frozenset({
    "i", "we", "he", "she", "it", "they", "you", "this", "that", "these", "those", "there", "here", "my", "our",
    "his", "her", "its", "their", "your", "in", "on", "at", "as", "to", "for", "from", "by", "with", "and", "but",
    "or", "when", "while", "after", "before", "since", "if", "so", "then", "also", "yet", "thus", "what", "who",
    "which", "why", "how", "one", "some", "many", "most", "all", "no", "not", "once", "the", "a", "an", "let",
    "allow", "may", "mr", "mrs", "ms", "dr", "article", "paragraph", "section", "rule", "chapter", "resolution",
    "decision", "convention", "treaty", "charter", "act", "agreement", "regulation", "directive", "law",
    "constitution", "protocol", "table", "figure", "code", "bible", "annex", "appendix", "statement", "letter",
    "report",
})  # fmt: skip
_DATES = frozenset(
    {*map(str.lower, MONTHS), "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
)
_LONGEST, _MOST_BLOCKS = 400, 8


def quoted_in(blocks: Sequence[str], paragraphs: Sequence[bool]) -> dict[int, str]:
    """Who is quoted in blocks by themselves, by their number: the paragraph before them names who, and ends in a colon.

    Of words between quotation marks all blocks to the closing one; else the one below. `paragraphs` says which blocks
    are neither items nor rows nor notes.
    """
    found: dict[int, str] = {}
    for number, words in enumerate(blocks[:-1]):
        below = blocks[number + 1] if paragraphs[number] and paragraphs[number + 1] else ""
        who = introduced(words, marked=_OPENS.match(below) is not None) if below else None
        if who is not None:
            found |= dict.fromkeys(range(number + 1, number + 1 + _length(blocks[number + 1 :])), who)
    return found


def introduced(words: str, *, marked: bool) -> str | None:
    """Whose words a line says are about to be quoted: "The Shire Council wrote:"; `None` where they are one's own.

    What papers do, too, as "reads:", introduces only words between quotation marks.
    """
    sentence = re.split(r"(?<=[a-z\d)][.!?]) (?=[A-Z])", words[-_LONGEST:])[-1]
    introduces = _INTRODUCES.search(sentence) if words.endswith(":") else None
    sent = _SENT.search(sentence)
    if introduces is None or not (marked or sent or introduces["spoke"]):
        return None
    if sent is not None:
        return _person(sent["who"])
    verb = _SAYS.search(sentence)
    before = sentence[: verb.start()] if verb else ""
    if any(each.search(before) for each in (_OWN, _PROVISION, _UNNAMED)):
        return None
    relative = re.split(r",? (?:who|which|whom)\b", before)[0]
    return _last(relative) or _last(before)


def _last(words: str) -> str | None:
    """The last name of somebody in some words."""
    for match in reversed(list(_NAMED.finditer(words))):
        name = _person(match[0])
        if name is not None:
            return name
    return None


def _person(words: str) -> str | None:
    """A name without what no name begins with; `None` where nothing is left of it."""
    parts = words.strip(" .,’'").split()
    while parts and (parts[0].casefold() in _NOBODY | _DATES or not parts[0][0].isupper()):
        title = parts[0].casefold() in ("mr", "mrs", "ms", "dr") and len(parts) > 1
        if title:
            break
        parts = parts[1:]
    name = " ".join(parts).removesuffix("’s").removesuffix("'s")
    return name if len(name) > 2 and name.casefold() not in _NOBODY else None


def _length(blocks: Sequence[str]) -> int:
    """How many blocks the quotation has that begins with the first."""
    if not _OPENS.match(blocks[0]):
        return 1
    ends = (number for number, words in enumerate(blocks[:_MOST_BLOCKS], 1) if _CLOSES.search(words))
    return next(ends, 1)
