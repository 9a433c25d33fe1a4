"""Who speaks in minutes and summary records, which report speeches: "Mr. Kim (Republic of Korea) said that ...".

Only where a record says of itself that it is one: elsewhere "said" moves no passage to another voice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ncrelations.files.bodies import is_body
from ncrelations.files.speaker_turns import Turn

_RECORD = re.compile(
    r"/SR\.\d|\b(?:summary records?|memorandum of conversation|meetings coverage"
    r"|(?:draft|meeting|board|council|committee|approved|unconfirmed|final|agreed) minutes|(?<!\w )minutes"
    r"|minutes (?:of|from|for)|record of (?:the )?(?:\w+ )?(?:meeting|proceedings|discussions?)"
    r"|notes of (?:the |a )?(?:\w+ )?"
    r"meeting|summary of (?:the )?(?:discussions?|meeting|proceedings|debate)|compte rendu(?: analytique)?"
    r"|procès-verbal"
    r"|Sitzungsprotokoll|Niederschrift|acta (?:resumida|de la))(?!\w)",
    re.IGNORECASE,
)
_VERBATIM = re.compile(r"\b[A-Z]{1,2}(?:/[\w.]{1,12}){0,4}/PV\.\d|\b(?:verbatim|official) records?\b", re.IGNORECASE)
_CONVERSATION = re.compile(r"\bmemorandum of conversation|\bmeetings coverage", re.IGNORECASE)
_SUMMARY = re.compile(r"/SR\.\d|\b(?:summary record|compte rendu analytique|acta resumida)", re.IGNORECASE)
_MEETING_OF = re.compile(
    r"minutes of (?:the|a) (?:\w+ )*?meeting of (?:the )?(?P<who>[A-Z].{3,100}?)(?: held\b| on\b|,|$)", re.IGNORECASE
)
_TITLE = (
    r"(?:(?:(?:County|District|Borough|Parish|City|Town) )?(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lord|Lady"
    r"|Cllr|Councillor|Alderman|Ald|Rev|Col|Maj|Capt|Gen"
    r"|Ambassador|Senator|Minister|Commissioner|Judge|Mme|M|Sr|Sra|Monsignor|Archbishop|Sheikh|Deputy|Baroness)\.? )"
)
_WORD = r"[^\W\d_a-z][\w'’-]*\.?"
_BRACKET = r"(?: \((?P<of>(?:[^()]|\([^()]*\)){2,100})\))"
_NAME = rf"{_WORD}(?: (?:(?:de|da|di|van|von|der|den|al|el|bin) )?{_WORD}){{0,4}}?"
_WHO = (
    rf"(?:(?P<person>{_TITLE}{{1,2}}{_NAME}|{_NAME}(?= \()){_BRACKET}?"
    r"|[Tt](?:he|HE) (?P<office>(?i:(?:(?:government|employers?|workers?|alternate|permanent|deputy|acting) )?"
    r"(?:representatives?|observers?|delegates?|delegations?|member|spokes\w+|minister|ambassador)))"
    r" (?i:(?:of|for|from) (?:the )?)(?P<body>[^\W\d_a-z][^,;.]{2,100}?)"
    r"|(?P<whose>[^\W\d_a-z][^,.;:]{2,60}?)[’']s? (?:representative|delegate|delegation|observer|ambassador|minister)"
    r"|(?P<chair>T(?:he|HE) (?i:(?:(?:Acting|Deputy|Executive|High|Special|Temporary|First|Second) |Vice-|Co-)?"
    r"(?:Chair(?:s|man|woman|person)?|President|Secretary(?:-General)?|Treasurer|Ambassador|Minister|Commissioner"
    r"|Governor|Clerk|Rapporteur|Director(?:-General)?|Mayor|Moderator|Facilitator|Secretariat|Legal Counsel)))"
    rf"{_BRACKET.replace('of>', 'holds>')}?)"
)
_VERB = (
    r"(?:said|stated|noted|asked|reported|disagreed|agreed|thought|felt|considered|believed|expressed|suggested"
    r"|proposed"
    r"|emphasi[sz]ed|stressed|recalled|welcomed|supported|opposed|objected|replied|responded|explained|added|observed"
    r"|pointed out|drew|requested|called (?:for|on|upon|attention)|urged|reminded|appealed|wondered|thanked|commended"
    r"|regretted|was (?:of|in|concerned"
    r"|surprised|not|pleased"
    r"|grateful|against|opposed|convinced|disappointed)|hoped|seconded|spoke|informed|told|introduced|commented"
    r"|[ei]nquired"
    r"|queried|preferred|invited|described|assured|referred|reaffirmed|recogni[sz]ed|rejected|accepted|joined|shared"
    r"|paid tribute|congratulated|denied|cautioned|sought|raised|encouraged|echoed|recommended|summari[sz]ed|warned"
    r"|insisted|maintained|argued|declared|announced|associated|aligned|endorsed|voiced"
    r"|reiterated|affirmed"
    r"|underlined|underscored|highlighted|indicated|confirmed|clarified|concurred|remarked|outlined|complained"
    r"|questioned"
    r"|would|could|did not|(?:did|could|would|had|was)n[’']t|doubted|concluded|summed up|dissented|voted|abstained"
    r"|wished|wanted|advised"
    r"|acknowledged|favou?red|remarked|presented"
    r"|criticized|criticised|feared|took the view)"
)
_ADVERB = r"(?:(?:also|then|further|strongly|briefly|again|fully|[a-z]{3,12}ly) )?"
_TURN = re.compile(
    rf"(?:\d{{1,3}}(?:\.\d{{1,3}}){{0,2}}\.? )?(?:(?:Speaking|Responding|Replying|Before|After|In reply"
    rf"|In response)\b[^,.;]{{0,60}}, )?{_WHO}"
    rf"(?P<clause>, (?:[a-z][a-z-]+\b|{_TITLE})[^;:]{{2,200}}?,)? {_ADVERB}{_VERB}\b"
)
_FOR = re.compile(
    r", (?:(?:also )?speaking |who spoke )?on behalf of (?:the )?(?P<group>[^\W\d_a-z][^,;:]{2,120}?)"
    r"(?: and (?:his|her|their) (?:own )?\w+)?,"
)
"""For whom a speaker in a record speaks."""
_GOES_ON = re.compile(
    r"(?:\d{1,3}\. )?(?:He|She|They|His|Her|Their|In (?:his|her|their|its) (?:view|opinion|country)|As (?:for"
    r"|to)|Turning to"
    r"|With (?:regard|respect) to|Moreover|Furthermore|Finally|Lastly)\b"
)
_PROCEDURE = re.compile(
    r"(?:\d{1,3}\. )?(?:It was (?:so )?|The (?:meeting|draft|committee|commission|council|conference|assembly"
    r"|agenda|recommendation"
    r"|proposal|motion|amendment|discussion|board|programme)\b.{0,60}? (?:was|were|took|adopted|decided|rose"
    r"|approved|resumed|began)"
    r"|A (?:recorded )?vote|At the (?:request|invitation)|In favou?r|Against|Abstain|Statements? (?:was|were)"
    r"|Agenda item"
    r"|(?:.{0,60}) (?:took the Chair|was adopted|withdrew|took (?:a|his|her|their) (?:place|seat)))",
    re.IGNORECASE,
)
_RESOLVED = re.compile(
    r"\W*(?:(?:it was )?(?:unanimously )?(?:resolved|agreed|decided)\b|decisions?:|(?:the )?(?:council|committee"
    r"|board|meeting)"
    r" (?:unanimously )?(?:resolved|agreed|decided|approved|noted)\b)",
    re.IGNORECASE,
)
_NARRATED = re.compile(
    r"(?:\d{1,3}\. )?(?:(?:It|There) (?:was|were)\b|No (?:decision|objection)|A (?:\w+ )?vote\b|(?:The )?(?:[Dd]raft )?"
    r"(?:[Rr]esolution|[Dd]ecision|[Mm]otion|[Aa]mendment)\b.{0,80}? was\b|(?:The )?(?:\w+ )?(?:[Bb]oard|[Cc]ommittee"
    r"|[Cc]ouncil|[Cc]ommission|[Aa]ssembly|[Cc]onference|[Cc]hair\w*|[Pp]resident|[Ss]ecretar(?:y|iat)|[Cc]lerk"
    r"|[Mm]embers|[Dd]elegations|[Mm]eeting|[Pp]articipants|[Rr]epresentatives?)\b[^.\"“]{0,80}? (?:[a-z]+ed|took|then"
    r"|heard|read|said|was|were)\b)"
)
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur)\b")
_QUOTED = re.compile(r"[\"“][^\"“”]{0,2000}[\"”]")
_FIRST, _LINE, _TITLE_LINE = 8, 250, 60


def is_record(words: str) -> bool:
    """Whether a line heads the record of a body's meeting, which states who said what, and else the body's view."""
    return (
        len(words) <= _LINE
        and (_RECORD.search(words) is not None or _VERBATIM.search(words) is not None)
        and not _CONVERSATION.search(words)
    )


def narrated(words: str) -> bool:
    """Whether a paragraph of a record tells what happened or was said, in nobody's own words."""
    told = _NARRATED.match(words) is not None or _turn(words) is not None
    return told and _FIRST_PERSON.search(_QUOTED.sub("", words)) is None


def reported_turns(blocks: Sequence[str], titles: Sequence[str]) -> dict[int, Turn | None]:
    """Who begins to be reported with which block, in a record of a meeting; `None` where nobody goes on.

    Blocks keep their line breaks: the first line may be a title.
    """
    blocks = [_untitled(words) for words in blocks]
    head = [*titles, *blocks[:_FIRST]]
    kinds = [words for words in head if len(words) <= _LINE and _RECORD.search(words)]
    if not kinds:
        return {}
    summary = any(map(_SUMMARY.search, kinds))
    return dict(_turns(blocks, _body(head), summary=summary))


def _untitled(block: str) -> str:
    """A block in one line, without the title that its first line may be."""
    block = block.replace("**", "")
    first, _, rest = block.partition("\n")
    titled = len(first) <= _TITLE_LINE and not first.rstrip().endswith((".", ",", ";", ":")) and _turn(rest)
    return " ".join((rest if titled else block).split())


def _turns(blocks: Sequence[str], body: str | None, *, summary: bool) -> Iterator[tuple[int, Turn | None]]:
    for number, words in enumerate(blocks):
        turn = _turn(words)
        if body is not None and _RESOLVED.match(words):
            yield number, Turn(body)
        elif turn is not None:
            yield number, turn
        elif not (_GOES_ON.match(words) or (summary and not _PROCEDURE.match(words))):
            yield number, None


def _turn(words: str) -> Turn | None:
    match = _TURN.match(words[:500])
    if match is None:
        return None
    if match["chair"]:
        return Turn(match["chair"].partition(" (")[0], recorded=True)
    if match["office"]:
        return Turn(f"The {match['office']}", match["body"], recorded=True)
    if match["whose"]:
        return Turn("The representative", match["whose"], recorded=True)
    group = _FOR.match(match["clause"] or "")
    if group is not None:
        named = f"{match['of']}, {match['person']}" if match["of"] else match["person"]
        return Turn(named, group["group"], recorded=True)
    return Turn(match["person"], match["of"], recorded=True)


def _body(head: Sequence[str]) -> str | None:
    """Whose minutes they are."""
    meeting = next(filter(None, map(_MEETING_OF.match, head)), None)
    return meeting["who"] if meeting else next(filter(is_body, head), None)
