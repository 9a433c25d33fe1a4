"""The container and compose files: what they name is there, in the program and in each other; their roles are tried."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml  # type: ignore[import-untyped]  # read here alone

from collection_kit import NearReader
from ncrelations.cli import ncr
from ncrelations.collections.collection import Collection
from ncrelations.collections.postgres_address import address_of
from ncrelations.errors import CollectionUnavailable
from ncrelations.files import file_reading
from ncrelations_discord import Settings
from postgres_kit import PostgresServer

pytest_plugins = ["postgres_fixtures", "collection_fixtures"]

SECRETS = "/run/secrets/"
READ_BY_OTHERS = {"POSTGRES_DB", "POSTGRES_PASSWORD_FILE", "HF_HUB_OFFLINE"}
"""Variables that the server's image and the model's library read."""


@pytest.fixture(name="compose", scope="module")
def _compose(checkout: Path) -> dict[str, Any]:
    """The compose file."""
    read: dict[str, Any] = yaml.safe_load((checkout / "containers" / "compose.yaml").read_text("utf-8"))
    return read


@pytest.fixture(name="steps", scope="module")
def _steps(checkout: Path) -> list[tuple[str, str]]:
    """The instructions of the container file, each with its name."""
    text = (checkout / "containers" / "Containerfile").read_text("utf-8").replace("\\\n", " ")
    return [(line.split()[0], line.partition(" ")[2]) for line in text.splitlines() if line and line[0] not in "# "]


def ours(compose: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The services that run our program."""
    return {name: each for name, each in compose["services"].items() if each["image"] == "ncrelations"}


def parsed(arguments: list[str]) -> click.Context:
    """What the command line reads from arguments, which must be its own; nothing is run."""
    name, *rest = arguments
    command = ncr.get_command(click.Context(ncr), name)
    assert command is not None, name
    context = click.Context(command, info_name=name)
    command.make_parser(context).parse_args(list(rest))
    return context


def test_every_command_is_the_programs(compose: dict[str, Any], steps: list[tuple[str, str]]) -> None:
    """What the containers run are commands of `ncr` with options that they have."""
    made = dict(steps)
    assert yaml.safe_load(made["ENTRYPOINT"]) == ["with-password", "ncr"]
    lines = [yaml.safe_load(made["CMD"]), *(each["command"] for each in ours(compose).values())]
    for line in lines:
        parsed(line)
    with pytest.raises(click.NoSuchOption):
        parsed(["serve", "--tokenfile", "x"])
    assert {line[0] for line in lines} == {"serve", "add", "bot"}


def test_every_variable_is_read(compose: dict[str, Any], steps: list[tuple[str, str]], checkout: Path) -> None:
    """No variable is set in vain: the program, the script or the server reads it, and its value is a good one."""
    image = dict(each.split("=", 1) for name, rest in steps if name == "ENV" for each in rest.split())
    given = image | {key: value for each in compose["services"].values() for key, value in each["environment"].items()}
    program = "".join(path.read_text("utf-8") for path in (checkout / "src").rglob("*.py"))
    script = (checkout / "containers" / "with-password.sh").read_text("utf-8")
    settings = {name for name in given if name.startswith("NCR_DISCORD_")}
    assert settings
    for name in given.keys() - settings - READ_BY_OTHERS:
        assert name in program or name in script, name
    for service in ours(compose).values():
        for name in ("NCR_COLLECTION", "NCR_DISCORD_COLLECTION"):
            if name in service["environment"]:
                assert address_of(service["environment"][name]).name == "documents"


def test_the_bots_settings_can_be_used(compose: dict[str, Any], tmp_path: Path) -> None:
    """The bot starts with them, once its token is there."""
    bot = compose["services"]["bot"]
    (tmp_path / "discord").write_text("a.b.c\n")
    given = {name: str(value).replace(SECRETS, f"{tmp_path}/") for name, value in bot["environment"].items()}
    settings = Settings.from_env(given)
    assert settings.token == "a.b.c"  # noqa: S105
    assert f"127.0.0.1:{settings.health_port}/readyz" in str(bot["healthcheck"]["test"])


def test_a_health_check_asks_where_the_service_listens(steps: list[tuple[str, str]]) -> None:
    """The image's asks at the port of `ncr serve`, which it exposes."""
    made = dict(steps)
    port = next(each for each in parsed(["serve"]).command.params if each.name == "port").default
    assert made["EXPOSE"] == str(port)
    assert f"127.0.0.1:{port}/readyz" in made["HEALTHCHECK"]


def test_what_is_built_from_is_there(steps: list[tuple[str, str]], checkout: Path) -> None:
    """Each file that is copied exists and is let through, each extra that is installed is one."""
    copied = [each for name, rest in steps if name == "COPY" for each in rest.split()[:-1] if not each.startswith("--")]
    let_through = {line[1:] for line in (checkout / ".dockerignore").read_text("utf-8").splitlines() if line[0] == "!"}
    assert {each for each in copied if not (checkout / each).exists()} == set()
    assert set(copied) == let_through
    extras = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    (wanted,) = re.findall(r"'\.\[([\w,]+)\]'", str(steps))
    assert set(wanted.split(",")) == {"serve", "mcp", "own", "postgres", "bot"} <= set(extras)


def test_secrets_are_files_that_whoever_reads_them_has(compose: dict[str, Any], checkout: Path) -> None:
    """A secret that is named is mounted; each is a file that git ignores; none stands in the compose file itself."""
    folder = checkout / "containers"
    for name, service in compose["services"].items():
        said = f"{service.get('command')} {service['environment']}"
        if name == "database":
            said += (folder / "roles.sql").read_text("utf-8")
        assert set(re.findall(rf"{SECRETS}(\w+)", said)) == set(service["secrets"]), name
        assert "PASSWORD=" not in said
        for volume in service.get("volumes", ()):
            host, inside, *_ = volume.split(":")
            assert host in compose["volumes"] or host == "./documents" or (folder / host).exists(), inside
    mounted = {each for service in compose["services"].values() for each in service["secrets"]}
    assert {f"secrets/{each}" for each in mounted} == {each["file"] for each in compose["secrets"].values()}
    ignored = (checkout / ".gitignore").read_text("utf-8").splitlines()
    assert {"/containers/secrets/", "/containers/documents/"} <= {*ignored}


def test_who_waits_waits_for_what_is_told(compose: dict[str, Any]) -> None:
    """The database is asked for its health by network; this machine alone reaches the server, nobody the database."""
    services = compose["services"]
    assert "--host=127.0.0.1" in services["database"]["healthcheck"]["test"]
    for service in ours(compose).values():
        assert service["depends_on"] == {"database": {"condition": "service_healthy"}}
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
    assert compose["networks"]["inside"]["internal"] is True
    assert services["database"]["networks"] == ["inside"]
    assert [each for service in services.values() for each in service.get("ports", ())] == ["127.0.0.1:8765:8765"]


@pytest.mark.skipif(os.name == "nt", reason="a script for the image's own shell")
def test_the_script_reads_the_password(checkout: Path, tmp_path: Path) -> None:
    """The command runs with the password of the file; without one, as it is; where it cannot be read, not at all."""
    said = "import os, sys; print(os.environ.get('PGPASSWORD'), sys.argv[1:])"
    file = tmp_path / "password"
    file.write_text("a b'c\n")

    def run(**environment: str) -> subprocess.CompletedProcess[str]:
        script = checkout / "containers" / "with-password.sh"
        command = ["/bin/sh", str(script), sys.executable, "-c", said, "x y"]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert run(PGPASSWORD_FILE=str(file)).stdout == "a b'c ['x y']\n"
    assert run().stdout == "None ['x y']\n"
    assert run(PGPASSWORD_FILE=str(tmp_path / "none")).returncode != 0


@pytest.fixture(name="team")
def _team(postgres: PostgresServer, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], str]]:
    """The addresses of the compose file's collection for its roles, who must give the passwords of files."""
    monkeypatch.setattr(file_reading, "FileReader", NearReader)
    rules = postgres.data / "pg_hba.conf"
    before = rules.read_text()
    for role in ("librarian", "onlooker"):
        (postgres.folder / role).write_text(f'the {role}\'s "password"\n')
    statements = (checkout / "containers" / "roles.sql").read_text("utf-8").replace(SECRETS, f"{postgres.folder}/")
    (postgres.folder / "roles.sql").write_text(statements)
    postgres.sql("CREATE DATABASE team")
    postgres.run("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", str(postgres.folder / "roles.sql"), "team")
    for role in ("librarian", "onlooker"):
        postgres.demand_password(role)
    yield lambda role: postgres.url("documents", "team", role)
    rules.write_text(before)
    postgres.sql("SELECT pg_reload_conf()", "DROP DATABASE team WITH (FORCE)", "DROP ROLE librarian, onlooker")


def test_the_roles_are_what_the_services_need(
    team: Callable[[str], str], papers: Path, postgres: PostgresServer, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the password of its file, the one adds, in new tables; the other reads them at once, and only reads."""
    monkeypatch.setenv("PGPASSWORD", 'the librarian\'s "password"')
    librarian = Collection(team("librarian"))
    assert librarian.sync([papers]).added == 2
    librarian.store.close()
    monkeypatch.setenv("PGPASSWORD", 'the onlooker\'s "password"')
    onlooker = Collection(team("onlooker"))
    assert [each.id for each in onlooker.documents()] == ["harbour", "mill"]
    (papers / "new.md").write_text("# New\n\nNew words.\n")
    with pytest.raises(CollectionUnavailable, match="permission denied"):
        onlooker.sync([papers])
    onlooker.store.close()
    monkeypatch.delenv("PGPASSWORD")
    with pytest.raises(CollectionUnavailable, match="password"):
        Collection(team("onlooker")).documents()
    environment = {
        **os.environ,
        "PGPASSWORD_FILE": str(postgres.folder / "onlooker"),
        "NCR_COLLECTION": team("onlooker"),
    }
    script = ["/bin/sh", str(checkout / "containers" / "with-password.sh"), sys.executable, "-m", "ncrelations"]
    listed = subprocess.run([*script, "documents"], env=environment, capture_output=True, text=True, check=False)
    assert "mill" in listed.stdout, listed.stderr
