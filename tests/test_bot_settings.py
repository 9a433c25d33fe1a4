"""The bot's settings: defaults, reading the environment, every problem at once, and no token in any text."""

from __future__ import annotations

import dataclasses
import pickle
from pathlib import Path

import pytest

from ncrelations_discord import Settings, SettingsError

TOKEN = "MTIzNDU2.secret-part.that_nobody_may_see"  # noqa: S105


def test_only_the_token_is_needed() -> None:
    """Every other field has a default."""
    needed = [each.name for each in dataclasses.fields(Settings) if each.default is dataclasses.MISSING]
    assert needed == ["token"]
    assert Settings.from_env({"NCR_DISCORD_TOKEN": TOKEN}) == Settings(token=TOKEN)


def test_the_settings_are_frozen_and_the_token_is_in_no_repr() -> None:
    """Nothing can change them, and printing them is safe."""
    settings = Settings(token=TOKEN)
    with pytest.raises(dataclasses.FrozenInstanceError):
        settings.language = "fr"  # type: ignore[misc]
    assert "secret" not in repr(settings)
    assert "secret" not in str(settings)


def test_everything_can_be_set() -> None:
    """Each field has its variable."""
    given = {
        "NCR_DISCORD_TOKEN": TOKEN, "NCR_DISCORD_LANGUAGE": "de", "NCR_DISCORD_PRIVATE": "yes",
        "NCR_DISCORD_PERSON_QUESTIONS": "3", "NCR_DISCORD_CHANNEL_QUESTIONS": "7",
        "NCR_DISCORD_WINDOW_SECONDS": "12.5", "NCR_DISCORD_QUEUE": "9", "NCR_DISCORD_ANSWER_SECONDS": "5",
        "NCR_DISCORD_DRAIN_SECONDS": "2", "NCR_DISCORD_SHARDED": "on", "NCR_DISCORD_SHARD_COUNT": "4",
        "NCR_DISCORD_SYNC_COMMANDS": "no", "NCR_DISCORD_HEALTH_PORT": "8080", "NCR_DISCORD_LOG_LEVEL": "debug",
        "NCR_DISCORD_HEALTH_ADDRESS": "10.0.0.7",
        "NCR_DISCORD_GUILD_READY_TIMEOUT": "1", "NCR_DISCORD_READER_URL": "https://example.org/reader/",
        "NCR_DISCORD_COLLECTION": "treaties", "NCR_DISCORD_PROCESSES": "3",
    }  # fmt: skip
    assert {f"NCR_DISCORD_{each.name.upper()}" for each in dataclasses.fields(Settings)} == set(given)
    reader = "https://example.org/reader/"
    last = (False, 8080, "10.0.0.7", reader, "treaties", "DEBUG", 1.0)
    values = (TOKEN, "de", *(True, 3, 7, 12.5, 3, 9, 5.0, 2.0, True, 4), *last)
    assert dataclasses.astuple(Settings.from_env(given)) == values


def test_the_readers_address_is_that_of_the_command_line() -> None:
    """NCR_READER_URL serves both; only an http(s) address can be linked to in Discord."""
    given = {"NCR_DISCORD_TOKEN": TOKEN, "NCR_READER_URL": "https://example.org/reader"}
    assert Settings.from_env(given).reader_url == "https://example.org/reader"
    for address in ("file:///tmp/reader", "javascript:alert(1)", "https://example.org/a) b"):
        with pytest.raises(SettingsError, match="reader_url must be an http"):
            Settings.from_env({**given, "NCR_READER_URL": address})


def test_the_token_may_stand_in_a_file(tmp_path: Path) -> None:
    """A file, as a service manager gives it, white space at its end included."""
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    assert Settings.from_env({"NCR_DISCORD_TOKEN_FILE": str(file)}).token == TOKEN


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "no token"),
        ({"NCR_DISCORD_TOKEN": TOKEN, "NCR_DISCORD_TOKEN_FILE": "x"}, "not both"),
        ({"NCR_DISCORD_TOKEN_FILE": "/nowhere/token"}, "No such file"),
        ({"NCR_DISCORD_TOKEN": "secret"}, "not a bot token"),
        ({"NCR_DISCORD_TOKEN": f"\ufeff{TOKEN}"}, "without a byte order mark"),
        ({"NCR_DISCORD_TOKEN": f'"{TOKEN}"'}, "quotation marks around it"),
        ({"NCR_DISCORD_TOKEN": f"Bot {TOKEN}"}, 'has "Bot" before it'),
        ({"NCR_DISCORD_TOKEN": TOKEN, "NCR_DISCORD_HEALTH_ADDRESS": "localhost"}, "must be an IP address"),
        ({"NCR_DISCORD_TOKEN": TOKEN, "NCR_DISCORD_COLOUR": "red"}, "NCR_DISCORD_COLOUR is not a setting"),
        ({"NCR_DISCORD_TOKEN": TOKEN, "NCR_DISCORD_COLLECTION": " "}, "collection must be a folder"),
        ({"NCR_DISCORD_TOKEN": TOKEN, "NCR_DISCORD_SHARD_COUNT": "2"}, "shard_count needs sharded"),
        ({"NCR_DISCORD_TOKEN": TOKEN, "NCR_DISCORD_LANGUAGE": "la"}, "language must be one of"),
        ({"NCR_DISCORD_TOKEN": TOKEN, "NCR_DISCORD_HEALTH_PORT": "99999"}, "health_port must lie"),
        ({"NCR_DISCORD_TOKEN": TOKEN, "NCR_DISCORD_WINDOW_SECONDS": "nan"}, "window_seconds must lie"),
    ],
)
def test_a_problem_is_said_in_words(given: dict[str, str], said: str) -> None:
    """Each mistake has its sentence, and none repeats a token."""
    with pytest.raises(SettingsError, match=said) as raised:
        Settings.from_env(given)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_token_file_in_another_encoding(tmp_path: Path, encoding: str) -> None:
    """What editors on Windows write is named; nothing of the token is."""
    (tmp_path / "token").write_text(TOKEN, encoding)
    with pytest.raises(SettingsError, match="save its file as UTF-8") as raised:
        Settings.from_env({"NCR_DISCORD_TOKEN_FILE": str(tmp_path / "token")})
    assert "secret" not in str(raised.value)


def test_an_empty_token_file_is_a_problem(tmp_path: Path) -> None:
    """An empty file is named as such, and not quoted."""
    (tmp_path / "token").write_text("\n")
    with pytest.raises(SettingsError, match="empty file"):
        Settings.from_env({"NCR_DISCORD_TOKEN_FILE": str(tmp_path / "token")})


def test_all_problems_are_reported_together() -> None:
    """One run shows everything there is to mend."""
    given = {
        "NCR_DISCORD_QUEUE": "many", "NCR_DISCORD_PRIVATE": "perhaps", "NCR_DISCORD_LOG_LEVEL": "loud",
        "NCR_DISCORD_DRAIN_SECONDS": "soon",
    }  # fmt: skip
    with pytest.raises(SettingsError) as raised:
        Settings.from_env(given)
    assert len(raised.value.problems) == 5
    copy = pickle.loads(pickle.dumps(raised.value))  # noqa: S301
    assert str(copy) == str(raised.value)
    assert str(copy).startswith("the bot cannot start:\n  - no token")


def test_the_operators_page_names_every_setting_and_the_permissions() -> None:
    """The page's table, its permissions and its pictures are what the code has."""
    page = (Path(__file__).parents[1] / "docs" / "bot.md").read_text("utf-8")
    for each in dataclasses.fields(Settings):
        assert f"| `NCR_DISCORD_{each.name.upper()}` |" in page
    needed = 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 38
    assert page.count(str(needed)) == 2
    pictures = sorted(path.name for path in (Path(__file__).parents[1] / "docs" / "pictures" / "bot").glob("*.png"))
    assert len(pictures) == 7
    assert all(f"(pictures/bot/{name})" in page for name in pictures)
