"""The patterns of crediting without a verb of saying, over the names of the speakers of a corpus."""

from __future__ import annotations

import re
from functools import cached_property

from ncrelations.proofing.crediting_words import FROM, OPINION
from ncrelations.proofing.named_speakers import Naming

_GROUP = (
    r"(?:\s+(?:side|governments?|leaders?|experts?|officials?|diplomats?|delegat(?:es?|ions?)|ambassadors?"
    r"|envoys?|embassy|representatives?|(?:(?:foreign|defen[cs]e)\s+)?minist(?:er|ry)|generals?|strategists?"
    r"|participants?|members|scholars?|allies|capitals|spokes(?:man|woman|person|men)))"
)
_NO_VERB = r"(?!(?:and|or|but|nor|of|in|on|at|to|is|are|was|were|has|had|have|will|would|can|could|should|may|must)\b)"
_RELATIVE = (
    r"(?!(?:is|are|was|were|has|have|had)\s+(?:(?:an?|the|one|so|such|been|become|grown|that)\b"
    r"|(?:\w+ly\s+)?\w+(?:ed|old|own)\b))"
)
_NO_MAKER = r"(?!(?:institut|cent(?:re|er)|think[- ]tank|universit)\w*)"
_OFFICE = (
    r"(?:(?:secretar(?:y|ies)[- ]general|ministr(?:y|ies)|ministers?|ambassadors?|envoys?|spokes(?:man|woman"
    r"|person|men|people)"
    r"|officials?|diplomats?|leaders?|leadership|governments?|presidents?|premiers?|generals?|admirals?"
    r"|commanders?|officers?"
    r"|strategists?|scholars?|analysts?|academics?|delegat(?:es?|ions?)|negotiators?|commentators?|policymakers?"
    r"|planners?"
    r"|attach[ée]s?|press|media|newspapers?|chiefs?|headquarters|embass(?:y|ies)|officers?|foreign office)\b)"
)
"""Who speaks for a side."""
_SPEAKING = (
    r"(?:hits?|shot|shoots|fire[sd]|strikes|struck|turn(?:s|ed)|sum(?:s|med)|go(?:es)?|went|draws?|drew|offer(?:s|ed)"
    r"|open(?:s|ed)|close[sd]?|begins?|began|start(?:s|ed)|lays?|laid|spell(?:s|ed)|deliver(?:s|ed)|giv(?:es)"
    r"|gave|put|puts"
    r"|mince[sd]|come(?:s)? (?:back|out) with|came (?:back|out) with|chim(?:es|ed)|weigh(?:s|ed) in|pil(?:es|ed) on"
    r"|return(?:s|ed) the|has (?:this|the following|only this|the last word))\b"
)
"""What somebody does who is about to speak."""
_NOT_SPOKEN = (
    r"(?!(?:is|are|was|were|has|have|had|be|been|faces?|faced|gets?|got|receives?|received|hears?|heard|needs?|needed"
    r"|lacks?|lacked|risks?|suffers?|suffered|must|should|can|could|will|would|may|might|do|does|did|cannot"
    r"|states|never|not"
    r"|and|or|of|in|on|at|to|for|with|by|from|as|but|rejects?|rejected|disputes?|disputed|denie[sd]|reads?|met"
    r"|meets?)\b)"
)
"""Words after a name that are no verb of one who speaks."""
_SOME = r"(?:the|its|many|some|most|an?|one|another|even)\s+"
_DENIES = r"(?<!not )(?<!never )\b(?:den(?:y|ies|ied)|reject|refut|doubt|disput|contest)"
_THEIR_PLACES = r"(?:circles|leadership|side|quarters|headquarters|camp|ranks|capitals|mind)"
_TAIL = r"[^,;:.“\"]{0,40}\Z"


class CreditPatterns:
    """Each construction as one pattern, compiled when it is first looked for. Immutable."""

    def __init__(self, naming: Naming) -> None:
        self._name, self._people = naming.any_name, naming.people or r"(?!)"
        self._alone = rf"(?:(?:the|an?|its|all|some)\s+)?(?:{self._name}){_GROUP}?"

    @cached_property
    def leading(self) -> tuple[re.Pattern[str], ...]:
        """What leads to a quotation where nothing else credits, the surest first; each names "whom" or "for"."""
        name = self._name
        return (
            _any_case(
                rf"(?P<whom>(?:the\s+)?(?:{name})['’]s?)\s+[\w-]+(?:\s+[\w-]+){{0,2}}\s*(?:\bthat\b{_TAIL}|:\s*\Z)"
            ),
            _any_case(
                rf"\b(?:what|it)\s+(?:\w+ly\s+)?\w+(?:s|ed)\s+(?P<whom>(?:{_SOME})?(?:{name}){_GROUP}?)"
                r"(?:(?!\b(?:the|an?)\b)[^,;:.]){0,20}(?:that\b|:)"
            ),
            _any_case(_with_that(name)),
            _any_case(rf"\bTo\s+(?P<whom>(?:the\s+)?(?:{name})(?:['’]s? mind|\s+(?:side|ears?))?),[^,;:.]{{0,60}}\Z"),
            _any_case(_at_a_colon(name)),
            _any_case(_introducing(name)),
            _any_case(
                rf"\b(?:is|are|was|were)\s+(?P<whom>(?:the\s+)?(?:{name})(?:['’]s?)?)\s*(?:speaking|talking)?:\s*\Z"
            ),
            _any_case(rf"\b(?:for|with|like|following|per|in)\s+(?P<whom>(?:the\s+)?(?:{self._people}))\b"),
        )

    @cached_property
    def source(self) -> re.Pattern[str]:
        """ "according to", "in the eyes of" and the like, with "whom"."""
        return _any_case(rf"\b(?:{FROM})\s+(?P<whom>[^,;:.()\[\]]{{1,80}})")

    @cached_property
    def owned(self) -> re.Pattern[str]:
        """A view with "whom" before it, from the beginning of a text."""
        return _any_case(rf"(?P<whom>[^,;:.()\[\]]{{1,60}}?(?:['’]s?)?\s+(?:[\w-]+\s+){{0,2}}?)(?:{OPINION})\b")

    @cached_property
    def possessive(self) -> re.Pattern[str]:
        """A name as an owner, at the end of a text."""
        return _any_case(rf"(?:the\s+)?\b(?:{self._name})(?:['’]s|(?<=s)['’])\s+(?:[\w-]+\s+){{0,2}}\Z")

    @cached_property
    def among(self) -> re.Pattern[str]:
        """Where something is thought: "in the growers' circles", "there is a feeling among the growers that"."""
        name = self._name
        return _any_case(
            rf"\b(?:in|inside|within|among|on)\s+(?P<whom>(?:the\s+)?(?:{name})(?:['’]s?)?)\s+{_THEIR_PLACES}\b"
            r"|\b(?:it|there) (?:is|was|has become)\b[^.;:]{0,40}?\b(?:in|among|within|on|at)\s+"
            rf"(?P<them>(?:the\s+)?(?:{name}))\b[^.;:]{{0,30}}\bthat\s*\Z"
            rf"|\b(?:from|out of)\s+(?P<out>(?:the\s+)?(?:{name}))\s+(?:comes?|came)\b"
            rf"|(?:^|[.;]\s*|here is )(?P<on>(?:the\s+)?(?:{name}){_GROUP}?) (?:on|about) [^,;:.]{{1,40}}:\s*\Z"
        )

    @cached_property
    def on_another(self) -> re.Pattern[str]:
        """Somebody on somebody else: "the growers on the millers"."""
        return _any_case(rf"(?P<whom>(?:the\s+)?(?:{self._name})) (?:on|about) (?:the\s+)?(?:{self._name})\b")

    @cached_property
    def theirs(self) -> re.Pattern[str]:
        """ "are the growers'", "is pure miller": whose words are, right after them."""
        return _any_case(
            rf"(?:is|are|was|were)\s+(?:pure\s+|all\s+)?(?P<whom>(?:the\s+)?(?:{self._name}))(?:['’]s?)?\s*(?=[,;.]|\Z)"
        )

    @cached_property
    def for_whom(self) -> re.Pattern[str]:
        """ "for the growers", or "but to the growers", right before a quotation."""
        begins = r"(?:^|[,;.]\s*|\b(?:but|yet)\s+)"
        return _any_case(rf"{begins}(?:for|to) (?P<whom>(?:the\s+)?(?:{self._name}){_GROUP}?),?\s*\Z")

    @cached_property
    def name(self) -> re.Pattern[str]:
        """A name."""
        return _any_case(rf"\b(?:{self._name})\b")

    @cached_property
    def alone(self) -> re.Pattern[str]:
        """A name with an article, or a group of people before or after it."""
        return _any_case(self._alone)

    @cached_property
    def first(self) -> re.Pattern[str]:
        """A name at the beginning of a sentence."""
        return _any_case(rf"(?:(?:and|but|so|yet|then|nor|also)\s+)?{self._alone}\b")

    @cached_property
    def group(self) -> re.Pattern[str]:
        """People of a side, wherever they stand."""
        return _any_case(rf"\b(?:(?:{self._name})(?:['’]s?)?(?:\s+own)?{_GROUP}|the\s+(?:{self._name})\b)")

    @cached_property
    def doing(self) -> re.Pattern[str]:
        """ "whom" with whatever they do."""
        whom = rf"(?P<whom>(?:{_SOME})?(?:{self._name})(?:['’]s?)?{_GROUP}?)"
        return _any_case(rf"{whom}\s+{_NO_VERB}(?:\w+ly\s+)?[a-z]{{2,}}\b")


def _any_case(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _with_that(name: str) -> str:
    """What leads to a quotation with whatever verb and "that", which is not denied and is no "so that"."""
    return (
        r"(?:^|[.;:!?—–,]\s*|\b(?:and|but|while|yet|so|then|still|here|now|how|why|do|does|did|when|as|because|after|in"
        r"|meanwhile|today|often|sometimes|perhaps|always|again|enough|\w+ly|(?:after|by)\s+\w+)\s+)"
        rf"(?P<whom>(?:{_SOME})?(?:{name})(?:['’]s?)?{_GROUP}?)\s+(?!(?:and|never|nowhere)\b"
        rf"|{_DENIES}){_RELATIVE}{_NO_MAKER}\w+"
        r"(?:(?!\b(?:so|such|ensure|ensuring|sure|provided|given|now)\s+that\b"
        r"|\b(?:when|while|because|after|before|until|against|being|means?|meant)\b"
        rf"|\b(?:not|never|nowhere)\s+(?!hid|den|doubt|conceal|disput|forg|hesit|tir)|{_DENIES})[^,;:.“\"]){{0,60}}?"
        rf"\bthat\b{_TAIL}"
    )


def _at_a_colon(name: str) -> str:
    """A speaker's name alone before a colon, or after "for"."""
    return (
        r"(?:(?:^|[.!?;—–*])\s*(?:(?:and|but|here is|now|then|so|by|from)\s+)?"
        rf"(?P<whom>(?:the\s+)?(?:{name}){_GROUP}?)(?:,\s*(?:pp?\.\s*\d|sections?\b|[IVX]+\b)[^:;]{{0,30}}"
        r"|,?\s+(?:again|too|once more|verbatim|in (?:full|short|brief)|at length|also|"
        r"(?:is|was|are|were) (?:\w+ )?(?:blunt|frank|clear|plain|candid|explicit|emphatic|harsh|crude"
        r"|sharp)(?:er)?(?: still| too)?"
        r"|(?:is|are) of (?:the same|one) mind))?\s*:"
        rf"|^[(\[](?P<bracket>(?:the\s+)?(?:{name}){_GROUP}?)[)\]]"
        rf"|^(?P<dashed>(?:the\s+)?(?:{name}){_GROUP}?)\s*[—–―]"
        rf"|\bfor (?P<for>(?:the\s+)?(?:{name}){_GROUP}?),?)\s*\Z"
    )


def _introducing(name: str) -> str:
    """A side that is about to speak, or who speaks for one, before a colon: "the growers' council drew a lesson:"."""
    begins = r"(?:^|[.!?;—–]\s*|\b(?:and|but|while|yet|then|so|now|here|meanwhile|finally|lastly)\s+)"
    office = rf"(?:(?:{_SOME})?(?:{name})(?:['’]s?)?\s+(?:[\w-]+\s+){{0,2}}?{_OFFICE}"
    of_side = rf"(?:(?:the|an?)\s+)?(?:[\w-]+\s+){{0,2}}?{_OFFICE}\s+(?:of|in|at|for)\s+(?:the\s+)?(?:{name})\b)"
    side = rf"(?P<side>(?:the\s+)?(?:{name}){_GROUP}?)\s+(?:\w+ly\s+)?{_SPEAKING}"
    return rf"{begins}(?:(?P<whom>{office}|{of_side})\s+{_NOT_SPOKEN}|{side})[^,;:.“\"]{{0,70}}:\s*\Z"
