"""Who the words are of that a line says stand below it: "The Shire Council wrote:", "its answer runs as follows:"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ncrelations.files.bodies import names_body
from ncrelations.files.holder_patterns import MONTHS
from ncrelations.files.letter_forms import is_office
from ncrelations.files.signing import PERSON, RANKED

_NAMES = (
    r"(?:[^\W\d_a-z][\w.'’-]*|\d+)(?:(?: (?:of|for|and|the|de|da|di|du|des|del|la|le|von|van|der|den|al|bin|on|to))*"
    r" [^\W\d_a-z][\w.'’-]*)*"
)
_SPOKE = (
    r"said|wrote|writes|replied|answered|commented|remarked|responded|declared|told|put it|puts it"
    r"|liked to say|puts? (?:that|the|this) [a-z]+|[Hh](?:is|er) words (?:were|are)"
    r"|it (?:is|was) (?:stated|asserted|alleged|said)"
    r"|(?:made|formulated|entered|lodged|deposited|issued) the following (?:[a-z]+ )?(?:reservation"
    r"|declaration|statement|objection|reply|answer|comment)s?|(?:agreed|asked|happy|content|willing) to be quoted"
    r"|you (?:write|say|state|reply)|(?:in|with) (?:his|her|its|their) (?:own )?words|allow(?:s"
    r"|ed)? us to quote"
)
"""What only people and bodies do."""
_VERBS = (
    rf"{_SPOKE}|says|stated|states|adds?|added|explained|explains|observed|observes|notes?|noted|responds|concluded"
    r"|warned|recalled|reported|reports|reads?|ran|runs|quotes?|summed|the following"
)
_PAPERS = (
    r"(?:letter|communication|message|statement|note|e-?mail|reply|answer|response|telegram|comment|testimony|petition|submission"
    r"|resolution|words|quotation)s?"
)
_BELOW = (
    r"[Tt]he following|[’']s (?:own )?words|as follows|(?:is|are|was) (?:reproduced|printed|set out|quoted"
    r"|given)(?: in full)? (?:below|here)"
    r"|[Hh]ere (?:is|are)|alongside this text|in (?:these|the following|his own|her own|their own) (?:words|terms)"
    r"|following (?:passage|text|words|terms)"
)
_INTRODUCES = re.compile(
    rf"(?:\b(?P<spoke>{_SPOKE})|\b(?P<below>{_BELOW})|\b(?:{_VERBS})|(?P<sent>\b(?i:{_PAPERS}) (?:from|of|by)"
    r"|\b(?:reply|answer|letter|message|statement)\b[^:]{0,60} from|\b[Tt]o quote))\b[^:]*[:.]$"
)
_SENT = re.compile(
    rf"(?:\b(?:{_PAPERS}(?: of [a-z]+)?(?:,? dated [^,]{{4,30}}?,?)?"
    r"(?: was)?(?: (?:received|sent|given|made|put|handed|read|said)[^:,]{0,60}?| said to us)? (?:from|by|of)"
    r"|[Tt]he following (?:was|is|has been) (?:said|delivered|read|sent|given|written)[^:,]{0,60}? by"
    r"|(?:said|put|written|told|given) to (?:us|me|this \w+) by|(?:[Tt]o quote|[Qq]uoting)))"
    rf" (?:(?:the|a|an|our|my|his|her|their) )?(?:[a-z’'-]+ ){{0,8}}(?P<who>{_NAMES}"
    rf"(?: [a-z]+s[’'])?(?: (?:federation|association|union|council|committee|office|group|league|club) {_NAMES})?)"
)
_POSSESSED = re.compile(rf"(?P<who>{_NAMES})[’']s? (?:own |last )?(?i:{_PAPERS})\b")
_POINTS_BACK = re.compile(rf"\b(?i:its|his|her|their) (?:own |last |main )?{_PAPERS}\b|^(?:He|She|It|They)\b")
_ABOVE = re.compile(rf"\b(?:above-mentioned|aforementioned|said|same|that) {_PAPERS}\b")
"""A paper named before."""
_YOU = re.compile(
    rf"\b[Yy]our (?:[A-Z]\w+|own {_PAPERS}) (?:\w+ )?(?:{_VERBS})\b|\b[Yy]our {_PAPERS}\b[^:]*:$"
    r"|\b[Yy]ou (?:write|wrote|say|said|state|stated|reply|replied)\b"
)
_SAYS = re.compile(rf"\b(?:{_VERBS})\b")
_TELLS = re.compile(rf"(?:{_VERBS}|[a-z]+ed)\b")
_OWN = re.compile(r"\b(?:I|[Ww]e)(?: \w+){0,3} $")
_THEIR_WORDS = re.compile(r"(?:in|with) (?:his|her|its|their)\b")
_UNNAMED = re.compile(r"\b(?:a|an|one|another|some|many) (?:[a-z’'-]+ ){1,6}$")
_PROVISION = re.compile(r"\b(?:[Aa]rticle|[Ss]ection|[Pp]aragraph|[Rr]ule|[Cc]lause|[Cc]hapter|§|[Pp]art)\W? ?\d")
_DESCRIBED = re.compile(
    r"\b(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur) (?P<who>(?!(?:[a-z]+ ){0,3}(?:be|is|was|are"
    r"|were)\b)(?!(?:letter|note|text|answer|response|comment|telegram|words|submission|testimony|report|article"
    r"|statement|message|reply|reservation|objection|paper|document"
    r"|draft|passage|clause|notice|question|resolution|rest|first|second|last|same|other|two|three)\b)"
    r"[a-z][a-z’'-]+(?: [a-z’'-]+){0,3}?) (?:[a-z]+ly )?$"
)
_PLACE = re.compile(r"\b(?:[Aa]t|[Ii]n|[Nn]ear|[Oo]utside) (?:the )?$")
_ADDRESSED = re.compile(r"\b(?:to|against|about|on|concerning|regarding|into|with) (?:the )?$")
_NAMED = re.compile(_NAMES)
_PEOPLE = re.compile(rf"(?<![\w’'-])(?<!the )(?<!The ){PERSON}")
_LABEL = re.compile(rf"(?P<who>(?P<name>{PERSON})(?:, (?P<beside>[^:.;?!]{{2,80}}))?):")
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")
_ASIDE = re.compile(r"\b(?:to|about|of|from|in|at|on|for|near|by|with) (?:the )?$")
_NOBODY = frozenset({
    "i", "we", "he", "she", "it", "they", "you", "this", "that", "these", "those", "there", "here", "my", "our",
    "his", "her", "its", "their", "your", "in", "on", "at", "as", "to", "for", "from", "by", "with", "and", "but",
    "or", "when", "while", "after", "before", "since", "if", "so", "then", "also", "yet", "thus", "what", "who",
    "which", "why", "how", "one", "some", "many", "most", "all", "no", "not", "once", "the", "a", "an", "let",
    "allow", "may", "mr", "mrs", "ms", "dr", "article", "paragraph", "section", "rule", "chapter", "resolution",
    "decision", "convention", "treaty", "charter", "act", "agreement", "regulation", "directive", "law",
    "constitution", "protocol", "table", "figure", "code", "bible", "annex", "appendix", "statement", "letter",
    "report", "remember", "recall", "note", "hear", "listen", "read", "see", "according", "message", "recently",
    "otherwise", "finally", "however", "therefore", "similarly", "likewise", "instead", "moreover", "meanwhile",
    "again", "quoting",
})  # fmt: skip
_DATES = frozenset(
    {*map(str.lower, MONTHS), "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
)
_LONGEST, _BEFORE = 400, 900


def introduced(words: str, *, marked: bool, addressee: str | None = None, earlier: str = "") -> str | None:
    """Whose words a line says are about to be quoted: "The Shire Council wrote:"; `None` where they are one's own.

    What papers do, too, as "reads:", introduces only words between quotation marks. `addressee` is who "you" is,
    `earlier` what stands before the line, which may name whom it calls "he".
    """
    words = re.sub(r":\s?[–—-]{1,2}$|\s+:$", ":", words.replace("**", ""))
    sentences = re.split(r"(?<=[a-z\d)][.!?]) (?=[A-Z])", words[-_BEFORE:])
    sentence = sentences[-1][-_LONGEST:]
    introduces = _INTRODUCES.search(sentence)
    sent = _SENT.search(sentence)
    told = marked and words.endswith(":")
    someone = _PRONOUN.search(sentence) is not None and sent is None
    if told and (introduces is None or _LABEL.fullmatch(sentence) or someone):
        return _labelled(sentence) or _subject(sentence, " ".join([earlier, *sentences[:-1]]))
    if introduces is None or not (words.endswith(":") or (marked and introduces["below"])):
        return None
    if not (marked or sent or introduces["spoke"]):
        return None
    return addressee if _YOU.search(sentence) else _of_paper(sentence, earlier) or _who_says(sentence, sentences[:-1])


def _of_paper(sentence: str, earlier: str) -> str | None:
    """Whose a paper is that a sentence quotes, as it says itself or what stands before it does."""
    above = list(_SENT.finditer(earlier))[-1:] if _ABOVE.search(sentence) else []
    papers = [match for match in (_SENT.search(sentence), *above, _POSSESSED.search(sentence)) if match is not None]
    return next(filter(None, (person_in(match["who"]) for match in papers)), None)


def _labelled(sentence: str) -> str | None:
    """Whose name, with a colon and what stands beside it, a line is: "Ann Hill, Fenport:"."""
    match = _LABEL.fullmatch(sentence)
    if match is None or person_in(match["who"]) != match["who"]:
        return None
    beside = match["beside"] or ""
    told = _TELLS.match(beside) is not None and not is_office(beside.capitalize())
    return match["name"] if told else match["who"]


def _subject(sentence: str, earlier: str) -> str | None:
    """The person of whom a sentence tells: who is named in it, or named last before it where it says "he"."""
    if any(each.search(sentence) for each in (_OWN, _PROVISION, _UNNAMED)):
        return None
    told = earlier if _PRONOUN.search(sentence) else sentence
    people = [match for match in _PEOPLE.finditer(told) if not names_body(match[0]) and person_in(match[0]) == match[0]]
    if told is earlier:
        return next((each[0] for each in reversed(people) if RANKED.match(each[0])), None)
    return next((each[0] for each in people if not _ASIDE.search(told[: each.start()])), None)


def _who_says(sentence: str, earlier: Sequence[str]) -> str | None:
    """Who says something in a sentence: who is named, whom "its letter" points back to, or who is only described."""
    verb = _SAYS.search(sentence)
    before = sentence[: verb.start()] if verb else ""
    own = _OWN.search(before)
    if own is not None and verb is not None and _THEIR_WORDS.match(verb[0]):
        before = before[: own.start()]  # "Ann Hill disagrees, and we say so in her own words"
    elif own is not None or _PROVISION.search(before) or _UNNAMED.search(before):
        return None
    relative = re.split(r",? (?:who|which|whom|whose|to whom)\b", before)[0]
    described = _DESCRIBED.search(before)
    if described is not None and described.end() == len(before):
        return described["who"]
    named = _last(relative, addressed=relative != before) or _last(before)
    if named is None and _POINTS_BACK.search(sentence):
        return next(filter(None, (_first(each) for each in reversed(earlier))), None)
    return named


def _first(sentence: str) -> str | None:
    """The first name of somebody in a sentence."""
    return next(filter(None, (person_in(match[0]) for match in _NAMED.finditer(sentence))), None)


def _last(words: str, *, addressed: bool = False) -> str | None:
    """The last name of somebody in some words; neither a place nor, unless so told, to whom something goes."""
    place: str | None = None
    for match in reversed(list(_NAMED.finditer(words))):
        name = person_in(match[0])
        if name is None or (not addressed and _ADDRESSED.search(words[: match.start()])):
            continue
        if not _PLACE.search(words[: match.start()]):
            return name
        place = place or name
    return place


def person_in(words: str) -> str | None:
    """The name of somebody in some words, without what no name begins with; `None` where nothing is left of it."""
    parts = words.strip(" .,’'").split()
    while parts and (parts[0].casefold() in _NOBODY | _DATES or not parts[0][0].isupper()):
        title = parts[0].casefold() in ("mr", "mrs", "ms", "dr") and len(parts) > 1
        if title:
            break
        parts = parts[1:]
    name = " ".join(parts).removesuffix("’s").removesuffix("'s")
    return name if len(name) > 2 and name.casefold() not in _NOBODY else None
