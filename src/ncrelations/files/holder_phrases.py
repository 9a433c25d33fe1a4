"""Phrases that say whose words a text is: "Letter dated ... from the Permanent Representative of ...", and the like.

Every pattern looks at the beginning of a bounded piece of text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ncrelations.files.bodies import is_body, names_body
from ncrelations.files.compendium import is_state
from ncrelations.files.letter_forms import complimenting

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_MONTH = "|".join(_MONTHS)
DATE = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? )?(?P<month>{_MONTH})"
    r"(?: (?P<second>\d{1,2})(?:st|nd|rd|th)?)?,? (?P<year>\d{4})"
)
_LETTER = re.compile(
    r"(?:an? )?(?:(?:identical|joint|open) )?(?:letters?|notes? verbales?)(?:,? (?:dated|of) (?P<date>.{4,60}?))?,? from"
    r" (?P<who>.{3,400}?)"
    r"(?: addressed to\b| to the (?:President|Secretary|Chair|(?-i:[a-z]))"
    r"| to (?-i:(?:Mrs?|Ms|Dr|Deputy|Senator|Ambassador|Minister|Commissioner|Cllr|H\.E)\b)| transmitting\b|$)",
    re.IGNORECASE,
)
_WORK = (
    r"(?:opening |closing )?(?:statement|remarks|address|speech|intervention|declaration|communiqué|submission|note"
    r"|(?:working|position) paper|memorandum|report|letter|explanation of (?:vote|position)|contribution|comments"
    r"|message|proposal|views|(?:separate |dissenting |concurring |individual )+opinion)"
)
_OFFICES = "representative|delegat(?:ion|e)|observer|permanent|president|chair|head|minister|government|secretary"
_SORT = (
    r"(?:joint|trilateral|bilateral|common|national|opening|closing|final|annual|interim|progress|special"
    r"|general|press|written|oral|first|second|third|\w{3,12}th|interpretati?ve|unilateral|dissenting|minority|separate"
    r"|individual|witness|sworn|personal|partly|partially|additional|supplementary|explanatory|introductory|concluding|formal|public|political|brief|expert)"
)
_PAPER = (
    r"(?!appeal from)(?:observations|findings|assessment|paper|petition|appeal|testimony|evidence|brief|complaint|objection|non-paper"
    r"|aide-m[eé]moire|resolution|manifesto|reservation|interpretation|understanding|recommendations|opinion|response"
    r"|demands|proposals|concerns|reply|letter|message|note|views)"
)
_PAPER_BY = re.compile(
    rf"(?:an? )?(?:{_SORT} ){{0,2}}{_PAPER}(?: (?:made|delivered|submitted|presented|prepared|issued|adopted|given|received))?"
    r" (?P<of>of|by|from|on behalf of) (?P<who>(?-i:(?:the )?[A-Z]).{2,300})",
    re.IGNORECASE,
)
_READ_BY = re.compile(
    r"(?P<whose>.+?),? (?:as )?(?:delivered|read(?: out)?|presented) by (?P<reader>.+)", re.IGNORECASE
)
_BY = re.compile(
    rf"(?:{_SORT} ){{0,2}}{_WORK}"
    r"(?: (?:made|delivered|submitted|presented|prepared|issued|adopted|given|received))?"
    rf" (?:by|of|from|on behalf of|attributable to) (?P<who>(?-i:(?:the )?[A-Z]|H\.E\.|the (?:{_OFFICES})).{{2,300}})",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"(?:(?:written|oral) )?(?:repl(?:y|ies)|responses?|answers?|objections?|reservations?|questions?)(?: \S*\d\S*)?"
    r"(?: (?:given|made|received|submitted|delivered))? (?:by|from|on behalf of)"
    r" (?P<who>(?-i:(?:the )?[A-Z]).{2,300})",
    re.IGNORECASE,
)
_PARTY = re.compile(
    r"(?:positions?|arguments?|contentions?|pleadings?|case) (?:of|for|by) (?:the )?(?P<who>(?:applicant|respondent"
    r"|claimant|defendant|plaintiff|complainant|appellant|petitioner|prosecution|defence|intervener|government)s?\b.{0,80})",
    re.IGNORECASE,
)
_DELIVERED = re.compile(
    r"(?:\w+ )?(?:as )?(?:delivered|prepared|read|presented)(?: for delivery| out)? by"
    r" (?P<who>(?-i:(?:the )?[A-Z]).{2,200})",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"(?P<who>[A-Z][\w .’'-]{1,60}?)(?:['’]s?)? (?:(?:joint|national|general|opening|closing|final|press|written) )*"
    r"(?:statement|declaration|communiqué|position paper|remarks|submission|reply|response|intervention|resolution"
    r"|conclusions|recommendation|opinion)\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"(?:(?:EU|UK|US|U\.S\.|UAE|NATO|G ?7|G ?20|G ?77|BRICS|ASEAN|Quad|NB8|V4|CARICOM|MERCOSUR|African Union"
    r"|Arab League|European Parliament|General Assembly|Human Rights Council|Security Council|North Atlantic Council|European Council|European Commission|Visegrád Group"
    r"|Pacific Islands Forum|Nordic-Baltic Eight)(?: (?:\w+ ){0,2}(?:ministers|leaders))?)",
    re.IGNORECASE,
)
"""Who speaks beside states in the headings of statements."""
_DELEGATION = re.compile(r"By the (?:delegations?|representatives?) of (?P<who>.{3,120}?):?$")
_DRAFT = re.compile(
    r"(?P<who>[A-Z][^:]{2,600}): (?:revised )?(?:draft (?:resolution|decision)|working paper|amendments?)\b"
)
_ADOPTED = re.compile(
    r"(?:as )?(?:adopted|.{0,80}?\bissued) by (?:the )?(?P<who>[A-Z].{3,120}?)(?: participating| at\b| on\b| in\b|,|$)",
    re.IGNORECASE,
)
_COURT = re.compile(
    r"(?:in the )?(?P<who>(?:(?:supreme|high|constitutional|federal|superior) court of .{3,80}"
    r"|(?:european |international )court of .{3,60}|court of (?:appeals?|justice|session)\b.{0,60}|united states (?:court of appeals|district court|supreme court))"
    r".{0,60})",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"(?:.{0,120}?\b(?:minist(?:er|ry)s? (?:of|for) .{3,60}?|representatives?|missions?|observers?|ministers?|ministry"
    r"|ambassadors?|delegations?|embassy"
    r"|governments?|president|secretary of state|chargés? d.affaires(?: a\.i\.)?)\b[^,]{0,60}? of )"
    r"(?:the permanent mission of )?(?P<who>(?:the )?[A-Z].+)",
    re.IGNORECASE,
)
_PORTFOLIO = re.compile(r"(?<!prime )\b(?:minister|ministers|ministry) of (?:the )?$", re.IGNORECASE)
_HONORIFIC = re.compile(
    r"^(?:amic(?:us|i) curiae )?(?:the )?(?:(?:HON|Rt Hon|H\.E|Honou?rable|His Excellency|Her Excellency)\b\.? )?",
    re.IGNORECASE,
)
_TO = re.compile(
    r",? (?:to|at|in) the (?:United Nations|Conference|Organi[sz]ation|European Union|Office)\b.*$", re.IGNORECASE
)
_END = re.compile(
    r",? (?:submitted|pursuant|concerning|regarding|relating|for (?:the period|the year|\d{4})|to the|at (?:the|its)"
    r"|opposing|supporting|urging|calling|requesting|expressing|condemning|declaring|in (?:a )?(?:joint|press)"
    r"|during|in (?:exercise of )?(?:the |its )?right of reply|in support of|in response|in (?:connection|accordance)|under|dated|transmitt\w+|addressed|with regard|covering)\b.*$"
    r"| on [‘'“\"].*$|[;:(*·•|].*$|(?<=[a-z]{3})\. .*$",
    re.IGNORECASE,
)
_ON = re.compile(
    r"(?P<body>group|committee|commission|rapporteur|expert|panel|forum|conference|council|office|agency|mission"
    r"|envoy|adviser)?,? on\b.*$",
    re.IGNORECASE,
)
_PERSON = re.compile(r",? (?:H\.E\.|(?:Mr|Ms|Mrs|Dr|Ambassador|Sir|Dame)\b).*$|, [A-Z]\w+ [A-Z][\w’-]+$")
_ATTACHED = re.compile(
    r"\b(?:attached|enclosed|herewith|annexed|transmit|forward|convey|circulate)\w*\b[^.;]{0,160}?"
    r"\b(?:letter|statement|report|communiqué|declaration|note verbale|paper|message|observation|opinion|appeal|petition|submission)s?\b(?:,? dated [^,]{4,40},?)?"
    r" (?:from|by|issued by|prepared by|adopted by|signed by|of) (?P<who>(?:the |[A-Z])[^.;]{2,250})"
)
_WE = re.compile(
    r"We, (?P<who>(?:the )?[^.;:]{3,200}?)(?:,$|,? (?:met|meeting|gathered|assembled|convened|having|representing"
    r"|express|declare|reaffirm|welcome|call|affirm|recall|condemn|are|have|ask|request|urge|submit|demand|petition|appeal|write"
    r"|hereby|believe|commit|agree|recogni[sz]e|stress|reiterate|support|oppose|protest|wish|object)\b)"
)
_MET = re.compile(
    r"(?:The|We, the) (?P<who>(?:\w+ )?(?:Ministers|Heads|Leaders|Presidents|Governors|Secretaries|Representatives|Chairs|Speakers"
    r"|Parties|Members|Delegations|Delegates)\b.{3,200}?),? (?:met|gathered|convened|held|assembled|meeting)\b"
)
_MEETING = re.compile(
    r".{0,60}?\b(?:meeting|conference|summit|session) of (?:the )?(?P<who>(?:\w+ )?(?:ministers|heads|leaders"
    r"|presidents|governors|secretaries)\b.{3,200})",
    re.IGNORECASE,
)
_JOINT = re.compile(r"(?:\w+ ){0,2}(?:communiqué|declaration|statement|conclusions)\b", re.IGNORECASE)
_WITHIN = re.compile(
    r".{2,60}? (?P<words>(?:communiqué|declaration|statement|report|paper|appeal|note|opinion) (?:of|by) .+)",
    re.IGNORECASE,
)
_STATED = re.compile(
    r"(?:(?:[A-Z]|[IVXLC]+|\d+)\. )?(?P<words>(?:an? )?(?:\w+ ){0,2}?(?:letters? (?:dated|of \d|from)|statements?|remarks"
    r"|declarations?|addresse?s?|speech|intervention|repl(?:y|ies)|responses?|answers?|objections?|reservations?|positions?"
    r"|arguments?|contentions?|explanation of|opinion|views|comments|submission|contribution|observations|findings|petition|appeal|testimony|memorandum"
    r"|reports? of the (?:special rapporteur|independent expert|working group|panel of experts|group of experts)"
    r"|by the (?:delegation|representative))\b.+)",
    re.IGNORECASE,
)
_BEHALF = re.compile(
    r"\bI\b[^.;]{0,200}?\bon behalf of (?P<who>(?:the )?[A-Z][^.;]{2,160}?)(?:, |\.| to | and |$)",
)
_ANYBODY = re.compile(
    r"(?:(?:all|other|the|several|individual|member|participating|observer|interested|non-governmental|national) )*"
    r"(?:states?|governments?|parties|members|delegations|organi[sz]ations|stakeholders|respondents|participants|the)",
    re.IGNORECASE,
)
"""Who is meant where many are: none of them holds the view."""
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
    words = " ".join(words[:800].split())
    match = _LETTER.match(words)
    if match is not None:
        return _holder(match["who"], date_in(match["date"] or ""))
    match = _BY.match(words) or _ANSWER.match(words) or _PARTY.match(words) or _DELEGATION.match(words)
    match = match or _DELIVERED.match(words) or _paper(words)
    if match is not None:
        return _holder(_END.sub("", _HONORIFIC.sub("", _read_for(words) or match["who"])))
    match = _DRAFT.match(words)
    if match is not None:
        who = match["who"].rstrip("*1234567890 ")
        return Holder(who, who, titled=True)
    match = _OWN.match(words)
    if match is not None and (is_state(match["who"]) or is_body(match["who"]) or _BODY.fullmatch(match["who"])):
        return Holder(match["who"], match["who"], titled=True)
    who = complimenting(words)
    if who is not None:
        holder = _holder(who)
        return replace(holder, titled=False) if holder else None
    match = _ADOPTED.match(words) or _COURT.match(words)
    return Holder(match["who"], match["who"], date_in(words)) if match else None


def _paper(words: str) -> re.Match[str] | None:
    """A paper by somebody; one "of" a name only where that is a body or a state: no "Findings of Fact"."""
    match = _PAPER_BY.match(words)
    if match is None or match["of"].casefold() != "of" or names_body(match["who"]) or is_state(match["who"]):
        return match
    return None


def _read_for(words: str) -> str | None:
    """Who reads a statement on behalf of others, where it says so in that order."""
    match = _READ_BY.fullmatch(words)
    whose = match["whose"].partition(" on behalf of ")[2] if match else ""
    return f"{_END.sub('', match['reader'])} on behalf of {_END.sub('', whose)}" if match and whose else None


def opening_in(words: str) -> Holder | None:
    """The holder that a paragraph by itself names as a heading does; `None` where it is not set like one."""
    words = " ".join(words.split())
    match = _STATED.match(words) if len(words) <= _LONGEST_OPENING else None
    if match is None or words.endswith((".", ";", ",", "?")):
        return None
    return holder_in(match["words"])


def annexed_in(title: str) -> Holder | None:
    """The holder that the title of an annex names: "Lima Declaration of the Coastal States"."""
    match = _WITHIN.fullmatch(title)
    if is_body(title) or is_state(title):
        return Holder(_plain(title), title)
    return holder_in(title) or speaking_in(title) or (holder_in(match["words"]) if match else None)


def speaking_in(words: str) -> Holder | None:
    """Who speaks as "We, the Ministers of the Coastal States, ..."."""
    match = _WE.match(words)
    who = _plain(match["who"])[:_LONGEST] if match else ""
    return Holder(who, who) if who else None


def meeting_in(heading: str, following: str) -> Holder | None:
    """Who met, where a heading is only "Joint Communiqué" and the next says at which meeting."""
    match = _MEETING.fullmatch(following) if _JOINT.fullmatch(heading) else None
    return _named(match["who"]) if match else None


def met_in(words: str) -> Holder | None:
    """Who met, as a first paragraph has it: "The Ministers responsible for fisheries of Benin and Togo met in Lomé"."""
    match = _MET.match(words)
    return Holder(match["who"][:_LONGEST], match["who"][:_LONGEST]) if match else None


def _named(who: str) -> Holder | None:
    holder = _holder(_END.sub("", who))
    return replace(holder, titled=False) if holder else None


def attached_in(words: str) -> Holder | None:
    """The holder of what a letter says is attached to it."""
    match = _ATTACHED.search(words[:3000])
    return None if match is None else _holder(re.split(r", |\(", _END.sub("", match["who"]))[0])


def on_behalf(words: str) -> str | None:
    """The group or state on whose behalf a letter says it is written."""
    match = _BEHALF.search(words[:600])
    return None if match is None else _plain(match["who"])


def _holder(who: str, date: str | None = None) -> Holder | None:
    who, _, behalf = re.sub(r"(?i) on behalf of ", "\n", _HONORIFIC.sub("", who), count=1).partition("\n")
    issuer = _plain(who)
    topic = _ON.search(issuer)
    if topic is not None and topic["body"] is None:
        issuer = issuer[: topic.start()].rstrip(" ,")
    office = _OFFICE.match(issuer)
    if office is not None and _PORTFOLIO.search(issuer[: office.start("who")]) and not is_state(office["who"]):
        office = None
    name = (
        _plain(_PERSON.sub("", _TO.sub("", office["who"])))
        if office
        else re.sub(r" to the [A-Z].*$", "", _TO.sub("", issuer))
    )
    if behalf:
        name = f"{_plain(_ON.sub('', behalf))[:_LONGEST]} ({name})"
    return (
        Holder(name[:_LONGEST], issuer[:_LONGEST], date, titled=True)
        if len(name) > 2 and not _ANYBODY.fullmatch(name)
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
    month = next(n for n, name in enumerate(_MONTHS, 1) if name == match["month"])
    return f"{match['year']}-{month:02}-{int(match['day'] or match['second']):02}"
