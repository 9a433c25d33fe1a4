"""What the frontends say of their own: one catalogue, in five languages. What they quote stays English.

    Texts("fr")("shown.question")    "Question : "
    Texts("zh-TW").said(reason)      a reason of an answer, in Traditional Chinese

The texts stand in `<language>/*.toml`, a name for each in every language; a file is read when one of its
texts is first needed. Any other language reads English.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from ncrelations.errors import (
    EncoderUnavailable,
    IndexMismatch,
    InvalidCitation,
    InvalidDraft,
    InvalidQuestion,
    LanguageUnavailable,
    NCRelationsError,
    NoSuchPlace,
    SourceDamaged,
)
from ncrelations.texts.whole_files import packaged_table

LANGUAGES = ("en", "fr", "de", "zh-Hans", "zh-Hant")
"""The languages of the catalogue. The bot's buttons count them in this order: append only."""

_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})
_FILES = {
    "note": "notes",
    "proof": "proof",
    **dict.fromkeys(("voice", "list", "reason", "shown"), "shown"),
    **dict.fromkeys(("record", "verify", "standing", "chat", "problem"), "cli"),
    **dict.fromkeys(("command", "choice", "answer", "button", "section", "error", "page"), "bot"),
}
"""Which file has which group of texts: a question in English reads the first alone, in a millisecond."""


def supported(code: str) -> str | None:
    """The catalogue's language for a language tag or a locale, such as "fr-CA", "zh-TW" or "de_AT.UTF-8".

    `None` for a language the catalogue does not have.
    """
    base, *rest = code.partition(".")[0].partition("@")[0].replace("_", "-").lower().split("-")
    if base == "zh":
        return "zh-Hant" if _TRADITIONAL & set(rest) and "hans" not in rest else "zh-Hans"
    return base if base in ("en", "fr", "de") else None


@cache
def strings(language: str, file: str) -> dict[str, str]:
    """All texts of one file of a language by their dotted names."""
    source = Path(__file__).with_name(language) / f"{file}.toml"
    flat: dict[str, str] = {}
    for group, entries in packaged_table(source).items():
        flat |= {f"{group}.{name}": text for name, text in entries.items()}
    return flat


class Reason(str):
    """An English text of the catalogue that can be said in the other languages too.

    It is its English text wherever a text is wanted: printed, compared, written as JSON.
    """

    __slots__ = ("key", "values")

    key: str
    """Its name in the catalogue."""
    values: dict[str, Any]
    """What is filled in. A reason among them is said in the language as well; a tuple is joined by "or", a list
    by ";"."""

    def __new__(cls, key: str, values: dict[str, Any] | None = None) -> Reason:
        """The text named `key`, with its values."""
        reason = super().__new__(cls, _filled("en", key, values or {}))
        reason.key, reason.values = key, values or {}
        return reason

    def __reduce__(self) -> tuple[type[Reason], tuple[str, dict[str, Any]]]:
        return Reason, (self.key, self.values)


def reason(name: str, /, **values: Any) -> Reason:
    """The reason of that name: `reason("unknown", names=("Albania",))`."""
    return Reason(f"reason.{name}", values)


def voice_name(value: str, label: str) -> str:
    """A voice's name: one that is said in each language where the catalogue has it, else its label."""
    return Reason(f"voice.{value}") if f"voice.{value}" in strings("en", "shown") else label


def _filled(language: str, key: str, values: dict[str, Any]) -> str:
    text = strings(language, _FILES[key.partition(".")[0]])[key]
    return text.format(**{name: _value(language, value) for name, value in values.items()}) if values else text


def _value(language: str, value: Any) -> Any:
    if isinstance(value, Reason):
        return _filled(language, value.key, value.values)
    if isinstance(value, list):
        return _filled(language, "list.clauses", {}).join(_value(language, each) for each in value)
    if isinstance(value, tuple):
        return _filled(language, "list.or", {}).join(_value(language, each) for each in value)
    return value


_FRAMES: dict[type[NCRelationsError], str] = {
    IndexMismatch: "problem.index",
    LanguageUnavailable: "problem.language",
    EncoderUnavailable: "problem.model",
    SourceDamaged: "problem.source",
}
"""Errors whose fields are what their text says."""


class Texts:
    """The texts of one language: `texts("shown.topic")`."""

    __slots__ = ("language",)

    def __init__(self, language: str = "en") -> None:
        """`language` is any tag or locale; one that the catalogue does not have is English."""
        self.language = supported(language) or "en"

    def __call__(self, name: str, /, **values: Any) -> str:
        """One text with its values filled in."""
        return _filled(self.language, name, values)

    def count(self, name: str, count: int) -> str:
        """The form of a text for that many."""
        one = count == 1 or (count == 0 and self.language == "fr")
        return self(f"{name}_one" if one else name, count=f"{count:,}")

    def said(self, english: str) -> str:
        """A reason, or a title or note of the editors, in this language; as it is where it is not known."""
        if self.language == "en":
            return english
        written = strings(self.language, "authored").get(f"said.{english}")
        if written is None and isinstance(english, Reason):
            return _filled(self.language, english.key, english.values)
        return written or english

    def joined(self, reasons: tuple[str, ...]) -> str:
        """Several reasons in one line."""
        return self("list.clauses").join(map(self.said, reasons))

    def problem(self, error: Exception) -> str:
        """An error in one line that says what to try, in English where it is not known.

        That a question's language cannot be read is said in that language, where the catalogue has it.
        """
        match error:
            case InvalidCitation():
                hint = self._near(error.suggestions) or self("problem.citation_hint")
                return self("problem.no_citation", name=error.citation) + hint
            case NoSuchPlace():
                name = f"problem.no_{error.kind.replace(' ', '_')}"
                if name not in strings("en", "cli"):
                    return str(error)
                return self(name, name=error.name) + self._near(error.suggestions)
            case InvalidDraft() | InvalidQuestion():
                return self("problem.sentence", reason=self.said(error.reason), advice=self.said(error.advice))
        known = isinstance(error, LanguageUnavailable) and supported(error.language)
        speaker = Texts(known) if known else self
        frame = next((name for kind, name in _FRAMES.items() if isinstance(error, kind)), None)
        return speaker(frame, **vars(error)) if frame else str(error)

    def _near(self, suggestions: tuple[str, ...]) -> str:
        return self("problem.near", names=suggestions) if suggestions else ""


ENGLISH = Texts()
"""The texts that everything is shown with unless another language is asked for."""
