"""The one intermediate form of everything that is shown: a page is a tuple of paragraphs of styled runs.

Builders (`answer_pages`, `places`, `entity_pages`, `record_pages`) turn values into pages; writers (`write`,
`markdown`) turn pages into text. A writer never sees a value and a builder never sees a width, so each can be
read alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from ncrelations.document.voice import Voice
from ncrelations.text.patterns import Pattern
from ncrelations.texts import ENGLISH, Texts, voice_name

_NO_BREAK = "\N{NO-BREAK SPACE}"


class Style(str, Enum):
    """What a run is. No style is told by colour alone: words or marks say the same."""

    PLAIN = "plain"
    """Running text."""
    ANSWER = "answer"
    """The sentence that answers: bold, «in guillemets» in plain text, **bold** in Markdown."""
    TITLE = "title"
    """A heading or a label."""
    FAINT = "faint"
    """Citations and remarks."""
    ALERT = "alert"
    """What must not be overlooked: that something is not in the documents."""
    CODE = "code"
    """Something to type: a citation, a command."""
    NATO = "nato"
    CHINA = "china"
    EXPERTS = "experts"
    AUTHOR = "author"
    VOICE = "voice"
    """Any other voice: the run says which, and the writer colours it by its place among the voices."""

    __str__ = str.__str__


VOICES = frozenset({Style.NATO, Style.CHINA, Style.EXPERTS, Style.AUTHOR, Style.VOICE})
"""The styles of voices; four well-known ones have a style each."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style."""

    text: str
    """The words."""
    style: Style = Style.PLAIN
    """What they are."""
    link: str | None = None
    """Where they lead, if anywhere."""
    voice: str | None = None
    """The voice that they name, where the style is `Style.VOICE`."""


Kind = Literal["heading", "text", "quote"]


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph."""

    runs: tuple[Run, ...]
    """Its words."""
    kind: Kind = "text"
    """Whether it is a heading, our own words, or quoted words."""
    mark: str = ""
    """What hangs before its first line: "1.", "-"."""
    rail: str = ""
    """What stands before its other lines instead of spaces."""
    indent: int = 0
    """By how many columns it is set in."""
    tight: bool = False
    """Whether it follows the paragraph before without a blank line."""

    @property
    def text(self) -> str:
        """The words without styles."""
        return "".join(run.text for run in self.runs)


Page = tuple[Para, ...]
"""Something shown, from top to bottom."""


def para(*parts: str | Run, kind: Kind = "text", mark: str = "", indent: int = 0, tight: bool = False) -> Para:
    """A paragraph of runs; strings are plain runs."""
    runs = tuple(Run(part) if isinstance(part, str) else part for part in parts)
    return Para(runs, kind, mark, indent=indent, tight=tight)


def heading(text: str) -> Para:
    """A heading."""
    return Para((Run(text, Style.TITLE),), "heading")


def voice_run(voice: Voice, texts: Texts = ENGLISH) -> Run:
    """A voice in words, in its colour."""
    own = next((style for style in VOICES - {Style.VOICE} if style.value == voice.value), None)
    words = voice_words(voice, texts)
    return Run(words, Style.VOICE, voice=voice.value) if own is None else Run(words, own)


def voice_words(voice: Voice, texts: Texts = ENGLISH) -> str:
    """A voice's name: in the language, where the catalogue has a voice of that name and label, else its label."""
    known = voice_name(voice.value, voice.label)
    return texts.said(known) if known == voice.label else voice.label


def clean(text: str) -> str:
    """`text` without any character that could steer a terminal or hide or reorder words.

    Control, formatting (bidirectional, zero width), private and unassigned characters and lone
    surrogates become U+FFFD, and every kind of space becomes a space, a no-break one excepted. What joins two
    pictures into one, and shapes letters of scripts that need it, stays between such.
    """
    if text.isascii() and text.isprintable():
        return text
    joiners = {match.start() for match in _JOINERS.finditer(text)}
    return "".join(each if at in joiners else _clean(each) for at, each in enumerate(text))


_PICTURE = "\u203c-\u3299\ufe0f\U0001f000-\U0001faff"
_SHAPED = "\u0600-\u0dff"  # Arabic and the scripts of India: letters and marks whose form depends on their neighbours
_JOINERS = Pattern(
    rf"(?<=[{_PICTURE}])\u200d(?=[{_PICTURE}])|(?<=[{_SHAPED}])[\u200c\u200d](?=[{_SHAPED}])", needs="\u200c\u200d"
)
_JOINED_ON = Pattern(rf"(?<=[{_PICTURE}])\u200d[{_PICTURE}]\ufe0f?[\U0001f3fb-\U0001f3ff]?")


def _clean(character: str) -> str:
    if character.isprintable() or character == _NO_BREAK:
        return character
    return " " if character.isspace() and character not in "\x1c\x1d\x1e\x1f\x85" else "\N{REPLACEMENT CHARACTER}"


_FIRST_MARK = "\u0300"
_EMOJI_FORM, _KEY = "\N{VARIATION SELECTOR-16}", "\N{COMBINING ENCLOSING KEYCAP}"
_JOINER = "\N{ZERO WIDTH JOINER}"
_SKIN_TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))


def cells(text: str) -> int:
    """The columns that `text` takes on a terminal: marks and joined parts take none of their own."""
    if text.isascii():
        return len(text)
    if _JOINER in text:  # pictures joined into one are as wide as the first
        text = _JOINED_ON.sub("", text)
    return sum(map(_columns, text, f" {text}"))


def _columns(character: str, before: str) -> int:
    if character < _FIRST_MARK:
        return 1
    if character == _EMOJI_FORM:  # a sign that is narrow as text is wide as a picture
        return int(unicodedata.category(before) == "So" and unicodedata.east_asian_width(before) not in "WF")
    if character == _KEY and before == _EMOJI_FORM:  # a digit as a key
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Mc", "Cf") or _continues_a_syllable(character):
        return 0
    wide = unicodedata.east_asian_width(character) in "WF"
    return 0 if character in _SKIN_TONES and is_joined(before, character) else 1 + wide


def _continues_a_syllable(character: str) -> bool:
    """Whether it is a Korean vowel or final, written into the block of the consonant before."""
    return "\u1160" <= character <= "\u11ff" or "\ud7b0" <= character <= "\ud7fb"


def is_joined(before: str, character: str) -> bool:
    """Whether two characters in a row are shown as one, so that no line may end between them."""
    if character in _SKIN_TONES:
        return unicodedata.east_asian_width(before) in "WF" and unicodedata.category(before) == "So"
    return before == _JOINER or character == _EMOJI_FORM or _columns(character, " ") == 0


def joined(pages: Iterable[Iterable[Para]]) -> Page:
    """Several pages, one below the other."""
    return tuple(each for page in pages for each in page)
