"""Input that nobody means: long, strange, broken. Work grows with its length alone; errors are the documented ones."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest

import ncrelations as ncr
from ncrelations.document.typed_places import places_at
from ncrelations.editions.nato_china.edition import edition
from ncrelations.errors import NCRelationsError
from ncrelations.text.words import fold_accents, lower_in_place

SLOWEST = 1.0
"""Seconds of processor time that the worst line may take."""


def of_length(unit: str) -> Callable[[int], str]:
    """Lines of any length, made of one piece over and over."""
    return lambda length: (unit * (length // len(unit) + 1))[:length]


TURNS = 4
"""Questions in each conversation."""

SHAPES: dict[str, Callable[[int], str]] = {
    "commas": lambda length: "," * (length - 1) + "a",
    "semicolons": lambda length: ";" * (length - 1) + "a",
    "question marks": lambda length: "a" + "?" * (length - 1),
    "underscores": lambda length: "_" * (length - 1) + "a",
    "one long word": of_length("qzxv"),
    "strange words": lambda length: " ".join(f"xq{n}zvkw" for n in range(length))[:length],
    "misspelt words": of_length("chinaa natoo allianse recomendation miltary conserns "),
    "spaced commas": of_length(", "),
    "clauses": of_length("nato and china, what do they think? "),
    "asking words": of_length("what and how and "),
    "a side": of_length("how is nato "),
    "hyphens": of_length("a-"),
    "apostrophes": of_length("a'"),
    "quotation marks": of_length('"a b c d '),
    "opening marks": of_length("“a b «c d "),
    "citations": of_length("report/VI.1/p2 "),
    "sections": of_length("section IV part 3 "),
    "mentions": of_length("where is it mentioned in the "),
    "greetings": of_length("hello please thanks "),
    "picks": of_length("the first one, "),
    "Han": of_length("海上安全北约与中国的关系"),
    "rare Han": lambda length: "".join(chr(0x4E00 + n * 37 % 20_000) for n in range(length)),
    "combining marks": lambda length: "a" + "\u0301" * (length - 1),
    "accented words": of_length("a\u0301\u0302e\u0308 "),
    "Cyrillic": of_length("морская безопасность "),
    "Arabic": of_length("الأمن البحري "),
    "German": of_length("Was denkt die NATO über Chinas Politik und "),
    "dotted capitals": of_length("İ"),
    "ligatures": of_length("ﷺ "),
    "small numerals": of_length("Ⅷ海"),
}

HOSTILE = (
    "BEİJİNG", "Beıjing", "list the rısks", "the fırst milestone", "the fırst one: why?", "Show me the fırst mılestone",
    "LİST THE RİSKS", "sectıon ıv", "the fırst sectıon of the report", "how bıg", "whose vİew", "İ北京 海上安全",
    "the laſt milestone", "the ﬁrst one", "section Ⅳ", "section ²", "milestone ٣", "the ３rd milestone", "number ²",
    "number 99999999999999999999999", "section 3.99999", "report/VI.1/p٢", "report/VI.1/p2–p٤", "\ud800",
    "a\udfffb \ud800", "NATO\ud83d", "x\x00y", "\u202e\u2066gnijieB", "'", "\"", "report/", "//",
    "%s %d {} {0.__class__}",
    "../../etc/passwd", "<script>alert(1)</script>", "[a](b)", "```", "@everyone", "-1", "NaN", "\\",
    "\\N{DIGIT ONE}", "(?:", "[", "\u0345ι",
)  # fmt: skip


def converse(text: str) -> None:
    """The text as a follow-up to an answer, to a list, and to itself."""
    chat = ncr.Chat()
    for question in ("What does NATO think of China?", text, "List the milestones", text):
        chat.ask(question)


FUNCTIONS: dict[str, Callable[[str], object]] = {
    "ask": ncr.ask,
    "search": ncr.search,
    "compare": ncr.compare,
    "chat": converse,
    "entity": ncr.entity,
    "resolve": ncr.resolve,
    "section": ncr.report.section,
    "within": lambda text: ncr.ask("maritime security", within=text),
    "voice": lambda text: ncr.ask("maritime security", voice=text),
    "typed place": lambda text: places_at(edition().corpus, text),
    "citation": ncr.Citation.parse,
    "format": ncr.report.cite,
}


def took(function: Callable[[str], object], text: str) -> float:
    """The processor time of a call; the errors that are documented are allowed, and must be printable."""
    before, message = time.process_time(), ""
    try:
        function(text)
    except NCRelationsError as error:
        message = str(error)
    spent = time.process_time() - before
    assert message.encode("utf-8").decode("utf-8") == message, ascii(text)
    return spent


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    """The index and models are loaded before anything is timed."""
    for text in ("maritime security", "海上安全", "Was denkt die NATO über China?"):
        for function in FUNCTIONS.values():
            took(function, text)


@pytest.mark.parametrize("name", ["ask", "search", "compare", "chat", "typed place", "entity"])
@pytest.mark.parametrize("shape", SHAPES)
def test_work_grows_with_the_length_alone(shape: str, name: str) -> None:
    """Eight times the characters take at most eight times the work, give or take, and never more than a second."""
    times = {length: took(FUNCTIONS[name], SHAPES[shape](length)) for length in (250, 1_000, 2_000)}
    turns = TURNS if name == "chat" else 1
    assert max(times.values()) < SLOWEST * turns, times
    assert times[2_000] < 16 * max(times[250], 0.02 * turns), times


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_lines_meet_documented_errors_only(text: str) -> None:
    """Letters that only fold to others, lone surrogates, digits of other scripts: an answer, or a documented error."""
    for name, function in FUNCTIONS.items():
        assert took(function, text) < SLOWEST * (TURNS if name == "chat" else 1), name


PIECES = (
    *HOSTILE, "NATO", "China", "Beijing", "the report", "Wong", "and", "why", "what", "the first one", "next",
    "section IV",
    "report/VI.1/p2", "list", "milestones", "risks", "海上", "ı", "İ", "\u0301", "\u200d", "\ufeff", "?", ",",
    ";", ":", "…",
    "“", "”", "'", "-", "–", "/", "#3", "12", "٣", "\n", "\t", " ", "  ", "\u3000", "🇨🇳", "ǆ", "ß", "ﬁ", "\udc80",
)  # fmt: skip


def lines(count: int, seed: int) -> list[str]:
    """Lines of such pieces, the same for each seed."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    return [
        chance.choice(("", " ")).join(chance.choices(PIECES, k=chance.randint(1, 12)))[:2_100] for _ in range(count)
    ]


def survive(texts: list[str]) -> None:
    """Every public function, on every line."""
    for text in texts:
        for name, function in FUNCTIONS.items():
            assert took(function, text) < SLOWEST * (TURNS if name == "chat" else 1), (name, ascii(text))


def test_two_hundred_hostile_lines() -> None:
    """Strange pieces joined at random: an answer or a documented error from every public function, each in a second."""
    survive(lines(200, seed=14))


@pytest.mark.long
def test_ten_thousand_hostile_lines() -> None:
    """The same with ten thousand lines."""
    survive(lines(10_000, seed=2026))


@pytest.mark.parametrize("name", ["BEİJİNG", "Beıjing", "beijing", "BEIJING"])
def test_an_i_is_an_i(name: str) -> None:
    """With a dot or without, in capitals or not, a name is the same name, to look-ups and to questions."""
    assert ncr.entity(name).name == "Beijing"
    assert ncr.ask(f"What does {name} think of AUKUS?").excerpts[0].voice is ncr.Voice.CHINA


@pytest.mark.parametrize("text", ["İstanbul", "İ", "AİB", "ß", "ǅ", "ΑΣ"])
def test_letters_stay_in_place(text: str) -> None:
    """Small letters one for one, so that offsets in the one text are offsets in the other."""
    assert len(lower_in_place(text)) == len(text)
    assert fold_accents(text) == fold_accents(lower_in_place(text))
