"""`ncr serve` over real sockets on loopback: it answers, stays well while it works, and ends when all is answered."""

from __future__ import annotations

import os
import re
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import ncrelations as ncr

pytest.importorskip("starlette", reason='pip install "ncrelations[serve]"')

from cli_helpers import run
from ncrelations.service import endpoints, http_server
from ncrelations.service.http_server import listening
from process_kit import SEES_PROCESSES, answering
from served_kit import Served, got
from service_kit import in_a_thread
from service_stub import opened

QUESTION = "Why does China distrust AUKUS?"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The edition, served."""
    started = Served(tmp_path_factory.mktemp("served"))
    yield started
    started.end()


def test_its_health_is_quick_while_it_answers(served: Served) -> None:
    """Questions are answered as by the library; a dozen at once are all answered, and health is told meanwhile."""
    at = served.at
    assert got(at, "/v1/ask", {"question": QUESTION, "k": 1}) == (200, ncr.ask(QUESTION, 1).to_dict())
    assert got(at, "/readyz") == (200, "ready")

    with ThreadPoolExecutor(12) as people:  # all acknowledged while they wait, and all answered
        answers = [people.submit(got, at, "/v1/ask", {"question": f"{QUESTION} {n}"}) for n in range(12)]
        waits = []
        while not all(each.done() for each in answers):
            begun = time.monotonic()
            assert got(at, "/healthz") == (200, "ok")
            waits.append(time.monotonic() - begun)
            time.sleep(0.02)
    assert {each.result()[0] for each in answers} == {200}
    assert sorted(waits)[len(waits) // 2] < 0.5


@pytest.mark.skipif(not SEES_PROCESSES, reason="no /proc to look for processes in")
def test_a_killed_process_is_replaced(served: Served) -> None:
    """After its only process was killed the server answers all the same, and counts it."""
    at = served.at
    assert got(at, "/v1/documents")[0] == 200
    (killed,) = answering(served.process.pid)
    os.kill(killed, signal.SIGKILL)
    assert got(at, "/v1/ask", {"question": QUESTION, "k": 1}) == (200, ncr.ask(QUESTION, 1).to_dict())
    assert "ncr_processes_replaced 1.0" in got(at, "/metrics")[1]


def test_it_ends_when_all_is_answered(served: Served) -> None:
    """At SIGTERM what was taken is answered, nothing more is taken, the exit code is 0, and no question was logged."""
    at = served.at
    assert got(at, "/v1/ask", {"question": QUESTION})[0] == 200
    with ThreadPoolExecutor(8) as people:
        last = [people.submit(got, at, "/v1/ask", {"question": f"{QUESTION} again {n}"}) for n in range(8)]
        time.sleep(0.05)
        served.process.send_signal(signal.SIGTERM)
        statuses = [each.result()[0] if each.exception() is None else 0 for each in last]
    assert served.process.wait(30) == 0
    assert statuses.count(200) >= 1
    assert set(statuses) <= {200, 0}, "what was taken is answered; what came later is not taken"
    log = served.log.read_text()
    assert "AUKUS" not in log
    assert re.search(r"INFO POST ask 200 \d+ ms", log)
    with pytest.raises(ConnectionRefusedError):
        got(at, "/healthz")


def test_whoever_sends_slowly_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """A head that never ends, none at all, one that is too long and a body that trails are all given up."""
    monkeypatch.setattr(http_server, "HEAD_SECONDS", 0.1)
    monkeypatch.setattr(endpoints, "BODY_SECONDS", 0.1)
    with in_a_thread(opened) as at:
        for sent in (b"", b"GET /healthz HTTP/1.1\r\nHost: local"):
            with socket.create_connection(at, timeout=10) as slow:
                slow.sendall(sent)
                assert slow.recv(100) == b"", "closed without an answer"
        head = (
            "POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n"
        )
        with socket.create_connection(at, timeout=10) as slow:
            slow.sendall(head.encode() + b'{"que')
            assert slow.recv(100).startswith(b"HTTP/1.1 408 ")
        with socket.create_connection(at, timeout=10) as long:
            long.sendall(b"GET /healthz HTTP/1.1\r\nX-Long: " + b"x" * 70_000 + b"\r\n\r\n")
            assert long.recv(100).startswith(b"HTTP/1.1 400 ")
        assert got(at, "/healthz") == (200, "ok")


def test_what_nobody_waits_for_is_not_worked_out(tmp_path: Path) -> None:
    """Whoever leaves while others are answered takes the question along; who stays is answered."""
    left, stayed = tmp_path / "left", tmp_path / "stayed"
    with in_a_thread(opened, threads=1) as at, ThreadPoolExecutor(2) as people:
        first = people.submit(got, at, "/v1/ask", {"question": "wait 0.5"})
        time.sleep(0.1)
        with socket.create_connection(at) as leaving:
            leaving.sendall(f"GET /v1/ask?question=touch+{left} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            time.sleep(0.1)
        last = people.submit(got, at, "/v1/ask", {"question": f"touch {stayed}"})
        assert (first.result()[0], last.result()[0]) == (200, 200)
    assert (left.exists(), stayed.exists()) == (False, True)


def test_addresses_of_others_demand_a_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a token or proxy nothing is served but to this machine; a short token and a taken port are refused."""
    monkeypatch.delenv("NCR_SERVE_TOKEN", raising=False)
    token = tmp_path / "token.txt"
    token.write_text("short\n")
    for host in ("0.0.0.0", "::", "192.0.2.1", "wiki.example"):  # noqa: S104  # that is what is refused
        refused = run("serve", "--host", host)
        assert (refused.exit_code, "--token-file FILE" in refused.stderr) == (2, True)
    for options, said in (
        (("--token-file", str(token)), "fewer than 20 characters"),
        (("--token-file", str(tmp_path / "none")), "No such file"),
        (("--identity-header", "X-User", "--proxy", "wiki"), "is not an address"),
        (("--in", str(tmp_path / "nothing")), "nothing was ever added"),
    ):
        refused = run("serve", *options)
        assert (refused.exit_code, said in refused.stderr) == (2, True), refused.stderr
    with listening("127.0.0.1", 0) as taken:
        refused = run("serve", "--port", str(taken.getsockname()[1]))
        assert (refused.exit_code, "in use" in refused.stderr) == (2, True)
