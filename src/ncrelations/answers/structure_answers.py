"""Answers to requests for the documents' own structure: whole, in order, and sure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from ncrelations.answers.about_answers import AboutAnswers
from ncrelations.answers.answer import Answer, Filters, Step
from ncrelations.document.corpus import Corpus, Place
from ncrelations.document.excerpt import Excerpt, excerpt_of, excerpt_with
from ncrelations.document.lists import ItemList
from ncrelations.document.tree import Block, Document, Section, Sentence
from ncrelations.document.typed_places import blocks_of
from ncrelations.document.wording import Near, Wording, words_of
from ncrelations.errors import NoSuchPlace
from ncrelations.questions.structure import Structure
from ncrelations.text.words import pieces_of, stem
from ncrelations.texts import Reason

HEADLINE = 60
"""Words from which an item of a list is shown by its first sentences only."""

FEW = 3
"""Blocks of a list that are shown whole."""

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NEAR = 0.5
"""How much like a quotation other words must be to be shown as the nearest wording."""


class StructureAnswers:
    """Answers for one corpus. Safe to share between threads."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus, self.wording = corpus, Wording(corpus)
        self._about = AboutAnswers(corpus)

    def answer(self, text: str, asked: Structure, filters: Filters) -> Answer | None:
        """The answer to a request; `None` where what it asks for is better asked of the passages."""
        match asked.kind:
            case "about":
                return self._about.answer(text, asked.about or "help", asked.places)
            case "place" | "section":
                return self._places(text, asked.places)
            case "list":
                return None if asked.items is None else self._list(text, asked, asked.items)
            case "mentions":
                return self._mentions(text, asked, filters)
            case "quotation":
                return self._quotation(text, asked.words, filters)

    def _places(self, text: str, places: Sequence[Place]) -> Answer:
        excerpts = [each for place in places for each in _shown(place)]
        note = _section_note(places[0]) if isinstance(places[0], Section | Document) else None
        return _answered(text, excerpts, note, "a place of the documents is asked for")

    def _list(self, text: str, asked: Structure, items: ItemList) -> Answer:
        blocks = [*items.named, *(block for item in items.items for block in _heads(item))]
        parts: list[Reason] = [
            Reason("note.items", {"title": items.title or items.section.human, "count": len(items.items)})
        ]
        if asked.years:
            dated = sum(bool(_YEAR.search(block.text)) for item in items.items for block in item[:1])
            parts.append(Reason("note.years", {"dated": dated}) if dated else Reason("note.no_years"))
        shown = [excerpt_with(block, ()) if len(blocks) <= FEW else _headline(block) for block in blocks]
        return _answered(text, shown, _joined(parts), "a list of the documents is asked for")

    def _mentions(self, text: str, asked: Structure, filters: Filters) -> Answer | None:
        found = dict(self._mentioning(asked.words))
        if not found and not self._is_name(asked.words):
            return None
        place = asked.places[0] if asked.places else None
        inside = {b: s for b, s in found.items() if _within(b, place) and _passes(b, filters)}
        step = "mentions of a name are asked for"
        if not inside:
            note = _nowhere(asked.words, place or filters, list(found))
            return Answer(text, None, "not_found", 1.0, (note,), None, (), note=note, steps=(Step("structure", step),))
        excerpts = [excerpt_with(block, [s for s, _ in sentences]) for block, sentences in inside.items()]
        times = sum(count for sentences in inside.values() for _, count in sentences)
        values = {"name": asked.words, "times": times, "count": len(inside)}
        note = Reason("note.mentions" if times > 1 else "note.mention_one", values)
        return _answered(text, excerpts, note, step)

    def _mentioning(self, name: str) -> Iterator[tuple[Block, list[tuple[Sentence, int]]]]:
        """The blocks that mention a name or word, with the sentences that do and how often, in order."""
        counts: dict[Sentence, int] = {}
        for typed in re.split(r"\s+(?:or|and)\s+|\s*/\s*", name):
            each = self._corpus.stand_ins.get(typed, typed)
            try:
                for mention in self._corpus.entities.named(each).mentions:
                    counts[mention.sentence] = counts.get(mention.sentence, 0) + 1
            except NoSuchPlace:
                counts |= self._literally(each)
        for block in (block for document in self._corpus.documents for block in document.blocks):
            if mine := [(s, counts[s]) for s in block.sentences if s in counts]:
                yield block, mine

    def _literally(self, words: str) -> dict[Sentence, int]:
        """The sentences that have some words one after the other, by their stems, with how often."""
        wanted = [stem(piece.folded) for piece in pieces_of(words)]
        if not wanted:
            return {}
        found = {}
        for sentence in (s for d in self._corpus.documents for b in d.blocks for s in b.sentences):
            stems = [stem(piece.folded) for piece in pieces_of(sentence.text)]
            times = sum(stems[n : n + len(wanted)] == wanted for n in range(len(stems)))
            if times:
                found[sentence] = times
        return found

    def _is_name(self, words: str) -> bool:
        """Whether words that stand nowhere are one name or word, of which silence is an answer."""
        return len(pieces_of(words)) == 1 or words[:1].isupper() or words.istitle()

    def _quotation(self, text: str, quoted: str, filters: Filters) -> Answer:
        found = [each for each in self.wording.find(quoted) if _passes(each.block, filters)]
        step = "exact words are looked for"
        if found:
            excerpts = [excerpt_with(each.block, each.sentences) for each in found]
            note = Reason("note.quoted", {"places": ", ".join(str(each.block.citation) for each in found)})
            return _answered(text, excerpts, note, step)
        near = self.wording.nearest(quoted)
        steps = (Step("structure", step),)
        if near is None or near.share < _NEAR:
            nothing = Reason("note.not_quoted")
            return Answer(text, None, "not_found", 1.0, (nothing,), None, (), note=nothing, steps=steps)
        note = _difference(quoted, near)
        return Answer(text, None, "not_found", 1.0, (note,), None, (_around(near),), note=note, steps=steps)


def _answered(text: str, excerpts: Sequence[Excerpt], note: str | None, step: str) -> Answer:
    return Answer(text, None, "answered", 1.0, (), None, tuple(excerpts), note=note, steps=(Step("structure", step),))


def _shown(place: Place) -> Iterator[Excerpt]:
    """The excerpts of a place: a section's own blocks, or those of its parts where it has none."""
    if isinstance(place, Sentence):
        yield excerpt_with(place.block, [place])
        return
    own = place.blocks if isinstance(place, Section) and place.blocks else blocks_of(place)
    for block in own:
        yield excerpt_with(block, ())


def _heads(item: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks of an item that are shown: all of a short one, the first of a long one."""
    return item if len(item) < 3 else item[:1]


def _headline(block: Block) -> Excerpt:
    """A block by its first sentences, whole where it is short."""
    return excerpt_of(block, [1.0 - n / 100 for n in range(len(block.sentences))], 1.0, HEADLINE)


def _section_note(place: Section | Document) -> str:
    """What a section is, its parts, and where to read on."""
    if isinstance(place, Document):
        return Reason("note.document", {"title": place.title, "count": len(place.blocks)})
    title = " ".join(filter(None, (place.number, f'"{place.heading or place.description}"')))
    parts = ", ".join(str(child.citation) for child in place.children)
    named = Reason("note.parts", {"parts": parts}) if parts else ""
    after = Reason("note.then", {"next": str(place.next.citation)}) if place.next is not None else ""
    return Reason("note.section", {"title": title, "count": len(place.blocks), "parts": named, "then": after})


def _joined(parts: Sequence[Reason]) -> str:
    return parts[0] if len(parts) == 1 else Reason("note.several", {"notes": list(parts)})


def _within(block: Block, place: Place | None) -> bool:
    return place is None or block.within(place.citation)


def _passes(block: Block, filters: Filters) -> bool:
    inside = filters.within is None or block.within(filters.within)
    return inside and (filters.voice is None or block.voice == filters.voice)


def _nowhere(name: str, where: Place | Filters | None, elsewhere: Sequence[Block]) -> str:
    """That a name does not stand somewhere, and where else it does."""
    names = Reason("list.name", {"name": name})
    if not elsewhere:
        return Reason("note.nowhere", {"name": names})
    place = where.human if isinstance(where, Document | Section | Block | Sentence) else ""
    if isinstance(where, Filters):
        place = str(where.within or (where.voice.label if where.voice else ""))
    places = ", ".join(str(block.citation) for block in elsewhere[:4]) + (", …" if len(elsewhere) > 4 else "")
    return Reason("note.not_there", {"place": place, "name": names, "elsewhere": places})


def _around(near: Near) -> Excerpt:
    """The sentences that the nearest wording stands in."""
    found, at = [], 0
    for sentence in near.block.sentences:
        if at < near.span.end and near.span.start < at + len(sentence.text):
            found.append(sentence)
        at += len(sentence.text) + 1
    return excerpt_with(near.block, found)


def _difference(quoted: str, near: Near) -> Reason:
    """What the nearest wording is, and how it differs."""
    changes = list(_changes(quoted, near.text))
    return Reason("note.not_quoted_near", {"text": near.text, "place": str(near.block.citation), "changes": changes})


def _changes(typed: str, printed: str) -> Iterator[str]:
    """Word by word what is other, added or left out, at most six."""
    a, b = words_of(typed), words_of(printed)
    matcher = SequenceMatcher(None, [word.plain for word in a], [word.plain for word in b], autojunk=False)
    for kind, i, j, k, m in [each for each in matcher.get_opcodes() if each[0] != "equal"][:6]:
        mine, theirs = (" ".join(words) for words in ([w.plain for w in a[i:j]], [w.plain for w in b[k:m]]))
        values = {"typed": mine, "printed": theirs}
        yield Reason({"replace": "note.changed", "delete": "note.added", "insert": "note.dropped"}[kind], values)
