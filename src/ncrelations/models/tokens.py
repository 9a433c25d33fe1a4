"""Texts as numbers of the packaged model's vocabulary.

They are those of the library `tokenizers`. Text in ASCII, as most questions are, is taken apart here by the same
rules (BERT's, without case): to load the library and its tables takes longer than to answer a question.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ncrelations.errors import EncoderUnavailable
from ncrelations.texts.whole_files import read_whole

MOST = 256
"""The most tokens of a text, its beginning and end included; what stands beyond is not read."""

_FILES = {
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
"""The files of the tokenizer, with their checksums: those of revision 1110a243, as the weights'."""

_LARGEST = 2_000_000
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
        """The numbers of a text's tokens, of a long one those at its beginning. Raises `EncoderUnavailable`."""
        return self.framed(self.inner(text)[: MOST - 2])

    def inner(self, text: str) -> list[int]:
        """The numbers of all tokens of a text, its beginning and end left out. Raises `EncoderUnavailable`."""
        if not text.isascii() or "[" in text:  # which may begin a token that has no letters of its own, as "[MASK]"
            # A lone surrogate has no UTF-8 form; the library would refuse the whole text for it.
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
            words = self._text("vocab.txt").removesuffix("\n").split("\n")
            self._loaded_numbers = dict(zip(words, range(len(words)), strict=True))
        return self._loaded_numbers

    @property
    def _library(self) -> Any:
        """The library's own tokenizer."""
        if self._loaded_library is None:
            from tokenizers import Tokenizer

            text = self._text("tokenizer.json")
            try:
                library = Tokenizer.from_str(text)
            except Exception as error:  # tokenizers raises bare Exception
                raise self._unreadable(error) from error
            library.no_padding()
            library.no_truncation()
            self._loaded_library = library
        return self._loaded_library

    def verify(self) -> None:
        """Raise `EncoderUnavailable` unless its files are the pinned ones."""
        for name in _FILES:
            self._text(name)

    def _text(self, name: str) -> str:
        """What a file of the tokenizer holds. Raises `EncoderUnavailable` for any but the pinned one."""
        try:
            data = read_whole(self._folder / name, _LARGEST)
        except OSError as error:
            raise self._unreadable(error) from error
        if hashlib.sha256(data).hexdigest() != _FILES[name]:
            raise EncoderUnavailable(
                self._model, f"the tokenizer is damaged: {name} is not the pinned one", self._remedy
            )
        return data.decode("utf-8")

    def _unreadable(self, error: Exception) -> EncoderUnavailable:
        return EncoderUnavailable(self._model, f"the tokenizer cannot be read ({error})", self._remedy)
