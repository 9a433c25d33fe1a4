"""Addresses of collections on a server: what is read from them, and that no password is ever shown."""

from __future__ import annotations

import logging
import os
import pickle
import sys
import traceback
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import ncrelations as ncr
from ncrelations.cli import ncr as command
from ncrelations.collections import encoding_job
from ncrelations.collections.collection_place import place_of
from ncrelations.collections.postgres_address import address_of
from ncrelations.errors import CollectionUnavailable

psycopg = pytest.importorskip("psycopg", reason="pip install 'ncrelations[postgres]'")

NOWHERE = "host=/no/such/folder"


@pytest.mark.parametrize(
    ("url", "name", "conninfo", "shown"),
    [
        (
            "postgresql://ann:s3cret@db.example:5433/team?collection=treaties",
            "treaties",
            "postgresql://ann:s3cret@db.example:5433/team",
            "postgresql://ann:***@db.example:5433/team?collection=treaties",
        ),
        ("postgres://db/team", "collection", "postgresql://db/team", "postgresql://db/team"),
        (
            "postgresql://?service=team",
            "collection",
            "postgresql://?service=team",
            "postgresql://?service=team",
        ),
        (
            "postgresql:///team?host=/run/pg&password=s3cret&options=-c%20a%3Db",
            "collection",
            "postgresql:///team?host=/run/pg&password=s3cret&options=-c%20a%3Db",
            "postgresql:///team?host=/run/pg&password=***&options=-c%20a%3Db",
        ),
        (
            "postgresql://one,two:5433/team?target_session_attrs=any",
            "collection",
            "postgresql://one,two:5433/team?target_session_attrs=any",
            "postgresql://one,two:5433/team?target_session_attrs=any",
        ),
    ],
)
def test_addresses(url: str, name: str, conninfo: str, shown: str) -> None:
    """What libpq reads is handed on as it was, the collection's name is ours, and the password is masked."""
    address = address_of(url)
    assert (address.name, address.conninfo, address.shown) == (name, conninfo, shown)
    assert place_of(url) == url
    psycopg.conninfo.conninfo_to_dict(address.conninfo)
    assert "s3cret" not in repr(address)


@pytest.mark.parametrize("name", ["Treaties", "a b", "x" * 60, '"; DROP', ""])
def test_names_that_are_none(name: str) -> None:
    """A name becomes that of a schema: it is of small letters, digits and hyphens."""
    with pytest.raises(CollectionUnavailable, match="no name of a collection"):
        ncr.open_collection(f"postgresql://db/team?collection={name}")


def test_what_is_no_address() -> None:
    """It is said, and nothing of it is shown."""
    with pytest.raises(CollectionUnavailable, match="it is no address") as caught:
        ncr.open_collection("postgresql://ann:s3cret@[::1/team")
    assert "s3cret" not in str(caught.value)


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P"]), min_size=4, max_size=20))
def test_no_password_is_shown(password: str) -> None:
    """Whatever it is made of, it stands neither in what is shown nor in a message that quotes it."""
    from urllib.parse import quote

    address = address_of(f"postgresql://ann:{quote(password, safe='')}@db/team")
    assert password not in address.masked(f'invalid option "{password}" in {address.conninfo}')
    assert address.shown == "postgresql://ann:***@db/team"


def test_errors_say_nothing_of_passwords(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Neither the message, nor what is pickled, nor the traceback with its causes, nor a log."""
    monkeypatch.setenv("PGPASSWORD", "from-the-environment")
    caplog.set_level(logging.DEBUG)
    collection = ncr.open_collection(f"postgresql://ann:s3cret@/team?{NOWHERE}")
    with pytest.raises(CollectionUnavailable, match="see that it runs") as caught:
        collection.documents()
    told = "".join(traceback.format_exception(caught.value)) + repr(pickle.loads(pickle.dumps(caught.value)))  # noqa: S301 -- ours
    for secret in ("s3cret", "from-the-environment"):
        assert secret not in told.replace('f"postgresql://ann:s3cret@', "") + caplog.text
    assert collection.place == "postgresql://ann:***@/team?host=/no/such/folder"
    with pytest.raises(CollectionUnavailable, match="not in a folder"):
        _ = collection.folder


@pytest.mark.parametrize("arguments", [["status"], ["documents"], ["add", "."], ["ask", "x"]])
def test_commands_say_that_a_server_is_not_there(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In one line, with an exit code of 2 and no password."""
    monkeypatch.chdir(tmp_path)
    url = f"postgresql://ann:s3cret@/team?{NOWHERE}"
    option = "--in" if arguments[0] == "ask" else "--collection"
    result = CliRunner().invoke(command, [*arguments, option, url])
    assert result.exit_code == 2
    assert "see that it runs and lets you in" in result.output
    assert "s3cret" not in result.output


def test_the_doctor_shows_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says which collection is meant, and from where."""
    monkeypatch.setenv("NCR_COLLECTION", "postgresql://ann:s3cret@db/team?collection=treaties")
    for form in ([], ["--json"]):
        told = CliRunner().invoke(command, ["doctor", *form]).output
        assert "postgresql://ann:***@db/team?collection=treaties" in told
        assert "s3cret" not in told


def test_without_psycopg_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(CollectionUnavailable, match=r"pip install 'ncrelations\[postgres\]'"):
        ncr.open_collection("postgresql://db/team").documents()


def test_the_job_in_the_background_is_told_by_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A password in an address does not stand in the command of a process, which others may list."""
    seen: dict[str, object] = {}

    class Started:
        def __init__(self, arguments: list[str], **options: object) -> None:
            seen.update(options, arguments=arguments)

        def poll(self) -> int:
            return 0

    monkeypatch.setattr("subprocess.Popen", Started)
    encoding_job.encode_in_background("postgresql://ann:s3cret@db/team")
    environment = seen["env"]
    assert isinstance(environment, dict)
    assert environment == {**os.environ, "NCR_COLLECTION": "postgresql://ann:s3cret@db/team"}
    assert "s3cret" not in repr(seen["arguments"])
