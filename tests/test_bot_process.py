"""The real entry point as a process of its own: start, answer, health, SIGTERM, and no token anywhere."""

from __future__ import annotations

import asyncio
import json
import logging
import signal
import sys
import time
from pathlib import Path

import aiohttp
import pytest

from bot_kit import AUKUS, PATH, embed, process
from discord_wire import WireServer
from ncrelations_discord.app import main
from ncrelations_discord.health import Health
from ncrelations_discord.logs import HIDDEN, configure, log

pytest_plugins = ["discord_wire.fixtures"]


async def get(port: int, path: str) -> tuple[int, str]:
    """Fetch a health page."""
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.text()


def free_port() -> int:
    """A port that nothing listens on."""
    import socket

    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


@pytest.mark.asyncio
async def test_the_real_entry_point(wire: WireServer, tmp_path: Path) -> None:
    """It starts from a token file, answers, is ready, stops on SIGTERM with code 0, and tells nobody its token."""
    file, port = tmp_path / "token", free_port()
    file.write_text(wire.token + "\n")
    async with process(wire, NCR_DISCORD_TOKEN_FILE=str(file), NCR_DISCORD_HEALTH_PORT=str(port)) as bot:
        await wire.connected(20)
        asked = await (await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS)).response()
        assert embed(asked.reply)["author"]["name"] == AUKUS
        assert await get(port, "/healthz") == (200, "ok\n")
        deadline = time.monotonic() + 15  # a command may be answered before the library calls itself ready
        while await get(port, "/readyz") != (200, "ready\n"):
            assert time.monotonic() < deadline
            await asyncio.sleep(0.05)
        listed = Path(f"/proc/{bot.pid}/cmdline")
        if listed.exists():
            assert wire.token.encode() not in listed.read_bytes() + Path(f"/proc/{bot.pid}/environ").read_bytes()
        bot.send_signal(signal.SIGTERM)
        output, errors = await asyncio.wait_for(bot.communicate(), 15)
    assert bot.returncode == 0
    assert output == b""
    lines = [json.loads(line) for line in errors.decode().splitlines()]
    assert [line["event"] for line in lines][-2:] == ["stopping", "stopped"]
    assert any(line["event"] == "answered" and line["what"] == "/ask" for line in lines)
    for secret in (wire.token, AUKUS, "alice"):
        assert secret not in errors.decode()
    await wire.until(lambda: not wire.gateway.live)


@pytest.mark.asyncio
async def test_a_bad_configuration_ends_with_code_2(wire: WireServer) -> None:
    """Every problem on stderr, nothing else, no trace."""
    async with process(wire, NCR_DISCORD_QUEUE="many") as bot:
        output, errors = await asyncio.wait_for(bot.communicate(), 15)
    assert (bot.returncode, output) == (2, b"")
    assert errors.decode().startswith("the bot cannot start:\n  - no token")
    assert "NCR_DISCORD_QUEUE must be a whole number" in errors.decode()


@pytest.mark.asyncio
async def test_a_refused_token_ends_with_code_1(wire: WireServer) -> None:
    """One sentence says what to do; the token is not repeated."""
    async with process(wire, NCR_DISCORD_TOKEN="wrong.token.value") as bot:  # noqa: S106
        _, errors = await asyncio.wait_for(bot.communicate(), 20)
    assert bot.returncode == 1
    assert "make a new one in the developer portal" in errors.decode()
    assert "wrong.token.value" not in errors.decode()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [(["--check"], 0, "can be used"), (["--help"], 0, "usage"), (["MTIz.secret.part"], 2, "never from an argument")],
)
def test_arguments(
    arguments: list[str], code: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The settings can be checked; a token given as an argument is refused and not repeated."""
    monkeypatch.setenv("NCR_DISCORD_TOKEN", "a.b.c")
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    printed = capsys.readouterr()
    assert ended.value.code == code
    assert said in printed.out + printed.err
    assert "secret" not in printed.out + printed.err


@pytest.mark.asyncio
async def test_not_ready_is_503() -> None:
    """Until questions are answered, /readyz says so."""
    ready = False
    health = Health(0, lambda: ready)
    await health.start()
    try:
        assert await get(health.port, "/readyz") == (503, "not ready\n")
        assert await get(health.port, "/healthz") == (200, "ok\n")
    finally:
        await health.stop()


def test_logs_are_json_without_secrets(capsys: pytest.CaptureFixture[str]) -> None:
    """One object a line; token and interaction tokens are taken out, of traces too."""
    before = list(logging.getLogger().handlers), logging.getLogger().level
    secret, token = "a.secret.token", "x" * 64
    try:
        configure("INFO", secret, stream=sys.stderr)
        try:
            int(f"https://discord.com/api/v10/webhooks/123/{token}/messages {secret}")
        except ValueError as error:
            log.error("failed %s", secret, extra={"fields": {"reference": "abc"}}, exc_info=error)
    finally:
        logging.getLogger().handlers[:], level = before
        logging.getLogger().setLevel(level)
    line = capsys.readouterr().err
    entry = json.loads(line)
    assert (entry["event"], entry["reference"], entry["level"]) == (f"failed {HIDDEN}", "abc", "ERROR")
    assert secret not in line
    assert token not in line


def test_only_this_package_imports_discord() -> None:
    """Settings, cards, answers and cooldowns work without discord; the package's import loads nothing."""
    light = (
        "operator_settings", "safe", "cards", "answers", "asked", "desk", "cooldown", "service", "logs", "quotations",
        "__main__",
    )  # fmt: skip
    code = (
        "import sys, ncrelations_discord; assert 'discord' not in sys.modules\n"
        + "".join(f"import ncrelations_discord.{name}\n" for name in light)
        + "assert 'discord' not in sys.modules, 'discord'"
    )
    import subprocess

    command, environment = [sys.executable, "-c", code], {"PYTHONPATH": PATH}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
