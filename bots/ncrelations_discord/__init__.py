"""The Discord bot of ncrelations: cited answers from the packaged documents, or from any other library.

from ncrelations_discord import Settings, create_client

`create_client(Settings(token=...))` returns the client; `python -m ncrelations_discord` runs it with the
settings of the environment. This package is the only one of the project that imports discord.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ncrelations_discord.app import create_client, main
    from ncrelations_discord.operator_settings import Settings, SettingsError

__all__ = ["Settings", "SettingsError", "create_client", "main"]


def __getattr__(name: str) -> object:
    """Load a public name when it is first used: reading settings needs no discord."""
    if name not in __all__:
        raise AttributeError(f"module 'ncrelations_discord' has no attribute {name!r}")
    module = "operator_settings" if name.startswith("Settings") else "app"
    value: object = getattr(import_module(f"ncrelations_discord.{module}"), name)
    globals()[name] = value
    return value
