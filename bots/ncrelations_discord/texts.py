"""Fixed texts in four languages, from `locales/*.toml`. Answers quote the English sources as they are."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from ncrelations_discord.settings import LANGUAGES


@cache
def strings(language: str) -> dict[str, str]:
    """All texts of one language by their dotted names."""
    source = files("ncrelations_discord").joinpath("locales", f"{language}.toml").read_text("utf-8")
    flat: dict[str, str] = {}
    for group, entries in tomllib.loads(source).items():
        flat |= {f"{group}.{name}": text for name, text in entries.items()}
    return flat


def language_of(locale: object, fallback: str = "en") -> str:
    """The language for one of Discord's locales, such as "fr" or "zh-TW"; `fallback` for a missing one."""
    if locale is None:
        return fallback
    code = str(locale)
    if code in LANGUAGES:
        return code
    base = code.partition("-")[0]
    return {"fr": "fr", "de": "de", "zh": "zh-CN"}.get(base, "en")


class Texts:
    """The texts of one language: `texts("error.busy")`."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "en"

    def __call__(self, name: str, **values: object) -> str:
        """One text with its values filled in."""
        text = strings(self.language)[name]
        return text.format(**values) if values else text
