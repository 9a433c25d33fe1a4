"""Requests made at random: none is answered with 500, and each answer is of the kind that the description says."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

pytest.importorskip("starlette", reason='pip install "ncrelations[serve]"')

from starlette.testclient import TestClient

from ncrelations.cli.server import over_http, server
from ncrelations.editions.nato_china.edition import edition
from service_kit import checked, client, described

QUESTIONS = (
    "Huawei",
    "maritime security",
    "Why does China distrust AUKUS?",
    "list the risks",
    "and NATO?",
    "VI.1",
    "?",
)
PLACES = (
    "report", "article", "report/VI", "VI.1/p2", "report/VI.1/p1-p3", "report/VI.1/p3-p1", "iv/b7", "report/III/b1/s1",
    "report/IX", "report//", "../etc/passwd", "article/front/p1", "report/MS/m1", "", "/",
)  # fmt: skip
STRANGE: tuple[Any, ...] = (
    None, True, -1, 0, 1e308, 10**30, "", " ", "\x00\x1b[31m", "\u202eabc", "x" * 2_001, "'; DROP TABLE", [], {},
    ["a"] * 300, {"a": {"b": []}}, "ÿ" * 200, "%00", "\u2028", "𐍈" * 30, "𝕳uawei", "NaN",
)  # fmt: skip
HEADERS: tuple[dict[str, str], ...] = (
    *[{}] * 12, {"Content-Type": "text/plain"}, {"Origin": "http://evil.example"}, {"Host": "evil.example"},
    {"Accept": "text/html"}, {"If-None-Match": "*"}, {"Authorization": "Basic ====="},
    {"Content-Type": "application/json;x"},
)  # fmt: skip
PATHS = (
    "/", "/report.html", "/assets/reader.js", "/assets/found.json", "/openapi.json", "/metrics", "/healthz", "/v1/",
    "/v1/ask/", "/%2e%2e/x", "/nope%00", "/mcp", "/v1/%61sk", "/assets/%ff",
)  # fmt: skip
METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH")


def values(random: Random, name: str) -> Any:
    """A value for a property: mostly one that fits."""
    fitting: dict[str, Any] = {
        "question": random.choice(QUESTIONS), "query": random.choice(QUESTIONS), "topic": random.choice(QUESTIONS),
        "k": random.randint(0, 21), "within": random.choice((None, *PLACES)), "citation": random.choice(PLACES),
        "voice": random.choice(("nato", "china", "CHINA", "author", "martians", "", None)),
        "format": random.choice(("text", "bibtex", "csl-json", "markdown", "plain", "html", "apa")),
        "text": random.choice(("“NATO is a relic” (report/IV/b1).", "<p>«x»", "> " * 500, "\x00")),
        "state": {
            "question": random.choice(QUESTIONS), "citations": random.choices(PLACES, k=random.randint(0, 3)),
            "voice": random.choice((None, "nato", "x")), "document": random.choice((None, "report", "x")),
            "listed": random.choice((True, False)),
        },
    }  # fmt: skip
    return random.choice(STRANGE) if random.random() < 0.08 else fitting.get(name, random.choice(STRANGE))


def asked(random: Random) -> dict[str, Any]:
    """What the client is to send."""
    path = random.choice([*described()["paths"]] * 4 + [*PATHS])
    posted = described()["paths"].get(path, {}).get("post", {}).get("requestBody")
    schema: dict[str, Any] = {}
    if posted:
        reference = posted["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        schema = described()["components"]["schemas"][reference]
    wanted = {name: 0.95 if name in schema.get("required", ()) else 0.3 for name in schema.get("properties", ())}
    data = {name: values(random, name) for name, share in wanted.items() if random.random() < share}
    data |= {"zzz": 1} if random.random() < 0.05 else {}
    method = random.choice(METHODS if random.random() < 0.2 else ("GET", "POST", "POST"))
    sent: dict[str, Any] = {"method": method, "url": path, "headers": dict(random.choice(HEADERS))}
    if method == "GET":
        texts = {name: value for name, value in data.items() if isinstance(value, str | int)}
        return {**sent, "params": texts or {"q": values(random, "q")}}
    body = bytearray(json.dumps(data).encode())
    if random.random() < 0.15:
        for _ in range(random.randint(1, 4)):
            body[random.randrange(len(body))] = random.randrange(256)
    sent["headers"].setdefault("Content-Type", "application/json")
    return {**sent, "content": bytes(body)}


def in_order(api: TestClient, seed: int, count: int) -> Counter[int]:
    """Ask many times, check each answer, and count the statuses."""
    random, statuses = Random(seed), Counter[int]()  # noqa: S311  # the same requests at every run
    for _ in range(count):
        request = asked(random)
        response = api.request(**request, follow_redirects=False)
        assert response.status_code < 500, request
        statuses[response.status_code] += 1
        known = described()["paths"].get(response.request.url.path, {}).get(request["method"].lower())
        if known:
            checked(response)
        assert response.headers["x-content-type-options"] == "nosniff"
    return statuses


@pytest.fixture(scope="module")
def api() -> Iterator[TestClient]:
    """The server as it is by default, with assistants."""
    with client(assistants=over_http(server(edition()))) as started:
        yield started


def test_no_request_made_at_random_breaks_the_server(api: TestClient) -> None:
    """Some hundred requests of every kind: each is answered as described, many well, many with a problem."""
    statuses = in_order(api, 1, 200)
    assert {200, 403, 404, 405, 415, 421, 422} <= set(statuses)
    assert statuses[200] > 35


@pytest.mark.long
def test_no_request_of_ten_thousand_breaks_the_server(api: TestClient) -> None:
    """The same for 10,000 requests."""
    assert in_order(api, 2, 10_000)[200] > 2_000
