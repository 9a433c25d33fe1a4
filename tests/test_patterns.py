"""Patterns are compiled when first tried, and what they need never hides a match."""

from __future__ import annotations

import gzip
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ncrelations.editions.nato_china.edition import edition
from ncrelations.questions import small_talk
from ncrelations.questions.structure import StructureReader
from ncrelations.questions.whose_view import WhoseView
from ncrelations.text import english
from ncrelations.text.order_of_sides import Parties
from ncrelations.text.patterns import Pattern, beginnings, small_letters
from ncrelations.text.words import folded_pieces, pieces_of, words_of_texts

HERE = Path(__file__).parent
MODULES = (
    "document.typed_places", "languages.cues", "languages.detection", "languages.structure_words",
    "questions.absent_names", "questions.answer_kind", "questions.frame", "questions.mention_words",
    "questions.place_words", "questions.reading", "questions.section_names", "questions.small_talk",
    "questions.structure", "questions.whose_view", "render.form", "text.order_of_sides",
)  # fmt: skip
"""Those that have patterns of their own."""


def _patterns_in(value: object, deep: int = 4) -> Iterator[Pattern]:
    if isinstance(value, Pattern):
        yield value
    elif deep and isinstance(value, dict):
        for each in value.values():
            yield from _patterns_in(each, deep - 1)
    elif deep and isinstance(value, list | tuple):
        for each in value:
            yield from _patterns_in(each, deep - 1)


@cache
def conditional() -> list[Pattern]:
    """Every pattern that needs something of a text: of the modules, and of what reads questions about the edition."""
    corpus = edition().corpus
    view = WhoseView(corpus.speakers)
    reader = StructureReader(corpus, view)
    parties, metonyms = Parties(corpus.parties), corpus.metonyms
    for each in (parties, metonyms):
        assert each._pattern.needs
    made = [vars(import_module(f"ncrelations.{name}")) for name in MODULES]
    made += [vars(view), vars(reader.sections), vars(parties), vars(metonyms), {"lists": reader._lists}]
    found = {id(each): each for some in made for each in _patterns_in(some)}
    return [each for each in found.values() if each.needs or each.starts]


@cache
def lines() -> list[str]:
    """Lines of every kind that people type, in several languages."""
    questions = ("fit", "report", "people_fit", "people_report", "languages_fit", "swaps_fit")
    read = ((HERE / "eval" / f"{name}.jsonl").read_text("utf-8").splitlines() for name in questions)
    typed = [entry.get("question", "") for some in read for entry in map(json.loads, some)]
    tables = tomllib.loads((HERE / "structure_lines.toml").read_text("utf-8")).values()
    return [*filter(None, typed), *(line for table in tables for pair in table.items() for line in map(str, pair))]


def _found(pattern: Pattern, text: str) -> bool:
    """Whether a pattern matches a text as it is used: one that looks at the first word only from the beginning."""
    tried = pattern.compiled.match if pattern.starts else pattern.compiled.search
    return tried(text) is not None


def test_there_are_patterns_that_need_something() -> None:
    """Most patterns that read questions need something of a text."""
    assert len(conditional()) > 80


def test_what_a_pattern_needs_hides_no_match_in_any_line() -> None:
    """A line that a pattern is not tried on has no match of it: our questions, people's, and those of structure."""
    hidden = [
        (pattern.pattern[:60], line)
        for pattern in conditional()
        for line in lines()
        if not pattern.may_match(line) and _found(pattern, line)
    ]
    assert not hidden


@given(st.data())
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_a_pattern_needs_hides_no_text_made_from_it(data: st.DataObject) -> None:
    """A text made so that a pattern matches it has what the pattern needs, whatever the case of its letters."""
    pattern = data.draw(st.sampled_from(conditional()))
    text = data.draw(st.from_regex(pattern.compiled))
    if _found(pattern, text):
        assert pattern.may_match(text), (pattern.pattern[:60], text)


@given(st.data())
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_small_talk_has_a_word_that_its_patterns_do_not_have(data: st.DataObject) -> None:
    """A line made from a pattern of small talk is tried on the patterns."""
    _, pattern = data.draw(st.sampled_from(small_talk._ALL))
    plain = " ".join(data.draw(st.from_regex(pattern.compiled, fullmatch=True)).split())
    if pattern.compiled.fullmatch(plain):
        assert pattern.may_match(plain)
        assert pattern.starts or small_talk._words(plain) <= small_talk._every_word()


@given(st.text(st.sampled_from("aAiIİıkKKsSſxé?’ ")))
def test_small_letters_are_those_that_patterns_without_case_take(text: str) -> None:
    """What a pattern without case finds by an ASCII letter stands among the small letters."""
    for letter in "aiksx":
        assert bool(re.search(letter, text, re.IGNORECASE)) == (letter in small_letters(text))


def test_a_pattern_is_compiled_when_it_is_first_tried() -> None:
    """Neither making a pattern nor a text without what it needs compiles it."""
    pattern = Pattern(r"\bsee (\w+)", re.IGNORECASE, ("see",))
    assert pattern.search("nothing here") is None
    assert pattern.split("nothing") == ["nothing"]
    assert pattern.sub("", "nothing") == "nothing"
    assert list(pattern.finditer("nothing")) == []
    assert "compiled" not in vars(pattern)
    assert pattern.sub("x", "I See it") == "I x"
    assert "compiled" in vars(pattern)


@pytest.mark.parametrize(
    ("alternatives", "letters"),
    [
        ("growers|the farmers", ("growers", "the farmers")),
        (r"views?|worr(?:y|ies)|u\.s\.", ("view", "worr", "u.s.")),
        ("(?:the )?(?:first )?summary|abstract", ("summary", "abstract")),
        ("(?:report|white ?paper)s?", ("report", "white")),
        ("(?:west(?:ern(?:ers)?)?|the bloc)(?:'s)?", ("west", "the bloc")),
        (r"(?:\(|[(|)]x)|y", ()),
        ("(?:a|b){0,2}c", ()),
        (r"a?b|c", ()),
        (r"\w+ views|c", ()),
        ("", ()),
    ],
)
def test_beginnings(alternatives: str, letters: tuple[str, ...]) -> None:
    """The letters that each alternative begins with; none where one may begin with any."""
    assert beginnings(alternatives) == letters


def test_english_words_are_those_of_the_list() -> None:
    """A word is English if the list has it, and what is nearly one of its words is not."""
    packed = Path(english.__file__).with_name("english_words.txt.gz").read_bytes()
    words = gzip.decompress(packed).decode("ascii").split("\n")
    assert words == sorted(words)
    listed = frozenset(words)
    some = [*words[::40], words[0], words[-1]]
    near = [made for word in some for made in (word, f"{word}q", word[:-1], f"{word}\n", f"a{word}", word.upper(), "é")]
    assert [word for word in [*near, "", "\n", "~"] if english.is_english(word) != (word in listed)] == []


@given(st.text(st.sampled_from("abZ9. -'’é&_sS")))
def test_the_pieces_of_a_name_are_those_of_a_text(name: str) -> None:
    """The quick way to fold a name gives what reading it gives; so does that for the words of texts."""
    folded = tuple(piece.folded for piece in pieces_of(name))
    assert folded_pieces(name) == folded
    assert words_of_texts([name]) == frozenset(folded) - {"s"}


def test_a_question_compiles_few_patterns() -> None:
    """Of the patterns that need something, a question without any of it compiles none that is not tried anyway."""
    program = (
        "import gc, ncrelations as ncr; from ncrelations.text.patterns import Pattern; ncr.ask('maritime security')\n"
        "made = [each for each in gc.get_objects() if isinstance(each, Pattern)]\n"
        "print(len(made), sum('compiled' in vars(each) for each in made))"
    )
    from subprocess import run

    made, compiled = map(int, run([sys.executable, "-c", program], capture_output=True, check=True).stdout.split())
    assert made > 100
    assert compiled < made / 4
