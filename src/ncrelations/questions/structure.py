"""What of the documents' own structure a text asks for: a place, a section, a list, every mention, exact words.

Decided before anything is scored. A text asks for structure only where, beside the words for the place or list
and those of asking, nothing is left of it: "what does section IV say about trade?" is an ordinary question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

from ncrelations.document.corpus import Corpus, Place
from ncrelations.document.lists import ItemList
from ncrelations.document.tree import Document, Section
from ncrelations.document.typed_places import places_at
from ncrelations.errors import NCRelationsError
from ncrelations.questions.frame import core_of
from ncrelations.questions.mention_words import mention_asked
from ncrelations.questions.place_words import described_block
from ncrelations.questions.section_names import NamedPlace, SectionNames
from ncrelations.questions.small_talk import About, about_asked
from ncrelations.questions.whose_view import WhoseView
from ncrelations.text.patterns import Pattern, beginnings
from ncrelations.text.words import STOPWORDS, pieces_of, stem

Kind = Literal["place", "section", "list", "mentions", "quotation", "about"]


class Structure(NamedTuple):
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
    besides: bool = False
    """For a quotation: whether another sentence asks a question of its own."""


_TYPED = Pattern(
    r"(?<![\w/])(?:[a-z][a-z0-9-]*/)?[A-Za-z][A-Za-z-]*(?:\.\d{1,2})?/[pbm]\d{1,3}(?:/s\d{1,3})?"
    r"(?:\s?[-–—]\s?[pbm]?\d{1,3})?(?!\w)|(?<![\w/])[a-z][a-z0-9-]*/[A-Za-z][A-Za-z-]*(?:\.\d{1,2})?(?![\w/])",
    needs="/",
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

_ALL_OF = (
    "list|lists|enumerate|name|all|every|each|complete|full|one by one|in order|give me|show me|what are|which"
    "|what were|how many|everything"
)
_LIST = Pattern(rf"\b(?:{_ALL_OF})\b", re.IGNORECASE, beginnings(_ALL_OF))
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

_YEARS = Pattern(r"\b(?:years?|dates?|dated|when)\b", re.IGNORECASE)
_HOW_MANY = Pattern(r"\bhow many\b", re.IGNORECASE)


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
                text = _calls(speaker.document_called or "(?!)").sub(f"the {speaker.document}", text)
        return text

    def _quoted(self, core: str) -> Structure | None:
        """Exact words in quotation marks, where no more is asked than where they stand and who says them."""
        quoted = quotation_in(core)
        if quoted is None:
            return None
        at, long = core.index(quoted), len(pieces_of(quoted)) >= _SURELY_QUOTED
        asked = [(at, at + len(quoted)), *self._speakers(core)]
        alone = self._only(core, asked, _QUOTE_WORDS)
        if not (long or alone):
            return None
        return Structure("quotation", words=quoted, alone=alone, besides=_asked_besides(core, quoted))

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
                counts = bool(_HOW_MANY.search(core))
                return Structure("list", items=each, counts=counts, years=bool(_YEARS.search(core)))
        return None

    @cached_property
    def _lists(self) -> list[tuple[ItemList, Pattern]]:
        """The lists with what names them; those of one voice first."""
        found = []
        for each in sorted(self._corpus.lists, key=lambda each: each.voice is None):
            nouns = [*each.plurals, *(rf"{re.escape(noun)}s?" for noun in each.nouns)]
            if nouns:
                words = "|".join(nouns)
                found.append((each, Pattern(rf"\b(?:{words})\b", re.IGNORECASE, beginnings(words))))
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


@lru_cache(maxsize=64)
def _calls(called: str) -> Pattern:
    """What calls a document by one of its other names."""
    return Pattern(rf"\b(?:the |this |that )?(?:{called})\b", re.IGNORECASE, beginnings(called))


_PAIRS = (
    ("“", "”"), ("„", "“"), ("„", "”"), ("«", "»"), ("»", "«"), ("‹", "›"), ("「", "」"), ("『", "』"),
    ('"', '"'), ("``", "''"),
)  # fmt: skip
_QUOTED = [Pattern(rf"{a}(?P<words>.{{5,1500}}?){b}(?!\w)", re.DOTALL, (a,)) for a, b in _PAIRS]
_SINGLE = Pattern(r"(?<!\w)['‘](?P<words>[^\s].{5,1500}?)['’](?!\w)", re.DOTALL, "'‘")
_QUOTE_WORDS = _READ | _stems(
    "who whose where which when source sources context contain contains containing find quote quotes quotation "
    "words word true real really said comes come after before phrase stand stands appear appears occur verbatim "
    "ever any anywhere or or's experts s"
)
"""Words that only ask where quoted words stand and whose they are."""

_SENTENCE_END = re.compile(r"[.!?;:]['\"’”»]?\s+")
_POINTING = Pattern(r"\b(?:that|this|these|those|it|its|so|such|they|he|she)\b", re.IGNORECASE)
_OF_ITS_OWN = 3
"""Words beside those of asking from which on a sentence without a word that points elsewhere is a question."""

_SURELY_QUOTED, _SHORTEST = 6, 3
"""Words from which quoted words are looked for whatever is asked of them, and at all; fewer are a name or a term."""


def quotation_in(text: str) -> str | None:
    """The longest quotation in a text, without its marks: three words or more, in marks of any style."""
    found = [match["words"] for pattern in (*_QUOTED, _SINGLE) for match in pattern.finditer(text)]
    long = [words.strip() for words in found if len(pieces_of(words)) >= _SHORTEST]
    return max(long, key=len, default=None)


def _asked_besides(text: str, quoted: str) -> bool:
    """Whether a sentence that has nothing of a quotation asks a question of its own."""
    start = text.index(quoted)
    end = start + len(quoted) - 1
    others = [*_SENTENCE_END.split(text[:start])[:-1], *_SENTENCE_END.split(text[end:])[1:]]
    return any(map(_stands_alone, others))


def _stands_alone(sentence: str) -> bool:
    words = [piece for piece in pieces_of(sentence) if stem(piece.folded) not in _QUOTE_WORDS]
    return len(words) >= _OF_ITS_OWN and not _POINTING.search(sentence)
