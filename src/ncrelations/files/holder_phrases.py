"""Phrases that say whose words a text is: "Letter dated ... from the Permanent Representative of ...", and the like.

Every pattern looks at the beginning of a bounded piece of text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ncrelations.files.bodies import is_body, names_body
from ncrelations.files.compendium import is_state
from ncrelations.files.holder_patterns import (
    ADOPTED,
    ANSWER,
    ANYBODY,
    ATTACHED,
    BEHALF,
    BODY,
    BY,
    CAPACITY,
    COURT,
    DATE,
    DELEGATION,
    DELIVERED,
    DRAFT,
    END,
    ENTITLED,
    FOR_LINE,
    HONORIFIC,
    JOINT,
    LETTER,
    MEETING,
    MET,
    MONTHS,
    OFFICE,
    ON,
    OWN,
    PAPER_BY,
    PARTY,
    PERSON,
    PORTFOLIO,
    PROCLAIMS,
    READ_BY,
    SENDS_ON,
    SHORT_BODY,
    STATED,
    TO,
    TOPIC,
    UNDER,
    WE,
    WITHIN,
)
from ncrelations.files.letter_forms import complimenting, is_office
from ncrelations.files.speaker_patterns import TITLE
from ncrelations.files.title_phrases import named_in_title, numbered_in

_LONGEST = 160
_LONGEST_OPENING = 400


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose words a text is, as the text itself says."""

    name: str
    """The holder of the view: a state, a body, an office, a person."""
    issuer: str
    """The phrase that names it: "Permanent Representative of Norway to the United Nations"."""
    date: str | None = None
    """The date beside it, year first."""
    titled: bool = False
    """Whether the phrase is the title of the text, and not only of who adopted it or sat."""


def holder_in(words: str) -> Holder | None:
    """The holder that a heading or a first line names; `None` where it names none."""
    words = re.sub(r"(?<=\w)[*†‡]+(?= )", "", " ".join(words[:800].split()))
    numbered = numbered_in(words)
    if numbered is not None:
        return Holder(numbered, numbered)
    match = LETTER.match(words)
    if match is not None:
        return _holder(match["who"], date_in(match["date"] or ""))
    words = ENTITLED.sub("", words, count=1) if ENTITLED.match(words) else words
    match = BY.match(words) or ANSWER.match(words) or PARTY.match(words) or DELEGATION.match(words)
    match = match or DELIVERED.match(words) or FOR_LINE.fullmatch(words) or _paper(words)
    if match is not None:
        return _holder(_ended(HONORIFIC.sub("", _read_for(words) or match["who"])))
    return _drafted(words) or _issued(words)


def _ended(who: str) -> str:
    """Who is named without what hangs over, also before for whom they speak: "Peru to the Forum on behalf of ..."."""
    speaker, behalf, group = re.sub(r"(?i),? on behalf of ", "\n", who, count=1).partition("\n")
    return f"{END.sub('', speaker)} on behalf of {END.sub('', group)}" if behalf else END.sub("", who)


def _drafted(words: str) -> Holder | None:
    """The holder of a draft, or of a paper named before its kind: "France: draft resolution", "EU statement"."""
    match = DRAFT.match(words)
    if match is not None:
        who = match["who"].rstrip("*1234567890 ")
        return Holder(who, who, titled=True)
    match = OWN.match(words)
    if match is not None and (is_state(match["who"]) or is_body(match["who"]) or BODY.fullmatch(match["who"])):
        return Holder(match["who"], match["who"], titled=True)
    return None


def _issued(words: str) -> Holder | None:
    """Who presents compliments, whom a title of another kind names, who has issued a text, or sits as a court."""
    who = complimenting(words)
    if who is not None:
        holder = _holder(who)
        return replace(holder, titled=False) if holder else None
    named = named_in_title(words)
    if named is not None:
        return Holder(named, named)
    match = ADOPTED.match(words) or COURT.match(words)
    place = re.match(r"([^\W\d_a-z][\w’' -]{2,30}): (?:as )?issued by ", words)
    if match is not None and place is not None:
        return Holder(f"{match['who']} ({place[1]})", match["who"], date_in(words))
    return Holder(match["who"], match["who"], date_in(words)) if match else None


def _paper(words: str) -> re.Match[str] | None:
    """A paper by somebody; one "of" a name only where that is a body, a state or an office: no "Findings of Fact"."""
    match = PAPER_BY.match(words)
    if match is None or match["of"].casefold() != "of":
        return match
    if re.match(r"(?:an? )?(?:minority|dissenting|separate|partly|individual)\b", words, re.IGNORECASE):
        return match
    who = re.sub(r"^the ", "", match["who"], flags=re.IGNORECASE)
    return (
        match
        if names_body(who) or is_state(who) or re.match(TITLE, who) or is_office(who[:1].upper() + who[1:])
        else None
    )


def _read_for(words: str) -> str | None:
    """Who reads a statement on behalf of others, where it says so in that order."""
    match = READ_BY.fullmatch(words)
    whose = re.split(" on behalf of ", match["whose"], maxsplit=1, flags=re.IGNORECASE)[1:] if match else []
    return f"{END.sub('', match['reader'])} on behalf of {END.sub('', whose[0])}" if match and whose else None


def opening_in(words: str) -> Holder | None:
    """The holder that a paragraph by itself names as a heading does; `None` where it is not set like one."""
    words = " ".join(words.split())
    named = named_in_title(words)
    if named is not None:
        return Holder(named, named)
    match = STATED.match(words) if len(words) <= _LONGEST_OPENING else None
    if match is None or words.endswith((".", ";", ",", "?")):
        return None
    return holder_in(match["words"])


def represented(body: str) -> str:
    """The state that a mission, embassy or ministry speaks for; of any other body, the body."""
    holder = _holder(body)
    return holder.name if holder is not None and is_state(holder.name) else body


def annexed_in(title: str) -> Holder | None:
    """The holder that the title of an annex names: "Lima Declaration of the Coastal States"."""
    match = WITHIN.fullmatch(title)
    if is_body(title) or is_state(title):
        return Holder(_plain(title), title)
    return holder_in(title) or speaking_in(title) or (holder_in(match["words"]) if match else None)


def speaking_in(words: str) -> Holder | None:
    """Who speaks as "We, the Ministers of the Coastal States, ...", proclaims, or sends something on."""
    match = (
        WE.match(words) or PROCLAIMS.match(words) or (SENDS_ON.match(words) if len(words) <= _LONGEST_OPENING else None)
    )
    who = _plain(next(filter(None, match.groups())))[:_LONGEST] if match else ""
    who = re.sub(r"^undersigned,? (?=\w)", "", who)
    return Holder(who, who) if who and not ANYBODY.fullmatch(who) else None


def meeting_in(heading: str, following: str) -> Holder | None:
    """Who met, where a heading is only "Joint Communiqué" and the next says at which meeting."""
    match = MEETING.fullmatch(following) if JOINT.fullmatch(heading) else None
    return _named(match["who"]) if match else None


def met_in(words: str) -> Holder | None:
    """Who met, as a first paragraph has it: "The Ministers responsible for fisheries of Benin and Togo met in Lomé"."""
    match = MET.match(words)
    return Holder(match["who"][:_LONGEST], match["who"][:_LONGEST]) if match else None


def _named(who: str) -> Holder | None:
    holder = _holder(END.sub("", who))
    return replace(holder, titled=False) if holder else None


def attached_in(words: str) -> Holder | None:
    """The holder of what a letter says is attached to it."""
    match = ATTACHED.search(words[:3000])
    return None if match is None else _holder(re.split(r", |\(", END.sub("", match["who"]))[0])


def on_behalf(words: str) -> str | None:
    """The group or state on whose behalf a letter says it is written."""
    match = BEHALF.search(words[:600])
    return None if match is None else _plain(match["who"] or match["group"])


def written_for(words: str, name: str) -> str | None:
    """Who a letter under a name is for: on whose behalf it says to be, or the group whose chair writes it, with who."""
    group = on_behalf(words)
    match = CAPACITY.search(words[:600]) if group is None else None
    if match is None or not names_body(match["who"]):
        return group
    return f"{_plain(re.split(r' (?:in|for|at) ', match['who'])[0])} ({name})"


def _holder(who: str, date: str | None = None) -> Holder | None:
    who, _, behalf = re.sub(r"(?i) on behalf of ", "\n", HONORIFIC.sub("", who), count=1).partition("\n")
    issuer = re.sub(r"^(?:\S+ ){0,3}?(?i:(?:meeting|session|sitting|summit) of (?:the )?)(?=[A-Z])", "", _plain(who))
    topic = ON.search(issuer)
    if topic is not None and (topic["body"] is None or TOPIC.match(issuer[topic.start() :])):
        issuer = issuer[: topic.end("body") if topic["body"] else topic.start()].rstrip(" ,")
    office = None if UNDER.match(issuer) else OFFICE.match(issuer)
    if office is not None and SHORT_BODY.match(office["who"]):
        office = None
    if office is not None and PORTFOLIO.search(issuer[: office.start("who")]) and not is_state(office["who"]):
        office = None
    name = (
        _plain(PERSON.sub("", TO.sub("", office["who"])))
        if office
        else re.sub(r" to the [A-Z].*$", "", TO.sub("", issuer))
    )
    posted = name.partition(" to ")[0]
    name = posted if office and is_state(posted) else name
    if behalf:
        name = f"{_plain(ON.sub('', behalf))[:_LONGEST]} ({name})"
    return (
        Holder(name[:_LONGEST], issuer[:_LONGEST], date, titled=True)
        if len(name) > 2 and not ANYBODY.fullmatch(name)
        else None
    )


def _plain(words: str) -> str:
    """A name without its article and what hangs over."""
    return re.sub(r"^the ", "", words.strip(" ,.;:"), flags=re.IGNORECASE)


def date_in(words: str) -> str | None:
    """The first date in some words, year first; `None` without one that has a day."""
    match = DATE.search(words)
    if match is None or not (match["day"] or match["second"]):
        return None
    month = next(n for n, name in enumerate(MONTHS, 1) if name == match["month"])
    return f"{match['year']}-{month:02}-{int(match['day'] or match['second']):02}"
