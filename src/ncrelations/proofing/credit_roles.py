"""What a mention is in its sentence, seen from a quotation, as features."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ncrelations.proofing.credit_clauses import (
    Reading,
    bucket,
    head_after,
    is_strong,
    kind,
    parts_paragraphs,
    subject,
    verb_before,
    word_or_kind,
)
from ncrelations.proofing.credit_names import Mention
from ncrelations.proofing.credit_words import QUOTED, Token

_PATH = 4  # kinds of tokens between a mention and a quotation, the middle left out


@dataclass(frozen=True, slots=True)
class QuotationLook:
    """What of a quotation, whatever it says, may tell who is credited with it."""

    features: tuple[str, ...]
    """Its length, its first word and last mark, whether it is capitalised like a title."""
    small: bool
    """Whether it begins with a small letter."""
    ended: bool
    """Whether it ends as a sentence does."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a mention stands, seen from the quotation."""

    side: str
    """"B" for before, "A" for after."""
    near: str
    """The side with the number of sentences between, and whether a paragraph ends between."""
    zone: str
    """The same, coarser."""
    between: Sequence[Token]
    """The tokens between."""
    others: int
    """How many mentions stand between."""
    quotes: int
    """How many quotations."""
    edge: str
    """The word or mark beside the quotation."""


def role_features(read: Reading, number: int, look: QuotationLook) -> Iterator[str]:
    """What a mention is in its sentence, seen from the quotation."""
    mention = read.mentions[number]
    place = _place(read, mention, ended=look.ended)
    yield from _of_place(read, mention, place)
    yield from _of_clause(read, number, place)
    yield from _of_claim(read, number, place)
    yield from _of_words(read, mention, place)
    name, near = mention.form == "name", place.near
    yield f"q:{near}:{name}:{look.small}:{place.edge}"


def _place(read: Reading, mention: Mention, *, ended: bool) -> _Place:
    at, side = read.at, "B" if mention.end <= read.at else "A"
    between = read.tokens[mention.end : at] if side == "B" else read.tokens[at + 1 : mention.start]
    stops = sum("stop" in token.of for token in between)
    paragraphs = parts_paragraphs(between)
    following = between[0] if between else read.tokens[mention.start]
    if side == "A" and ended and following.text[0].isupper():
        stops += 1  # the quotation ends the sentence
    low, high = min(mention.end, at), max(mention.start, at)
    edge = (between[-1] if side == "B" else between[0]) if between else None
    return _Place(
        side,
        f"{side}{min(stops, 4)}{'p' if paragraphs else ''}",
        f"{side}{min(stops, 1)}" if stops < 2 and not paragraphs else f"{side}2",
        between,
        sum(low <= m.start < high for m in read.mentions if m is not mention),
        sum(token.text == QUOTED for token in between),
        word_or_kind(edge),
    )


def _of_place(read: Reading, mention: Mention, place: _Place) -> Iterator[str]:
    near, zone, form, others = place.near, place.zone, mention.form, place.others
    far, quotes = bucket(len(place.between)), min(place.quotes, 2)
    yield from (f"near:{near}", f"form:{zone}:{form}", f"near:{near}:{form}", f"far:{zone}:{far}")
    yield from (f"explicit:{zone}:{bool(mention.keys)}:{form}", f"explicit:{near}:{bool(mention.keys)}")
    yield from (f"far:{near}:{far}:{min(others, 3)}", f"others:{near}:{min(others, 4)}")
    yield from (f"quotes:{near}:{quotes}", f"quotes:{near}:{quotes}:{min(others, 2)}")
    yield from (f"edge:{near}:{place.edge}", f"path:{near}:{'.'.join(_path(place.between))}")
    yield f"edge:{near}:{place.edge}:{min(others, 2)}:{kind(read.token(mention.end))}"
    brackets = sum((t.text in "([") - (t.text in ")]") for t in place.between)
    yield f"parens:{zone}:{brackets}"


def _of_clause(read: Reading, number: int, place: _Place) -> Iterator[str]:
    mention, (verb, far) = read.mentions[number], read.verbs[number]
    near, form, edge, others = place.near, mention.form, place.edge, place.others
    back, prior = verb_before(read, mention), word_or_kind(read.token(mention.start - 1))
    head, begins = head_after(read, mention), subject(read, mention)
    yield from (f"prior:{place.zone}:{prior}", f"prior:{near}:{prior}:{form == 'name'}", f"prior:{near}:{prior}:{verb}")
    yield from (f"back:{near}:{back}", f"back:{near}:{prior}:{back}", f"back:{near}:{back}:{prior}:{min(others, 2)}")
    yield from (f"verb:{place.zone}:{verb}:{far}", f"verb:{near}:{verb}", f"verb:{near}:{verb}:{form}")
    yield from (f"verb:{near}:{verb}:{min(others, 2)}", f"verb:{near}:{verb}:{edge}")
    yield f"verb:{near}:{begins}:{verb}:{edge}"
    yield from (f"head:{near}:{head}", f"head:{near}:{head}:{edge}", f"head:{near}:{head}:{prior}")
    yield from (f"subject:{near}:{begins}:{min(others, 2)}", f"all:{near}:{begins}:{verb}:{head}:{min(others, 1)}")
    beside = read.at in (mention.end, mention.start - 1)
    yield f"end:{near}:{beside}:{form}:{prior}"
    sentence = read.sentence(mention)
    yield f"neg:{near}:{any('neg' in t.of for t in sentence)}:{verb}"
    behind = any("neg" in t.of for t in read.tokens[mention.end : mention.end + 4])
    before = read.token(mention.start - 1)
    yield f"neg:{near}:{behind}:{before is not None and 'neg' in before.of}"
    yield f"asks:{near}:{any(t.text == '?' for t in sentence)}"


def _of_claim(read: Reading, number: int, place: _Place) -> Iterator[str]:
    """How a mention says or thinks something, and who else does so nearer to the quotation."""
    near, mention, claim, at = place.near, read.mentions[number], read.claims[number], read.at
    first, last = at - len(read.before), at + len(read.after)
    spoken = zip(read.mentions, read.claims, read.strong, strict=True)
    said = [(m, c) for m, c, strong in spoken if strong and m is not mention]
    rivals = [c for m, c in said if mention.end <= m.start < at or at < m.end <= mention.start]
    own = [c for m, c in said if first <= m.start <= last]
    strong = f"{is_strong(claim)}:{bool(rivals)}"
    yield from (f"claim:{place.zone}:{claim}", f"claim:{near}:{claim}", f"claim:{near}:{claim}:{place.edge}")
    yield f"claim:{near}:{claim}:{min(len(rivals), 2)}"
    yield f"claim:{near}:{claim}:{min(place.others, 2)}:{min(place.quotes, 1)}"
    yield from (f"strong:{near}:{strong}:{bool(own)}", f"strong:{near}:{strong}:{bool(own)}:{place.edge}")
    yield f"strong:{near}:{strong}:{mention.form}:{min(place.quotes, 1)}"
    nearest = (rivals[-1] if place.side == "B" else rivals[0]) if rivals else "-"
    yield f"rival:{near}:{is_strong(claim)}:{nearest}"
    yield f"rival:{near}:{claim.split(':')[0]}:{own[0].split(':')[0] if own else '-'}"
    verbs = zip(read.mentions, read.verbs, strict=True)
    inner = [v for m, (v, _) in verbs if mention.end <= m.start < at or at < m.end <= mention.start]
    yield f"closest:{near}:{'say' in inner or 'think' in inner}:{read.verbs[number][0]}"


def _of_words(read: Reading, mention: Mention, place: _Place) -> Iterator[str]:
    """The words on either side of a mention."""
    zone = place.zone
    yield f"noun:{zone}:{mention.head}" if mention.form != "name" else f"name:{place.near}"
    yield f"definite:{zone}:{mention.form}:{mention.definite}"
    for offset in (1, 2, 3):
        at = mention.start - offset
        if at < 0 or at == read.at:
            break
        yield f"w-{offset}:{zone}:{read.tokens[at].low}"
        if "stop" in read.tokens[at].of:
            break
    for offset in (0, 1, 2):
        at = mention.end + offset
        if at >= len(read.tokens) or at == read.at:
            break
        yield f"w+{offset}:{zone}:{read.tokens[at].low}"
        yield f"k+{offset}:{place.near}:{kind(read.tokens[at])}"
        if "stop" in read.tokens[at].of:
            break


def _path(between: Sequence[Token]) -> list[str]:
    """The kinds of the tokens between, the long middle left out."""
    folded = list[str]()
    for each in map(kind, between):
        if each not in ("adv", "det", *folded[-1:]):
            folded.append(each)
    return folded if len(folded) <= _PATH else [*folded[:2], "_", *folded[-2:]]
