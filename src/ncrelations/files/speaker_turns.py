"""Turns of speakers in records of meetings, hearings and interviews: "Mr. Kim (Republic of Korea):", "QUESTION:".

What names a speaker for certain is a turn wherever it stands. What only looks like it, a few words with capitals and a
colon, or a name on a line of its own, is one where speakers come back after others have spoken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from ncrelations.files.compendium import is_state
from ncrelations.files.imprint import is_imprint
from ncrelations.files.speaker_patterns import (
    ASKS,
    BRACKET,
    CAPITALS,
    CONTINUES,
    DOTTED,
    HOLDS_OFFICE,
    JUDGE,
    LABELLED,
    LANGUAGE,
    LINE,
    MINISTER,
    NAME,
    NAMED,
    OFFICE_LINE,
    PLENARY,
    SECOND,
    SENTENCE,
    TITLE,
    WRITING,
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ANSWERING = re.compile(
    r".{0,80}?\b(?:interview|press conference|press briefing|briefing|conversation|Q&A|questions and answers)"
    r" (?:given |held )?(?:with|by|of)(?: the)? (?P<who>(?-i:[^\W\d_a-z]).{2,120}?)"
    r"(?: in | at | on | for |, published\b|$)"
    r"|(?P<own>(?-i:[^\W\d_a-z]).{2,120}?)['’]s? (?:(?:regular|weekly|daily|monthly) )*"
    r"(?:press conference|briefing|interview)\b"
    r"|(?P<remarks>(?-i:[^\W\d_a-z])(?:[\w’'-]+ ){0,8}?Spokes\w+)['’]s?"
    r" (?:\w+ ){0,2}?(?:remarks|comments?|answers?|replies)\b",
    re.IGNORECASE,
)
_PARTICLES = _words("a al an and bin da de del den der des di du et for für in la le of on the to und van von y &")
_ROLES = _words(
    "a answer antwort chair chairman chairperson chairwoman domanda frage host interviewer journalist"
    " moderator official participant präsident präsidentin président présidente pregunta presidente presidenta"
    " president q question reporter respondent respuesta risposta réponse secretary-general speaker spokesman"
    " spokesperson spokeswoman witness"
    " presenter anchor announcer narrator operator chancellor director treasurer minister rapporteur dean mayor clerk"
    " commissioner ambassador registrar convener"
)
_NO_SPEAKERS = _words(
    "abstract address agenda added annex article author authors caution cc chapter contact copyright date distr email"
    " example fax figure files from important isbn keywords license note notes original phone place present press re"
    " ref reference returns section sent source sources subject table tel telephone tip title to type url venue warning"
    " website when where"
)
_ANSWERS = _words("a answer antwort respuesta risposta réponse")
_MOST_WORDS = 9
_FEWEST, _TRIED, _SPEECH = 2, 20, 80


@dataclass(frozen=True, slots=True)
class Turn:
    """Who begins to speak."""

    speaker: str
    """The name, as it is printed."""
    of: str | None = None
    """For whom the speaker speaks, where that is printed."""
    certain: bool = False
    """Whether it is a turn even where it is the only one."""

    opinion: bool = False
    """Whether it goes on over headings, as a judge's opinion or a letter does."""
    recorded: bool = False
    """Whether a record reports what is said, in its own words."""

    @property
    def label(self) -> str:
        """The speaker, with whom it is for: "Republic of Korea (Mr. Kim)"."""
        name = f"{self.of} ({self.speaker})" if self.of else self.speaker
        return f"{name}, as recorded" if self.recorded else name


def turns_in(blocks: Sequence[str], listed: Collection[int], text: str, *, record: bool = False) -> dict[int, Turn]:
    """The turns of a record, by the number of the block that begins with each; `listed` are items of lists.

    `record` says whether the text calls itself one: there states and offices are speakers also where each speaks once.
    """
    certain = _all(blocks, turn_in)
    found = certain if enough(list(certain.values())) else {}
    labelled = {n: turn for n, turn in _Labels(text).of(blocks).items() if n not in listed} | certain
    for candidates in (labelled, _all(blocks, _dotted), _lines(blocks)):
        back = _come_back([candidates[number].speaker for number in sorted(candidates)])
        if back and (candidates is not labelled or found or _is_talk(candidates, back, blocks, text)):
            found = candidates | found
    if record:
        speaks = {n: turn for n, turn in labelled.items() if len(blocks[n]) > _SPEECH and SENTENCE.search(blocks[n])}
        known = {n: turn for n, turn in speaks.items() if is_state(turn.speaker) or _is_office(turn.speaker)}
        found = known | found if found or len({turn.speaker for turn in known.values()}) >= _FEWEST else found
    if found:
        found = {
            n: turn for n, turn in _all(blocks, _dotted).items() if turn.speaker != "A" and _is_office(turn.speaker)
        } | found
    return _with_whom(dict(sorted(found.items())))


def turn_in(words: str) -> Turn | None:
    """The turn that surely begins with a paragraph; `None` where none does."""
    head = words[:300]
    match = NAMED.match(head)
    if match is not None:
        of = _of(match["of"])
        return Turn(match["who"].strip(" ,"), of, certain=of is not None)
    match = CONTINUES.fullmatch(head) or MINISTER.match(head)
    if match is not None:
        return Turn(match["who"], match["of"], certain=True)
    match = JUDGE.match(head)
    if match is not None:
        return Turn(_judge(match), None, certain=True, opinion=True)
    named = _with_office(head, words[:3_000])
    if named is not None:
        return replace(named, certain=True)
    match = CAPITALS.match(head)
    return Turn(match["who"], _of(match["of"])) if match else None


def _with_office(head: str, words: str) -> Turn | None:
    """Who begins as only records have it: who holds an office, a member of a group, who writes, who asks a minister."""
    match = HOLDS_OFFICE.match(head) or WRITING.match(head)
    if match is not None:
        return Turn(match["who"], _of(match["of"]) or match["of"] or None)
    match = PLENARY.match(head)
    if match is not None:
        return Turn(match["who"], _of(match["of"]) or match["group"])
    match = ASKS.match(words)
    if match is None:
        return None
    return Turn(match["by"] or match["asks"] or match["who"], _of(match["by_of"] or match["of"]))


def _judge(match: re.Match[str]) -> str:
    """A judge as named at the head of an opinion: "Lind, Circuit Judge", "Lind, C.J.", "Justice Lind"."""
    if match["justice"]:
        return match["justice"].title()
    return f"{(match['who'] or match['name']).title()}, {match['of'] or match['short']}"


def enough(turns: list[Turn]) -> bool:
    """Whether turns are those of a record, and not single lines that look like one."""
    speakers = {turn.speaker for turn in turns}
    return any(turn.certain for turn in turns) or (len(speakers) >= _FEWEST and len(turns) > _FEWEST)


def named_line(words: str) -> Turn | None:
    """The speaker whom a line by itself names: "Ann Hill (North Fen) (Lab)", "The Minister for Ferries (Ann Hill)"."""
    if OFFICE_LINE.fullmatch(words):
        return Turn(words)
    match = LINE.fullmatch(words) if len(words) <= 200 else None
    if match is None:
        return None
    return Turn(match["name"], match["office"]) if match["office"] else Turn(match["who"], _of(match["of"]))


def signed_below(blocks: Sequence[str]) -> str | None:
    """Who signs some paragraphs: a name on a line of its own below the last sentence."""
    number = next((n for n in range(len(blocks) - 1, -1, -1) if SENTENCE.search(blocks[n])), None)
    below = [words for words in blocks[number + 1 :] if not is_imprint(words)] if number is not None else []
    name = re.match(rf"(?:(?:Signed|By):? )?(?P<who>(?:{TITLE} )?{NAME})(?:, .{{3,60}})?$", below[0]) if below else None
    return name["who"] if name and len(below) <= _FEWEST else None


def answering(turns: Mapping[int, Turn], titles: Sequence[str]) -> dict[int, Turn]:
    """The turns; who answers as "A" is who is interviewed or meets the press, where a title names them."""
    who = named_in_title(titles)
    if who is None:
        return dict(turns)
    return {number: Turn(who) if turn.speaker.casefold() in _ANSWERS else turn for number, turn in turns.items()}


def named_in_title(titles: Sequence[str]) -> str | None:
    """Who is interviewed or meets the press, as a title says."""
    named = next(filter(None, (_ANSWERING.match(title[:300]) for title in titles)), None)
    return (named["who"] or named["own"] or named["remarks"]).strip(" ,.:*") if named else None


def _all(blocks: Sequence[str], rule: Callable[[str], Turn | None]) -> dict[int, Turn]:
    return {number: turn for number, words in enumerate(blocks) if (turn := rule(words)) is not None}


def _of(brackets: str | None) -> str | None:
    """For whom somebody speaks, of what is in brackets behind a name; neither the language nor the time of day."""
    given = [each.strip(" ,()") for each in re.findall(BRACKET, brackets or "")]
    return ", ".join(each for each in given if not re.match(rf"{LANGUAGE}|\d", each)) or None


class _Labels:
    """Speakers that a few words with capitals and a colon name, as words of the whole text bear out."""

    def __init__(self, text: str) -> None:
        self._seconds = frozenset(SECOND.findall(text))

    def of(self, blocks: Sequence[str]) -> dict[int, Turn]:
        """The speakers, by the number of the block that they begin."""
        return _all(blocks, self._label)

    def _label(self, words: str) -> Turn | None:
        match = LABELLED.match(words[:200])
        if match is None:
            return None
        parts = match["who"].replace(",", " ").split()
        lower = any(part[0].islower() and part not in _PARTICLES for part in parts)
        if lower or len(parts) > _MOST_WORDS or parts[-1][0].islower() or parts[0].casefold() in _NO_SPEAKERS:
            return None
        single = len(parts) == 1 and not self._names_one(parts[0])
        return None if single or not match["who"][0].isupper() else Turn(match["who"].strip(), _of(match["of"]))

    def _names_one(self, word: str) -> bool:
        """Whether one word is a speaker's: an office, an abbreviation, or the last of a name in the text."""
        return word.casefold() in _ROLES or (word.isupper() and len(word) > 1) or word in self._seconds


def _is_talk(turns: Mapping[int, Turn], back: frozenset[str], blocks: Sequence[str], text: str) -> bool:
    """Whether those who come back are people or offices: their names stand elsewhere, too, and somebody asks."""
    asked = any("?" in blocks[number] for number in turns)
    if any(_is_office(each) or re.match(TITLE, each) for each in back):
        return asked or len(turns) > _FEWEST
    counts = Counter(turn.speaker for turn in turns.values())
    told = sorted(back, key=lambda each: -counts[each])[:_TRIED]
    return asked and any(_stands_elsewhere(each, counts[each], text) for each in told)


def _stands_elsewhere(label: str, count: int, text: str) -> bool:
    """Whether the name of a speaker stands in the text, too; one in capitals, behind a first name."""
    if label.isupper():
        return re.search(rf"\b[^\W\d_a-z][\w.’'-]+ {re.escape(label.title())}\b", text) is not None
    return text.count(label) > count


def _is_office(label: str) -> bool:
    """Whether a label is what speakers are by their office: "Deputy Spokesperson", "Q", "The TREASURER"."""
    words = [word for word in re.split(r"[\s-]+", label.casefold()) if len(word) > 1]
    return label.casefold() in _ROLES or words[:1] == ["the"] or not _ROLES.isdisjoint(words)


def _dotted(words: str) -> Turn | None:
    match = DOTTED.match(words[:120])
    if match is None:
        return None
    who = match["who"] or match["short"] or match["french"] or match["dash"]
    name, _, office = who.partition(", ")
    return Turn(name, _of(match["of"]) or office.removeprefix("on behalf of the ") or None)


def _lines(blocks: Sequence[str]) -> dict[int, Turn]:
    """Lines that name somebody, each with sentences below it, where the first of the same name says of whom."""
    lines = _all(blocks, named_line)
    below = {number: blocks[number + 1] for number in lines if number + 1 < len(blocks) and number + 1 not in lines}
    above = {number: lines[number] for number, words in below.items() if SENTENCE.search(words)}
    named = {turn.speaker for turn in above.values() if turn.of}
    return {
        number: turn for number, turn in above.items() if turn.speaker in named or (named and _is_office(turn.speaker))
    }


def _come_back(speakers: Sequence[str]) -> frozenset[str]:
    """Those who speak again after somebody else has."""
    last: dict[str, int] = {}
    found = set[str]()
    for number, speaker in enumerate(speakers):
        if last.get(speaker, number) < number - 1:
            found.add(speaker)
        last[speaker] = number
    return frozenset(found)


def _with_whom(turns: Mapping[int, Turn]) -> dict[int, Turn]:
    """The turns; what is said once of for whom somebody speaks holds for all turns of the same name."""
    told = {turn.speaker: turn.of for turn in reversed(list(turns.values())) if turn.of}
    return {number: replace(turn, of=turn.of or told.get(turn.speaker)) for number, turn in turns.items()}
