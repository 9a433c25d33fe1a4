"""Texts as numbers of the packaged model's vocabulary.

They are those of the library `tokenizers`. Text in ASCII, as most questions are, is taken apart here by the same
rules (BERT's, without case): to load the library and its tables takes longer than to answer a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ncrelations.errors import EncoderUnavailable

MOST = 256
"""The most tokens of a text, its beginning and end included; what stands beyond is not read."""

_LONGEST_WORD = 100
_BEGIN, _END, _UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
_CONTROL = {code: None for code in (*range(32), 127) if chr(code) not in "\t\n\r"}
_WORD_OR_SIGN = re.compile(r"[a-z0-9]+|[^a-z0-9\s]")


class Tokens:
    """The vocabulary of a model in its folder, loaded by the first text."""

    def __init__(self, folder: Path, model: str, remedy: str) -> None:
        """`model` and `remedy` are what an `EncoderUnavailable` says."""
        self._folder, self._model, self._remedy = folder, model, remedy
        # Loaded without a lock, which in a process forked meanwhile would stay held: twice loaded is the same.
        self._loaded_numbers: dict[str, int] | None = None
        self._loaded_library: Any = None

    def of(self, text: str) -> list[int]:
        """The numbers of a text's tokens. Raises `EncoderUnavailable`."""
        if not text.isascii() or "[" in text:  # which may begin a token that has no letters of its own, as "[MASK]"
            # A lone surrogate has no UTF-8 form; the library would refuse the whole text for it.
            return list(self._library.encode(text.encode("utf-8", "replace").decode("utf-8")).ids)
        found = list(self._pieces(text.translate(_CONTROL).lower()))[: MOST - 2]
        return [self._numbers[_BEGIN], *found, self._numbers[_END]]

    def inner(self, text: str) -> list[int]:
        """The numbers of a text's tokens, its beginning and end left out. Raises `EncoderUnavailable`."""
        if not text.isascii() or "[" in text:
            plain = text.encode("utf-8", "replace").decode("utf-8")
            return list(self._library.encode(plain, add_special_tokens=False).ids)
        return list(self._pieces(text.translate(_CONTROL).lower()))

    def framed(self, tokens: Sequence[int]) -> list[int]:
        """Some tokens between the beginning and the end of a text."""
        return [self._numbers[_BEGIN], *tokens, self._numbers[_END]]

    def has(self, word: str) -> bool:
        """Whether the vocabulary has a word whole."""
        return word in self._numbers

    def _pieces(self, text: str) -> Iterator[int]:
        for word in _WORD_OR_SIGN.findall(text):
            number = self._numbers.get(word)
            if number is None:
                yield from self._parts(word)
            else:
                yield number

    def _parts(self, word: str) -> list[int]:
        """The longest beginning of a word that the vocabulary has, then the longest of what follows, and so on."""
        numbers, found, start = self._numbers, list[int](), 0
        while start < len(word) <= _LONGEST_WORD:
            ends = (e for e in range(len(word), start, -1) if ("##" * (start > 0) + word[start:e]) in numbers)
            end = next(ends, None)
            if end is None:
                break
            found.append(numbers["##" * (start > 0) + word[start:end]])
            start = end
        return found if start == len(word) else [numbers[_UNKNOWN]]

    @property
    def _numbers(self) -> dict[str, int]:
        """Every token with its number."""
        if self._loaded_numbers is None:
            try:
                words = (self._folder / "vocab.txt").read_text("utf-8").removesuffix("\n").split("\n")
            except (OSError, ValueError) as error:
                raise self._unreadable(error) from error
            self._loaded_numbers = dict(zip(words, range(len(words)), strict=True))
        return self._loaded_numbers

    @property
    def _library(self) -> Any:
        """The library's own tokenizer."""
        if self._loaded_library is None:
            from tokenizers import Tokenizer

            try:
                library = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
            except Exception as error:  # tokenizers raises bare Exception
                raise self._unreadable(error) from error
            library.no_padding()
            library.enable_truncation(MOST)
            self._loaded_library = library
        return self._loaded_library

    def _unreadable(self, error: Exception) -> EncoderUnavailable:
        return EncoderUnavailable(self._model, f"the tokenizer cannot be read ({error})", self._remedy)
