"""What is said to the library itself: greetings, thanks, and questions about the documents as such."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from ncrelations.text.patterns import Pattern, small_letters

About = Literal[
    "greeting", "thanks", "goodbye", "acknowledged", "who", "help", "documents", "contents", "authors", "dates",
    "length", "mood",
]  # fmt: skip
"""What a short line answers; no passage does."""

_DOCS = (
    r"(?:documents?|texts?|sources?|papers?|files?|reports?|articles?|pieces?|essays?|these|this|it|both|they"
    r"|you|here|collection|library)"
)
_THE = r"(?:the |this |these |those |your |both |two |each |that )*"
_PATTERNS: tuple[tuple[About, str], ...] = (
    ("greeting", (r"(?:hey|hi|hiya|hello|yo|howdy|greetings|good (?:morning|afternoon|evening|day)|sup|what'?s up"
                 r"|hi+|hallo|salut|moin)"
     r"(?: (?:there|all|bot|everyone|again|assistant|guys|folks|to you))*")),
    ("thanks", (r"(?:(?:ok|okay)|great|perfect|cool|nice|awesome|super|wonderful|good|lovely|excellent)?[ ,!.]*(?:many"
               r" |much )?"
     r"(?:thanks|thank you|thx|ty|tysm|cheers|ta|merci|danke|much appreciated|appreciate it|appreciated)"
     r"(?:[ ,!.]*(?:a lot|so much|very much|again|in advance|mate|bot|man|you|that helps|that helped|that's (?:great"
     r"|helpful|all|it)"
     r"|for (?:that|the help|your help|this|helping|everything)|very helpful|really helpful|great))*")),
    ("goodbye", (r"(?:(?:ok|okay)[ ,]*)?(?:bye|goodbye|bye bye|cya|see (?:you|ya)(?: (?:later|tomorrow|soon|around))?"
                r"|good night|goodnight|gn|later"
     r"|have a (?:good|nice|great) (?:day|one|evening|weekend)|that's all(?: for (?:now|today))?|farewell|ciao|take"
     r" care)")),
    ("acknowledged", (r"(?:(?:ok|okay)|k|kk|cool|nice|great|good|perfect|fine|alright|right|sure|yes|yep|yeah|no|nope"
                     r"|nah|got it|i see|understood"
     r"|makes sense|interesting|wow|lol|lmao|haha+|hah|hehe|hm+|oh|ah|aha|ugh|meh|nvm|never mind|nevermind|fair enough"
     r"|noted"
     r"|ok then|good to know"
     r"|very good|well done|good job|nice one|brilliant|awesome|amazing|impressive|true|exactly|agreed|no problem|np"
     r"|whatever|test|testing"
     r"|oops|sorry|my bad|sweet|neat|done|same|wait|hold on|one moment|hmm ok|cool cool)"
     r"(?:[ ,!.]+(?:(?:ok|okay)|cool|nice|great|good|thanks|then|bot|one|man|job|work|lol|haha|right|yes|no|that|it|is"
     r"|was|so|very|really))*")),
    ("who", (r"(?:who|what)(?: the hell| exactly)? (?:are|r) (?:you|u)(?: exactly| anyway| even)?|(?:are|r) (?:you"
            r"|u) (?:a |an )?(?:real |actual )?"
     r"(?:bot|human|person|robot|ai|chatgpt|gpt|real|there|alive|conscious|sentient|machine|chatbot|llm|program)(?:"
     r" or (?:a )?(?:bot|human|machine|person))?"
     r"|what(?:'s| is) your name|who (?:made|built|created|wrote|programmed|runs|trained) you|introduce yourself|tell"
     r" me about yourself")),
    ("mood", (r"how (?:are|r) (?:you|u|things)(?: (?:doing|today|feeling|going|now))*|how(?:'s| is) it going(?:"
             r" today)?|(?:good|bad|nice|stupid|silly|clever"
     r"|smart|dumb|useless|helpful|best|worst) (?:bot|one|boy|girl|robot|machine|assistant|answer)|you(?:'re| are"
     r"|r)(?: (?:so|very|really|such a|a|the|pretty"
     r"|quite|totally))* (?:useless|great|stupid|smart|awesome|amazing|wrong|funny|helpful|the best|best|dumb"
     r"|annoying|cool|nice|good|bad|clever|right"
     r"|idiot|genius|star|legend|bot|cute|terrible|brilliant)|i (?:love|hate|like) (?:you|this|it)|haha+[ ,]+nice"
     r" one|hahanice one|hahaa+nice one")),
    ("help", (r"(?:help|help me|help please|\?+|usage|commands?|options|menu|manual|instructions|how (?:do|does|can)"
             r" (?:i|this|it|one|you) (?:use|work|ask|search|begin"
     r"|start|query)(?: (?:this|it|you|thing|tool|bot|here|that|with this))*|what can (?:you|i|this|it)(?: thing|"
     r" tool| bot)? (?:do|ask|answer|say|find|type)(?: (?:for me|here"
     r"|you|this|with this))*|what (?:kind|sort|type)s? of (?:questions?|things?|stuff) (?:can|could|do|should|may)"
     r" (?:i|you|one|we) (?:ask|answer|do)(?: (?:here|you|about"
     r"|this))*|what (?:should|do|could) i ask(?: you| here)?|give me (?:some )?(?:examples?|example questions)|how"
     r" does this work|what (?:is|'s) this (?:for|thing)|can you help(?: me)?"
     r"|what do you know|i need help|what are you (?:able to|for|good for))")),
    ("contents", (rf"(?:(?:show|give|print|list|see|read)(?: me| us)?(?: the| a)? )?(?:full |detailed )?(?:table of"
                 rf" contents|contents|toc|outline|structure|index|sections|chapters|headings)"
     rf"(?: (?:of|in|for) {_THE}{_DOCS})?|what (?:sections|chapters|parts|headings|topics) (?:are there|are in"
     rf" {_THE}{_DOCS}|(?:do|does) {_THE}{_DOCS} (?:have|contain|cover))"
     rf"|how (?:is|are) {_THE}{_DOCS} (?:structured|organised|organized|divided|laid out|built)"
     rf"|which (?:sections|chapters)"
     rf" (?:are there|(?:do|does) {_THE}{_DOCS} have)|list (?:all )?{_THE}(?:sections|chapters)")),
    ("authors", (rf"who (?:actually |really )?(?:wrote|authored|published|made|produced|released|issued|is behind"
                rf"|are behind|commissioned|drafted) {_THE}{_DOCS}(?: {_DOCS})?(?:,? and what(?:'s| is| are)?"
                rf" (?:his|her|their|the) (?:title|titles|job|affiliation|background|role))?|who (?:is|are|was"
                rf"|were) (?:the )?(?:authors?|writers?|publishers?)"
     rf"(?: of {_THE}{_DOCS})?|(?:the )?authors?(?: of {_THE}{_DOCS})?|by whom (?:is|was|were|are) {_THE}{_DOCS}"
     rf" written|whose {_DOCS} (?:is|are) (?:this|these|it)")),
    ("dates", (rf"(?:when|what year|in (?:what|which) year|what date|how (?:old|recent)) (?:was|were|is|are|did)"
              rf" {_THE}{_DOCS}(?: {_DOCS})?(?: (?:written|published|from|released|made|dated|produced|issued|come"
              rf" out|appear|drafted))*"
     rf"|(?:is there |what(?:'s| is) )?(?:a |the )?(?:publication )?dates?(?: (?:on|of|for) {_THE}{_DOCS})?|how"
     rf" (?:old|recent) (?:is|are) {_THE}{_DOCS}|(?:when|what) (?:is|was) {_THE}{_DOCS}(?:'s)? (?:publication"
     rf" )?date")),
    ("length", (rf"how (?:long|big|large) (?:is|are) {_THE}{_DOCS}(?: {_DOCS})?|how many (?:words|pages|paragraphs"
               rf"|sections|chapters|sentences|passages|blocks|characters|documents|texts|sources)"
     rf"(?: (?:are there|are in {_THE}{_DOCS}|is {_THE}{_DOCS}|(?:do|does) {_THE}{_DOCS}(?: {_DOCS})? (?:have|contain)"
     rf"|long (?:is|are) {_THE}{_DOCS}|in {_THE}{_DOCS}|have you(?: got)?|do you have))?"
     rf"|(?:the )?(?:length|word count|page count|number of (?:words|pages|sections))(?: (?:of|in) {_THE}{_DOCS})?")),
    ("documents", (rf"(?:which|what) (?:documents?|texts?|sources?|papers?|files?|data)(?: (?:are|is|do|did|have)"
                  rf" (?:these|this|there|you|it|in here|here|we|they|included|available|loaded|covered)(?: (?:have"
                  rf"|use|know|got|cover|search|about|here|based on|available))*)?"
     rf"|what(?:'s| is| are) (?:this|these|it|that)(?: all)?(?: (?:about|collection|tool|library|bot|database|thing"
     rf"|documents?|texts?|for))*|what (?:do|does) {_THE}{_DOCS} (?:cover|contain|include|deal with|talk about)"
     rf"|what(?:'s| is| are) {_THE}{_DOCS} about"
     rf"|what is in here|what(?:'s| is) in {_THE}(?:documents|texts|sources|collection|library)|tell me about"
     rf" {_THE}(?:documents|texts|sources|two documents)|(?:list|show)(?: me)? (?:all )?{_THE}(?:documents|sources"
     rf"|texts)|your sources|where do you get (?:this|your (?:information|answers|data))(?: from)?")),
)  # fmt: skip
_STARTS: dict[About, tuple[str, ...]] = {
    "thanks": (
        "ok", "great", "perfect", "cool", "nice", "awesome", "super", "wonderful", "good", "lovely", "excellent",
        "many", "much", "thank", "thx", "ty", "cheers", "ta", "merci", "danke", "appreciate",
    ),
    "goodbye": ("ok", "bye", "good", "cya", "see", "gn", "later", "have", "that", "farewell", "ciao", "take"),
}  # fmt: skip
"""How those begin whose words may stand together: "okbye"."""
_ALL = [
    (about, Pattern(rf"\W*(?:{pattern})\W*", re.IGNORECASE, starts=_STARTS.get(about, ())))
    for about, pattern in _PATTERNS
]
_LONGEST = 120
_REPEATED = re.compile(r"(.)\1+")


def about_asked(text: str) -> About | None:
    """What a short line says to the library itself; `None` for a question to the documents."""
    if len(text) > _LONGEST:
        return None
    plain = " ".join(text.replace("’", "'").split())
    likely = _words(plain) <= _every_word()
    return next((about for about, each in _ALL if (likely or each.starts) and each.fullmatch(plain)), None)


def _words(text: str) -> frozenset[str]:
    """The words of a text or pattern, as both have them: letters repeated once, and none with an s at its end."""
    small = _REPEATED.sub(r"\1", small_letters(text))
    return frozenset(word.rstrip("s") for word in re.findall(r"[a-z]+", small))


@cache
def _every_word() -> frozenset[str]:
    """All that the patterns have: of a line with any other word none need be tried but those of `_STARTS`."""
    return frozenset({""}).union(*(_words(pattern) for _, pattern in _PATTERNS))
