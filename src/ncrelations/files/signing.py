"""Signatures as papers end with them: names below the last sentence, with offices, bodies or for whom they sign."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ncrelations.files.bodies import is_body, names_body
from ncrelations.files.holder_patterns import MONTH
from ncrelations.files.letter_forms import closes, greets, is_office, without_addressee

_WORD = r"[^\W\d_a-z](?:[\w'’ʻ-]*\w)?\.?"
_RANK = (
    r"(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Rev|Revd|Reverend|Fr|Cllr|Councillor|Col|Maj|Capt"
    r"|Lt|Gen|Brigadier|General|Admiral|Ambassador|Amb|Archbishop|Bishop|Hon|H\.E|Engineer|Eng|Deputy|Senator|Judge"
    r"|Sra?|Mme|M)\b\.?(?: ?\((?:ret|h\.c)\.?\)\.?)? )"
)
_SMALL = r"(?:d[aeiou]|dos|das|des|del|della|l[ae]|v[ao]n|de[rn]|te[nr]|al|el|bin|bint|y|e|a[fv]|zu|v\.)"
PERSON = rf"{_RANK}{{0,4}}(?:(?:v\.|von|van|de) )?{_WORD}(?: (?:{_SMALL} ){{0,2}}{_WORD}){{1,4}}"
"""A person's name of two words or more, with ranks before it."""
RANKED = re.compile(_RANK)
"""A rank that stands before a person's name."""
_MARK = re.compile(
    r"\(?(?:signed|sgd|s)\.?\)?[:.]?\s+(?=[^\W\d_])|/s/\s*|By order,\s*|[+†]\s*|Signed:\s*", re.IGNORECASE
)
_FOR = re.compile(
    r"(?:Signed )?(?:for(?: and on behalf of)?|on behalf of|submitted by|issued by)(?: the)?"
    rf" (?P<body>(?-i:[^\W\d_a-z])[^:]{{2,140}}?)(?:[:,] (?P<who>(?-i:{PERSON})\b.*)|:)?",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"\(?(?P<who>{PERSON})\)?(?P<rest>(?:,? \([^()]*\)|[,;|]| [-–—] ).*)?")
_AS = re.compile(
    rf"(?:The )?(?P<office>[^\W\d_a-z][^,:.]{{2,80}}|The [a-z]+)[,:] (?P<who>{PERSON})(?P<rest>,? ?\(.*|, .*)?"
)
_DATED = re.compile(rf".*\b(?:{MONTH})\b.*\d{{4}}|.*\b\d{{4}}|\d.*")
_ASIDE = re.compile(
    r"(?:cc|c\.c\.|copy|copies|copied|distribution|encl|enclosures?|annex(?:es)?|attachments?|contact|tel|phone|fax|page"
    r"|ref|our ref|no|note|status|www|http|isbn|issn)\b|\W*(?:\[.*\]|- ?end ?-|\* ?\* ?\*|\W+|\S*\d\S*)\W*$"
    r"|.*(?:@|https?:|\bP\.?O\.? Box\b|\bTel\b)",
    re.IGNORECASE,
)
_INLINE = re.compile(
    rf"[.!?…”\"»] ?(?:[-–—]|(?:With|Yours) [a-z ]{{3,40}},) ?(?P<line>{PERSON}(?:, [^.]{{2,80}})?)[.”\"»]?$"
)
_ENDS = re.compile(r"[.?!:;…][\"'”’»)*_]*$")
_LINE, _LINES, _MOST, _PROSE, _FEWEST = 140, 40, 6, 60, 3


def is_prose(block: str) -> bool:
    """Whether a block is text, and no line of a head or a signature."""
    words = " ".join(block.split())
    if len(words) > 2 * _LINE or not _ENDS.search(words):
        return len(words) > 2 * _LINE
    parts = words.split()
    small = sum(each.islower() for each in parts)
    return len(words) > _PROSE or (words[-1] not in ":;" and len(parts) > _FEWEST and small >= len(parts) / 2)


def signature(blocks: Sequence[str], *, last: bool) -> tuple[int, str] | None:
    """With which block a signature ends, and who signs: below the first text that is signed; `None` where none is.

    `last` says whether nothing goes on below: only there is a name by itself, or a body's, a signature without a
    closing above it.
    """
    prose = closed = False
    number = 0
    while number < len(blocks):
        words, end, told = blocks[number], number, None
        if is_prose(words):
            prose, closed = True, closes(words)
            told = _inline(words)
        elif closes(words):
            closed = True
            told = _who(words.strip().split("\n")[1:], sure=True)
        elif prose or closed:
            end = _run(blocks, number)
            sure = closed or (last and end + 1 == len(blocks))
            told, end = _first_signed(blocks[number : end + 1], number, sure=sure)
        if told is not None:
            return end, told
        number = end + 1
    return None


def _run(blocks: Sequence[str], number: int) -> int:
    """The last of the lines from one on that are neither text nor the closing of a letter."""
    end = number
    while end + 1 < len(blocks) and not is_prose(blocks[end + 1]) and not closes(blocks[end + 1]):
        end += 1
    return end


def _first_signed(run: Sequence[str], number: int, *, sure: bool) -> tuple[str | None, int]:
    """Who signs with some lines, of which the first is at a number; and at which number the signature ends."""
    told, length = _who(run, sure=sure), len(run)
    shorter = (n for n in range(1, min(length, _LINES)) if told is not None and _who(run[:n], sure=sure) == told)
    return told, number + next(shorter, length) - 1


def _inline(block: str) -> str | None:
    """Who signs behind a dash or a closing at the end of a text."""
    match = _INLINE.search(" ".join(block.split())[-200:])
    return _one(match["line"], sure=True) if match else None


def _who(blocks: Sequence[str], *, sure: bool) -> str | None:
    """Who signs with some lines: one, several, or a body with who signs for it."""
    blocks = without_addressee(blocks)[:_LINES]
    lines = [line for block in blocks for line in block.split("\n")][:_LINES]
    behalf = _FOR.fullmatch(_clean(" ".join(lines)))
    if behalf is not None and behalf["who"] is None and len(lines) <= _FEWEST:
        return behalf["body"]
    given = [words for line in lines if _signs(words := _clean(line))]
    found = list(_signers(given[:_MOST], sure=sure))
    return f"{', '.join(found[:-1])} and {found[-1]}" if len(found) > 1 else "".join(found) or None


def _signs(words: str) -> bool:
    """Whether a line may be one of a signature."""
    if not 0 < len(words) <= _LINE or words.endswith(("?", "!")) or (words.endswith(":") and not _FOR.fullmatch(words)):
        return False
    return not (_ASIDE.match(words) or greets(words))


def _signers(lines: Sequence[str], *, sure: bool) -> Iterator[str]:
    """Each who signs with some lines: with the office on the line below, or for whom."""
    number = 0
    while number < len(lines):
        mark = _MARK.match(lines[number])
        marked, words = mark is not None, lines[number][mark.end() if mark else 0 :]
        below = lines[number + 1] if number + 1 < len(lines) else ""
        behalf = _FOR.fullmatch(words)
        named = _NAMED.fullmatch(words)
        number += 1
        if behalf is not None:
            who = behalf["who"] or (below if not behalf["who"] and _NAMED.fullmatch(below) else "")
            number += bool(who and not behalf["who"])
            yield f"{behalf['body']} ({who})" if who else behalf["body"]
        elif named is not None and not named["rest"] and not names_body(words) and (office := _office(below)):
            number += 1
            yield f"{office} ({words.strip('()')})"
        elif (one := _one(words, sure=sure or marked)) is not None:
            yield one
        elif (marked and words) or (sure and (_is_name(named) or is_body(words)) and not _DATED.match(words)):
            yield words


def _is_name(named: re.Match[str] | None) -> bool:
    """Whether a line is a name alone."""
    return named is not None and not named["rest"]


def _office(words: str) -> str | None:
    """An office on the line below a name."""
    return words if _is_office(words.title() if words.isupper() else words) else None


def _is_office(words: str) -> bool:
    """Whether some words are an office, also where they begin with a small letter."""
    return is_office(words[:1].upper() + words[1:])


def _one(words: str, *, sure: bool) -> str | None:
    """Who signs on one line with an office or a body beside the name; where it is sure to be signed, with a place."""
    match = None if words.startswith("Ministry") else _AS.fullmatch(words)
    if match is not None and (_is_office(match["office"]) or words.startswith("The ")):
        return f"{match['office']} ({match['who']}){match['rest'] or ''}".replace(") (", ", ")
    match = _NAMED.fullmatch(words)
    if match is None or not match["rest"] or names_body(match["who"]):
        return None
    rest = match["rest"].strip(" ,;|-–—")
    if not (sure or _is_office(rest) or names_body(rest)):
        return None
    return None if not rest or (_DATED.fullmatch(rest) and "," not in rest) else f"{match['who']}, {rest}"


def _clean(line: str) -> str:
    """A line without what sets it off: marks, a date before the name."""
    words = " ".join(line.replace("**", "").replace(">", " ").split()).strip(' *_"”“»,')
    return re.sub(r"^[\dIVX]{1,4}[./-][\dIVX./-]{3,8}\.? (?=[^\W\d])", "", words)
