"""Reading a question to a collection: as any question, with the collection's voices and words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from ncrelations.collections.live_words import LiveWords
from ncrelations.document.corpus import Corpus
from ncrelations.document.voice import Speaker, Voice
from ncrelations.questions.question import Question
from ncrelations.questions.reading import QuestionReader
from ncrelations.text.words import STOPWORDS, stem

_MOST_SPEAKERS = 4
_SHORTEST = 3
_OF = re.compile(
    r"^(?:permanent |deputy |acting )*(?:representative|mission|government|ministry of \w+|ambassador|delegation)"
    r"(?: of)?(?: the)? (?P<whose>.+)$",
    re.IGNORECASE,
)


class _Spoken(Corpus):
    """Some speakers without their documents: reading a question needs no more."""

    documents = ()

    def __init__(self, speakers: Sequence[Speaker]) -> None:
        self.speakers = tuple(speakers)


class _Vocabulary(Mapping[str, int]):
    """The terms of the live passages with how many passages have each; a word is there where its term is."""

    def __init__(self, words: LiveWords) -> None:
        self._words = words

    def __getitem__(self, word: str) -> int:
        having = 1 if word in STOPWORDS else self._words.having(stem(word))
        if not having:
            raise KeyError(word)
        return having

    def __iter__(self) -> Iterator[str]:
        return iter(self._words.vocabulary)

    def __len__(self) -> int:
        return len(self._words.vocabulary)


def reader_of(
    text: str,
    voices: Sequence[Voice],
    words: LiveWords,
    knows: Callable[[str], bool],
    spoken: Voice | None = None,
) -> QuestionReader:
    """What reads a question: it knows the voices that the text may name, and the words of the live passages.

    `knows` tells whether a word is an ordinary one, though no passage has it. `spoken` is known, too, named or not.
    """
    small = text.casefold()
    named = [(voice, [name for name in names_of(voice.label) if name.casefold() in small]) for voice in voices]
    speakers = [] if spoken is None else [_speaker(spoken, names_of(spoken.label))]
    speakers += [_speaker(voice, names) for voice, names in named if names and voice != spoken]
    vocabulary = _Vocabulary(words)
    return QuestionReader(_Spoken(speakers[:_MOST_SPEAKERS]), vocabulary, vocabulary, knows)


def looked_for(question: Question) -> str:
    """What is looked for: the question with misspellings mended, for its own words stand nowhere."""
    return question.mendings[0].text if question.mendings else question.core


def understood(question: Question) -> str | None:
    """What to show as understood, where that is not what was typed."""
    return looked_for(question) if question.mendings else question.restated


@lru_cache(maxsize=65_536)
def names_of(label: str) -> tuple[str, ...]:
    """What a voice may be called: by its label, the name in brackets, or whom it represents."""
    before, _, inside = label.partition("(")
    names = [label, inside.partition(")")[0], before]
    names += [match["whose"] for name in names if (match := _OF.match(name.strip()))]
    return tuple(dict.fromkeys(name.strip() for name in names if len(name.strip()) >= _SHORTEST))


def _speaker(voice: Voice, names: Sequence[str]) -> Speaker:
    pattern = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return Speaker(voice, names=pattern, short=pattern, name=names[-1] if names else voice.label)
