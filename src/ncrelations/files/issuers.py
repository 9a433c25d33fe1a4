"""Whose view a whole paper states where no heading says so: its author, the body that heads it, who signs it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ncrelations.files.bodies import names_body
from ncrelations.files.bylines import author_in, typeset_author
from ncrelations.files.file_text import FileText
from ncrelations.files.head_fields import fielded
from ncrelations.files.holder_patterns import SHORT_BODY
from ncrelations.files.holder_phrases import Holder, holder_in, represented, speaking_in
from ncrelations.files.joint_letters import signers, who_we_are
from ncrelations.files.letter_forms import is_office, signatory, up_to_addressee
from ncrelations.files.letterhead import issuing_body, letterhead, speaks_as, with_state
from ncrelations.files.page_owner import in_full, names_state, page_body, page_owner, placed, state_of
from ncrelations.files.reported_turns import is_record
from ncrelations.files.signing import PERSON, RANKED, signature
from ncrelations.files.speaker_turns import named_line

QUESTION = re.compile(
    r"(?:question for (?:written|oral) answer|(?:written|oral|parliamentary) question)\b", re.IGNORECASE
)
"""What is asked of a government in writing."""
_SENTENCE = re.compile(r"[.?!:;][\"'”’»)*_]*$")
_DELIVERED = re.compile(r"[*_]*(?:as )?(?:delivered|read|presented|by\b|speaker[*_]* ?:)", re.IGNORECASE)
_FORUM = re.compile(r"\b(?:council|committee|assembly|conference|commission|forum|board)$", re.IGNORECASE)
_SITS = re.compile(r"\b(?:agenda item|item \d|session|general debate|interactive dialogue|meeting)\b", re.IGNORECASE)
"""What stands below the name of a body to which a statement is made."""
_COURT = re.compile(r"\b(?:court|tribunal|hearing|inquiry|commission of)\b", re.IGNORECASE)
"""Before whom anybody of a state may make a statement."""
_TITLE = re.compile(
    r"\b(?:H\.E|Hon|Honou?rable|Excellency|Majesty|Highness|Mrs?|Ms|Dr|Ambassador|President|Minister)\b", re.IGNORECASE
)
"""What only a person is called, and no body."""
_CHAIR = re.compile(
    r"(?:Thank you,? )?(?:Mr|Madam|Mme|Mister)\.? (?:Vice-)?(?:President|Chair\w*|Speaker)\b[^.]{0,40}[,.:]?$"
)
"""Who presides, as others speak to them."""
_FOLLOWING = re.compile(r"The following \w+ ")
_ENVOY = re.compile(
    r"(?:(?:Deputy|Alternate|Acting|Resident) )?(?:Permanent Representative|Ambassador|Chargé d['’]affaires|Minister"
    r"|Counsellor)\b.{0,60} of ",
    re.IGNORECASE,
)
_PORTFOLIO = re.compile(r"(?P<who>.{3,80}?),? minister (?:of|for) (?P<of>(?:(?! of )[^(),]){3,90})", re.IGNORECASE)
"""A person with an office that says of what, and not of which state."""
_READ_BY = re.compile(
    r"[*_]*(?:(?:delivered|read|made|presented) )?by (?P<who>(?-i:[^\W\d_a-z]).{3,200})", re.IGNORECASE
)
_MOST_LINES, _PROSE, _LONG, _NEAR, _READ = 16, 110, 250, 6, 20_000


def issuer_of(
    blocks: Sequence[str], listed: Sequence[bool], headed: Sequence[str], text: FileText, *, owned: bool = True
) -> str | None:
    """Whose a paper is; `None` where it does not say.

    `blocks` are the document's own up to the first statement of another, with their line breaks; `listed` says of each
    whether it is an item of a list; `headed` are the headings and lines that stand before its text; `owned` says if a
    page may be its owner's: not one that only gives somebody's speech.
    """
    blocks = up_to_addressee(blocks)
    listed = listed[: len(blocks)]
    told = [" ".join(block.split()) for block in blocks]
    named = _field(headed) or _author(headed, text)
    if named is not None or any(map(is_record, headed)):
        return named or letterhead(headed)
    lines = head_of([(block, False) for block in blocks])
    titled = next((found for line in lines if (found := _title_in(line)) is not None), None)
    if titled is not None:
        return with_reader(titled[0], delivered(*titled, headed, blocks, text), lines)
    signed = signers(blocks, listed) or signatory(blocks, listed) or _signed(blocks)
    ours = who_we_are(blocks)
    if ours is not None and (signed is None or " and " not in signed):
        return f"{ours} ({signed})" if signed is not None else ours
    body = _body(headed, told, text) if owned else issuing_body(headed, told, text.title, text.around)
    if signed is None or body is None or body.casefold() in signed.casefold():
        return signed or body
    office, _, name = signed.removesuffix(")").partition(" (")
    return f"{body} ({office} {name})" if signed.endswith(")") else f"{body} ({signed})"


def _body(headed: Sequence[str], told: Sequence[str], text: FileText) -> str | None:
    """The body whose paper or page a document is, by the longer of its names."""
    body = with_state(issuing_body(headed, told, text.title, text.around), " ".join(text.text[:_READ].split()))
    owner = page_owner(text, headed, told)
    if body is not None and _is_forum(body) and any(map(_CHAIR.match, told[:_MOST_LINES])):
        return owner
    return owner if body is None or (owner is not None and body.casefold() in owner.casefold()) else body


def _is_forum(body: str) -> bool:
    """Whether a body is one before which others make statements."""
    return _FORUM.search(body.partition(", ")[0]) is not None


def _signed(blocks: Sequence[str]) -> str | None:
    """Who signs below the text with an office or for others."""
    found = signature(blocks, last=False)
    return found[1] if found is not None else None


def _field(headed: Sequence[str]) -> str | None:
    """Who a field of the head names, or who asks a written question there."""
    field = fielded(headed)
    if field is not None:
        return field[1]
    asked = next((n for n, line in enumerate(headed) if QUESTION.match(line)), len(headed))
    asking = (named_line(line) for line in headed[asked + 1 :])
    return next((line.label for line in asking if line is not None and line.of), None)


def _author(headed: Sequence[str], text: FileText) -> str | None:
    """Who wrote a paper: as its lines or its commands for TeX say, or the fields of a Markdown file."""
    named = typeset_author(text.text) or author_in(headed, text.author)
    stated = text.author if text.kind == "markdown" else None
    return named or stated


def delivered(phrase: str, holder: Holder, headed: Sequence[str], blocks: Sequence[str], text: FileText) -> str:
    """The holder that a phrase names; of who only delivers a statement, the body or state at whose head it stands."""
    told = [" ".join(block.split()) for block in blocks]
    own = speaks_as(told) if _is_unplaced(holder.name) else None
    if own is not None and own.casefold() not in holder.name.casefold():
        return f"{own} ({holder.name.partition(', ')[0]})"
    placed_by_head = of_state(phrase, holder.name, headed)
    if placed_by_head != holder.name:
        return placed_by_head
    if not (_DELIVERED.match(phrase) or ("delivered" in phrase.casefold() and _is_unplaced(holder.name))):
        name = placed(holder.name, _body(headed, told, text) or page_body(text))
        short = SHORT_BODY.match(name.casefold().rpartition(" of ")[2]) is not None
        return in_full(name, told) if short or _is_unplaced(name) else name
    issuing = issuing_body(headed, told, text.title)
    meets = issuing is not None and _is_forum(issuing) and any(map(_SITS.search, headed))
    body = page_owner(text, headed, told) or (None if meets else issuing)
    return f"{represented(body)} ({holder.name.partition(', ')[0]})" if body is not None else holder.name


def of_state(phrase: str, name: str, headed: Sequence[str]) -> str:
    """A person whom a phrase names alone with the state whose name heads the paper; any other name as it is."""
    state = _state_above(headed) if _is_unplaced(name) and _is_titled(phrase, headed) else None
    return f"{state} ({name.partition(', ')[0]})" if state is not None and not is_office(name) else name


def _state_above(headed: Sequence[str]) -> str | None:
    """The state by whose name alone a paper is headed, above a statement; not where it is said to a court."""
    line = headed[0].strip(" *_#") if headed else ""
    return line if names_state(line) and not any(map(_COURT.search, headed)) else None


def _is_titled(phrase: str, headed: Sequence[str]) -> bool:
    """Whether a phrase names a person: with a rank, or with an office on a line of the head by itself."""
    return "behalf of" not in phrase.casefold() and any(map(_TITLE.search, [phrase, *headed[:_NEAR]]))


def _is_unplaced(name: str) -> bool:
    """Whether a holder is named as a person or an office alone, without a body or a state."""
    plain = re.sub(r"^(?:(?:His|Her) Excellency|H\.E\.) ", "", name, flags=re.IGNORECASE)
    office = _PORTFOLIO.fullmatch(plain)
    plain = office["who"] if office is not None and not names_state(office["of"]) else plain
    if "(" in plain or " of " in plain.casefold() or names_body(plain) or names_state(plain):
        return False
    person = RANKED.match(plain.title()) or re.fullmatch(PERSON, plain)
    return person is not None or is_office(plain)


def with_reader(phrase: str, name: str, lines: Sequence[str]) -> str:
    """Who a statement is made for, with who reads it where the lines below its title say so: "Group (Guyana)"."""
    group, _, person = name.removesuffix(")").partition(" (")
    if "behalf of" not in phrase.casefold() or (person and not RANKED.match(person)):
        return name
    read = next(filter(None, map(_READ_BY.match, lines)), None)
    reader = holder_in(f"Statement by {read['who']}") if read is not None and not person else None
    state = state_of(letterhead(lines) or "")
    office = next((each.name for line in lines if (each := _of_state(line)) is not None), None)
    of_state = state if names_state(state) else office
    told = of_state if of_state is not None and (reader is None or RANKED.match(f"{reader.name} ")) else None
    named = told or (reader.name if reader is not None else person)
    return f"{group} ({named})" if named else name


def _of_state(line: str) -> Holder | None:
    """The state of an office on a line of its own: "Permanent Representative of Peru to the United Nations"."""
    holder = holder_in(f"Statement by {line.strip(' *_')}") if _ENVOY.match(line.strip(" *_")) else None
    return holder if holder is not None and holder.name != holder.issuer else None


def _title_in(line: str) -> tuple[str, Holder] | None:
    """A line of a head that names a holder by itself, which may stand in a paragraph with others; and the holder."""
    words = line.strip("*_ ")
    holder = holder_in(words) if words[:1].isupper() and not words.endswith(".") else None
    sent = speaking_in(words) if _FOLLOWING.match(words) and words.endswith(":") else None
    return (line, holder) if holder is not None and holder.titled else (line, sent) if sent is not None else None


def head_of(parts: Sequence[tuple[str, bool]]) -> list[str]:
    """The lines before the text of a document, of its headings and blocks in order: each with whether it is one."""
    found = list[str]()
    for words, heading in parts:
        if len(found) >= _MOST_LINES or (not heading and _is_prose(" ".join(words.split()))):
            break
        found += [words] if heading else filter(str.strip, words.split("\n"))
    return found[:_MOST_LINES]


def _is_prose(words: str) -> bool:
    """Whether a block is a paragraph of text, and no line of a head."""
    return len(words) > _LONG or (len(words) > _PROSE and _SENTENCE.search(words) is not None)
