"""What of the documents' own structure a text asks for: a place, a section, a list, every mention, exact words.

Decided before anything is scored. A text asks for structure only where, beside the words for the place or list
and those of asking, nothing is left of it: "what does section IV say about trade?" is an ordinary question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ncrelations.document.corpus import Corpus, Place
from ncrelations.document.lists import ItemList
from ncrelations.document.tree import Document, Section
from ncrelations.document.typed_places import places_at
from ncrelations.errors import NCRelationsError
from ncrelations.questions.frame import core_of
from ncrelations.questions.place_words import described_block
from ncrelations.questions.section_names import NamedPlace, SectionNames
from ncrelations.questions.small_talk import About, about_asked
from ncrelations.questions.whose_view import WhoseView
from ncrelations.text.words import STOPWORDS, pieces_of, stem

Kind = Literal["place", "section", "list", "mentions", "quotation", "about"]


@dataclass(frozen=True, slots=True)
class Structure:
    """A request for something of the documents' own structure."""

    kind: Kind
    """What is asked for."""
    places: tuple[Place, ...] = ()
    """The places, for "place" and "section"; the place that mentions are asked of."""
    items: ItemList | None = None
    """The list."""
    words: str = ""
    """What is looked for: the name mentioned, or the words quoted."""
    about: About | None = None
    """What is asked about the library itself."""
    counts: bool = False
    """Whether a number is asked for."""
    years: bool = False
    """Whether dates are asked for with a list."""
    alone: bool = True
    """For a quotation: whether no more is asked than where its words stand and whose they are."""


_TYPED = re.compile(
    r"(?<![\w/])(?:[a-z][a-z0-9-]*/)?[A-Za-z][A-Za-z-]*(?:\.\d{1,2})?/[pbm]\d{1,3}(?:/s\d{1,3})?"
    r"(?:\s?[-–—]\s?[pbm]?\d{1,3})?(?!\w)|(?<![\w/])[a-z][a-z0-9-]*/[A-Za-z][A-Za-z-]*(?:\.\d{1,2})?(?![\w/])"
)
"""A citation, or one without its document."""


def _stems(words: str) -> frozenset[str]:
    """Some words, reduced to what they are compared by."""
    return frozenset(map(stem, words.split()))


_READ = frozenset(STOPWORDS - {"not", "no", "nor"}) | _stems(
    "read reading show see give open display print go get have look view look at text full whole entire complete "
    "out aloud loud summarise summarize summary sum up outline overview gist tldr content contents section chapter "
    "part bit portion passage piece heading here it all everything me us i you the a an of in from on for to and "
    "about what which who does do is are there say says said write writes written state states next please pls can "
    "could may like would want wanted how start starts begin begins end ends its his their this that these those "
    "with at by document documents again just exactly sentence"
)
"""Words that only ask for a place to be read."""

_LIST = re.compile(
    r"\b(?:list|lists|enumerate|name|all|every|each|complete|full|one by one|in order|give me|show me|what are|which"
    r"|what were"
    r"|how many|everything)\b",
    re.IGNORECASE,
)
_LIST_WORDS = _READ | _stems(
    "list lists listed enumerate name named all every each complete one two three four five six seven eight nine "
    "ten eleven many number total single point points item items bullet bullets identify identified warn warned "
    "warns see sees seen expert experts group recommend recommended recommends recommendation propose proposed "
    "proposes dialogue talk talks discuss sustained suggested suggest select selected choose chosen chose pick "
    "picked possible potential subjects reckon things brussels raised raise described describe spelled spelt listed "
    "out contained found go goes wrong could year years date dates dated order both side sides according report "
    "article author have hold holds held make makes made agreed mentioned order respective were was been being "
    "possible between them they main key major topical has have give gives with back get gets every single list"
)  # fmt: skip
_SHORT = 120
"""Characters of a text that may be about the documents as such."""

_YEARS = re.compile(r"\b(?:years?|dates?|dated|when)\b", re.IGNORECASE)


class StructureReader:
    """Reads requests for the structure of one corpus. Immutable; safe to share between threads."""

    def __init__(self, corpus: Corpus, whose_view: WhoseView) -> None:
        self._corpus, self._whose_view = corpus, whose_view
        self.sections = SectionNames(corpus)

    def read(self, text: str) -> Structure | None:
        """What of the structure a cleaned text asks for; `None` for any other question."""
        plain, core = self._plain_documents(text), self._plain_documents(core_of(text))
        about = about_asked(plain) or (about_asked(core) if 2 * len(core) >= len(text) else None)
        if about:
            named = self.sections.document_in(core)
            return Structure("about", (named.place,) if named else (), about=about)
        return self._asked(core) or (self._place(plain) if plain.split(" ", 1)[1:] == [core] else None)

    def _asked(self, core: str) -> Structure | None:
        """What a question without its frame asks for."""
        return (
            self._quoted(core) or self._typed(core) or self._mentioned(core) or self._place(core) or self._listed(core)
        )

    def _plain_documents(self, text: str) -> str:
        """A short text with a document called by its id: "the op-ed" becomes "the article"."""
        if len(text) <= _SHORT:
            for speaker in self._corpus.narrators:
                called = rf"\b(?:the |this |that )?(?:{speaker.document_called or '(?!)'})\b"
                text = re.sub(called, f"the {speaker.document}", text, flags=re.IGNORECASE)
        return text

    def _quoted(self, core: str) -> Structure | None:
        """Exact words in quotation marks, where no more is asked than where they stand and who says them."""
        quoted = quotation_in(core)
        if quoted is None:
            return None
        at, long = core.index(quoted), len(pieces_of(quoted)) >= _SURELY_QUOTED
        asked = [(at, at + len(quoted)), *self._speakers(core)]
        alone = self._only(core, asked, _QUOTE_WORDS)
        return Structure("quotation", words=quoted, alone=alone) if long or alone else None

    def _typed(self, core: str) -> Structure | None:
        """A citation that is typed, alone or with a word like "show"."""
        match = _TYPED.search(core)
        if match is None or not self._only(core, [match.span()], _READ):
            return None
        try:
            places = places_at(self._corpus, match[0])
        except NCRelationsError:
            return None
        sections = all(isinstance(place, Section | Document) for place in places)
        return Structure("section" if sections else "place", places)

    def _mentioned(self, core: str) -> Structure | None:
        found = mention_asked(core)
        if found is None:
            return None
        inside = self.sections.document_in(found.where)
        return Structure("mentions", (inside.place,) if inside else (), words=found.name, counts=found.counts)

    def _place(self, core: str) -> Structure | None:
        """A block or section that is described: "the second bullet of section IV", "the outlook"."""
        section = self.sections.section_in(core)
        whole = self.sections.document_in(core)
        named: NamedPlace | None = section or whole
        block = described_block(core, named.place if named else None, self._corpus)
        if block is not None:
            spans = [block.span, *((each.start, each.end) for each in (section, whole) if each)]
            return Structure("place", (block.block,)) if self._only(core, spans, _READ) else None
        if section is None:
            return None
        spans = [(each.start, each.end) for each in (section, whole) if each]
        return Structure("section", (section.place,)) if self._only(core, spans, _READ) else None

    def _listed(self, core: str) -> Structure | None:
        """A list that the records know, where nothing but the list is asked for."""
        if not _LIST.search(core):
            return None
        voices = self._whose_view.asked(core)
        for each, pattern in self._lists:
            match = pattern.search(core)
            if match is None or (each.voice is not None and each.voice not in voices):
                continue
            spans = [match.span(), *self._speakers(core)]
            if self._only(core, spans, _LIST_WORDS):
                counts = bool(re.search(r"\bhow many\b", core, re.IGNORECASE))
                return Structure("list", items=each, counts=counts, years=bool(_YEARS.search(core)))
        return None

    @cached_property
    def _lists(self) -> list[tuple[ItemList, re.Pattern[str]]]:
        """The lists with what names them; those of one voice first."""
        found = []
        for each in sorted(self._corpus.lists, key=lambda each: each.voice is None):
            nouns = [*each.plurals, *(rf"{re.escape(noun)}s?" for noun in each.nouns)]
            if nouns:
                found.append((each, re.compile(rf"\b(?:{'|'.join(nouns)})\b", re.IGNORECASE)))
        return found

    def _speakers(self, text: str) -> Iterable[tuple[int, int]]:
        """Where a text names a speaker or its document."""
        for speaker in self._corpus.speakers:
            for words in filter(None, (speaker.names, speaker.document_names, speaker.short)):
                for match in re.finditer(rf"\b(?:{words})\b(?:'s?|’s?)?", text, re.IGNORECASE):
                    yield match.span()
        if whole := self.sections.section_in(text):
            yield whole.start, whole.end

    @staticmethod
    def _only(text: str, spans: Iterable[tuple[int, int]], words: frozenset[str]) -> bool:
        """Whether a text has nothing beside some spans but words of asking."""
        taken = list(spans)
        rest = (p for p in pieces_of(text) if not any(start <= p.start < end for start, end in taken))
        return all(stem(piece.folded) in words or piece.folded in words for piece in rest)


_OPEN, _CLOSE = "“„«‹「『\"‘'`", "”“»›」』\"’'`"
_PAIRS = [(re.escape(a), re.escape(b)) for a, b in (
    ("“", "”"), ("„", "“"), ("„", "”"), ("«", "»"), ("»", "«"), ("‹", "›"), ("「", "」"), ("『", "』"),
    ('"', '"'), ("``", "''"),
)]  # fmt: skip
_QUOTED = [re.compile(rf"{a}(?P<words>.{{5,1500}}?){b}(?!\w)", re.DOTALL) for a, b in _PAIRS]
_SINGLE = re.compile(r"(?<!\w)['‘](?P<words>[^\s].{5,1500}?)['’](?!\w)", re.DOTALL)
_QUOTE_WORDS = _READ | _stems(
    "who whose where which when source sources context contain contains containing find quote quotes quotation "
    "words word true real really said comes come after before phrase stand stands appear appears occur verbatim "
    "ever any anywhere or or's experts s"
)
"""Words that only ask where quoted words stand and whose they are."""

_SURELY_QUOTED, _SHORTEST = 6, 3
"""Words from which quoted words are looked for whatever is asked of them, and at all; fewer are a name or a term."""


def quotation_in(text: str) -> str | None:
    """The longest quotation in a text, without its marks: three words or more, in marks of any style."""
    found = [match["words"] for pattern in (*_QUOTED, _SINGLE) for match in pattern.finditer(text)]
    long = [words.strip() for words in found if len(pieces_of(words)) >= _SHORTEST]
    return max(long, key=len, default=None)


@dataclass(frozen=True, slots=True)
class MentionAsked:
    """A question where, how often or whether a name or word occurs."""

    name: str
    """The name or word."""
    where: str
    """The text around it, which may name a document."""
    counts: bool
    """Whether the number is asked for."""


_MENTION = (
    r"(?:mention(?:s|ed|ing)?|name[sd]?|naming|refer(?:s|red)? to|referenc(?:e|es|ed|ing)|cit(?:e|es|ed|ing)"
    r"|talk(?:s|ed)? about|discuss(?:es|ed)?|bring(?:s)? up|speak(?:s)? of|contain(?:s|ing)?|use[sd]?|come[s]? up"
    r"|appear(?:s|ed)?|occur(?:s|red)?|crop(?:s)? up|show(?:s)? up)"
)
_PASSAGES = (
    r"(?:passages?|paragraphs?|places?|sections?|sentences?|bullets?|blocks?|parts?|spots?|references?"
    r"|mentions?|occurrences?)"
)
_NAME = r"(?P<name>[^?!,;]{2,60}?)"
_WHERE = r"(?P<where>(?:\s+(?:in|within|by|inside)\s+(?:the |this |either |both )?[\w' ]{2,30})?)"
_END = r"(?:\s+(?:at all|anywhere|somewhere|ever|once|or not|exactly|and how often|explicitly))*\W*$"
_MENTIONS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (rf"^(?:in )?(?:where|how often|how many times|how frequently|in how many {_PASSAGES}|in (?:which|what)"
        rf" {_PASSAGES})"
        rf"(?: exactly)? (?:is|are|was|were|do|does|did|has|have)(?: the)?(?: (?:name|word|term|phrase))?s? {_NAME}"
        rf"(?: get| been| be)? {_MENTION}{_WHERE}{_END}"),
        (rf"^(?:does|do|did) (?:the (?:word|name|term) )?{_NAME} (?:ever |even )?(?:come up|appear|occur|get"
        rf" mentioned|crop up|show up)"
        rf"{_WHERE}{_END}"),
        (rf"^(?P<where>(?:does|do|did) (?:the |this |either |any )?[\w' ]{{2,30}}?) (?:ever |even |also )?{_MENTION}"
        rf"(?: the (?:word|name|term))? {_NAME}{_END}"),
        (rf"^(?:is|are|was|were) (?:the (?:word|name|term) )?{_NAME} (?:ever |even |also |at all"
        rf" )?{_MENTION}{_WHERE}{_END}"),
        (rf"^(?:(?:list|show|give|find|get|read|display)(?: me| us)? )?(?:all|every|each|any|the)? ?(?:of )?(?:the"
        rf" )?{_PASSAGES}"
        rf" (?:that |which |where |in which |who )?(?:{_MENTION}|mentioning|about|of|to|on|with)(?: the (?:word|name"
        rf"|term))? {_NAME}"
        rf"{_WHERE}{_END}"),
        rf"^(?:which|what) {_PASSAGES} {_MENTION}(?: the (?:word|name|term))? {_NAME}{_WHERE}{_END}",
        rf"^how many {_PASSAGES} (?:{_MENTION}|of|to) {_NAME}{_WHERE}{_END}",
        (rf"^(?:any|is there (?:any|a)|are there(?: any)?) (?:mentions?|references?|occurrences?) (?:of|to)"
        rf" {_NAME}{_WHERE}{_END}"),
        rf"^(?:where|how often) (?:do|does) (?:they|it|the [\w' ]{{2,20}}?) {_MENTION} {_NAME}{_END}",
    )
]  # fmt: skip
_COUNT = re.compile(r"\bhow (?:often|many|frequently)\b|\bcount\b|\bnumber of\b", re.IGNORECASE)


def mention_asked(core: str) -> MentionAsked | None:
    """The name or word whose mentions a question asks for."""
    if len(core) > 200:
        return None
    for pattern in _MENTIONS:
        match = pattern.match(core)
        if match:
            name = re.sub(r"^(?:the|a|an)\s+", "", match["name"].strip(" \"'“”‘’«»"), flags=re.IGNORECASE)
            where = match.groupdict().get("where") or ""
            if name and len(pieces_of(name)) <= 6:
                return MentionAsked(name, where, bool(_COUNT.search(core)))
    return None
