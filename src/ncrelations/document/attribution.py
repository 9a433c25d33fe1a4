"""Who a sentence says that something was said by, in its own words: "Kim warned", "according to the council".

It is a quotation of the text, shown beside an excerpt; it never moves a passage to another voice. Half of what is
reported is found; what is not marked may be reported all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ncrelations.document.spans import Span

_CUES = (
    "said|says|stated|states|noted|notes|argued|argues|claimed|claims|warned|warns|added|adds|stressed|stresses"
    "|emphasized|emphasizes|emphasised|emphasises|underlined|underlines|underscored|underscores|recalled|recalls"
    "|reiterated|reiterates|announced|announces|declared|declares|reported|reports|suggested|suggests|pointed out"
    "|points out|observed|observes|insisted|insists|denied|denies|acknowledged|acknowledges|maintained|maintains"
    "|asserted|asserts|alleged|alleges|believes|believed|explained|explains|told|replied|concluded|concludes"
    "|expressed|expresses|called for|calls for|affirmed|affirms|highlighted|highlights|indicated|indicates"
    "|asked|asks|wondered|hoped|proposed|proposes|requested|requests|condemned|condemns"
    "|welcomed|welcomes|urged|urges|criticized|criticizes|criticised|criticises"
)
_CUE = re.compile(rf"(?<![\w-])(?:{_CUES})(?![\w-])")
_NAME = r"[A-Z][\w.'’-]*(?:(?: (?:of|for|and|the|de|von|van|al|on|to|in))* [A-Z][\w.'’-]*)*"
_ROLE = r"(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Ss]ome|[Mm]any|[Ss]everal|[Oo]ther) (?:[a-z][\w’-]* ){0,4}"
_SOURCE = re.compile(
    rf"(?:^|(?<=[\s“\"(—–]))(?P<source>(?:{_ROLE})?{_NAME}|{_ROLE.removesuffix('{0,4}')}{{1,4}}|[Hh]e|[Ss]he|[Tt]hey"
    r"|[Pp]articipants|[Ss]peakers|[Dd]elegations|[Oo]fficials|[Ee]xperts|[Cc]ritics)"
    r"(?: \([^()]{2,60}\))?(?:, (?:speaking|introducing|responding|replying|referring|taking) [^,]{3,80},)?"
    r"(?:,? who)?(?: (?:has|have|had))?(?: (?:also|further|then|later|again|[a-z]{3,20}ly))? ?$"
)
_BEHIND = re.compile(
    r"[,?!]?[\"”’»]\)?,? (?P<cue>(?:said|says|added|adds|wrote|writes|replied|explained|explains|argued|warned|insisted"
    r"|told us|told reporters|noted|stated|declared|concluded|recalled|asked)"
    rf" (?:{_ROLE}{_NAME}|{_NAME}|{_ROLE.strip()}))(?<!\.)"
)
"""Who said what stands before in quotation marks: "...," said Ann Hill."""
_ACCORDING = re.compile(rf"[Aa]ccording to (?:{_ROLE}{_NAME}|{_NAME}|[a-z][\w ’-]{{2,60}}?)(?=[,.;:]| [a-z]+s )")
_WINDOW = 180
_WITHIN = 1_000


def attributions_in(sentences: Iterable[str]) -> tuple[str, ...]:
    """Who sentences say that something was said by, each once, in their own words."""
    found = ((sentence, attribution_in(sentence)) for sentence in sentences)
    return tuple(dict.fromkeys(sentence[span.start : span.end] for sentence, span in found if span is not None))


def attribution_in(sentence: str) -> Span | None:
    """Where a sentence names who said what it reports: source and verb, or "according to ..."; `None` where nowhere."""
    according = _ACCORDING.search(sentence[:_WITHIN])
    if according is not None:
        return Span(*according.span())
    for cue in _CUE.finditer(sentence[:_WITHIN]):
        start = max(0, cue.start() - _WINDOW)
        source = _SOURCE.search(sentence[start : cue.start()])
        if source is not None:
            return Span(start + source.start("source"), cue.end())
    behind = _BEHIND.search(sentence[:_WITHIN])
    return Span(*behind.span("cue")) if behind is not None else None
