"""Who may ask the server, how much at once, and what every answer carries; assistants ask through the same gate."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from ipaddress import ip_network
from threading import Event
from typing import Any

import pytest

import ncrelations as ncr

pytest.importorskip("starlette", reason='pip install "ncrelations[serve]"')

from starlette.testclient import TestClient

from ncrelations.cli.server import over_http, server
from ncrelations.cli.serving import _assistants
from ncrelations.editions.nato_china.edition import edition
from ncrelations.errors import AnswerUnavailable, IndexMismatch
from ncrelations.service.access import Access
from ncrelations.service.endpoints import LARGEST_DRAFT
from ncrelations.service.gate import Limits
from ncrelations.service.service_answers import Work
from ncrelations.service.web_application import web_application
from service_kit import CheckedClient, client  # needs starlette

TOKEN = "a-token-of-twenty-and-more"  # noqa: S105  # of these tests alone
ASSISTANT = {"Accept": "application/json, text/event-stream"}
LIST_TOOLS = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}


class Held:
    """Answers when it is let, or with an error."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error, self.let, self.begun, self.opened = error, Event(), Event(), True
        self._threads = ThreadPoolExecutor(4)

    def start(self) -> None:
        """Nothing is to be started."""

    def submit(self, work: Work) -> Future[bytes]:
        """An answer that comes when it is let."""
        return self._threads.submit(self._answer, work)

    def _answer(self, _: Work) -> bytes:
        self.begun.set()
        if self.error is not None:
            raise self.error
        self.let.wait(10)
        return b'{"documents": []}'

    def unready(self) -> str | None:
        """Whether it is said to be open."""
        return None if self.opened else "the index of /home/someone is damaged"

    def restarts(self) -> int:
        """As many as this."""
        return 3

    def stop(self) -> None:
        """Let everything go."""
        self.let.set()
        self._threads.shutdown()


def held(answering: Held, limits: Limits | None = None) -> TestClient:
    """The application over what is held."""
    return CheckedClient(web_application(answering, limits=limits or Limits()), "http://localhost")


@pytest.fixture(scope="module")
def own() -> Iterator[TestClient]:
    """The server as it is by default, with assistants."""
    assistants = over_http(server(edition()))
    with client(assistants=assistants) as started:
        yield started


def test_the_server_answers_by_this_machine_s_name_alone(own: TestClient) -> None:
    """Another name in `Host`, as a page gives it that rebinds its own, is refused everywhere but for health."""
    for host in ("evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "[::", ""):
        for path in ("/v1/documents", "/", "/openapi.json", "/metrics"):
            assert own.get(path, headers={"Host": host}).status_code == 421, host
        assert own.post("/mcp", json=LIST_TOOLS, headers={**ASSISTANT, "Host": host}).status_code == 421
        assert own.get("/healthz", headers={"Host": host}).text == "ok"
    for host in ("localhost:8765", "127.0.0.1", "[::1]:8765"):
        assert own.get("/v1/documents", headers={"Host": host}).status_code == 200


def test_pages_of_other_sites_may_not_ask(own: TestClient) -> None:
    """A foreign `Origin`, or what a browser says of a request across sites, is refused; a link from there is not."""
    for origin in ("http://evil.example", "null", "https://localhost:1", "", "http://"):
        refused = own.post("/mcp", json=LIST_TOOLS, headers={**ASSISTANT, "Origin": origin})
        assert refused.status_code == 403, origin
        assert own.get("/v1/documents", headers={"Origin": origin}).status_code == 403
    assert own.post("/mcp", json=LIST_TOOLS, headers={**ASSISTANT, "Origin": "http://localhost"}).status_code == 200
    across = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    assert own.get("/assets/data.js", headers=across).status_code == 403
    assert own.get("/", headers={**across, "Sec-Fetch-Mode": "navigate"}).status_code == 200


def test_assistants_have_their_tools_over_http(own: TestClient) -> None:
    """The tools of `ncr mcp` answer at /mcp, each request by itself; a stream that stays open is refused."""
    asked = {"name": "ask", "arguments": {"question": "maritime security", "k": 1}}
    call = {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": asked}
    answer = own.post("/mcp", json=call, headers=ASSISTANT).json()["result"]["structuredContent"]
    assert answer == ncr.ask("maritime security", 1).to_dict()
    listed = own.post("/mcp", json=LIST_TOOLS, headers=ASSISTANT).json()["result"]["tools"]
    assert {"ask", "search", "compare", "show", "cite", "proof"} <= {each["name"] for each in listed}
    call["params"] = {"name": "show", "arguments": {"citation": "report", "page": ""}}
    shown = own.post("/mcp", json=call, headers=ASSISTANT).json()["result"]
    assert "[Page 1 of " in shown["content"][0]["text"]
    assert "structuredContent" not in shown
    assert own.get("/mcp", headers=ASSISTANT).status_code == 405


def test_what_an_assistant_sends_has_its_limit(own: TestClient) -> None:
    """No more is read of it than a draft may be long."""
    assert own.post("/mcp", content=b" " * (LARGEST_DRAFT + 1), headers=ASSISTANT).status_code == 413


def test_an_assistant_is_told_that_it_waited_too_long(caplog: pytest.LogCaptureFixture) -> None:
    """A question that nobody comes to within the time of a request is a tool's error in words, none of the log's."""
    answering, limits = Held(), Limits(request_seconds=0.3)
    asked = {"name": "ask", "arguments": {"question": "maritime security"}}
    call = {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": asked}
    application = web_application(Held(), limits=Limits(), assistants=_assistants(edition(), answering, limits))
    with TestClient(application, "http://localhost") as started:
        result = started.post("/mcp", json=call, headers=ASSISTANT).json()["result"]
    answering.stop()
    assert result["isError"]
    assert result["content"][0]["text"].startswith("the question was not answered: nobody came to it for 0.3 seconds")
    assert "Traceback" not in caplog.text


def test_a_token_is_demanded_and_compared_whole() -> None:
    """Without the token, with part of it or with another nothing is answered but health; browsers may ask for it."""
    with client(access=Access(token=TOKEN, names=frozenset())) as demanding:
        for shown in (
            "",
            "Bearer",
            f"Bearer {TOKEN[:-1]}",
            f"Bearer {TOKEN}x",
            f"Token {TOKEN}",
            "Basic !",
            "Bearer ü",
        ):
            headers = {b"Authorization": shown.encode()} if shown else {}
            for path in ("/v1/documents", "/", "/metrics", "/openapi.json"):
                refused = demanding.get(path, headers=headers)
                assert refused.status_code == 401, shown
                assert refused.headers["www-authenticate"].startswith("Bearer")
        basic = b64encode(f"anybody:{TOKEN}".encode()).decode()
        for shown in (f"Bearer {TOKEN}", f"bearer  {TOKEN}", f"Basic {basic}"):
            assert demanding.get("/v1/documents", headers={"Authorization": shown}).status_code == 200, shown
        assert demanding.get("/readyz").text == "ready"


def test_an_identity_counts_only_from_the_proxy() -> None:
    """The header of a proxy is believed from its address alone, and never when it is empty."""
    for network, status in (("127.0.0.0/8", 200), ("10.0.0.0/8", 403)):
        access = Access(identity_header="X-User", proxies=(ip_network(network),), names=frozenset())
        with client(access=access) as behind:
            assert behind.get("/v1/documents", headers={"X-User": "ada"}).status_code == status
            assert behind.get("/v1/documents", headers={"X-User": " "}).status_code == 403
            assert behind.get("/v1/documents").status_code == 403


def test_too_much_at_once_is_refused_with_a_time() -> None:
    """One client above its share has 429, all together above theirs 503; both say when to ask again."""
    for limits, status in ((Limits(per_client=1), 429), (Limits(in_flight=1, per_client=9), 503)):
        answering = Held()
        with held(answering, limits) as busy, ThreadPoolExecutor(1) as other:
            first = other.submit(busy.get, "/v1/documents")
            assert answering.begun.wait(5)
            refused = busy.get("/v1/documents")
            assert (refused.status_code, int(refused.headers["retry-after"]) > 0) == (status, True)
            assert busy.get("/healthz").status_code == 200
            answering.let.set()
            assert first.result().status_code == 200
            assert busy.get("/v1/documents").status_code == 200


def test_a_late_answer_is_given_up() -> None:
    """Where no answer comes in time the request is refused, and the server goes on."""
    answering = Held()
    with held(answering, Limits(request_seconds=0.05)) as slow:
        late = slow.get("/v1/documents")
        assert (late.status_code, late.headers["retry-after"]) == (503, "5")
        assert "no answer within 0.05 seconds" in late.json()["detail"]
        answering.let.set()
        assert slow.get("/v1/documents").status_code == 200


def test_errors_inside_say_nothing_of_the_inside() -> None:
    """What a server lacks is 503 with the reason; what nobody foresaw is 500 without it."""
    for error, status, said in (
        (AnswerUnavailable("it took longer than 20 seconds", "ask for less"), 503, "longer than 20 seconds"),
        (IndexMismatch("the index is missing"), 503, "the index is missing"),
        (ZeroDivisionError("Why does China distrust AUKUS?"), 500, "an error inside the server"),
    ):
        application = web_application(Held(error))
        with CheckedClient(application, "http://localhost", raise_server_exceptions=False) as broken:
            told = broken.get("/v1/documents")
            assert told.status_code == status
            assert said in told.json()["detail"]
            assert "AUKUS" not in told.text


def test_readiness_says_no_more_than_whether() -> None:
    """A server without documents is not ready, and does not tell anybody why; its health is another matter."""
    answering = Held()
    answering.opened = False
    with held(answering) as unready:
        told = unready.get("/readyz")
        assert (told.status_code, "someone" in told.text) == (503, False)
        assert unready.get("/healthz").status_code == 200


def test_every_answer_is_kept_from_harm(own: TestClient) -> None:
    """Answers are not sniffed, framed, stored or sent on; a page runs its own scripts alone."""
    for response in (own.get("/v1/documents"), own.get("/nowhere"), own.get("/healthz"), own.get("/report.html")):
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
        assert "access-control-allow-origin" not in response.headers
    policy = own.get("/").headers["content-security-policy"]
    assert re.search(r"script-src 'self' 'sha256-[\w+/]{43}='", policy)
    assert own.get("/v1/documents").headers["cache-control"] == "no-store"


def test_the_counts_are_of_requests_and_name_no_question(own: TestClient) -> None:
    """What was asked is counted by its kind and status; neither a question nor an unknown path is among the labels."""
    own.get("/v1/ask", params={"question": "Why does China distrust AUKUS?"})
    own.get("/why-does-china-distrust-aukus")
    counts = own.get("/metrics").text
    assert re.search(r'ncr_requests_total\{asked="ask",status="200"\} [1-9]', counts)
    assert re.search(r'ncr_requests_total\{asked="page",status="404"\} [1-9]', counts)
    assert 'ncr_request_seconds_bucket{asked="ask",le="10.0"}' in counts
    assert "aukus" not in counts.lower()
    with held(Held()) as replaced:
        assert "ncr_processes_replaced 3.0" in replaced.get("/metrics").text


def test_pages_are_those_of_the_reader_and_their_search_the_library_s(own: TestClient) -> None:
    """Each page is what the export writes, unchanged ones are not sent twice, and the search finds what `ask` does."""
    page = own.get("/report.html")
    assert 'id="report/VI.1/p2"' in page.text
    assert own.get("/").text == own.get("/index.html").text
    again = own.get("/report.html", headers={"If-None-Match": page.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    found: Any = own.get("/assets/found.json", params={"q": "Why does China distrust AUKUS?"}).json()
    asked = ncr.ask("Why does China distrust AUKUS?", 8)
    assert [each["citation"] for each in found["results"]] == [str(each.citation) for each in asked.excerpts]
    best = found["results"][0]
    assert best["sentences"][best["best"] - 1] in asked.excerpts[0].text
    assert best["best"] in best["answering"]
    assert own.get("/assets/found.json?q=").json() == {"results": [], "mended": [], "doubt": False}
    assert "found.json" in own.get("/assets/search.js").text
    assert [own.get(path).status_code for path in ("/..%2fsite.py", "/assets/../site.py", "/assets/")] == [404] * 3
