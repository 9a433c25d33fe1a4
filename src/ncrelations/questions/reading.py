"""Reading a question: what it is about, whose view it wants, which document, what kind of answer.

Every rule here explains itself to the reader: what it finds ends up in an answer's reasons or in
`understood_as`. Nothing in this module looks at scores.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from ncrelations.document.corpus import Corpus
from ncrelations.document.voice import Voice
from ncrelations.questions.absent_names import AbsentNames
from ncrelations.questions.answer_kind import wanted_by
from ncrelations.questions.frame import core_of
from ncrelations.questions.misspellings import WordsMeant
from ncrelations.questions.question import Question
from ncrelations.questions.section_names import SectionNames
from ncrelations.questions.whose_view import TWO_CLAUSES, WhoseView
from ncrelations.text.patterns import Pattern
from ncrelations.text.words import Piece, clean_question, pieces_of

_SEVERAL = (
    rf"{TWO_CLAUSES.pattern}"
    r"|\b(?:name|list|enumerate|the) (?:the )?(?:two|three|four|five|six|seven|eight)\b"
    r"|\b(?:compare|compared|comparison|contrast|differ|differs|differences?|versus|vs"
    r"|both (?:sides|documents|texts|parties|powers)"
    r"|each (?:side|other'?s?|document)|respective(?:ly)?"
    r"|two (?:sides|documents|texts|sources)|list|all (?:the|of)|what are the"
    r"|which (?:\w+ )?(?:topics|areas|risks|regions|countries|obstacles|hurdles|steps|terms|words|visits|reasons"
    r"|realities)"
    r"|for each|each of"
    r"|on the one hand|opposing|disagree|agree|similar(?:ities)?|in common|mutual|side by side)\b"
)
"""What asks for several things, in questions about any documents."""

_SEVERAL_NEEDS = (
    "what", "how", "why", "which", "where", "two", "three", "four", "five", "six", "seven", "eight", "compar",
    "contrast", "differ", "versus", "vs", "both", "each", "respective", "list", "all", "hand", "opposing", "agree",
    "similar", "in common", "mutual", "side by side", " and ",
)  # fmt: skip
"""Words of which all that asks for several things has one; the names of documents and sides are joined by the last."""

_ASKING = Pattern(
    r"\b(?:what|how|why|does|do|did|is|are|was|were|has|have|can|could|would|should|tell me|say|says|think|thinks"
    r"|thoughts?|write|writes|wrote|have to say|comment|comments|mention|mentions|discuss|discusses|cover|covers"
    r"|according to|views?|opinions?|position|about|on|of|his|in|the|by|from|please)\b",
    re.IGNORECASE,
)


class QuestionReader:
    """Reads questions in English about one corpus. Immutable; safe to share between threads."""

    def __init__(
        self,
        corpus: Corpus,
        vocabulary: Mapping[str, int],
        document_words: Collection[str],
        knows: Callable[[str], bool],
    ) -> None:
        """`vocabulary` are the words of the documents and of questions written for them, with their counts.

        `document_words` are those of the documents alone; `knows` tells whether a word is an ordinary one.
        """
        self.corpus, self.document_words = corpus, document_words
        self.whose_view = WhoseView(corpus.speakers)
        self.absent_names = AbsentNames(document_words, corpus.stand_ins)
        self._words_meant = WordsMeant(vocabulary, knows, self.absent_names.is_name)
        self._sections = SectionNames(corpus)
        several = "|".join([_SEVERAL, *_several_named(corpus)])
        self._several = Pattern(several, re.IGNORECASE, _SEVERAL_NEEDS)

    def read(self, question: str) -> Question:
        """Read a question. Raises `InvalidQuestion`."""
        text = clean_question(question)
        return self._read(text, core_of(text), whole=True)

    def _read(self, text: str, core: str, *, whole: bool) -> Question:
        """Read the core of a text: of a whole question with its parts, or of one part."""
        pieces, named = pieces_of(core), self.corpus.entities.named_in(core)
        voices = self.whose_view.asked(core)
        voice = voices[0] if len(voices) == 1 else None
        clauses = _clauses(core)
        section = self._sections.section_in(core)
        return Question(
            text=text,
            core=core,
            pieces=tuple(pieces),
            restated=None if _words(pieces_of(text)) == _words(pieces) else core,
            reading=self._in_our_words(core),
            mendings=self._words_meant.mendings(core, pieces, named, self._in_our_words),
            voice=voice,
            voices=voices,
            document=self.whose_view.document(core, voice),
            section=section.place.citation if section else None,
            wanted=wanted_by(core),
            topic=self._topic(core, voice),
            parts=tuple(self._read(clause, clause, whole=False) for clause in clauses) if whole else (),
            several=len(voices) > 1 or bool(clauses) or bool(self._several.search(core)),
            named=named,
            unknown=self.absent_names.found(core, pieces, named),
        )

    def absent_in(self, text: str) -> tuple[str, ...]:
        """Names and years that a text has and the documents never mention. Raises `InvalidQuestion`."""
        text = clean_question(text)
        return self.absent_names.found(text, pieces_of(text), self.corpus.entities.named_in(text))

    def _topic(self, text: str, voice: Voice | None) -> str | None:
        """The question without the narrator or document it names and the words of asking."""
        narrated = any(speaker.voice == voice for speaker in self.corpus.narrators)
        if not narrated and not self.whose_view.names_reporter(text):
            return None
        bare = self.whose_view.without_narrators(text)
        bare = " ".join(_ASKING.sub(" ", bare).replace("'s ", " ").split()).strip(" ?!.,:;")
        return bare if pieces_of(bare) else None

    def _in_our_words(self, text: str) -> str:
        """The question with names that are foreign to the documents replaced by those they print."""
        for each in reversed(self.corpus.entities.named_in(text)):
            typed = text[each.start : each.end]
            foreign = any(piece.folded not in self.document_words for piece in pieces_of(typed))
            if foreign and typed not in each.entity.demonyms:
                text = text[: each.start] + each.entity.forms[0] + text[each.end :]
        return text


def _words(pieces: list[Piece]) -> list[str]:
    return [piece.folded for piece in pieces]


def _several_named(corpus: Corpus) -> list[str]:
    """What names several documents or sides at once."""
    documents = [s.document for s in corpus.narrators if s.document]
    names = {s.document: "|".join(filter(None, [s.document, s.person])) for s in corpus.narrators}
    found = [rf"\b(?:{names[a]}) and (?:the )?(?:{names[b]})\b" for a in documents for b in documents if a != b]
    sides = [s.names for s in corpus.sides]
    found += [rf"\b(?:{a}) and (?:{b}) each\b" for a in sides for b in sides if a != b]
    return found + [rf"\b(?:{a})'s and (?:{b})'s\b" for a in sides for b in sides if a != b]


_CLAUSES = Pattern(
    r"(?:(?<=[.?;])\s+|\W{0,8}(?:,|;|\band\b|\bbut\b|\bwhile\b)\W{0,8}(?:and |but )?"
    r"(?=(?:what|how|why|which|where|who|does|do|did|is|are)\b))",
    re.IGNORECASE,
    (".", "?", ";", ",", "and", "but", "while"),
)
MOST_CLAUSES = 6
"""Questions in a question that are read: each is scored by itself."""

_LEAD = Pattern(r"^(?P<lead>[^:?!]{3,80}): ?(?=\S)", needs=":")
_STATED = Pattern(r"[;.?!] ")


def _clauses(text: str) -> tuple[str, ...]:
    """The questions in a question, if each has something of its own to ask; what leads them goes before each."""
    lead = match["lead"] if (match := _LEAD.search(text)) else ""
    rest = text[match.end() :] if match else text
    parts = [part for part in _CLAUSES.split(rest) if len(part.split()) >= 3][:MOST_CLAUSES]
    if len(parts) < 2 or not (TWO_CLAUSES.search(rest) or _STATED.search(rest)):
        return ()
    return tuple(f"{lead}: {part}" if lead else part for part in parts)
