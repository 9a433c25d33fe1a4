"""Turns of speakers in records of meetings, hearings and interviews: "Mr. Kim (Republic of Korea):", "QUESTION:".

What names a speaker for certain is a turn wherever it stands. What only looks like it, a few words with capitals and a
colon, or a name on a line of its own, is one where speakers come back after others have spoken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from ncrelations.files.imprint import is_imprint

_TITLE = (
    r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Baroness|Monsignor|Archbishop|Sheikh|Prince|Princess|Mgr|Prof|H\.E\.)\.?"
    r"|Abg\.|(?:Bundes|Staats|Vize|Premier)?(?:[Mm]inister|[Kk]anzler|[Pp]räsident|[Ss]ekretär)(?:in)?|Ministre|Ministro"
    r"|President|Professor|Commissioner|Ambassador|Cllr|Councillor"
    r"|MM?\.|Mme|Mlle|Sra?\.|Herr|Frau|MR|MRS|MS|DR|(?:The |Rt |Right )*Hon\.?"
    r"|(?i:senator|deputy|shri|shrimati)|Smt\.?)"
)
_OFFICE = (
    r"(?:The (?i:(?:Acting |Temporary |Deputy |Vice-)?(?:President|Chair(?:man|woman|person)?|Secretary-General"
    r"|Moderator|Speaker|Co-Chairs?|Chief Justice|Court|Clerk|Witness|Rapporteur))"
    r"|L[ea] Présidente?|El Presidente|La Presidenta|Der Präsident|Die Präsidentin)"
)
_LANGUAGE = r"(?:spoke|interpretation|parle|habla|spricht)\b"
_BRACKET = r" \((?:[^()\n]|\([^()\n]*\)){1,80}\)"
_NAMED = re.compile(
    rf"(?P<who>(?:{_TITLE} [^\W\d_a-z][^:(\n]{{0,60}}?|{_OFFICE}))(?P<of>(?:,?{_BRACKET}){{0,3}}) ?:(?: |$)"
)
_MINISTER = re.compile(
    r"(?P<who>(?:The [^:()\n]{0,100}\b|(?:(?:Prime|Deputy|Junior|Parliamentary|Under-?) ?)*)(?:Minister|Secretary|Treasurer|Attorney|Solicitor|Advocate|Chancellor|Leader"
    r"|President|Commissioner|Chair)[^:()\n]{0,120}) \((?P<of>[^\W\d_a-z][^()\n]{2,60})\) ?:(?: |$)"
)
_CAPITALS = re.compile(rf"(?P<who>[A-Z][A-Z.'’-]*(?: [A-Z][A-Z.'’-]*){{1,4}})(?P<of>(?:{_BRACKET}){{0,2}}): ")
_JUDGE = re.compile(
    r"(?P<who>[A-Z][A-Z'’-]+(?: [A-Z][A-Z'’-]+)?), (?P<of>(?:Chief |Senior |Associate )?(?:Circuit |District )?"
    r"(?:Judge|Justice))\b,? (?=\(?(?:\w+ )?(?:concurring|dissenting))"
    r"|(?P<name>[A-Z][A-Z'’-]+(?: [A-Z][A-Z'’-]+)?), (?P<short>(?:[ACPS]\. ?){0,2}(?:J\.?){1,2})"
    r"(?=,? ?\(?(?:\w+ ){0,3}(?:concurring|dissenting)|:? ?(?:--|[–—:]))"
    r"|(?P<justice>(?:Mr\.? |Chief )?(?:J(?:ustice|USTICE|udge|UDGE)|Lord|Lady|LORD|LADY) [A-Z][\w'’-]+)"
    r"(?=,? \(?(?:\w+ ){0,3}(?:concurring|dissenting|delivered the (?:opinion|judgment))"
    r"|:(?: \((?:with whom|dissenting|concurring)))"
)
_LABELLED = re.compile(
    rf"(?:Q\s?\d{{1,4}}\.? )?(?P<who>[^\s:()\"“”][^:()\n\"“”]{{0,80}}?)(?P<of>{_BRACKET})? ?: (?=\S)"
)
_NAME = r"[^\W\d_a-z][\w'’.-]*(?: (?:de|da|di|du|von|van|der|den|al|bin)| [^\W\d_a-z][\w'’.-]*){1,6}"
_DOTTED = re.compile(
    r"(?P<who>(?:Mr|Mrs|Ms|Miss|Dr)\. [A-Z][\w'’-]+|(?:The )?(?:C(?:hair|HAIR)(?:man|woman|MAN|WOMAN)?)(?: [A-Z][\w'’-]+)?"
    r"|(?:Senator|Secretary|General|Ambassador|Governor) [A-Z][\w'’-]+|[QA](?=\. ))(?: of [A-Z]\w+)?\. (?=\S)"
    r"|(?P<short>[QA]) (?=[A-Z“\"])"
    rf"|(?P<french>(?:M\.|Mme|MM\.)(?: (?:le|la) [a-zé]+| [^\W\d_a-z][^.:\n]{{2,80}}))\. (?=\S)"
    rf"|(?P<dash>(?:{_NAME}|[^\W\d_a-z]\w+)(?:, [^.:–—]{{2,100}})?)(?P<of>{_BRACKET})?\. [–—] (?=\S)"
)
_OFFICE_LINE = re.compile(
    rf"{_OFFICE}|(?:Mr|Mrs|Madam|Mme)\.? (?:Deputy )?(?:Speaker|President|Chair)|Presiding Officer"
)
NAME = _NAME
"""A name of two words or more."""
_LINE = re.compile(
    rf"(?P<who>{_NAME})(?P<of>(?:{_BRACKET}){{0,2}})|(?P<office>The [A-Z][^()]{{4,140}}) \((?P<name>{_NAME})\)"
)
_HOLDS_OFFICE = re.compile(
    rf"(?P<who>(?:{_TITLE} )?{_NAME}) \((?P<of>[^()\n]{{0,80}}\b(?:Minister|Secretary|Chancellor|Commissioner|President|Attorney"
    r"|Treasurer|Taoiseach|Spokes\w+)\b[^()\n]{0,100})\) ?:(?: |$)"
)
_PLENARY = re.compile(
    rf"(?P<who>{_NAME})(?:(?P<of>{_BRACKET})|, (?:on behalf of|au nom d\w+|im Namen der) (?:the )?(?P<group>[^.]{{3,60}}))"
    r"(?:, [^.]{3,60})?\.(?: \([A-Z]{2}\))? [–—-] (?=\S)"
)
_WRITING = re.compile(
    rf"(?P<who>{_NAME})(?P<of>(?:{_BRACKET}){{0,2}})(?:, (?:rapporteur|(?:on behalf of|au nom d\w+) [^.]{{3,60}}))?"
    rf"(?:{_BRACKET})?,? (?:in writing|par écrit|por escrito|schriftlich|per iscritto)\b[.:]?(?: ?[–—-])?(?: |$)"
)
_ASKS = re.compile(
    rf"Asked by:? (?P<by>(?:{_TITLE} )?{_NAME})(?P<by_of>(?:{_BRACKET}){{0,2}})$"
    rf"|(?:\d+\.? )?(?P<asks>(?:{_TITLE} )?{_NAME})(?P<of>(?:{_BRACKET}){{0,2}}) (?:asked|to ask) the (?:[A-Z][a-z-]+ )*(?:Minister"
    r"|Secretary|Prime|President|Chancellor|Commission|Council|Government|Taoiseach)\b"
    rf"|(?:\d+\.? )?To ask (?:the|His|Her) .{{20,}}[.;?)]\s?[-–—] ?(?P<who>(?:{_TITLE} )?{_NAME})\.?$"
)
_SECOND = re.compile(r"\b[^\W\d_a-z][\w.]* (?=([^\W\d_a-z][\w'’-]*))")
_SENTENCE = re.compile(r"[.?!:][\"'”’»)]*$")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ANSWERING = re.compile(
    r".{0,80}?\b(?:interview|press conference|press briefing|briefing|conversation|Q&A|questions and answers)"
    r" (?:given |held )?(?:with|by|of)(?: the)? (?P<who>(?-i:[^\W\d_a-z]).{2,120}?)"
    r"(?: in | at | on | for |, published\b|$)"
    r"|(?P<own>(?-i:[^\W\d_a-z]).{2,120}?)['’]s? (?:(?:regular|weekly|daily|monthly) )*"
    r"(?:press conference|briefing|interview)\b",
    re.IGNORECASE,
)
_PARTICLES = _words("a al an and bin da de del den der des di du et for für in la le of on the to und van von y &")
_ROLES = _words(
    "a answer antwort chair chairman chairperson chairwoman domanda frage host interviewer journalist moderator official participant"
    " präsident präsidentin président présidente pregunta presidente presidenta president q question"
    " reporter respondent respuesta risposta réponse secretary-general speaker spokesman spokesperson spokeswoman witness"
)
_NO_SPEAKERS = _words(
    "abstract address agenda added annex article author authors caution cc chapter contact copyright date distr email"
    " example fax figure files from important isbn keywords license note notes original phone place present press re"
    " ref reference returns section sent source sources subject table tel telephone tip title to type url venue warning"
    " website when where"
)
_ANSWERS = _words("a answer antwort respuesta risposta réponse")
_MOST_WORDS = 9
_FEWEST, _TRIED = 2, 20


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


def turns_in(blocks: Sequence[str], listed: Collection[int], text: str) -> dict[int, Turn]:
    """The turns of a record, by the number of the block that begins with each; `listed` are items of lists."""
    certain = _all(blocks, turn_in)
    found = certain if enough(list(certain.values())) else {}
    labelled = {n: turn for n, turn in _Labels(text).of(blocks).items() if n not in listed} | certain
    for candidates in (labelled, _all(blocks, _dotted), _lines(blocks)):
        back = _come_back([candidates[number].speaker for number in sorted(candidates)])
        if back and (candidates is not labelled or _is_talk(candidates, back, blocks, text)):
            found = candidates | found
    if found:
        found = {
            n: turn for n, turn in _all(blocks, _dotted).items() if turn.speaker != "A" and _is_office(turn.speaker)
        } | found
    return _with_whom(dict(sorted(found.items())))


def turn_in(words: str) -> Turn | None:
    """The turn that surely begins with a paragraph; `None` where none does."""
    head = words[:300]
    match = _NAMED.match(head)
    if match is not None:
        of = _of(match["of"])
        return Turn(match["who"].strip(" ,"), of, certain=of is not None)
    match = _MINISTER.match(head)
    if match is not None:
        return Turn(match["who"], match["of"], certain=True)
    match = _JUDGE.match(head)
    if match is not None:
        return Turn(_judge(match), None, certain=True, opinion=True)
    match = _WRITING.match(head)
    if match is not None:
        return Turn(match["who"], _of(match["of"]), certain=True)
    match = _ASKS.match(words[:3_000])
    if match is not None:
        return Turn(match["by"] or match["asks"] or match["who"], _of(match["by_of"] or match["of"]), certain=True)
    match = _HOLDS_OFFICE.match(head)
    if match is not None:
        return Turn(match["who"], match["of"], certain=True)
    match = _PLENARY.match(head)
    if match is not None:
        return Turn(match["who"], _of(match["of"]) or match["group"], certain=True)
    match = _CAPITALS.match(head)
    return Turn(match["who"], _of(match["of"])) if match else None


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
    if _OFFICE_LINE.fullmatch(words):
        return Turn(words)
    match = _LINE.fullmatch(words) if len(words) <= 200 else None
    if match is None:
        return None
    return Turn(match["name"], match["office"]) if match["office"] else Turn(match["who"], _of(match["of"]))


def signed_below(blocks: Sequence[str]) -> str | None:
    """Who signs some paragraphs: a name on a line of its own below the last sentence; with the office, if it follows."""
    number = next((n for n in range(len(blocks) - 1, -1, -1) if _SENTENCE.search(blocks[n])), None)
    below = [words for words in blocks[number + 1 :] if not is_imprint(words)] if number is not None else []
    name = (
        re.match(rf"(?:(?:Signed|By):? )?(?P<who>(?:{_TITLE} )?{_NAME})(?:, .{{3,60}})?$", below[0]) if below else None
    )
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
    return (named["who"] or named["own"]).strip(" ,.:*") if named else None


def _all(blocks: Sequence[str], rule: Callable[[str], Turn | None]) -> dict[int, Turn]:
    return {number: turn for number, words in enumerate(blocks) if (turn := rule(words)) is not None}


def _of(brackets: str | None) -> str | None:
    """For whom somebody speaks, of what is in brackets behind a name; neither the language nor the time of day."""
    given = [each.strip(" ,()") for each in re.findall(_BRACKET, brackets or "")]
    return ", ".join(each for each in given if not re.match(rf"{_LANGUAGE}|\d", each)) or None


class _Labels:
    """Speakers that a few words with capitals and a colon name, as words of the whole text bear out."""

    def __init__(self, text: str) -> None:
        self._seconds = frozenset(_SECOND.findall(text))

    def of(self, blocks: Sequence[str]) -> dict[int, Turn]:
        """The speakers, by the number of the block that they begin."""
        return _all(blocks, self._label)

    def _label(self, words: str) -> Turn | None:
        match = _LABELLED.match(words[:200])
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
    if any(_is_office(each) or re.match(_TITLE, each) for each in back):
        return asked or len(turns) > _FEWEST
    counts = Counter(turn.speaker for turn in turns.values())
    told = sorted((each for each in back if not each.isupper()), key=lambda each: -counts[each])[:_TRIED]
    return asked and any(text.count(each) > counts[each] for each in told)


def _is_office(label: str) -> bool:
    """Whether a label is what speakers are by their office: "Deputy Spokesperson", "Q", "The TREASURER"."""
    words = [word for word in label.casefold().split() if len(word) > 1]
    return label.casefold() in _ROLES or words[:1] == ["the"] or not _ROLES.isdisjoint(words)


def _dotted(words: str) -> Turn | None:
    match = _DOTTED.match(words[:120])
    if match is None:
        return None
    who = match["who"] or match["short"] or match["french"] or match["dash"]
    name, _, office = who.partition(", ")
    return Turn(name, _of(match["of"]) or office.removeprefix("on behalf of the ") or None)


def _lines(blocks: Sequence[str]) -> dict[int, Turn]:
    """Lines that name somebody, each with sentences below it, where the first of the same name says of whom."""
    lines = _all(blocks, named_line)
    below = {number: blocks[number + 1] for number in lines if number + 1 < len(blocks) and number + 1 not in lines}
    above = {number: lines[number] for number, words in below.items() if _SENTENCE.search(words)}
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
