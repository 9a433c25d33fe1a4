"""Whose view a question asks for: a side's, a narrator's, or those of several that it compares.

The words that name each speaker are the corpus'; the words of believing and asking are English.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ncrelations.document.voice import Speaker, Voice
from ncrelations.text.patterns import Pattern, beginnings

_CLAUSE_WORDS = ("what", "how", "why", "which", "where")
TWO_CLAUSES = Pattern(
    r"\b(?:what|how|why|which|where)\b.*(?:,|;|\band\b|\bbut\b|\bwhile\b).{0,12}\b(?:what|how|why|which|where|does|do)\b",
    re.IGNORECASE,
    _CLAUSE_WORDS,
)
"""Asks two things, one after the other."""

_BELIEVE = (
    r"think|thinks|thought|believe|believes|see|sees|view|views|perceive|perceives|regard|regards|consider|considers"
    r"|feel|feels|worry|worries|worried|fear|fears|distrust|distrusts|mistrust|mistrusts|suspect|suspects|suspicious"
    r"|accuse|accuses|blame|blames|critici[sz]e|critici[sz]es|resent|resents|dislike|dislikes|complain|complains"
    r"|object|objects|claim|claims|argue|argues|allege|alleges|concerned|alarmed|disturbed|bothered|bother|bothers"
    r"|afraid|angry|upset|nervous|anxious|uneasy|unhappy|annoyed|oppose|opposes|interpret|interprets|portray"
    r"|portrays|describe|describes|judge|judges|make of|makes of|say about|says about"
    r"|reproach|reproaches|hate|hates|trust|trusts|read it|reads it|hold against|holds against|take issue"
)
_OPINION = (
    r"views?|viewpoint|perceptions?|perspectives?|opinions?|concerns?|fears?|worr(?:y|ies)|complaints?|criticisms?"
    r"|attitudes?|stance|take(?= on| of|\W*$)|eyes|mind|grievances?|impressions?|image|suspicions?|standpoint"
    r"|point of view"
    r"|assessment|arguments?|narrative|accusations?|beliefs?|thinking|objections?|anxiet(?:y|ies)|reading|distrust"
    r"|mistrust|positions?|repl(?:y|ies)|answers?|charges?|rebuttals?|counter-?arguments?|case against|picture"
    r"|judg(?:e)?ment"
)
_SEEN_BY = (
    r"according to|in the (?:eyes|view|opinion|mind) of"
    r"|from the (?:perspective|viewpoint|standpoint|point of view) of"
    r"|as seen (?:by|from)|(?:seen|viewed|perceived|regarded|described|portrayed) (?:by|in|from)"
    r"|(?:views?|opinions?|perceptions?|fears?|concerns?|beliefs?) (?:of|in|held by) (?:the )?|(?:view|seen) from"
)
_SEEING = (
    "according to", "eyes of", "view", "opinion", "mind of", "perspective", "standpoint", "seen", "perceived",
    "regarded", "described", "portrayed", "perception", "fear", "concern", "belief",
)  # fmt: skip
_TROUBLES = "worries|bothers|concerns|alarms|frightens|scares|disturbs|upsets|annoys|angers"
_HOLDING = (
    r"(?:leaders?|officials?|governments?|politicians|diplomats|commanders|capitals|members|states|side)\b"
    r"|(?:\w+ )?(?:about|on|regarding|concerning|as to)\b"
)
"""What says of "the opinion of X" that X holds it: others may have an opinion of X."""

_COMPARED = (
    r"\b(?:each|views?|see|think|say|perceptions?|perceive|disagree|differ|positions?|stances?|interests?|attitudes?"
    r"|fears?|concerns?|takes?|opinions?|answers?|angles?|arguments?|the other)\b"
)
_BOTH = (
    r"\bboth (?:sides|parties|powers|camps)\b|\b(?:each|either) side\b"
    r"|\b(?:the|two|opposing|respective) (?:sides|views|camps)\b|\beach other\b"
)
_AND = Pattern(r"\b(?:and|or|vs|versus|both)\b", re.IGNORECASE)
_PARTS = Pattern(r"[,;:.?+]\s|\b(?:and|but|while|versus|vs|against)\b", re.IGNORECASE)
_SENTENCES = Pattern(r"(?<=[.;?!])\s+|, (?=(?:(?:and|but) )?(?:what|how|why|does|do) )|: ")
_ALL_OF_THEM = Pattern(r"\b(?:each|both|all three)\b", needs=("each", "both", "all three"))
_VIEW = "side|view|perspective|perception"
_STATES = r"\W{0,8}(?:(?:and|but|what|how|why|does|do) )*"

_Believers = dict[Voice, int]
"""The sides whose views a question asks for, with the offset of what says so."""


class WhoseView:
    """Finds the speakers that questions ask, by the words of a corpus' speakers. Immutable."""

    def __init__(self, speakers: Sequence[Speaker]) -> None:
        self.speakers = tuple(speakers)
        self.sides = tuple(s for s in speakers if s.document is None and s.names)
        self.narrators = tuple(s for s in speakers if s.document is not None)
        self._named = {s.voice: _words(s.names) for s in self.narrators}
        self._document_named = {s.voice: _words(s.document_names) for s in self.narrators}
        self._side_patterns = [(s.voice, _side_patterns(s.names)) for s in self.sides]
        self._viewing = _before(self.sides, rf" (?:{_VIEW})\b", beginnings(_VIEW))
        self._listed = _before(self.sides, r"(?:,| and)", (",", " and"))
        self._short = [(s.voice, _words(s.short)) for s in speakers if s.short]
        any_side = "|".join(s.names for s in self.sides) or r"(?!)"
        self._both = [Pattern(_BOTH, re.IGNORECASE, ("both", "side", "views", "camps", "each other"))]
        self._both += _pairs(self.sides)
        self._seen = Pattern(
            rf"\bhow (?:is|are|was) (?P<seen>{any_side}) (?:\w+ )?(?:seen|viewed|perceived|regarded)\b"
            rf"|\b(?:perceptions?|views?|opinions?|image) (?:of|on|about) (?P<about>{any_side})\b(?! (?:{_HOLDING}))",
            re.IGNORECASE,
            ("seen", "viewed", "perceived", "regarded", "perception", "view", "opinion", "image"),
        )
        self._first = [(s.voice, Pattern(rf"{_STATES}(?:{s.names})\b", re.IGNORECASE)) for s in self.sides]
        self._whole = [(s.voice, Pattern(s.names, re.IGNORECASE)) for s in self.sides]
        alone = "|".join(s.short for s in self.narrators if not s.reports) or r"(?!)"
        self._beside = Pattern(
            r"\b(?:each|both|versus|vs|against|contrast|compare"
            rf"|and (?:of |by |for |according to |what )?(?:the )?(?:{alone}|him|her)"
            rf"|(?:{alone}|article)(?:'s)? (?:view )?and)\b",
            re.IGNORECASE,
        )

    def asked(self, text: str) -> tuple[Voice, ...]:
        """The sides and narrators whose views a question asks for: none, one, or those it compares."""
        plain = text.replace("’", "'")
        named = [s for s in self.narrators if self._named[s.voice].search(plain) or self._reported(s, plain)]
        if len(named) > 1:
            return tuple(s.voice for s in named)
        if named and not named[0].reports:
            return (*self._beside_narrator(plain, named[0].voice), named[0].voice)
        return self._with_reporter(plain, named[0].voice) if named else self._of_sides(plain)

    def document(self, text: str, voice: Voice | None) -> str | None:
        """The document a question names, or whose narrator it asks; `None` for none or several."""
        found = [
            s.document
            for s in self.narrators
            if self._document_named[s.voice].search(text) or (s.reports and voice == s.voice)
        ]
        return found[0] if len(found) == 1 else None

    def without_narrators(self, text: str) -> str:
        """The text with the words blanked that name a narrator or a narrator's document."""
        for narrator in reversed(self.narrators):
            text = self._document_named[narrator.voice].sub(" ", text)
        for narrator in self.narrators:
            text = self._named[narrator.voice].sub(" ", text)
        return text

    def names_reporter(self, text: str) -> bool:
        """Whether a text names a document that reports the sides' views."""
        return any(s.reports and self._document_named[s.voice].search(text) for s in self.narrators)

    def meant(self, text: str) -> Voice | None:
        """The speaker that a short follow-up names: "and the allies?", "only the author"."""
        found = [voice for voice, pattern in self._short if pattern.search(text)]
        return found[0] if len(found) == 1 else None

    def other(self, side: Voice) -> Voice | None:
        """The other side, where there are two."""
        others = [s.voice for s in self.sides if s.voice != side]
        return others[0] if len(others) == 1 and len(self.sides) == 2 else None

    def is_side(self, voice: Voice | None) -> bool:
        """Whether a voice is one of the sides."""
        return any(s.voice == voice for s in self.sides)

    def _reported(self, speaker: Speaker, plain: str) -> bool:
        return speaker.reports and bool(self._document_named[speaker.voice].search(plain))

    def _beside_narrator(self, plain: str, narrator: Voice) -> tuple[Voice, ...]:
        """The sides compared with a narrator; none in "What does she say the allies fear", which asks her."""
        believers = self._believers(plain)
        if _ALL_OF_THEM.search(plain):
            self._add(believers, plain, self._listed)
        compared = TWO_CLAUSES.search(plain) or self._beside.search(plain)
        return tuple(believers) if compared else self._elsewhere(plain, self._named[narrator])

    def _elsewhere(self, plain: str, narrator: Pattern) -> tuple[Voice, ...]:
        """The sides whose views are asked for in a part of the question that does not name the narrator."""
        parts = [part for part in _PARTS.split(plain) if not narrator.search(part)]
        return tuple(dict.fromkeys(voice for part in parts for voice in self._believers(part)))

    def _with_reporter(self, plain: str, reporter: Voice) -> tuple[Voice, ...]:
        """The speakers of a question that names the document that reports the sides, or who wrote it."""
        believers = self._believers(plain)
        if believers:
            return (*believers, reporter) if TWO_CLAUSES.search(plain) else ()
        return (reporter,) if self._named[reporter].search(plain) else ()

    def _of_sides(self, plain: str) -> tuple[Voice, ...]:
        """The sides of a question that names no narrator."""
        parts = [part for part in _SENTENCES.split(plain) if len(part.split()) > 2]
        if len(parts) > 1 and len(stated := {voice for part in parts for voice in self._stated(part)}) > 1:
            return tuple(s.voice for s in self.speakers if s.voice in stated)
        believers, all_sides = self._believers(plain), tuple(s.voice for s in self.sides)
        if (all_sides and any(each.search(plain) for each in self._both)) or (believers and TWO_CLAUSES.search(plain)):
            return all_sides
        if len(believers) > 1 and _AND.search(plain):
            return all_sides
        if believers:
            # "Why does one think the other sees it as a threat": the first believer is the one asked for.
            return (min(believers, key=lambda voice: believers[voice]),)
        passive = self._seen.search(plain)
        return () if passive is None else self._seeing(passive["seen"] or passive["about"])

    def _seeing(self, seen: str) -> tuple[Voice, ...]:
        """The side that sees, where there are two and one is seen."""
        voice = next((voice for voice, pattern in self._whole if pattern.fullmatch(seen)), None)
        other = None if voice is None else self.other(voice)
        return () if other is None else (other,)

    def _stated(self, part: str) -> tuple[Voice, ...]:
        """The side that a statement or question begins with saying something of."""
        if believers := self._believers(part):
            return tuple(believers)
        return tuple(voice for voice, pattern in self._first if pattern.match(part))[:1]

    def _believers(self, plain: str) -> _Believers:
        believers: _Believers = {}
        for voice, patterns in self._side_patterns:
            if found := [match.start() for pattern in patterns if (match := pattern.search(plain))]:
                believers[voice] = min(found)
        self._add(believers, plain, self._viewing)
        return believers

    @staticmethod
    def _add(believers: _Believers, plain: str, patterns: Sequence[tuple[Voice, Pattern]]) -> None:
        """Add the sides that the question names before words that one of the patterns has."""
        for voice, pattern in patterns:
            if match := pattern.search(plain):
                believers.setdefault(voice, match.start())


def _words(names: str) -> Pattern:
    return Pattern(rf"\b(?:{names})\b" if names else r"(?!)", re.IGNORECASE, beginnings(names))


def _before(sides: Sequence[Speaker], after: str, needs: Sequence[str]) -> list[tuple[Voice, Pattern]]:
    """What names each side right before the pattern `after`."""
    return [(side.voice, Pattern(rf"\b(?:{side.names}){after}", re.IGNORECASE, needs)) for side in sides]


def _pairs(sides: Sequence[Speaker]) -> list[Pattern]:
    """What names two sides, each way round, and compares them."""
    return [
        Pattern(
            rf"\b(?:{one.names})(?:'s)? (?:and|versus|vs\.?|or|against) (?:the )?(?:{other.names})\b.*{_COMPARED}",
            re.IGNORECASE,
            beginnings(one.names),
        )
        for one in sides
        for other in sides
        if one is not other
    ]


def _side_patterns(names: str) -> list[Pattern]:
    """What says that a side thinks something, says so of its opinion, or asks how it is seen by it."""
    side = rf"(?:{names})"
    opinion = beginnings(_OPINION)
    forms = (
        (
            rf"\b{side}(?:'s|s')? (?:(?!(?:and|to|come|or|with) )\w+[ -]){{0,3}}?(?:{_BELIEVE})\b(?! by)",
            beginnings(_BELIEVE),
        ),
        (rf"\b(?:{_TROUBLES}) {side}\b", beginnings(_TROUBLES)),
        (rf"\b{side}(?:'s|s')? (?:\w+[ -]){{0,2}}?(?:{_OPINION})\b", opinion),
        (rf"\b(?:{_SEEN_BY}) {side}\b(?! (?:policy|relations))", _SEEING),
        (rf"\b(?:{_OPINION}) of (?:the )?{side} (?:{_HOLDING})", opinion),
    )
    return [Pattern(form, re.IGNORECASE, needs) for form, needs in forms]
