"""The clauses around a quotation: who speaks, thinks, owns a view in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ncrelations.proofing.credit_names import Mention
from ncrelations.proofing.credit_words import ASKED, BREAK, HEADING, QUOTED, Token

VERBS = ("say", "think", "show", "receive", "be", "aux", "have")
_SPOKEN = frozenset({"say", "think", "show"})
_SAYING = frozenset({"say", "think", "show", "receive"})
_THEIRS = frozenset({"his", "their", "its", "her", "whose"})
_CLASSES = (
    *VERBS, "neg", "rel", "conj", "topic", "prep", "det", "opinion", "person", "group", "official", "document",
    "article", "statement", "fact", "adv", "stop", "mark",
)  # fmt: skip
_AHEAD, _BACK, _OWNED = 14, 8, 4  # tokens of a clause that are looked at
_SHOWN, _BESIDE = 8, 6  # tokens that are shown, and between a quotation and those who say it
_STRONG = (
    "source", "opinion", "by:verb", "by:Q", "of:opinion", "for:begins", "to:begins", "inverted", "subject", "label",
    "per:", "in:noun", "from:noun",
)  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """The words around a quotation, read."""

    text: str
    """The words."""
    tokens: Sequence[Token]
    """Their tokens."""
    at: int
    """Which of them is the quotation."""
    mentions: Sequence[Mention]
    """Whom they mention."""
    verbs: list[tuple[str, str]] = field(default_factory=list)
    """What follows each of the mentions, by `verb_after`."""
    claims: list[str] = field(default_factory=list)
    """How each of the mentions says or thinks something."""

    def token(self, number: int) -> Token | None:
        """A token, if there is one."""
        return self.tokens[number] if 0 <= number < len(self.tokens) else None

    def beside(self, mention: Mention) -> bool:
        """Whether a mention stands in the quotation's sentence."""
        return self.at - len(self.before) <= mention.start <= self.at + len(self.after)

    def said(self, mention: Mention) -> str:
        """The words of a mention with what it says, up to a quotation or the end of the clause."""
        last, first = mention.end, mention.start
        while last < len(self.tokens) and last - mention.end < _SHOWN and not self._ends(last):
            last += 1
        if 0 < mention.start - self.at <= _BESIDE:
            first = self.at + 1
        return " ".join(self.text[self.tokens[first].start : self.tokens[last - 1].end].split()).strip(" ,;—–")

    def _ends(self, number: int) -> bool:
        token = self.tokens[number]
        return "stop" in token.of or token.text in (ASKED, QUOTED, ":", ";", "(", ")", "[", "]")

    @cached_property
    def strong(self) -> Sequence[bool]:
        """Whether each of the mentions plainly says or thinks something."""
        return [is_strong(claim) for claim in self.claims]

    @cached_property
    def before(self) -> Sequence[Token]:
        """The quotation's sentence up to it."""
        n = self.at
        while n > 0 and "stop" not in self.tokens[n - 1].of:
            n -= 1
        return self.tokens[n : self.at]

    @cached_property
    def after(self) -> Sequence[Token]:
        """The quotation's sentence behind it."""
        n = self.at + 1
        while n < len(self.tokens) and "stop" not in self.tokens[n].of:
            n += 1
        return self.tokens[self.at + 1 : n + 1]

    def sentence(self, mention: Mention) -> Sequence[Token]:
        """A mention's sentence."""
        first, last = mention.start, mention.end
        while first > 0 and "stop" not in self.tokens[first - 1].of:
            first -= 1
        while last < len(self.tokens) and "stop" not in self.tokens[last - 1].of:
            last += 1
        return self.tokens[first:last]


def read_clauses(text: str, tokens: Sequence[Token], mentions: Sequence[Mention]) -> Reading:
    """A text, its tokens, of which one is `ASKED`, and whom they mention."""
    read = Reading(text, tokens, next(n for n, token in enumerate(tokens) if token.text == ASKED), mentions)
    read.verbs.extend(verb_after(read, mention) for mention in mentions)
    read.claims.extend(_claim(read, number) for number in range(len(mentions)))
    return read


def _claim(read: Reading, number: int) -> str:
    """How a mention says or thinks something, by the words beside it."""
    mention = read.mentions[number]
    prior, prior2 = read.token(mention.start - 1), read.token(mention.start - 2)
    low = prior.low if prior is not None else ""
    if prior is not None and "neg" in prior.of:
        return "not"
    if low == "to" and prior2 is not None and prior2.low == "according":
        return "source"
    if head_after(read, mention).endswith("opinion"):
        return f"opinion:{'prep' if prior is not None and 'prep' in prior.of else ''}"
    if prior is not None and "prep" in prior.of:
        return _behind(read, mention, prior, prior2)
    return _of_verb(read, number, prior, prior2)


def _behind(read: Reading, mention: Mention, prior: Token, prior2: Token | None) -> str:
    """The claim of a mention behind a preposition."""
    low, of = prior.low, prior2.of if prior2 is not None else frozenset[str]()
    if low in ("by", "per", "from", "in", "among", "within"):
        passive = prior2 is not None and (of & _SPOKEN or prior2.low.endswith("ed"))
        noun = "Q" if mention.start - 2 == read.at else "noun" if "opinion" in of else "-"
        return f"{low}:{'verb' if passive else noun}"
    if low == "of" and "opinion" in of:
        prior3 = read.token(mention.start - 3)
        return f"of:opinion:{'in' if prior3 is not None and prior3.low in ('the', 'in') else ''}"
    if low in ("for", "to", "with", "like", "unlike"):
        begins = prior2 is None or "stop" in of or not prior2.text[0].isalnum() or "conj" in of
        return f"{low}:{'begins' if begins else 'verb' if of & {'say', 'think', 'receive'} else '-'}"
    return f"prep:{low}"


def _of_verb(read: Reading, number: int, prior: Token | None, prior2: Token | None) -> str:
    """The claim of a mention beside a verb or a mark."""
    mention, (verb, _) = read.mentions[number], read.verbs[number]
    low, low2 = (each.low if each is not None else "" for each in (prior, prior2))
    spoken = prior is not None and prior.of & {"say", "think"}
    if spoken and verb in ("-", "be") and (mention.end >= read.at or low2 in (",", "so", "as", ";", "—", "–")):
        return "inverted"
    if verb.removeprefix("not").removeprefix("aux").removeprefix("be") in _SPOKEN:
        return f"subject:{verb}:{'inserted' if low == ',' else ''}"
    after = read.token(mention.end)
    if after is not None and after.text in (":", "—", "–", "|", HEADING):
        return f"label:{after.text}"
    return f"after:{low}" if low in ("—", "–", "(", "[", ":", ",") else f"-{verb}"


def is_strong(claim: str) -> bool:
    """Whether a claim is one of saying or thinking."""
    return claim.startswith(_STRONG) and not claim.startswith("subject:not")


def verb_after(read: Reading, mention: Mention) -> tuple[str, str]:
    """The class of the first verb after a mention in its clause, and how far it is."""
    found, negated = "-", ""
    for passed, n in enumerate(range(mention.end, min(len(read.tokens), mention.end + _AHEAD))):
        token = read.tokens[n]
        ends = token.text in (";", ":", "(", QUOTED) or (passed and token.low in ("that", "who", "which"))
        if n == read.at or "stop" in token.of or ends:
            return found, bucket(passed)
        negated = "not" if "neg" in token.of else negated
        noun = passed and "opinion" in token.of and "det" in read.tokens[n - 1].of
        kind = "" if noun else next((k for k in VERBS if k in token.of), "")
        if kind in _SAYING:
            return f"{negated}{found if found in ('be', 'aux') else ''}{kind}", bucket(passed)
        if found == "be" and not kind and token.low.endswith("ed"):
            return "beed", bucket(passed)
        found = kind if kind and found in ("-", "have") else found
    return found, bucket(_AHEAD)


def verb_before(read: Reading, mention: Mention) -> str:
    """The class of the last verb before a mention in its clause."""
    for n in range(mention.start - 1, max(-1, mention.start - _BACK), -1):
        token = read.tokens[n]
        if n == read.at:
            return "Q"
        if "stop" in token.of or token.text in (";", QUOTED):
            return "-"
        for name in VERBS[:5]:
            if name in token.of:
                return name
        if token.text.isalpha() and token.low.endswith("ed"):
            return "ed"
    return "-"


def head_after(read: Reading, mention: Mention) -> str:
    """Whether a mention owns or describes a view: "own:opinion", "adj:opinion"; "own" for anything else owned."""
    n = mention.end
    owned = n == mention.start + 1 and read.tokens[mention.start].low in _THEIRS
    if n < len(read.tokens) and read.tokens[n].low in ("'s", "'"):
        owned, n = True, n + 1
    for far in range(_OWNED):
        token = read.token(n + far)
        if token is None or n + far == read.at:
            break
        if "opinion" in token.of and (owned or far or "say" not in token.of):
            return f"{'own' if owned else 'adj'}:opinion"
        if not token.text[0].isalpha() or token.of & {"be", "aux", "have", "prep", "conj", "det"}:
            break
    return "own" if owned else "-"


def subject(read: Reading, mention: Mention) -> str:
    """What stands before a mention: nothing, a preposition, the beginning of a clause, a verb."""
    prior = read.token(mention.start - 1)
    if prior is None or "stop" in prior.of:
        return "first"
    if "prep" in prior.of:
        return "prep"
    if prior.of & {"conj", "rel"} or not prior.text[0].isalnum():
        return "clause"
    return "verb" if prior.of.intersection(VERBS) else "-"


def kind(token: Token | None) -> str:
    """The first class that a token is of."""
    if token is None:
        return "-"
    if token.text in (QUOTED, ASKED):
        return "Q"
    if not token.text[0].isalnum():
        return token.text if "stop" not in token.of else "."
    plain = "ed" if token.low.endswith("ed") else "Name" if token.text[0].isupper() else "_"
    return next((name for name in _CLASSES if name in token.of), plain)


def word_or_kind(token: Token | None) -> str:
    """A word that joins words, or a mark, as it is; of another its class."""
    joins = token is not None and (token.of & {"prep", "conj", "rel", "neg"} or not token.text.isalnum())
    return token.low if joins and token is not None else kind(token)


def bucket(number: int) -> str:
    """A number of words, coarser the larger it is."""
    return str(number) if number < 3 else next((str(n) for n in (3, 5, 9) if number < 2 * n - 1), "17")


def parts_paragraphs(tokens: Sequence[Token]) -> bool:
    """Whether a paragraph or a heading ends in them."""
    return any(token.text in (BREAK, HEADING) for token in tokens)
