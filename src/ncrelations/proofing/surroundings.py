"""The words around a quotation: what of its sentence, and of the line before or after, can say whose and where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ncrelations.proofing.crediting_words import OPINION, VERB
from ncrelations.proofing.draft import Aside, Draft
from ncrelations.proofing.draft_quotations import Quotation
from ncrelations.proofing.place_blocks import BARE

_ABBREVIATED = re.compile(
    r"(?:\b(?:pp?|paras?|secs?|sects?|ch|art|no|nos|vol|fn|ff?|cf|ibid|resp|Abs|S|St|Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt"
    r"|Sen|Rep"
    r"|e\.g|i\.e|vs|approx|ca?)|\b[A-Z](?:\.[A-Z])*)\Z"
)
_NOTED = r"(?:[⁰¹²³⁴-⁹]{1,3}|\s?\[\d{1,3}\])?"
_STOP = re.compile(rf"[.!?…][\"'”’»)\]]*{_NOTED}(?=\s+[A-Z“‘\"'«„(\[]|\s*\Z)|\n\s*\n|[。！？]")
_CLOSED = re.compile(rf"[.,;:!?\"'”’»)\]]*{_NOTED}")
_JOINT = re.compile(
    r"[;—–]|\s-\s|\b(?:while|whereas|but|although|though|and|yet|meanwhile|for (?:its|his|their) part)\b", re.IGNORECASE
)
_CONNECTED = re.compile(
    r"[\s,;]*(?:(?:and|or|as well as|but|then|also|moreover|further|furthermore|besides|in addition|again|that"
    r"|,)[\s,;]*)*(?:\([^()]{0,80}\)|\[[^\[\]]{0,80}\])?[\s,;]*"
    r"(?:(?:it|they|he|she)\s+(?:said|says?|adds?|added|wrote|writes?)[\s,;]*)?"
    r"(?:(?:and|or|that|as well as|also|moreover|further|furthermore|besides|in addition|again)[\s,;]*)*"
)
_AND_THAT = re.compile(
    rf"[\s,;]*(?:\([^()]{{0,80}}\)|\[[^\[\]]{{0,80}}\])?[\s,;]*(?:and|but|or|nor|yet)\s+(?:also\s+)?that\s+"
    rf"(?:(?!{VERB.pattern})[^,;:.()]){{1,90}}",
    re.IGNORECASE,
)
"""What joins a quotation to the one before as another part of what is said: "and that the idea of a canal"."""
_BRACKET = re.compile(r"\s*(?:\([^()]{1,300}(?:\([^()]{1,100}\)[^()]{0,100})*\)|\[[^\[\]]{1,300}\])+")
_SO_IT_IS = re.compile(
    r"\s*(?:No one|Nobody|Few)\b[^.!?]{0,20}\b(?:disput|den[iy]|doubt)[^.!?]*"
    r"|\s*(?:That|This|All this|So much|That much) is\b[^.!?]{0,30}\b(?:facts?|true|truth|established|certain|clear)\b"
    r"[^.!?]*"
    r"|\s*(?:That|This|Such)\b(?:,[^,.!?\n]{1,40},)? (?:is|was|are|were) (?:(?:how|what) [^.!?\n“\"«„‘]{1,80}"
    rf"|[^.!?\n“\"«„‘]{{1,60}}(?:{OPINION})\b[^.!?\n“\"«„‘]{{0,40}})|\s*(?:The|These) (?:words?|lines?|sentences?"
    rf"|phrase|speaker|voice|view) (?:is|are|was|were|comes?|belongs?)\b"
    r"[^.!?\n“\"«„‘]{1,60}|\s*(?:So|Thus) [^.!?\n“\"«„‘]{1,40}(?=[.!?])"
)
_STANDS = re.compile(
    r"\s*(?:(?:It|This|That|These|They|The (?:sentence|line|passage|words?|phrase|quotation|quote)) (?:is|are|was"
    r"|stands?"
    r"|appears?|comes?|occurs?|(?:can|may) be found|is (?:taken|lifted))|[^.!?\n“\"«„]{1,50}\b(?:says?|writes?"
    r"|wrote|said|has|puts?"
    r"|states?|makes?) (?:this|that|so|it|these words|the (?:point|remark|claim)))\b"
    r" (?:in|at|on|under|from) (?!(?:(?:the|its|stark|sharp) )?(?:contrast|reply|response|line|light|view|spirit"
    r"|answer)\b)"
    r"(?:(?!\bthat\b)[^!?\n“\"«„]){1,80}?(?:[.!?](?=\s|\Z)|\Z)"
)
"""What says after a quotation where it stands: "It is on page 4.", "The author says this in the introduction."."""
_BEGINS = re.compile(
    r"\s*(?:[(\[][^()\[\]]{1,300}[)\]]|[—–―][^\n]{1,300}|(?:That|This|Those|These|So|Thus)\b[^.!?]{1,200})"
)
_QUOTES = re.compile(r"[“\"«„‘][^“”\"«»„\n]*\s[^“”\"«»„\n]*\s[^“”\"«»„\n]*[”\"»“’]")
_SCOPE = 1_500
_ITEMS = 100  # items of a list before a quotation that the line before the list leads to
_LEAD, _LABEL, _LEADING = 100, 40, 120
_ITS_WORDS = 12  # words of an item before its quotation


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a quotation, other quotations blanked."""

    before: str
    """From the sentence's beginning, or after the quotation before."""
    after: str
    """To the sentence's end, or to the next quotation."""
    asides: tuple[str, ...] = ()
    """Where links lead that stand there, and footnotes."""
    joined: bool = False
    """Whether nothing but "and" stands between it and the quotation before: what is said of that holds for both."""
    lead: str = ""
    """The line that leads to a list whose item it begins."""


def surroundings(draft: Draft, quotation: Quotation, others: Sequence[Quotation]) -> Surroundings:
    """What stands around a quotation; `others` are those of the same paragraph, in order."""
    text = quotation.paragraph.text
    start, end = quotation.around
    outer = [q for q in others if not q.left_alone and not (q.around[0] <= start and end <= q.around[1])]
    previous = max((q.around[1] for q in outer if q.around[1] <= start), default=None)
    following = min((q.around[0] for q in outer if q.around[0] >= end), default=None)
    first = _sentence_start(text, start)
    before, joined = _before(text, first, previous, start)
    last = _sentence_end(text, end, quotation)
    after = text[end : min(last, limit := len(text) if following is None else following)]
    if following is not None and following < last:
        after = _JOINT.split(after, maxsplit=1)[0]
    if not before.strip() and (start == 0 or quotation.paragraph.quoted):
        before = _line_before(draft, quotation)
    alone = not before.strip()
    signature = "" if after.strip() else quotation.signature or _line_after(draft, quotation)
    after = after if after.strip() else signature
    beside = _beside(quotation, max(first, previous or 0), previous, min(last + 2, limit))
    return Surroundings(
        "" if alone else before,
        after,
        (*_counted_in(signature), *beside, *_cells(text, start, end)),
        joined,
        _lead(draft, quotation),
    )


def _before(text: str, first: int, previous: int | None, start: int) -> tuple[str, bool]:
    """What stands before a quotation in its sentence, and whether it joins it to the quotation before."""
    before = text[max(first, previous or 0) : start]
    if previous is None or previous < first:
        return before, False
    return _last_part(before), bool(_CONNECTED.fullmatch(before) or _AND_THAT.fullmatch(before))


def _counted_in(signature: str) -> tuple[str, ...]:
    """A line under a block quote that counts a paragraph or bullet, as if it stood in brackets."""
    if not BARE.search(signature) or "(" in signature:
        return ()
    return (f"({signature.strip(' —–―-')})",)


def _beside(quotation: Quotation, start: int, previous: int | None, end: int) -> tuple[str, ...]:
    """What hangs on the words around a quotation; what hangs right on the quotation before belongs to that one."""
    behind = _CLOSED.match(quotation.paragraph.text, previous) if previous is not None else None
    return _hanging(quotation.asides, max(start, behind.end() if behind else 0), end)


def _last_part(between: str) -> str:
    """What stands between two quotations, from the last word that begins another thought."""
    return _JOINT.split(between)[-1]


def _sentence_start(text: str, at: int) -> int:
    begin = max(0, at - _SCOPE)
    start = begin
    for match in _STOP.finditer(text, begin, at):
        if not _ABBREVIATED.search(text, max(begin, match.start() - 8), match.start()):
            start = match.end()
    return start


def _sentence_end(text: str, at: int, quotation: Quotation) -> int:
    """Where the sentence around a quotation ends: a bracket after the full stop still belongs to it."""
    stop = min(len(text), at + _SCOPE)
    end = at
    ended = quotation.text.rstrip()[-1:] in ".!?" and not re.match(
        r"\s*(?:[a-z,;:—–(\[]|[-]\s|(?:[A-Z]\S*\s){1,4}(?:said|says|wrote|writes)\b)", text[at:]
    )
    if not ended:
        end = stop
        for match in _STOP.finditer(text, at, stop):
            inside = text.count("(", at, match.start()) > text.count(")", at, match.start())
            if not inside and not _ABBREVIATED.search(text, max(at, match.start() - 8), match.start()):
                end = match.end()
                break
    for following in (_BRACKET, _SO_IT_IS, _STANDS):
        more = following.match(text, end, stop)
        end = more.end() if more else end
    return end


def _lead(draft: Draft, quotation: Quotation) -> str:
    """The words that lead to the list that a quotation stands in an item of: "According to the growers,"."""
    number, label = quotation.number, quotation.paragraph.label
    if not label:
        return ""
    first, counted = max(0, number - _ITEMS), label.isdecimal()
    while number > first and draft.paragraphs[number].label and draft.paragraphs[number].label.isdecimal() == counted:
        number -= 1
    before = quotation.paragraph.text[: quotation.around[0]]
    if len(before.split()) > _ITS_WORDS or re.search(r"[.:;]", before) or draft.paragraphs[number].heading:
        return ""
    text = draft.paragraphs[number].text.rstrip(" *_\n")
    if draft.paragraphs[number].quoted or re.search(r"[.!?…\"”’)]\Z", text):
        return ""
    sentence = text[_sentence_start(text, len(text) - 1) :]
    return sentence if text.endswith(":") or len(sentence) < _LEADING else ""


def _cells(text: str, start: int, end: int) -> tuple[str, ...]:
    """The other cells of a row of which a quotation fills one: short ones, which may name its place."""
    before, after = text[:start], text[end:]
    alone = not before.rpartition("\n\n")[2].strip(" |") and not after.partition("\n\n")[0].strip(" |")
    others = [*before.split("\n\n"), *after.split("\n\n")] if alone and "\n\n" in text else []
    return tuple(each.strip(" |") for each in others if 0 < len(each.strip(" |")) < 2 * _LABEL and "“" not in each)


def _line_before(draft: Draft, quotation: Quotation) -> str:
    """The last sentence of the paragraph before, where it leads to a block of words that stands alone."""
    if (
        quotation.number == 0
        or quotation.start > _LEAD
        or quotation.paragraph.text[: quotation.start].strip("\"'“‘«„ \t\n")
    ):
        return ""
    if draft.paragraphs[quotation.number - 1].quoted or draft.paragraphs[quotation.number - 1].heading:
        return ""
    text = draft.paragraphs[quotation.number - 1].text.rstrip()
    leads = text.endswith((":", ","))
    if not (leads or quotation.paragraph.quoted):
        return ""
    sentence = text[_sentence_start(text, len(text) - 1) :]
    return "" if not leads and (_QUOTES.search(sentence) or sentence.lstrip()[:1] == "(") else sentence


def _line_after(draft: Draft, quotation: Quotation) -> str:
    """The brackets, or the line behind a dash, that begin the paragraph after a block of words that stands alone."""
    if not quotation.paragraph.quoted or quotation.number + 1 >= len(draft.paragraphs):
        return ""
    following = draft.paragraphs[quotation.number + 1]
    signed = following.quoted and re.match(r"\s*[—–―-]", following.text)
    match = None if following.quoted and not signed else _BEGINS.match(following.text)
    return match[0] if match else ""


def heading_above(draft: Draft, quotation: Quotation) -> str:
    """The nearest heading above a quotation, or line that looks like one: it ends in no mark."""
    for number in range(quotation.number - 1, max(-1, quotation.number - 1 - _ITEMS), -1):
        each = draft.paragraphs[number]
        text = each.text.strip()
        plain = not each.quoted and not each.label and len(text) <= _LEADING
        if each.heading or (plain and not re.search(r"[.!?…:;,”\"’]\Z", text)):
            return text
    return ""


def _hanging(asides: Sequence[Aside], start: int, end: int) -> tuple[str, ...]:
    """What hangs between two places; what hangs right on the first belongs to what stands before it."""
    return tuple(each.text for each in asides if (start < each.at or start == 0) and each.at <= end and each.text)
