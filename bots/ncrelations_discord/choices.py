"""What the options of commands offer: all of few choices, or of many those that match what is typed."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from discord import app_commands
from discord.app_commands import Choice, locale_str

from ncrelations.texts import ENGLISH
from ncrelations_discord.answers import Documents
from ncrelations_discord.safe import clean
from ncrelations_discord.views import Interaction

MOST_CHOICES, CHOICE = 25, 100
"""How many choices Discord takes, and characters of each."""
_C = TypeVar("_C")


def text(name: str) -> locale_str:
    """A name or description in English that the translator knows by `name`."""
    return locale_str(ENGLISH(name), key=name)


def about(documents: Documents, name: str, otherwise: str) -> locale_str:
    """A description: that of the packaged edition, or for other documents one that names none."""
    return text(name if documents.is_edition else otherwise)


def document_choices(documents: Documents) -> list[Choice[str]]:
    """The documents to choose from."""
    if documents.is_edition:
        return [Choice(name=text(f"choice.{id}"), value=id) for id in documents.ids]
    return [Choice(name=label(each.title), value=each.id) for each in documents.library.documents()]


def view_choices(documents: Documents) -> list[Choice[str]]:
    """The views to choose from."""
    if documents.is_edition:
        return [Choice(name=text(f"choice.{voice.value}"), value=voice.value) for voice in documents.voices]
    voices = documents.library.corpus.voices
    return [Choice(name=label(voice.label), value=voice.value) for voice in voices]


def to_choose(**choices: list[Choice[str]]) -> Callable[[_C], _C]:
    """Offer the choices of each option: all of them, or where Discord takes no more, those that match what is typed."""
    few = {name: offered for name, offered in choices.items() if len(offered) <= MOST_CHOICES}
    many = {name: _matching(offered) for name, offered in choices.items() if name not in few}

    def decorated(command: _C) -> _C:
        return app_commands.autocomplete(**many)(app_commands.choices(**few)(command))

    return decorated


def _matching(offered: list[Choice[str]]) -> Callable[[Interaction, str], Coroutine[Any, Any, list[Choice[str]]]]:
    """The choices whose name or value has what is typed, those that begin with it first."""

    async def matching(_: Interaction, typed: str) -> list[Choice[str]]:
        wanted = " ".join(typed.casefold().split())
        found = [each for each in offered if wanted in f"{each.name} {each.value}".casefold()]
        return sorted(found, key=lambda each: not str(each.name).casefold().startswith(wanted))[:MOST_CHOICES]

    return matching


def label(name: str, most: int = CHOICE) -> str:
    """A name as a choice shows it: one line, without what cannot be seen."""
    name = clean(name)
    return name if len(name) <= most else name[: most - 1] + "…"
