"""Fixed texts within Discord's limits in every language, and safe text functions."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ncrelations.texts import LANGUAGES, strings
from ncrelations_discord import safe
from ncrelations_discord.answers import Documents
from ncrelations_discord.cards import unpacked
from ncrelations_discord.operator_settings import Settings, SettingsError


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_what_discord_allows(language: str) -> None:
    """Names are 1-32 lower-case word characters, descriptions at most 100 characters, labels at most 80."""
    for name, text in strings(language, "bot").items():
        if name.startswith("command.") and name not in ("command.menu", "command.menu_proof"):
            if name.endswith("_about"):
                assert len(text) <= 100, name
            else:
                assert re.fullmatch(r"[-'\w]{1,32}", text), name
                assert text == text.lower()
        if name.startswith(("button.", "choice.")):
            assert len(text) <= 60, name
        if name.startswith("page."):
            assert len(text) < 1900, name


@settings(deadline=None)
@given(st.text())
def test_cleaned_text_is_one_line_without_tricks(text: str) -> None:
    """No control, format, private or surrogate character, no line break, no tower of marks is left."""
    import unicodedata

    cleaned = safe.clean(text)
    assert not [c for c in cleaned if unicodedata.category(c)[0] == "C" or c == "\n"]
    assert safe.clean(cleaned) == cleaned
    assert not re.search(r"[\u0300-\u036f]{4}", cleaned)


def test_known_tricks_are_neutralised() -> None:
    """Zero-width, bidirectional and tag characters vanish."""
    tricky = "a\u200bb\u202ec\u2066d\ufeffe\U000e0041f\x07g\r\nh"
    assert safe.clean(tricky) == "abcdef g h"


@settings(deadline=None)
@given(st.text())
def test_escaping_can_be_undone_and_leaves_no_mark_alone(text: str) -> None:
    """Every mark of Markdown has its backslash."""
    line = safe.clean(text)
    escaped = safe.escape(line)
    assert safe.unescape(escaped) == line
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_~|`<>@\[\]]", re.sub(r"\\[*_~|`<>@\[\]]", "", escaped))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("@everyone <@1> <#2>", r"\@everyone \<\@1\> \<#2\>"),
        ("**b** ~~s~~ ||p|| `c` [l](http://x)", r"\*\*b\*\* \~\~s\~\~ \|\|p\|\| \`c\` \[l\](http\://x)"),
        ("# head", r"\# head"), ("- item", r"\- item"), ("1. item", r"1\. item"), ("> quote", r"\> quote"),
        ("NATO-China, 5 June", "NATO-China, 5 June"),
    ],
)  # fmt: skip
def test_markdown_is_escaped(text: str, shown: str) -> None:
    """What people type is shown as typed."""
    assert safe.escape(text) == shown


@settings(deadline=None)
@given(st.lists(st.text(st.characters(categories=["L"]), min_size=1, max_size=30), min_size=1), st.integers(40, 200))
def test_fitting_keeps_whole_sentences(parts: list[str], limit: int) -> None:
    """A text within the limit is whole; a longer one ends after a whole sentence, marked."""
    text = safe.fitting(parts, limit)
    assert len(text) <= limit
    kept = text.removesuffix(" …").split(" ")
    assert kept == parts[: len(kept)]
    assert (text == " ".join(parts)) == (not text.endswith(" …"))


def test_what_to_ask_of_a_long_message() -> None:
    """Its questions; without any, its first sentences; a monster is cut at a word."""
    filler = "Nobody knows this for sure. " * 12
    assert safe.question_in(f"{filler} What is AUKUS? {filler}", 250) == "What is AUKUS?"
    assert safe.question_in(filler, 250).count("Nobody") == 8
    assert safe.question_in("word " * 100, 50).endswith("word…")
    assert safe.question_in("x" * 400, 250) == "x" * 249 + "…"
    assert safe.fitting(["one two three", "four"], 9) == "one two…"
    assert safe.spoken("<@123> what of <#4> and <:nato:55>?") == "what of and nato?"


def test_the_buttons_of_older_messages_keep_their_language() -> None:
    """A button counts the languages: new ones come after those that there were."""
    assert LANGUAGES[:4] == ("en", "fr", "de", "zh-Hans")
    pressed = unpacked("ncr1:page:ADAAAAAAAAAA:7", Documents())
    assert (pressed.language, pressed.asker) == ("zh-Hans", 7)


def test_an_operator_may_name_the_language_as_discord_does() -> None:
    """zh-CN and zh-TW are languages of the settings too; an unknown one is refused."""
    for language in (*LANGUAGES, "zh-CN", "zh-TW"):
        assert Settings(token="a.b.c", language=language).language == language  # noqa: S106
    with pytest.raises(SettingsError, match="language must be one of en, fr, de, zh-Hans, zh-Hant"):
        Settings(token="a.b.c", language="tlh")  # noqa: S106
