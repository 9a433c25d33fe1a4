"""Who speaks in which block of a record, and who writes which message of a correspondence."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ncrelations.document.citation import Citation
from ncrelations.document.voice import Voice
from ncrelations.files.imprint import is_imprint
from ncrelations.files.inner_letters import letters_in
from ncrelations.files.introductions import introduced_speakers
from ncrelations.files.letter_forms import addressee
from ncrelations.files.mail_turns import messages_in
from ncrelations.files.reported_turns import is_record, narrated, reported_turns
from ncrelations.files.set_off_quotations import quoted_in
from ncrelations.files.speaker_turns import Turn, answering, turns_in
from ncrelations.files.speeches import capacity_in, own_state, speaks_for
from ncrelations.files.spoken_quotations import is_quotation, spoken_in
from ncrelations.files.unlabelled_turns import asked_turns, signed_turns

_RISES = re.compile(
    r"(?:The (?:\d+\w* )?(?:meeting|session|hearing|sitting|subcommittee|committee|House) (?:rose|was (?:adjourned"
    r"|closed|called to order|resumed))|La séance est (?:levée|ouverte)|Se levanta la sesión|\[?\(?Whereupon)\b",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"[\[(*_]*(?:NOTE|Note) (?:by|from|BY|FROM) (?:the |THE )?(?P<who>[^\W\d_a-z][^:.]{2,60}): \S"
    r"|The (?P<sender>[^\W\d_a-z][\w’'-]*(?: (?:of|for|the|and))*(?: [^\W\d_a-z][\w’'-]*){0,6})"
    r" (?:has received|circulates|reproduces|transmits|publishes|communicates)(?: herewith| below)? the following\b"
)
"""A note in one paragraph: that of whom it names before the colon, or of who sends on what follows."""
_FIRST = 4
"""Blocks that may name who answers."""
_NARRATED = re.compile(
    r"(?:The (?:representative|delegate|observer)s? of )?[^\W\d_a-z][^.:;?!]{2,80} (?:took the (?:floor|Chair)"
    r"|resumed the Chair"
    r"|took (?:a|his|her|their) (?:place|seat)|(?:was|were) escorted|did not take part|withdrew|left the (?:room"
    r"|table))\b[^.]{0,80}\.?"
)
"""What a record tells of who speaks or sits, which is nobody's speech."""
_ASIDE = re.compile(r"\([^()]{3,200}\)|\[[^\[\]]{3,200}\]")


@dataclass(frozen=True, slots=True)
class Record:
    """What is read of a document of which parts may be spoken or written by one after the other."""

    words: Mapping[Citation, str]
    """The beginning of each block."""
    lines: Mapping[Citation, str]
    """Each block as it stands, with its line breaks."""
    titles: Sequence[str]
    """The first heading, where there is one."""
    opened: Collection[Citation]
    """Blocks that open a statement."""
    set_off: Mapping[Citation, int]
    """In which quotation that markup sets off a block stands, from 1."""
    headings: Mapping[str, str]
    """The heading of each section that has one."""
    text: str
    """The whole text."""
    nobody: Voice
    """The voice of what states nobody's view."""
    papers: Mapping[Citation, str]
    """Whose blocks are that are papers of others within the document."""


def give_turns(found: dict[Citation, Voice], record: Record, own: Voice, known: Callable[[str], Voice]) -> None:
    """From each turn on, the speaker's voice, until the next turn, heading or opening of a statement.

    An opinion and a message go on over headings. What is said beside the speeches is in the document's own voice.
    """
    blocks = list(record.words)
    spoken = [record.words[each] if (each.block or "p")[0] in "pb" else "" for each in blocks]
    turns = _turns(record, spoken)
    speaking: Turn | None = None
    section: str | None = None
    label: str | None = None
    for number, citation in enumerate(blocks):
        if number in turns:
            speaking = turns[number]
        elif (
            speaking is not None
            and not speaking.opinion
            and _elsewhere(citation, section, spoken[number], record.opened)
        ):
            speaking = None
        section = citation.section
        label = _label(label, turns.get(number), speaking, spoken[number])
        if label is not None:
            found[citation] = own if _is_aside(spoken[number]) else known(label)
    _lay_over(found, record, turns, own, known)


def _lay_over(
    found: dict[Citation, Voice],
    record: Record,
    turns: Mapping[int, Turn | None],
    own: Voice,
    known: Callable[[str], Voice],
) -> None:
    """Letters, quotations and notes in the voices of whose they are; imprints and other quotations in nobody's."""
    blocks = list(record.words)
    pieces = dict(_pieces(record, turns, own))
    found |= {
        each: record.nobody
        for each in blocks
        if found[each] == own and each not in pieces and is_quotation(record.lines.get(each, ""))
    }
    found |= {citation: known(who) for citation, who in pieces.items()}
    notes = ((each, _NOTE.match(record.words[each])) for each in blocks)
    found |= {each: known(match["who"] or match["sender"]) for each, match in notes if match is not None}
    found |= {each: record.nobody for each in blocks if is_imprint(record.words[each])}


def _is_aside(words: str) -> bool:
    """Whether a block of a record only tells what happened beside the speeches."""
    return _ASIDE.fullmatch(words) is not None or _NARRATED.fullmatch(words) is not None


def _label(label: str | None, turn: Turn | None, speaking: Turn | None, words: str) -> str | None:
    """The voice of who speaks: of the group that the speaker says to speak for, until it is the speaker's own state."""
    if speaking is None:
        return None
    before = speaking.label if label is None or turn is not None else label
    group = speaks_for(words) if speaking.of and not speaking.recorded else None
    return f"{group} ({speaking.of})" if group else own_state(before, words) or before


def _turns(record: Record, spoken: Sequence[str]) -> dict[int, Turn | None]:
    """Who begins with which block; `None` where nobody goes on."""
    listed = [number for number, each in enumerate(record.words) if (each.block or "p")[0] == "b"]
    lines = [record.lines.get(each, "") for each in record.words]
    heads = [*record.titles, *spoken[:_FIRST]]
    turns: dict[int, Turn | None] = {}
    minutes = any(map(is_record, heads))
    turns.update(
        answering(turns_in(spoken, listed, record.text, record=minutes), heads)
        or reported_turns([words and line for words, line in zip(spoken, lines, strict=True)], record.titles)
        or asked_turns(spoken, heads[:2])
        or signed_turns(lines, record.titles)
    )
    for number, words in enumerate(spoken if turns else ()):
        state = capacity_in(words)
        if state is not None:
            turns[number] = Turn("The President", state)
    if turns and minutes:
        turns |= {n: None for n, words in enumerate(spoken) if n not in turns and narrated(words)}
    turns = introduced_speakers(turns, record.text)
    turns.update(messages_in(lines))
    return turns


def _pieces(record: Record, turns: Mapping[int, Turn | None], own: Voice) -> Iterator[tuple[Citation, str]]:
    """Whose letter or quotation which block is; not below the head of a message, nor where somebody begins to speak."""
    blocks = list(record.words)
    heads = {number for number, turn in turns.items() if turn is not None and turn.opinion}
    lines = ["" if n in heads else record.lines.get(each, "") for n, each in enumerate(blocks)]
    plain = [
        (each.block or "p")[0] == "p" or record.lines.get(each, "").rstrip().endswith((":", ":-", "--"))
        for each in blocks
    ]
    off = [record.set_off.get(each, 0) for each in blocks]
    headings = [record.headings.get(each.section or "", "") for each in blocks]
    letters = letters_in(lines, headings, {number: turn for number, turn in turns.items() if turn is not None})
    letters = {number: who for number, who in letters.items() if not _same(who, own.label)}
    found = {
        **dict(_unspoken(record, blocks, turns)),
        **spoken_in([line if (blocks[n].block or "p")[0] == "p" else "" for n, line in enumerate(lines)]),
        **letters,
        **quoted_in(lines, plain, off, headings, addressee(lines)),
    }
    for number, who in found.items():
        if turns.get(number) is None and blocks[number] not in record.opened:
            yield blocks[number], who


def _unspoken(
    record: Record, blocks: Sequence[Citation], turns: Mapping[int, Turn | None]
) -> Iterator[tuple[int, str]]:
    """Whose blocks are of papers of others, each paper up to where somebody begins to speak."""
    spoken = ""
    for number, citation in enumerate(blocks):
        who = record.papers.get(citation, "")
        turn = turns.get(number)
        spoken = who if turn is not None and not turn.opinion else spoken if spoken == who else ""
        if who and spoken != who:
            yield number, who


def _same(who: str, label: str) -> bool:
    """Whether a label names somebody already, by the name without the office."""
    name = who.rpartition("(")[2].rstrip(")").partition(", ")[0]
    return name.casefold() in label.casefold()


def _elsewhere(citation: Citation, section: str | None, words: str, opened: Collection[Citation]) -> bool:
    """Whether a block that is no turn ends the one before it."""
    headed = citation.section != section and not (citation.section or "").isdigit()
    return headed or citation in opened or _RISES.match(words) is not None
