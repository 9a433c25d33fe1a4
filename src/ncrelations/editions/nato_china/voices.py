"""The four voices of the two documents, and the words that ask for each."""

from __future__ import annotations

from enum import Enum

from ncrelations.document.voice import Speaker, voice_named


class Voice(str, Enum):
    """Whose view a passage states."""

    NATO = "nato"
    """What NATO and its allies believe about China (report, section III)."""
    CHINA = "china"
    """What China believes about NATO and the West (report, section IV)."""
    EXPERTS = "experts"
    """What the joint group of experts says (the rest of the report)."""
    AUTHOR = "author"
    """What Brian Wong says (the article)."""

    __str__ = str.__str__

    @property
    def label(self) -> str:
        """The voice in words, as every rendering prints it."""
        return _LABELS[self]

    @classmethod
    def named(cls, name: str) -> Voice:
        """The voice of that name; `NoSuchPlace` with the near misses for any other."""
        return cls(voice_named(tuple(cls), name).value)


_LABELS = {
    Voice.NATO: "NATO perception of China",
    Voice.CHINA: "Chinese perception of NATO",
    Voice.EXPERTS: "CSDR-CIISS expert group",
    Voice.AUTHOR: "Brian Wong",
}

_AUTHOR = (
    r"(?:wong(?:'s)?|brian wong"
    r"|(?:according to|in|from|of|by|does|for) (?:the|this|his) (?:article|essay|op-?ed|piece|commentary)"
    r"|(?:the|this) (?:author|writer|columnist|commentator)(?:'s)?|(?:the|this) (?:article|essay|op-?ed)(?:'s)?"
    r"|article|taihe|ti observer)"
)

SPEAKERS = (
    Speaker(
        Voice.NATO,
        names=r"nato|the alliance|alliance|nato allies|the allies|allies|allied|the west|west|western|westerners"
        r"|atlantic alliance",
        short=r"nato|alliance|allies|allied|west|western",
        exchanged=r"NATO|the Alliance|the alliance|the West|western countries|NATO allies",
        name="NATO",
        entities=("NATO", "The West"),
    ),
    Speaker(
        Voice.CHINA,
        names=r"china|beijing|chinese|the chinese|prc|the prc|chinas|cn",
        short=r"china|chinese|beijing|prc",
        exchanged=r"China|Beijing|the Chinese",
        name="China",
        entities=("China", "Beijing", "Chinese government"),
    ),
    Speaker(
        Voice.EXPERTS,
        names=r"(?:(?:the )?experts?|expert group|csdr|ciiss|the group)\b(?! on china)",
        short=r"experts?|group",
        name="the experts",
        document="report",
        document_names=r"(?:the|this|in|joint|csdr-ciiss|csdr|ciiss) report|report(?:'s)? (?:say|says|recommend)",
        document_called=r"(?:csdr-ciiss |csdr |ciiss |joint |experts'? |expert group'?s? )?"
        r"(?:report|study|white ?paper)",
        reports=True,
        credited=r"(?:the )?expert group|csdr[-–]ciiss|csdr|ciiss|center for strategic decision research"
        r"|china institute for international strategic studies",
    ),
    Speaker(
        Voice.AUTHOR,
        names=_AUTHOR,
        short=r"wong|author|brian",
        document="article",
        document_names=_AUTHOR,
        document_called=r"(?:taihe |wong |brian wong |ti observer |wong'?s )?"
        r"(?:op-?ed|essay|piece|commentary|column|article)",
        person="Wong",
        entities=("Brian Wong", "Taihe Institute", "article author"),
        credited=r"(?:brian )?(?:y\.? ?s\.? )?wong(?: yueshun)?|wongian",
    ),
)
"""Who speaks: the two sides, and the narrators of the two documents."""
