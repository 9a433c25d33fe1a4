"""The frame of a question: greeting, preamble, politeness, and "could you tell me". It never counts.

What is left is the core: what would have been asked by one who wastes no words. Every pattern is bounded, so
that the work grows with the length of the text alone.
"""

from __future__ import annotations

import re

from ncrelations.text.patterns import Pattern

_ASKS = (
    r"(?:what|what's|whats|why|how|who|whom|whose|when|where|which|does|do|did|is|are|was|were|has|have|had|can|could"
    r"|should|would|will|may|might|isn't|aren't|doesn't|don't|didn't|list|name|show|give|tell|explain|describe|compare"
    r"|summari[sz]e|find|quote|any|in what|in which|on what|according to|anything|is there|are there)"
)
_BREAK = r"(?:\s*[.!?:;,]+\s*|\s+[-–—]+\s+|\s+)"

_LEAD = Pattern(
    r"^\W*(?:"
    r"(?:hey|hi|hiya|hello|yo|howdy|greetings|dear)(?: (?:there|all|bot|assistant|team|everyone|folks|friend|sir|madam"
    r"|guys|again|dear))?"
    r"|good (?:morning|afternoon|evening|day)(?: (?:to you|all|everyone))?"
    r"|ok(?:ay)?|so|um+|uh+|er+|erm|hm+|mm+|well|right|alright|now|then|also|anyway|btw|by the way|fyi|yes|yeah"
    r"|imh?o|tbh|ngl|iirc|afaik|afaict|fwiw|in my (?:humble |honest )?opinion|to be (?:honest|fair)|honestly|frankly"
    r"|no worries"
    r"|please|pls|plz|kindly|sorry(?: again)?|excuse me|pardon(?: me)?|bot|assistant"
    r"|(?:a |one |just (?:a |one )?|here's (?:a |one )?|another |my |the )?(?:very )?"
    r"(?:quick|short|simple|dumb|stupid|silly|basic|honest|serious|genuine|random|last|final|next|new|follow-?up|small)"
    r" (?:one|question|thing|q)(?: (?:for|from) (?:you|me))?(?: here| then| first| more)?"
    r"|(?:one|a) (?:more|last|quick|other)(?: (?:thing|question|one))?|another (?:one|thing|question)"
    r"|(?:maybe|perhaps|probably|possibly|this is|it's|it is|that's) (?:a |an )?(?:\w+ ){0,2}question"
    r"|(?:just )?(?:wondering|curious|checking|asking|thinking)|not sure(?: [^.!?:;,]{0,60})?"
    r"|thanks?(?: you)?(?: (?:so much|very much|a lot))?(?: (?:for|in) [^.!?:;,]{0,40})?"
    r"|in a (?:hurry|rush)|(?:my|the) question(?: is| was)?|question|next|first(?: of all)?"
    r"|to (?:start|begin)(?: with)?"
    r"|(?:sorry )?if (?:this|that|it)(?:'s| is| has| was)? [^.!?:;,]{0,60}?(?= but\b|[.!?:;,])"
    rf"|(?:need|want|looking for)\b[^.!?:;,]{{0,40}}(?=:\s*{_ASKS}\b)"
    rf"){_BREAK}(?:but |and |so |then |now )?(?=\W*\w)",
    re.IGNORECASE,
    starts=(
        "hey", "hi", "hello", "yo", "howdy", "greetings", "dear", "good", "ok", "so", "um", "uh", "er", "hm", "mm",
        "well", "right", "al", "now", "then", "any", "btw", "by", "fyi", "yes", "yeah", "imo", "imho", "tbh", "ngl",
        "ii", "afa", "fwiw", "in", "to", "honest", "frankly", "no", "p", "kindly", "excuse", "bot", "a", "one",
        "just", "here", "my", "the", "very", "quick", "short", "simple", "dumb", "stupid", "silly", "basic",
        "serious", "genuine", "random", "last", "final", "next", "new", "follow", "small", "maybe", "this", "it",
        "that", "wondering", "curious", "checking", "thank", "question", "first", "if", "need", "want", "looking",
    ),
)  # fmt: skip
"""One word or phrase of greeting, haste or excuse at the beginning."""

_ABOUT_ME = Pattern(
    r"^\W*(?:so |and |but |because |since |as |while )?(?:i|i'm|im|i’m|i've|ive|i’ve|i'd|i’d|i'll|my (?:\w+"
    r" ){0,3}?\w+|we|we're"
    rf"|we’re|we've|our (?:\w+ ){{0,2}}?\w+)\b(?:(?!\b(?:what|why|how|who|when|where|which)\b)[^.!?:;]){{0,140}}?"
    rf"(?:[.!?:;]+\s*|,?\s+(?:and|but|so)\s+(?={_ASKS}\b|\w)|,\s*(?={_ASKS}\b)|\s+[-–—]+\s+(?=\w))",
    re.IGNORECASE,
    starts=("so", "and", "but", "because", "since", "as", "while", "i", "my", "we", "our"),
)
"""A clause about the asker ("I'm writing an essay and ..."), up to where the question begins."""

_CIRCUMSTANCE = Pattern(
    r"^\W*(?:for|before|after|without|while|in|at|on)\b(?=[^.!?:;,]{0,60}\b(?:i|my|me|our|we|essay|paper|seminar|thesis|class"
    r"|briefing|talk|speech|presentation|homework|exam|tomorrow|tonight|reading|whole thing|deadline)\b)"
    rf"[^.!?:;,]{{0,80}}(?::\s*|\s+[-–—]+\s+|,\s*(?:so\s+)?(?={_ASKS}\b))",
    re.IGNORECASE,
    starts=("for", "before", "after", "without", "while", "in", "at", "on"),
)
"""What it is asked for or before: "for a briefing tomorrow: ..."."""

_TELL_ME = Pattern(
    r"^\W*(?:"
    r"(?:can|could|would|will|may|might)(?: you| u| i| we| someone| anyone)(?: possibly| perhaps| please| pls| kindly"
    r"| maybe"
    r"| just| help me)*(?: be so kind as to| be able to| like to)? "
    r"(?:tell|explain|show|give|remind|help|let|say|describe|clarify|find(?: out)?|check|look up|ask|know|see|read"
    r"|get|have)"
    r"(?: to)?(?: me| us| you)?(?: please| pls)?(?: with (?:this|that|the following)| understand| know| a bit| again|"
    r" here| the following)?"
    r"|(?:please |pls |kindly |just )?(?:tell|explain|remind|help|inform|enlighten)(?: to)? (?:me|us)(?: please|"
    r" understand| out)?"
    r"|(?:i|we)(?:'d| would|'m| am| have|'ve| was| were|’d|’m|’ve)?(?: really| just| still| also| been| always| only|"
    r" actually)*"
    r" (?:want(?:ed)?|like|love|need(?:ed)?|wish|try(?:ing)?|hop(?:e|ing)|wonder(?:ing|ed)?|curious|interested"
    r"|looking|keen|dying"
    r"|wondering)(?: for ages| in| to| for| about| out)*(?: (?:know|understand|learn|find out|see|ask|read|hear|get"
    r"|check|figure"
    r" out|be told|have))?(?: you| out| more)?(?: the following| about| on| of| if| whether)?"
    r"|(?:my|our) [\w ]{2,30}? (?:wants?|asked|asks|needs?|is asking|was asking|would like)(?: me| us)?(?: to)?"
    r"(?: (?:know|understand|find out|see))?(?: about| if| whether)?"
    r"|(?:do|does|did) (?:you|anyone|anybody|u) (?:happen to )?(?:know|remember|have any idea)(?: about| if| whether|"
    r" of)?"
    r"|any (?:idea|clue)(?: about| if| whether| on)?|let me (?:ask|know)(?: you)?(?: this| it)?(?: differently| again)?"
    r"|(?:please |pls )?(?:answer|help)(?: me| us)?(?: with)?(?: this| that| the following)?|please|pls|plz|kindly"
    r")(?:\s*[:,;.?!-]+\s*|\s+)(?:that |this |the following )?(?=\W*\w)",
    re.IGNORECASE,
    starts=(
        "can", "could", "would", "will", "may", "might", "please", "pls", "plz", "kindly", "just", "tell", "explain",
        "remind", "help", "inform", "enlighten", "i", "we", "my", "our", "do", "did", "any", "let", "answer",
    ),
)  # fmt: skip
"""What only asks to be told."""

_PERSON = (
    r"(?:[\w'’-]+ ){0,3}?(?:accountant|activist|advis[eo]r|aide|analyst|archivist|assistant|attach[ée]|auditor|baker"
    r"|banker|barber|barrister|bartender|biologist|blogger|bookseller|broker|buyer|cadet|campaigner|carpenter|chef"
    r"|chemist|citizen|clerk|coach|coder|columnist|consultant|cook|copywriter|dad|dentist|designer|developer|diplomat"
    r"|doctor|driver|economist|editor|electrician|engineer|exporter|farmer|father|firefighter|fisherman|gamer|geographer"
    r"|grandfather|grandmother|historian|importer|insurer|intern|interpreter|investor|journalist|judge|juror|lawyer"
    r"|lecturer|librarian|linguist|manager|mariner|merchant|midwife|mother|mum|notary|novelist|nurse|officer|paramedic"
    r"|pensioner|pharmacist|physicist|pilot|plumber|podcaster|policeman|politician|priest|printer|producer|professor"
    r"|programmer|publisher|pupil|referee|reporter|researcher|retiree|sailor|scientist|secretary|seller|shareholder"
    r"|shopkeeper|sister|skipper|soldier|solicitor|squaddie|staffer|student|surgeon|taxpayer|teacher|teenager|trader"
    r"|translator|trustee|tutor|typist|undergraduate|vet|veteran|vicar|voter|waiter|writer)"
    r"(?: (?:of|at|in|for) (?:an? |the )?[\w'’-]+)?"
)
_ASKER = Pattern(
    rf"^\W*(?:(?:speaking |writing )?as (?:an? |the ){_PERSON}(?: (?:might|would) (?:say|ask|put it))?(?:,\s*|\s+)"
    rf"|(?:an? |the |your |one )?{_PERSON}(?: (?:here|speaking|asking|checking|wondering|writing)(?: (?:on|from|in|at)"
    rf" [\w'’-]+)?\s*(?:[:,;.!]+\s*|[-–—]+\s+|(?=\s(?:whether|if|{_ASKS})\b))| ?: ))(?=\W*\w)",
    re.IGNORECASE,
    needs=("as a", "as the", " here", "speaking", "asking", "checking", "wondering", "writing", ": "),
)
"""Who asks, by trade or station: "as a bond trader ...", "Ward sister here on nights.", "Risk manager: do they?"."""

_ASIDE = Pattern(
    r"[,.?!;] (?:i|i'm|im|i’m|i've|i’ve|i'd|my|our|we)\b(?:(?!\b(?:what|why|how|who|when|where|which|whether|if)\b)"
    r"[^,.?!;]){3,60}[.!]*$",
    re.IGNORECASE,
    needs=tuple(f"{mark} {word}" for mark in ",.?!;" for word in ("i", "my", "our", "we")),
)
"""A clause about the asker at the end: "..., my editor collects metaphors"."""

_TAIL = Pattern(
    r"(?:\s*[,.!?;:–—-]+\s*|\s+)\(?(?:"
    r"(?:many |much )?thanks?(?: (?:a lot|so much|very much|in advance|again|you|a million|mate|everyone))*"
    r"|thank you(?: (?:so much|very much|in advance|again|kindly))*|(?:please|pls|plz)(?: and (?:thank you|thanks))?"
    r"|thx|ty|ta|tia|cheers|kindly|regards|lol|haha|asap|urgent(?:ly)?|much appreciated"
    r"|(?:it's|its|this is|kinda|a bit) (?:quite |very |really |a bit )?urgent"
    r"|if (?:you|that's|it's|possible|poss)\b[^.!?:;()]{0,40}|any help[^.!?:;()]{0,40}|(?:just )?(?:curious|asking"
    r"|wondering)"
    r"(?: for a friend)?|(?:i'd|i would|i’d) (?:be|appreciate)[^.!?:;()]{0,40}|for (?:an?|my|our|the) (?:\w+ ){0,2}"
    r"(?:essay|paper|seminar|thesis|class|briefing|speech|talk|assignment|homework|project|exam|quiz|friend"
    r"|presentation|memo|colleague|boss)|best,? \w{2,20}|right|no rush|take your time|appreciate it|[:;]-?[)D(P]"
    r")\)?[\s.!?:;)]*$",
    re.IGNORECASE,
)
"""Thanks, haste and excuses at the end."""

_POINTS_BACK = re.compile(
    r"^\W*(?:(?:[\w'’-]+\s+){0,5}(?:is|was|are|were|did|does|do|has|have|had)\s+(?:that|this|it|they|those|these)\W*$"
    r"|(?:is|was|did|does|has|had|can|could|will|would) (?:it|this|that)\b(?! (?:true|right|correct|fair) that))",
    re.IGNORECASE,
)
"""Words whose matter stands before them."""

_ROUNDS, _SHOUTED = 8, 3


def core_of(text: str) -> str:
    """A question without its frame; the question as it is where nothing else would be left.

    >>> core_of("hey so I'm writing an essay and what is the ministry's view of trade? thanks!")
    "what is the ministry's view of trade?"
    """
    core = text.strip()
    if core.isupper() and len(core.split()) > _SHOUTED:
        core = core.lower()  # capitals tell nothing where everything has them
    for _ in range(_ROUNDS):
        shorter = _stripped(core)
        if shorter == core:
            break
        core = shorter
    return core


def _stripped(text: str) -> str:
    """The text with one layer of frame taken off at either end."""
    for pattern in (_LEAD, _ASKER, _CIRCUMSTANCE, _TELL_ME, _ABOUT_ME):
        match = pattern.match(text)
        if match and _asks_something(text[match.end() :], 2 if pattern is _ABOUT_ME else 1):
            if pattern is _ABOUT_ME and _POINTS_BACK.search(text[match.end() :]):
                break  # "I read that NATO calls China a challenge; since when is that?"
            text = text[match.end() :]
            break
    match = _TAIL.search(text[-80:]) or _ASIDE.search(text[-80:])
    if match:
        cut = len(text) - len(text[-80:]) + match.start()
        if _asks_something(text[:cut]):
            mark = "?" if "?" in text[cut:] and not text[:cut].endswith("?") else ""
            text = text[:cut].rstrip(" ,;:-–—") + mark
    return text.strip()


def _asks_something(text: str, words: int = 1) -> bool:
    """Whether a text has words that are long enough to be asked about."""
    return len(re.findall(r"[^\W_]{2,}", text[:200])) >= words
