"""Tokens: those of the library tokenizers, which is not loaded for text in ASCII."""

from __future__ import annotations

import string
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from edition_kit import bank
from ncrelations.errors import EncoderUnavailable
from ncrelations.models.minilm import packaged_folder
from ncrelations.models.tokens import MOST, Tokens

TOKENS = Tokens(packaged_folder(), "the model", "install it")
LIBRARY = Tokenizer.from_file(str(packaged_folder() / "tokenizer.json"))
LIBRARY.no_padding()
LIBRARY.enable_truncation(MOST)

ASCII = st.text(st.characters(max_codepoint=127))
WORDS = st.lists(
    st.sampled_from(
        ["NATO", "don't", "co-operation", "U.S.", "3.9", "$5bn", "x" * 99, "y" * 100, "z" * 101, "qqqzzz", "a_b",
         "[SEP]", "[MASK]",
         "[", "\x00", "\x1f", "a\x0bb", "\t", "\r\n", "~`^", "antidisestablishmentarianism", "é", "北约"]
    ),
    max_size=12,
)  # fmt: skip


def same(text: str) -> bool:
    """Whether a text has the tokens that the library gives it."""
    return TOKENS.of(text) == LIBRARY.encode(text).ids


@settings(max_examples=400)
@given(ASCII)
def test_any_ascii_text_has_the_librarys_tokens(text: str) -> None:
    """Letters, digits, signs and control characters in any order are taken apart as the library does it."""
    assert same(text)


@settings(max_examples=400)
@given(WORDS)
def test_words_have_the_librarys_tokens(words: list[str]) -> None:
    """Words known, unknown, hyphenated, too long or special are taken apart as the library does it."""
    assert same(" ".join(words))


def test_every_question_has_the_librarys_tokens() -> None:
    """So are all questions of the bank; nearly all are in ASCII."""
    questions = [each["question"] for each in bank("questions")]
    assert [question for question in questions if not same(question)] == []
    assert sum(map(str.isascii, questions)) > 0.95 * len(questions)


@pytest.mark.parametrize("words", [252, 253, 254, 255, 1_000])
def test_long_texts_are_cut_alike(words: int) -> None:
    """Beyond 256 tokens nothing is read, and the end stays the end."""
    assert same("word " * words)
    assert len(TOKENS.of("word " * words)) == min(words + 2, MOST)


def test_the_vocabulary_is_the_librarys() -> None:
    """A word is known if the library's vocabulary has it whole."""
    known = LIBRARY.get_vocab()
    assert all(map(TOKENS.has, known))
    for word in ("marritime", "", "\n", *string.printable):
        assert TOKENS.has(word) == (word in known)


LOADED = """
import sys
from ncrelations.models.minilm import packaged
packaged().encode([sys.argv[1]])
print(sorted({"tokenizers", "faiss", "safetensors", "torch"} & set(sys.modules)))
"""


@pytest.mark.parametrize(("text", "loaded"), [("Why does China distrust AUKUS?", []), ("Geoană", ["tokenizers"])])
def test_only_other_text_loads_the_library(
    python: Callable[..., CompletedProcess[str]], text: str, loaded: list[str]
) -> None:
    """A question in ASCII is embedded without the library; one with an accent loads it."""
    told = python("-c", LOADED, text)
    assert told.stdout.strip() == str(loaded), told.stderr


@pytest.mark.parametrize("text", ["plain", "Geoană"])
def test_a_missing_vocabulary_is_told(tmp_path: Path, text: str) -> None:
    """Without the model's files the error says what to do."""
    with pytest.raises(EncoderUnavailable, match=r"the tokenizer cannot be read .* run `install it`"):
        Tokens(tmp_path, "the model", "install it").of(text)
