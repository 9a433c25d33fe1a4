"""Whose words a whole document is, told by its first headings and lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ncrelations.files.bodies import is_body
from ncrelations.files.compendium import is_state
from ncrelations.files.head_fields import fielded
from ncrelations.files.holder_phrases import Holder, holder_in, meeting_in, met_in, opening_in, speaking_in
from ncrelations.files.joint_letters import states_in
from ncrelations.files.letter_forms import is_office
from ncrelations.files.letterhead import letterhead

_STATEMENT = re.compile(
    r"(?:\w+ )?(?:statement|remarks|address|speech|lecture|keynote|intervention|submission|views|comments|repl(?:y|ies)"
    r"|responses?|answers?|opinion|positions?|message|objections?|reservations?|declarations?|contributions?"
    r"|judge?ments?|rulings?|memorials?)\b|by the (?:delegation|representative)s? of\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"[*_]*By:? (?P<who>[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){1,4})(?:, (?P<office>[^.]{3,120}?))?[*_]*"
)
_OPINION = re.compile(
    r"\W*(?:guest |public )?(?:opinion|op-ed|comment|commentary|column|viewpoint|essay"
    r"|perspectives?)\b",
    re.IGNORECASE,
)
_PUBLIC = re.compile(
    r"[*_]*(?:(?:joint|public|media|press|news|open|written|official|position|policy) )*(?:statement|release"
    r"|communiqué|letter"
    r"|paper|response|submission|objection|appeal|petition|comments|declaration|manifesto|complaint|protest"
    r"|resolution)\b"
    r"|.{0,60}\bfor immediate (?:use|release)\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"\W*(?:(?:national|general|opening|closing|country) )?(?:statement|intervention|explanation of (?:vote|position)"
    r"|right of reply|remarks|position)(?:,? (?:before|after) the vote)?\W*",
    re.IGNORECASE,
)
"""A title that only says what kind of paper it is; whose it is may be the next line, or the one before."""
_JOINT = re.compile(
    r"\b(?:communiqu[ée]|joint (?:statement|declaration|press)|declaration"
    r"|conclusions)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r".{0,120}?\b(?i:between) (?:the )?(?P<who>[A-Z][^.;:]{2,120} (?:and|AND) (?:the )?[A-Z][^.;:,]{2,90}?)"
    r"(?:,? (?:on|in|at|held)\b.*|, .*)?\W*$"
)
"""Who two are that meet or agree: "Consultations between the Ministry of Mills of Peru and that of Chile"."""
_APART = re.compile(
    r"(?:minority|dissent|separate|concurring|reservation|note by|(?:partly )?dissenting|response|reply|comment|answer"
    r"|letter"
    r"|chair|editor|[^:]{2,40}: (?:as )?issued by|.{0,20}foreword|.{0,20}preface)",
    re.IGNORECASE,
)
"""What stands in a paper of others, and names no holder of the whole but as its title."""
_NOTE = re.compile(r"\W*note (?:by|from) [^:]{3,60}: .{10,400}\.$", re.IGNORECASE)
"""A note in one paragraph, which is not the paper."""
_DISSENT = re.compile(r"(?:minority|dissent|separate|concurring|partly dissenting)", re.IGNORECASE)
_FIRST_HEADINGS, _HEAD_LINES, _HEAD_LINE, _SENTENCE = 3, 12, 200, 60


def document_holder(
    headings: Sequence[tuple[str, int]], front: Sequence[str], opened: Sequence[Holder] = (), lines: Sequence[str] = ()
) -> tuple[str, Holder] | None:
    """The phrase that names the holder of a whole document, and the holder; `None` where none is named.

    `headings` are all of the document with their levels, `front` the blocks before the first, `opened` the holders of
    the statements that paragraphs open, `lines` those of the head. One statement among several is not the document's.
    """
    named = [(words, level, holder) for words, level in headings if (holder := holder_in(words)) is not None]
    named = [each for each in named if not _APART.match(each[0]) or each[:2] == headings[0]]
    first = headings[:_FIRST_HEADINGS]
    top = min((level for _, level in first), default=0)
    for words, level, holder in [each for each in named if each[:2] in first][:_FIRST_HEADINGS]:
        others = {other.name for _, beside, other in named if beside == level} - {holder.name}
        single = level == top and not others
        if single or (words, level) == headings[0] or not _STATEMENT.match(words):
            return words, holder
    titles = [*(words for words, _ in headings[:2]), *front][:2]
    if len(titles) > 1 and (met := meeting_in(titles[0], titles[1])) is not None:
        return titles[1], met
    return _told(front, opened) or _fielded(lines) or _headed([words for words, _ in first], front, lines)


def is_head(words: str) -> bool:
    """Whether a paragraph is a line below a title, and no sentence but one that says who met or speaks."""
    line = len(words) <= _HEAD_LINE and not words.endswith((".", "?", "!"))
    return line or speaking_in(words) is not None or met_in(words) is not None


def _told(front: Sequence[str], opened: Sequence[Holder]) -> tuple[str, Holder] | None:
    """The first line before the text that names a holder, where it opens no statement beside those of others."""
    told = False
    for words in front:
        found = holder_in(words) or opening_in(words) or speaking_in(words)
        apart = _APART if told else _DISSENT
        told = told or (len(words) > _SENTENCE and words.endswith((".", "?")))
        if found is None or _NOTE.match(words) or (apart.match(words) and words != front[0]):
            continue
        if not _STATEMENT.match(words) or {each.name for each in opened} <= {found.name}:
            return words, found
    return None


def _fielded(lines: Sequence[str]) -> tuple[str, Holder] | None:
    """Whose a paper is by the fields of its head, and the line with the field; or by whom it sends on what follows."""
    sent = next((line for line in lines if line.startswith("The following ") and line.endswith(":")), "")
    named = speaking_in(sent)
    if named is not None:
        return sent, named
    field = fielded(lines)
    return (field[0], Holder(field[1], field[1])) if field is not None else None


def _headed(headings: Sequence[str], front: Sequence[str], above: Sequence[str]) -> tuple[str, Holder] | None:
    """Who issues a paper, as its head has it: its author, a body above "Press statement", the ministers who met."""
    lines = [*headings, *front[:_HEAD_LINES]]
    byline = next(filter(None, map(_BYLINE.fullmatch, lines)), None)
    if byline is not None and (is_office(byline["office"] or "") or any(map(_OPINION.match, lines))):
        return byline[0], Holder(byline["who"], byline["who"])
    two = next(((words, states) for words in lines if (states := states_in(words)) is not None), None)
    if two is not None:
        return two[0], Holder(two[1], two[1])
    body = next((words for words in (headings[:1], front[:1]) if words and is_body(words[0])), None)
    if body is not None and any(_PUBLIC.match(words) for words in lines):
        name = letterhead(above) or body[0].strip(" *_")
        return body[0], Holder(name, name)
    bare = next((n for n, words in enumerate(lines) if _BARE.fullmatch(words)), None)
    beside = lines[max(0, bare - 1) : bare + 2] if bare is not None else []
    state = next((words for words in (each.strip(" *_") for each in beside) if is_state(words)), None)
    if state is not None:
        return state, Holder(state, state)
    joint = any(_JOINT.search(words) for words in lines)
    between = next(filter(None, map(_BETWEEN.match, lines)), None) if joint else None
    if between is not None:
        return between[0], Holder(between["who"], between["who"])
    met = next(((words, found) for words in front if (found := met_in(words)) is not None), None)
    return met if joint else None
