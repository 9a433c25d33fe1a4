"""Questions where, how often or whether a name or word occurs: "where is Mars mentioned?"."""

from __future__ import annotations

import re
from typing import NamedTuple

from ncrelations.text.patterns import Pattern, beginnings
from ncrelations.text.words import pieces_of


class MentionAsked(NamedTuple):
    """A question where, how often or whether a name or word occurs."""

    name: str
    """The name or word."""
    where: str
    """The text around it, which may name a document."""
    counts: bool
    """Whether the number is asked for."""


_MENTION = (
    "mention(?:s|ed|ing)?|name[sd]?|naming|refer(?:s|red)? to|referenc(?:e|es|ed|ing)|cit(?:e|es|ed|ing)"
    "|talk(?:s|ed)? about|discuss(?:es|ed)?|bring(?:s)? up|speak(?:s)? of|contain(?:s|ing)?|use[sd]?|come[s]? up"
    "|appear(?:s|ed)?|occur(?:s|red)?|crop(?:s)? up|show(?:s)? up"
)
_PASSAGES = (
    "passages?|paragraphs?|places?|sections?|sentences?|bullets?|blocks?|parts?|spots?|references?"
    "|mentions?|occurrences?"
)
_COMES_UP = "come up|appear|occur|get mentioned|crop up|show up"
_OCCURRENCES = "mentions?|references?|occurrences?"
_NAME = r"(?P<name>[^?!,;]{2,60}?)"
_WHERE = r"(?P<where>(?:\s+(?:in|within|by|inside)\s+(?:the |this |either |both )?[\w' ]{2,30})?)"
_END = r"(?:\s+(?:at all|anywhere|somewhere|ever|once|or not|exactly|and how often|explicitly))*\W*$"
_MENTIONS = [
    Pattern(pattern, re.IGNORECASE, beginnings(needs))
    for needs, pattern in (
        (_MENTION, (
            rf"^(?:in )?(?:where|how often|how many times|how frequently|in how many (?:{_PASSAGES})|in (?:which|what)"
            rf" (?:{_PASSAGES}))"
            rf"(?: exactly)? (?:is|are|was|were|do|does|did|has|have)(?: the)?(?: (?:name|word|term|phrase))?s? {_NAME}"
            rf"(?: get| been| be)? (?:{_MENTION}){_WHERE}{_END}"
        )),
        (_COMES_UP, (
            rf"^(?:does|do|did) (?:the (?:word|name|term) )?{_NAME} (?:ever |even )?(?:{_COMES_UP}){_WHERE}{_END}"
        )),
        (_MENTION, (
            rf"^(?P<where>(?:does|do|did) (?:the |this |either |any )?[\w' ]{{2,30}}?) (?:ever |even |also )?"
            rf"(?:{_MENTION})(?: the (?:word|name|term))? {_NAME}{_END}"
        )),
        (_MENTION, (
            rf"^(?:is|are|was|were) (?:the (?:word|name|term) )?{_NAME} (?:ever |even |also |at all"
            rf" )?(?:{_MENTION}){_WHERE}{_END}"
        )),
        (_PASSAGES, (
            rf"^(?:(?:list|show|give|find|get|read|display)(?: me| us)? )?(?:all|every|each|any|the)? ?(?:of )?(?:the"
            rf" )?(?:{_PASSAGES})"
            rf" (?:that |which |where |in which |who )?(?:(?:{_MENTION})|mentioning|about|of|to|on|with)"
            rf"(?: the (?:word|name|term))? {_NAME}{_WHERE}{_END}"
        )),
        (_MENTION, (
            rf"^(?:which|what) (?:{_PASSAGES}) (?:{_MENTION})(?: the (?:word|name|term))? {_NAME}{_WHERE}{_END}"
        )),
        (_PASSAGES, rf"^how many (?:{_PASSAGES}) (?:(?:{_MENTION})|of|to) {_NAME}{_WHERE}{_END}"),
        (_OCCURRENCES, (
            rf"^(?:any|is there (?:any|a)|are there(?: any)?) (?:{_OCCURRENCES}) (?:of|to) {_NAME}{_WHERE}{_END}"
        )),
        (_MENTION, rf"^(?:where|how often) (?:do|does) (?:they|it|the [\w' ]{{2,20}}?) (?:{_MENTION}) {_NAME}{_END}"),
    )
]  # fmt: skip
_COUNT = Pattern(r"\bhow (?:often|many|frequently)\b|\bcount\b|\bnumber of\b", re.IGNORECASE)

_ARTICLE = Pattern(r"^(?:the|a|an)\s+", re.IGNORECASE)


def mention_asked(core: str) -> MentionAsked | None:
    """The name or word whose mentions a question asks for."""
    if len(core) > 200:
        return None
    for pattern in _MENTIONS:
        match = pattern.match(core)
        if match:
            name = _ARTICLE.sub("", match["name"].strip(" \"'“”‘’«»"))
            where = match.groupdict().get("where") or ""
            if name and len(pieces_of(name)) <= 6:
                return MentionAsked(name, where, bool(_COUNT.search(core)))
    return None
