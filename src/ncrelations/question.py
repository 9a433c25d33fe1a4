"""Reading a question: what it is about, whose view it wants, which document, what kind of answer.

Every rule here explains itself to the reader: what it finds ends up in an answer's reasons or in
`understood_as`. Nothing in this module looks at scores.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from ncrelations.citation import Citation
from ncrelations.corpus import documents
from ncrelations.document import Voice
from ncrelations.gazetteer import Named, named_in
from ncrelations.sides import AUTHOR, EXPERTS, REPORT, TWO_CLAUSES, voices_of
from ncrelations.words import Piece, clean_question, mend, pieces_of, stem


class Wanted(str, Enum):
    """The kind of thing a question asks for."""

    YEAR = "year"
    DATE = "date"
    NUMBER = "number"
    PERSON = "person"
    PLACE = "place"
    NAME = "name"
    REASON = "reason"

    __str__ = str.__str__


@dataclass(frozen=True, slots=True)
class Mending:
    """A reading of a question with words replaced that may be misspelt."""

    text: str
    """The reading."""
    changes: tuple[tuple[str, str], ...]
    """(typed, meant) of each word."""
    gain: float
    """How much nearer to the question bank it must come to be taken."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, read."""

    text: str
    """As asked, cleaned."""
    reading: str
    """What is looked for: names in the documents' own spelling."""
    mendings: tuple[Mending, ...]
    """Other readings, with misspellings mended; the scores decide whether one is taken."""
    voice: Voice | None
    """The side or speaker whose view is asked for."""
    voices: tuple[Voice, ...]
    """All sides and speakers named, where it compares several."""
    document: str | None
    """The document named."""
    section: Citation | None
    """The section named."""
    wanted: Wanted | None
    """The kind of answer asked for, where the question says."""
    topic: str | None
    """What it is about, without the speaker or document it names; `None` where it names none."""
    clauses: tuple[str, ...]
    """Its questions, where it asks more than one."""
    several: bool
    """Whether it compares sides or documents, or asks for a list."""
    named: tuple[Named, ...]
    """The documents' entities that it names (offsets in `text`)."""
    unknown: tuple[str, ...]
    """Names and years that the documents never mention."""
    language: str = "en"
    """The language it is asked in, as a BCP 47 tag."""


_SECTION = re.compile(r"\b(?:section|chapter|part) (?P<number>[ivx]+|\d+)(?:\.(?P<sub>\d))?\b", re.IGNORECASE)
_SECTION_NAMES = {
    r"executive summary": "report/ES",
    r"(?:list of|the|these) milestones": "report/MS",
    r"(?:in|of) the outlook|outlook section": "report/VIII",
    r"reality check": "article/reality-check",
    r"(?:article'?s?|his|wong'?s?) introduction|introduction of the article": "article/intro",
}
_SEVERAL = re.compile(
    r"\b(?:what|how|why|which|where)\b.*(?:,|;|\band\b|\bbut\b|\bwhile\b).{0,12}\b(?:what|how|why|which|where|does|do)\b"
    r"|\b(?:report and (?:the )?(?:article|wong)|(?:article|wong) and (?:the )?report)\b"
    r"|\b(?:name|list|enumerate|the) (?:the )?(?:two|three|four|five|six|seven|eight)\b"
    r"|\b(?:compare|compared|comparison|contrast|differ|differs|differences?|versus|vs"
    r"|both (?:sides|documents|texts|parties|powers)"
    r"|(?:nato|china|the west|beijing) and (?:nato|china|the west|beijing) each"
    r"|each (?:side|other'?s?|document)|respective(?:ly)?"
    r"|two (?:sides|documents|texts|sources)|list|all (?:the|of)|what are the"
    r"|which (?:\w+ )?(?:topics|areas|risks|regions|countries|obstacles|hurdles|steps|terms|words|visits|reasons"
    r"|realities)"
    r"|for each|each of|(?:nato|alliance|china|beijing)'s and (?:nato|the alliance|china|beijing)'s"
    r"|on the one hand|opposing|disagree|agree|similar(?:ities)?|in common|mutual|side by side)\b",
    re.IGNORECASE,
)
_WANTED = {
    Wanted.NAME: (
        r"\bnames? (?:of|is|was|were)\b",
        r"\bwhose name\b",
        r"\bwhat (?:is|was|were) .{3,60} (?:called|named)\b",
    ),
    Wanted.YEAR: (
        r"\b(?:in )?(?:which|what) year\b",
        r"\byear (?:did|was|were|is)\b",
    ),
    Wanted.DATE: (
        r"\b(?:on )?(?:which|what) (?:exact )?(?:date|day|month)\b",
        r"\b(?:exact )?date (?:of|did|was)\b",
        r"^when (?:did|was|were|will|does|is)\b",
        r"\bwhen exactly\b",
        r"^since when\b",
        r"^(?:on|in) (?:which|what) (?:days?|dates?|months?|years?)\b",
    ),
    Wanted.NUMBER: (
        r"\bhow (?:many|much|long|old|far|large|big|often|high)\b",
        r"\bwhat (?:percentage|percent|number|share|figure|proportion|sum|amount)\b",
        r"\bnumber of\b",
        r"\bin (?:dollars|euros|percent)\b",
    ),
    Wanted.PERSON: (
        r"^(?:and |so )?who\b(?! are (?:the )?(?:uighurs|taliban))",
        r"\bwhich (?:person|politician|general|diplomat|president|minister)\b",
    ),
    Wanted.PLACE: (
        r"^(?:and |so )?where\b",
        r"\b(?:in )?(?:which|what) (?:city|country|place|town|venue|hotel)\b",
    ),
    Wanted.REASON: (
        r"^(?:and |so |but )?why\b",
        r"\bwhat (?:made|led|caused|moved|drove|prompted)\b",
        r"\bhow come\b",
        r"\breasons? (?:for|why|did)\b",
    ),
}
"""What asks for each kind of answer; the first kind that fits is taken."""
_YEAR = re.compile(r"(?<!another )\b(1[5-9]\d\d|20\d\d|2100)\b")


def _document_named(text: str, voice: Voice | None) -> str | None:
    author, report = bool(AUTHOR.search(text)), bool(REPORT.search(text)) or voice is Voice.EXPERTS
    if author == report:
        return None
    return "article" if author else "report"


def _section_named(text: str) -> Citation | None:
    match = _SECTION.search(text)
    if match:
        number = match["number"].upper()
        roman = number if not number.isdigit() else _roman(int(number))
        wanted = f"{roman}.{match['sub']}" if match["sub"] else roman
        for document in documents():
            if wanted in document.tree.sections:
                return Citation(document.id, wanted)
    for pattern, citation in _SECTION_NAMES.items():
        if re.search(pattern, text, re.IGNORECASE):
            return Citation.parse(citation)
    return None


def _roman(number: int) -> str:
    return dict(enumerate(["I", "II", "III", "IV", "V", "VI", "VII", "VIII"], 1)).get(number, "")


_ASKING = re.compile(
    r"\b(?:what|how|why|does|do|did|is|are|was|were|has|have|can|could|would|should|tell me|say|says|think|thinks"
    r"|thoughts?|write|writes|wrote|have to say|comment|comments|mention|mentions|discuss|discusses|cover|covers"
    r"|according to|views?|opinions?|position|about|on|of|his|in|the|by|from|please)\b",
    re.IGNORECASE,
)


def _topic(text: str, voice: Voice | None) -> str | None:
    """The question without the speaker or document it names and the words of asking."""
    if voice not in (Voice.AUTHOR, Voice.EXPERTS) and not REPORT.search(text):
        return None
    bare = text
    for pattern in (AUTHOR, REPORT, EXPERTS):
        bare = pattern.sub(" ", bare)
    bare = " ".join(_ASKING.sub(" ", bare).replace("'s ", " ").split()).strip(" ?!.,:;")
    return bare if pieces_of(bare) else None


_CLAUSES = re.compile(
    r"(?:(?<=[.?;])\s+|\W*(?:,|;|\band\b|\bbut\b|\bwhile\b)\W*(?:and |but )?"
    r"(?=(?:what|how|why|which|where|who|does|do|did|is|are)\b))",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^(?P<lead>[^:?!]{3,80}): ?(?=\S)")
_STATED = re.compile(r"[;.?!] ")


def _clauses(text: str) -> tuple[str, ...]:
    """The questions in a question, if each has something of its own to ask; what leads them goes before each."""
    lead = match["lead"] if (match := _LEAD.search(text)) else ""
    rest = text[match.end() :] if match else text
    parts = [part for part in _CLAUSES.split(rest) if len(part.split()) >= 3]
    if len(parts) < 2 or not (TWO_CLAUSES.search(rest) or _STATED.search(rest)):
        return ()
    return tuple(f"{lead}: {part}" if lead else part for part in parts)


def wanted_by(text: str) -> Wanted | None:
    """The kind of thing a question asks for, where it says."""
    for wanted, forms in _WANTED.items():
        if re.search("|".join(forms), text, re.IGNORECASE):
            return wanted
    return None


@cache
def _world() -> tuple[dict[tuple[str, ...], str], dict[str, str]]:
    """Names of the world by their folded pieces, and what some of them stand for in the documents."""
    path = Path(__file__).with_name("editorial") / "world.toml"
    tables = tomllib.loads(path.read_text("utf-8"))
    names = {_key(name): name for group in tables["names"].values() for name in group}
    return names, {" ".join(_key(name)): meant for name, meant in tables["stands_for"].items()}


def _key(name: str) -> tuple[str, ...]:
    return tuple(piece.folded for piece in pieces_of(name))


def _unknown(text: str, pieces: list[Piece], named: tuple[Named, ...], vocabulary: Collection[str]) -> tuple[str, ...]:
    """Names of the gazetteer and years that stand in the question and nowhere in the documents."""
    world, stand_ins = _world()
    taken = [(each.start, each.end) for each in named]
    free = [p for p in pieces if not any(start <= p.start < end for start, end in taken)]
    found, at = [], 0
    while at < len(free):
        for length in range(min(5, len(free) - at), 0, -1):
            run = free[at : at + length]
            key = tuple(piece.folded for piece in run)
            whole = " ".join(key)
            if key in world or whole in stand_ins:
                absent = not all(part in vocabulary for part in key)
                if whole not in stand_ins and absent:
                    found.append(text[run[0].start : run[-1].end])
                at += length - 1
                break
        at += 1
    found += [year for year in _YEAR.findall(text) if year not in vocabulary]
    return tuple(dict.fromkeys(found))


def _is_world_name(word: str) -> bool:
    world, stand_ins = _world()
    return (word,) in world or word in stand_ins


def read_question(
    question: str, vocabulary: Mapping[str, int], document_words: Collection[str], knows: Callable[[str], bool]
) -> Question:
    """Read a question.

    `vocabulary` are the words of the documents and the question bank, `document_words` those of the
    documents alone, `knows` tells whether a word is an ordinary one. Raises `InvalidQuestion`.
    """
    text = clean_question(question)
    pieces, named = pieces_of(text), named_in(text)
    voices = voices_of(text)
    voice = voices[0] if len(voices) == 1 else None
    clauses = _clauses(text)
    return Question(
        text=text,
        reading=_in_our_words(text, document_words),
        mendings=_mendings(text, _candidates(pieces, named, vocabulary), document_words, vocabulary, knows),
        voice=voice,
        voices=voices,
        document=_document_named(text, voice),
        section=_section_named(text),
        wanted=wanted_by(text),
        topic=_topic(text, voice),
        clauses=clauses,
        several=len(voices) > 1 or bool(clauses) or bool(_SEVERAL.search(text)),
        named=named,
        unknown=_unknown(text, pieces, named, document_words),
    )


def _mendings(
    text: str,
    candidates: list[Piece],
    document_words: Collection[str],
    vocabulary: Mapping[str, int],
    knows: Callable[[str], bool],
) -> tuple[Mending, ...]:
    """The question with the words mended that no dictionary has.

    Then also with those that a dictionary has, but one letter from a word of the documents ("golf"
    for "gulf"), for which more proof is asked.
    """
    strange: list[tuple[Piece, str]] = []
    ordinary: list[tuple[Piece, str]] = []
    for piece in candidates:
        known = knows(piece.folded)
        meant = mend(piece.folded, vocabulary, 1 if known or len(piece.folded) < 7 else 2)
        if meant and stem(meant) != stem(piece.folded):
            (ordinary if known else strange).append((piece, meant))
    found = []
    for changes, gain in ((strange, -0.06), (strange + ordinary if ordinary else [], 0.05)):
        if changes:
            mended = _in_our_words(_replace(text, changes), document_words)
            found.append(Mending(mended, tuple((piece.text, meant) for piece, meant in changes), gain))
    return tuple(found)


def _candidates(pieces: list[Piece], named: tuple[Named, ...], vocabulary: Mapping[str, int]) -> list[Piece]:
    """The pieces that might be misspelt: letters only, foreign to the documents, not names."""
    return [
        piece
        for piece in pieces
        if len(piece.folded) >= 4
        and piece.folded.isalpha()
        and piece.folded not in vocabulary
        and not any(each.start <= piece.start < each.end for each in named)
        and not _is_world_name(piece.folded)
    ]


def _replace(text: str, changes: list[tuple[Piece, str]]) -> str:
    for piece, meant in sorted(changes, key=lambda change: -change[0].start):
        text = text[: piece.start] + meant + text[piece.end :]
    return text


def _in_our_words(text: str, document_words: Collection[str]) -> str:
    """The question with names that are foreign to the documents replaced by those they print."""
    for each in reversed(named_in(text)):
        foreign = any(piece.folded not in document_words for piece in pieces_of(text[each.start : each.end]))
        if foreign and text[each.start : each.end] not in each.entity.demonyms:
            text = text[: each.start] + each.entity.forms[0] + text[each.end :]
    return text
