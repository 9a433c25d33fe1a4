"""Whose view the passages of a file state: the document's holder, a section's, a speaker's turn.

A letter within a letter keeps both. What a sentence reports of others never moves it to another voice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import takewhile

from ncrelations.document.citation import Citation
from ncrelations.document.reference import Work
from ncrelations.document.tree import Sentence
from ncrelations.document.voice import View, Voice
from ncrelations.files.bodies import is_body
from ncrelations.files.compendium import is_state
from ncrelations.files.document_holder import document_holder, is_head
from ncrelations.files.file_text import FileText
from ncrelations.files.head_fields import fields_of
from ncrelations.files.holder_phrases import Holder, attached_in, holder_in, written_for
from ncrelations.files.imprint import is_imprint
from ncrelations.files.issuers import QUESTION, delivered, head_of, issuer_of, of_state, with_reader
from ncrelations.files.joint_letters import as_group, is_signers
from ncrelations.files.named_views import VoiceRules, annexed_view, known_view
from ncrelations.files.openings import Opening, annex_title, joined, openings_in, speaker_below
from ncrelations.files.page_owner import on_page
from ncrelations.files.paper_items import Papers
from ncrelations.files.set_off_quotations import quoted_length, set_off_numbers
from ncrelations.files.short_names import full_names
from ncrelations.files.speaker_turns import named_line, signed_below
from ncrelations.files.speeches import own_state, returns, speech_in
from ncrelations.files.standing_view import Standing
from ncrelations.files.view_places import Place, collected, speakers_in, titles_of, whole_titles
from ncrelations.files.view_turns import Record, give_turns

_ANNEX = re.compile(r"(?:annex|enclosure|appendix|attachment)\b", re.IGNORECASE)
_LETTER = re.compile(r"(?:an? )?(?:identical |joint |open )?(?:letters?|notes? verbales?)\b", re.IGNORECASE)
_NESTED = ("markup", "styles", "tags", "bookmarks")
"""Sources of headings whose levels can be trusted."""
_FIRST_BLOCKS, _BELOW, _LINE = 12, 6, 200


def voices_of(
    document: str,
    places: Mapping[str, Place],
    reading: Mapping[Citation, tuple[Sentence, ...]],
    work: Work,
    text: FileText,
    rules: VoiceRules,
) -> dict[Citation, Voice]:
    """The voice of every section and block."""
    words = {citation: " ".join(sentence.text for sentence in sentences[:3]) for citation, sentences in reading.items()}
    lines = {citation: text.text[told[0].span.start : told[-1].span.end] for citation, told in reading.items() if told}
    off = set_off_numbers(reading, text.set_off)
    sections = _Sections(places, words, work, text, rules, off)
    papers = Papers(document, list(places.values()), reading, text.text)
    first = papers.first()
    whole, phrase = sections.whole(lines, first)
    found = dict(sections.held(document, whole, phrase))
    own = known_view(whole, rules)
    titled = {
        Citation(document, each.id)
        for each in places.values()
        if phrase and sections.title(each) == phrase and set(each.blocks[:1]) <= first
    } | {citation for citation in first if phrase and sections.words(citation) == phrase}
    others = papers.others(titled | {citation for citation, voice in found.items() if voice != own})
    nobody = known_view(work.publisher or work.title, rules)
    headings = {place.id: place.heading for place in places.values() if place.heading}
    titles = titles_of(places)
    record = Record(words, lines, titles, sections.opened, off, headings, text.text, nobody, others)
    give_turns(found, record, own, lambda name: known_view(sections.full(name), rules))
    return found


class _Sections:
    """Whose view sections state, by their headings and by paragraphs that stand for headings."""

    def __init__(
        self,
        places: Mapping[str, Place],
        words: Mapping[Citation, str],
        work: Work,
        text: FileText,
        rules: VoiceRules,
        off: Mapping[Citation, int],
    ) -> None:
        self._places, self._work, self._text, self._rules = places, work, text, rules
        blocks = joined(list(words.values()))
        self._words = dict(zip(words, blocks, strict=True))
        self._titles = whole_titles(places, self._words)
        given = openings_in(blocks, [(citation.block or "").startswith("p") for citation in words])
        self.opened = {citation: given[number] for number, citation in enumerate(words) if number in given}
        self._title = next((place.heading for place in places.values() if place.heading), "")
        self._speakers = speakers_in([place.heading or "" for place in places.values()])
        speech = speech_in(blocks, self._title)
        self._speech = speech is not None
        if speech is not None:
            self.opened |= {list(words)[speech[0]]: Opening(speech[1])}
        self._attached: Holder | None = None
        self.full = on_page(full_names(text.text), text, blocks)
        self._off = off
        self._lines: Mapping[Citation, str] = {}

    def words(self, citation: Citation) -> str:
        """The beginning of a block, or of the phrase that it goes on with."""
        return self._words[citation]

    def title(self, place: Place) -> str:
        """The heading of a section, with the lines below it where it breaks off."""
        return self._titles[place.id]

    def whole(self, lines: Mapping[Citation, str], first: Collection[Citation]) -> tuple[str, str]:
        """Whose view the whole document states, and the phrase that says so; `first` is its own paper.

        It is as set, or as the document says itself; else the document is its own voice.
        """
        self._lines = lines
        headed = [place for place in self._places.values() if place.heading]
        unheaded = list(takewhile(lambda place: not place.heading, self._places.values()))
        front = [
            citation
            for place in unheaded
            for citation in place.blocks
            if place is unheaded[0] or citation not in self.opened
        ][:_FIRST_BLOCKS]
        below = headed[0].blocks[:_BELOW] if headed else []
        head = self._head(lines)
        found = document_holder(
            [(self.title(each), each.level) for each in headed],
            [self._words[each] for each in front] or list(filter(is_head, (self._words[each] for each in below))),
            [each.holder for each in self.opened.values() if each.holder is not None],
            [*head, *fields_of(self._lines[each] for each in list(self._lines)[: 2 * _FIRST_BLOCKS] if _is_row(each))],
        )
        if found is None:
            issuer = self._issuer(head, first)
            return self._rules.issuer or issuer or self._text.issuer or self._work.publisher or self._work.title, ""
        place = next((each for each in headed if self.title(each) == found[0]), None)
        name = with_reader(found[0], delivered(*found, head, list(lines.values()), self._text), head)
        name = as_group(name, list(self._words.values()))
        below = place.blocks if place is not None else self._below(found[0])
        return self._rules.issuer or self._behalf(found[0], below, name), found[0]

    def _issuer(self, head: Sequence[str], first: Collection[Citation]) -> str | None:
        """Whose the document is where no heading says so."""
        own = [each for each in takewhile(lambda each: each not in self.opened, self._lines) if each in first]
        listed = [not (citation.block or "").startswith("p") for citation in own]
        blocks = [self._lines[citation] for citation in own]
        headings = {each.blocks[0]: each.heading or "" for each in self._places.values() if each.blocks}
        for number in [n for n, each in enumerate(own) if is_signers(headings.get(each, ""))][-1:]:
            blocks.insert(number, headings[own[number]])
            listed.insert(number, False)
        return issuer_of(blocks, listed, head, self._text, owned=not self._speech)

    def _head(self, lines: Mapping[Citation, str]) -> list[str]:
        """The headings and lines before the text."""
        parts = list[tuple[str, bool]]()
        for place in list(self._places.values())[:_FIRST_BLOCKS]:
            parts += [(place.heading, True)] if place.heading else []
            parts += [
                (lines.get(citation, ""), False) for citation in place.blocks[:_FIRST_BLOCKS] if not _is_row(citation)
            ]
        return head_of(parts)

    def _below(self, phrase: str) -> list[Citation]:
        """The blocks below the paragraph that a phrase is."""
        blocks = list(self._words)
        number = next((n for n, citation in enumerate(blocks) if self._words[citation] == phrase), len(blocks))
        return [each for each in blocks[number + 1 : number + _BELOW] if self._words[each]]

    def _behalf(self, heading: str, below: Sequence[Citation], name: str) -> str:
        """Who a letter is written for, where it says so at its beginning; else the name of who writes it."""
        told = (written_for(self._words[each], name) for each in below[:2] if _LETTER.match(heading))
        return next(filter(None, told), name)

    def _read(self, place: Place, name: str) -> str:
        """The name that a part of the title gives: a group with who reads for it, a person with the state."""
        heading = place.heading or ""
        if heading not in titles_of(self._places):
            return name
        head = self._head(self._lines)
        return with_reader(heading, of_state(heading, name, head), head)

    def held(self, document: str, whole: str, phrase: str) -> Iterator[tuple[Citation, Voice]]:
        """The voice of each section and block: that of the last heading that names one, and is not left again."""
        own = known_view(whole, self._rules)
        standing = Standing(own, own, phrase)
        holders = {place.id: holder for place in self._places.values() if (holder := self._headed(place)) is not None}
        beside = Counter(place.level for place in self._places.values() if place.id in holders)
        for place in self._places.values():
            holder, quoted = holders.get(place.id), 0
            if holder is not None and not _ANNEX.match(place.heading or ""):
                name = (
                    whole
                    if place.heading == phrase
                    else self._read(place, self._behalf(place.heading or "", place.blocks, self.full(holder.name)))
                )
                standing.begin(known_view(name, self._rules), place.level, beside[place.level])
                standing.inner = place.heading not in (phrase, self._title)
                self._attach(place.blocks)
                quoted = self._quoted(place.blocks)
            else:
                self._enter(standing, place)
            yield Citation(document, place.id), standing.current
            for number, citation in enumerate(place.blocks):
                if quoted and number == quoted:
                    standing.end()
                self._go_on(standing, place, citation)
                yield citation, standing.current

    def _enter(self, standing: Standing, place: Place) -> None:
        """Go on below a heading that names no holder: an annex, a body that heads one, or what ends a statement."""
        heading = place.heading or ""
        alone = own_state(standing.current.label, heading)
        if alone is not None:
            standing.group, standing.current = standing.current, known_view(alone, self._rules)
        elif _ANNEX.match(heading):
            standing.begin(self._annex(place, standing.own), place.level)
        elif standing.annexed and is_body(heading):
            standing.begin(annexed_view(Holder(heading, heading), standing.own, self._rules), place.level)
        elif heading and not is_imprint(heading) and self._left(place, standing):
            standing.end()

    def _go_on(self, standing: Standing, place: Place, citation: Citation) -> None:
        """Go on with a block: with what it opens, or for whom who speaks goes on."""
        opening, words = self.opened.get(citation), self._words[citation]
        alone = own_state(standing.current.label, words)
        if alone is not None:
            standing.group, standing.current = standing.current, known_view(alone, self._rules)
        elif standing.group is not None and returns(words):
            standing.current, standing.group = standing.group, None
        if opening is not None:
            current = self._opened(opening, place, citation, standing.own, standing.phrase)
            standing.current, standing.level, standing.reply = current, place.level + 1, opening.reply
        standing.annexed = opening is not None and opening.holder is None

    def _quoted(self, blocks: Sequence[Citation]) -> int:
        """How many blocks below a heading are a quotation, with which the statement of whom the heading names ends."""
        lines = [self._lines.get(each, "") for each in blocks]
        return quoted_length(lines, [self._off.get(each, 0) for each in blocks])

    def _annex(self, place: Place, own: View) -> View:
        """The voice of an annex: of whom its title names, of who signs it, or of whom the letter says it is."""
        first = self._words[place.blocks[0]] if place.blocks else ""
        holder = annex_title(place.heading or "") or (holder_in(first) if len(first) <= _LINE else None)
        signed = signed_below([self._words[each] for each in place.blocks])
        holder = holder or (Holder(signed, signed) if signed else None)
        if holder is None:
            return annexed_view(self._attached, own, self._rules)
        printed = own.label == (self._work.publisher or self._work.title)
        return known_view(holder.name, self._rules) if printed else annexed_view(holder, own, self._rules)

    def _headed(self, place: Place) -> Holder | None:
        """The holder that a heading names: by its words, as a state in a collection, or below it as who asks."""
        heading = place.heading or ""
        if not heading:
            return None
        if heading in self._speakers:
            return Holder(heading, heading)
        if (is_state(heading) or is_body(heading)) and collected(place, self._places):
            return Holder(heading, heading)
        if QUESTION.match(heading):
            lines = (named_line(self._words[citation]) for citation in place.blocks[:3])
            asking = next((line for line in lines if line is not None and line.of), None)
            return Holder(asking.label, asking.label) if asking else None
        first = self._words[place.blocks[0]] if place.blocks else ""
        return holder_in(heading) or (speaker_below(heading, first) if heading != self._title else None)

    def _left(self, place: Place, standing: Standing) -> bool:
        """Whether a heading that names nobody ends a statement: above it, or beside what is not the whole paper."""
        if standing.reply and place.number:
            return True
        several = standing.statements > 1 or standing.inner
        beside = place.level == standing.level and several and self._text.structure in _NESTED
        return place.level < standing.level or beside

    def _attach(self, blocks: Sequence[Citation]) -> None:
        self._attached = next(filter(None, (attached_in(self._words[citation]) for citation in blocks[:4])), None)

    def _opened(self, opening: Opening, place: Place, citation: Citation, own: View, phrase: str) -> View:
        """The voice of what a paragraph opens; of what a letter sends on, with who sends it."""
        if opening.holder is None:
            return annexed_view(self._attached, own, self._rules) if _LETTER.match(phrase) else own
        if self._words[citation] == phrase:
            number = place.blocks.index(citation)
            self._attach(place.blocks[number + 1 :])
            return own
        below = place.blocks[place.blocks.index(citation) :][:_FIRST_BLOCKS]
        name = as_group(opening.holder.name, [self._words[each] for each in below])
        return (
            annexed_view(opening.holder, own, self._rules) if _LETTER.match(phrase) else known_view(name, self._rules)
        )


def _is_row(citation: Citation) -> bool:
    return (citation.block or "").startswith("t")
