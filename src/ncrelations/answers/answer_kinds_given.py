"""The slot, a step of the judgement.

Does a passage give the kind of thing that a question asks for, and not the question's own words back?
"""

from __future__ import annotations

import re

from ncrelations.document.entities import Entities
from ncrelations.document.tree import Block
from ncrelations.questions.answer_kind import Wanted
from ncrelations.questions.question import Question
from ncrelations.texts import reason

YEAR = re.compile(r"\b(?:19|20)\d\d\b")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = re.compile(rf"\b(?:{MONTHS})\b|{YEAR.pattern}|\b(?:after|since|until|recently|early|late|future|ago)\b")
NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion"
    r"|first|second|third|fourth|fifth|half|both|several|fraction)\b",
    re.IGNORECASE,
)
_UNITS = {
    "long": re.compile(r"\b(?:minutes?|hours?|days?|weeks?|months?|years?|decades?|century|long-term|long)\b"),
    "old": re.compile(r"\b(?:aged?|born|years old)\b"),
    "far": re.compile(r"\b(?:km|kilomet|miles?)\b"),
    "money": re.compile(r"[$€]|\b(?:dollars?|euros?|billions?|millions?)\b"),
}
_MONEY = re.compile(
    r"\bhow much (?:money|did|does|do|is|has)\b.{0,200}\b(?:spend|spent|cost|invest|pay|paid|worth)"
    r"|\b(?:dollars|euros|billions)\b",
    re.IGNORECASE,
)


def missing(entities: Entities, question: Question, block: Block) -> str | None:
    """Why a block does not give the kind of thing asked for; `None` where it does, or no kind is asked for."""
    text = block.text
    rest = text
    for typed in re.findall(r"\b\d{4}\b", question.core):
        rest = rest.replace(typed, "")
    match question.wanted:
        case Wanted.YEAR:
            return None if YEAR.search(rest) else reason("no_year")
        case Wanted.DATE:
            return None if DATE.search(rest) else reason("no_date")
        case Wanted.NUMBER:
            return _missing_number(question.core, YEAR.sub("", text))
        case Wanted.NAME:
            named = {each.entity.name for each in question.named}
            others = [m for m in entities.mentioned(block) if m.entity not in named and m.kind == "person"]
            return None if others else reason("no_name")
    return None


def _missing_number(asked: str, text: str) -> str | None:
    if _MONEY.search(asked):
        return None if _UNITS["money"].search(text) else reason("no_sum")
    if _UNITS["far"].search(asked):
        return None if _UNITS["far"].search(text) else reason("no_distance")
    measure = re.search(r"\bhow (long|old|far)\b", asked, re.IGNORECASE)
    if measure:
        return None if _UNITS[measure[1].lower()].search(text) else reason(f"how_{measure[1].lower()}")
    if not re.search(r"\bhow many\b|\bnumber of\b|\bpercent", asked, re.IGNORECASE):
        return None
    bare = re.sub(rf"\b\d\d? (?:{MONTHS})", "", text)
    return None if NUMBER.search(bare) else reason("no_number")


def gives(entities: Entities, block: Block, wanted: Wanted | None) -> bool:
    """Whether a block has a thing of the kind asked for: a date, a number, a person, a place."""
    match wanted:
        case Wanted.YEAR | Wanted.DATE:
            return bool(DATE.search(block.text))
        case Wanted.NUMBER:
            return bool(NUMBER.search(block.text))
        case Wanted.PERSON | Wanted.NAME:
            return any(mention.kind == "person" for mention in entities.mentioned(block))
        case Wanted.PLACE:
            return any(mention.kind == "place" for mention in entities.mentioned(block))
    return False
