"""`ncr mcp` by its bare pipes: every message is answered, a client may stop reading, Ctrl-C ends it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import ncrelations as n

pytest.importorskip("mcp", reason='pip install "ncrelations[mcp]"')

BEGIN = (
    b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},'
    b'"clientInfo":{"name":"test","version":"1"}}}\n{"jsonrpc":"2.0","method":"notifications/initialized"}\n'
)


@pytest.fixture
def raw() -> Iterator[subprocess.Popen[bytes]]:
    """`ncr mcp` with bare pipes, initialized."""
    environment = {**os.environ, "PYTHONPATH": str(Path(n.__file__).parents[1])}
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "ncrelations", "mcp"]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment) as process:
        send(process, BEGIN)
        assert process.stdout is not None
        assert b'"serverInfo"' in process.stdout.readline()
        yield process
        process.kill()


def send(process: subprocess.Popen[bytes], data: bytes) -> None:
    """Write to its standard input."""
    assert process.stdin is not None
    process.stdin.write(data)
    process.stdin.flush()


def call(id: int, tool: str, **arguments: str) -> bytes:
    """A call of a tool, its arguments in JSON."""
    given = ",".join(f'"{name}":{value}' for name, value in arguments.items())
    params = f'{{"name":"{tool}","arguments":{{{given}}}}}'
    return f'{{"jsonrpc":"2.0","params":{params},"id":{id},"method":"tools/call"}}\n'.encode()


def answers(process: subprocess.Popen[bytes], count: int) -> dict[int | None, Any]:
    """So many of its answers, by id."""
    assert process.stdout is not None
    found = [json.loads(process.stdout.readline()) for _ in range(count)]
    return {each["id"]: each for each in found}


def test_every_call_gets_an_answer(raw: subprocess.Popen[bytes]) -> None:
    """However deeply arguments are nested and however long they are, the call is answered, and so is the next."""
    nested = {2: 20, 3: 250, 4: 100_000}
    for id, depth in nested.items():
        send(raw, call(id, "ask", question='{"id":[' * depth + "7" + "]}" * depth))
    send(raw, call(5, "cite", citation='"report", "x": "' + "[" * 500 + '"'))
    send(raw, call(6, "cite", citation='"' + "x" * 33_000_000 + '"'))
    send(raw, call(7, "cite", citation='"report"'))
    found = answers(raw, 6)
    assert all("nested too deeply" in found[id]["error"]["message"] for id in (3, 4))
    assert found[6]["error"]["message"] == "the message is too long"
    assert "result" in found[2]
    assert "result" in found[5]
    assert found[7]["result"]["content"][0]["text"] == "CSDR-CIISS report [report]"


def test_a_message_that_cannot_be_read_is_answered(raw: subprocess.Popen[bytes]) -> None:
    """Half of a surrogate pair is replaced, what is no message gets an error, and nothing is logged of either."""
    send(raw, call(2, "show", citation=r'"report\ud800"'))
    send(raw, call(3, "ask", question=r'"maritime \ud83d\ude00 \\udead \uDC00"', k="1"))
    send(raw, b'{"jsonrpc":"2.0","id":4,"method":\n{"jsonrpc":"2.0","id":5}\n' + call(6, "ask", k="9" * 5000))
    send(raw, call(7, "show", citation='"report"', kk="1") + b"[]\n\n")
    found = answers(raw, 7)
    assert "'report\ufffd' is not a citation" in found[2]["result"]["content"][0]["text"]
    assert found[3]["result"]["structuredContent"]["question"] == "maritime 😀 \\udead \ufffd"
    assert [found[id]["error"]["code"] for id in (4, 5, 6)] == [-32700, -32600, -32700]
    assert found[7]["result"]["isError"]
    assert found[None]["error"]["message"] == "the message is no request of JSON-RPC 2.0"
    assert raw.stdin is not None
    raw.stdin.close()
    assert raw.wait(30) == 0
    assert raw.stderr is not None
    assert raw.stderr.read() == b""


@pytest.mark.parametrize("id", ["null", "1.5", "2e3", "true", "[1]", '{"id": 1}'])
def test_an_id_is_a_text_or_a_whole_number(raw: subprocess.Popen[bytes], id: str) -> None:
    """A request whose id is anything else is no notification: it gets an error, and the next one its answer."""
    send(raw, f'{{"jsonrpc":"2.0","id":{id},"method":"ping"}}\n'.encode() + call(2, "cite", citation='"report"'))
    found = answers(raw, 2)
    assert found[None]["error"] == {
        "code": -32600,
        "message": "the message is no request of JSON-RPC 2.0: an id is a text or a whole number",
    }
    assert "result" in found[2]


def test_an_id_that_is_none_is_not_given_back(raw: subprocess.Popen[bytes]) -> None:
    """A message that cannot be read, and has no whole number for an id, is answered without one: 1.5 is not 1."""
    nested = b"[" * 100 + b"]" * 100
    send(
        raw, b'{"jsonrpc":"2.0","id":1.5,"method":"ping","params":' + nested + b"}\n" + call(2, "cite", citation='"r"')
    )
    assert set(answers(raw, 2)) == {None, 2}


def test_a_client_may_stop_reading(raw: subprocess.Popen[bytes]) -> None:
    """With nobody to read what it says the server ends, without a word, though its input is still open."""
    assert raw.stdout is not None
    assert raw.stderr is not None
    raw.stdout.close()
    send(raw, call(2, "show", citation='"report/VI"'))
    assert raw.wait(30) == 1
    assert raw.stderr.read() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no such signal")
def test_ctrl_c_ends_the_server(raw: subprocess.Popen[bytes]) -> None:
    """An interrupted server says no more than that."""
    raw.send_signal(signal.SIGINT)
    assert raw.wait(30) == 130
    assert raw.stderr is not None
    assert raw.stderr.read() == b"ncr: stopped\n"
