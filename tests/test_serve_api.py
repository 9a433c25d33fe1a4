"""The JSON API: what it answers is what the library answers, and what its description says."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import ncrelations as ncr

pytest.importorskip("starlette", reason='pip install "ncrelations[serve]"')

from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from ncrelations.render.data import document_dict, place_dict
from ncrelations.service.problems import STATUSES
from service_kit import checked, client, described  # needs starlette


@pytest.fixture(scope="module")
def api() -> Iterator[TestClient]:
    """The API of the edition."""
    with client() as started:
        yield started


def test_each_operation_answers_as_the_library_does(api: TestClient) -> None:
    """By GET and POST the data are those of the library's own values, and of the kind that is described."""
    both: list[tuple[str, dict[str, str | int], Any]] = [
        ("ask", {"question": "maritime security", "k": 2}, ncr.ask("maritime security", 2).to_dict()),
        ("compare", {"topic": "Huawei"}, ncr.compare("Huawei").to_dict()),
        ("documents", {}, {"documents": [document_dict(each) for each in ncr.documents()]}),
    ]
    for name, asked, answer in both:
        assert checked(api.get(f"/v1/{name}", params=asked)) == answer
        assert checked(api.post(f"/v1/{name}", json=asked)) == answer
    found = checked(api.get("/v1/search", params={"query": "Huawei", "voice": "CHINA", "within": "IV"}))
    assert found["excerpts"] == [each.to_dict() for each in ncr.search("Huawei", 5, "report/IV", "china")]
    text = "He said “NATO is a relic of the Cold War” (report/IV/b1)."
    assert checked(api.post("/v1/proof", json={"text": text, "format": "plain"})) == ncr.proof(text, "plain").to_dict()


def test_places_are_shown_and_cited(api: TestClient) -> None:
    """A document, section, range, block and sentence are shown whole; a citation is that of the library."""
    for citation in ("article", "report/VI", "report/VI.1/p2", "report/VI.1/p2/s1"):
        shown = checked(api.get("/v1/show", params={"citation": citation}))
        assert shown == {"places": list(map(place_dict, ncr.places(citation))), "standing": []}
    ranged = checked(api.get("/v1/show", params={"citation": "VI.1/p1–p2"}))["places"]
    assert [each["citation"] for each in ranged] == ["report/VI.1/p1", "report/VI.1/p2"]
    cited = checked(api.post("/v1/cite", json={"citation": "report/VI.1/p2", "format": "bibtex"}))
    assert cited["text"] == ncr.resolve("report/VI.1/p2").cite("bibtex")


def test_a_conversation_is_kept_by_whoever_asks(api: TestClient) -> None:
    """The state that a turn gives back is what the next one needs: the answers are those of a chat."""
    chat = ncr.Chat()
    state: Any = None
    for question in ("Why does maritime security matter to China?", "and NATO?", "cite that"):
        given = checked(api.post("/v1/chat", json={"question": question, "state": state}))
        assert given["answer"] == chat.ask(question).to_dict()
        state = given["state"]
    assert state["citations"] == [str(each) for each in chat.state.citations]


@pytest.mark.parametrize(
    ("name", "asked", "status", "said"),
    [
        ("ask", {"question": " "}, 422, "the question is empty"),
        ("ask", {"question": "x" * 2001}, 422, "at most 2000 characters"),
        ("ask", {}, 422, "question: Field required"),
        ("ask", {"question": "Huawei", "top": 3}, 422, "top: Unexpected"),
        ("ask", {"question": "Huawei", "k": 21}, 422, "k: Input should be less"),
        ("ask", {"question": "Huawei", "within": "report/VI.9"}, 404, "did you mean report/VI.5"),
        ("ask", {"question": "Huawei", "within": "report/IV/b1-b2"}, 422, "name one place"),
        ("search", {"query": "Huawei", "voice": "natoo"}, 404, "did you mean nato"),
        ("show", {"citation": "report VI"}, 422, "is not a citation"),
        ("cite", {"citation": "report", "format": "apa"}, 422, "format: Input should be 'text'"),
    ],
)
def test_what_cannot_be_answered_is_a_problem_in_words(
    api: TestClient, name: str, asked: dict[str, Any], status: int, said: str
) -> None:
    """Problem details have the status, the error's words and its suggestions, by GET and by POST."""
    for response in (api.get(f"/v1/{name}", params=asked), api.post(f"/v1/{name}", json=asked)):
        assert response.status_code == status
        problem = checked(response)
        assert said in problem["detail"]
        assert all(each in problem["detail"] for each in problem.get("suggestions", ()))


def test_a_state_that_no_turn_gave_is_refused(api: TestClient) -> None:
    """Places, voices and documents of a state must exist, and its places be blocks."""
    for state, status in (
        ({"citations": ["report/VI.9/p1"]}, 404), ({"citations": ["report/VI.1"]}, 422), ({"voice": "x"}, 404),
        ({"document": "x"}, 404), ({"listed": "perhaps"}, 422), ({"citations": ["report/VI.1/p1"] * 201}, 422),
    ):  # fmt: skip
        response = api.post("/v1/chat", json={"question": "and NATO?", "state": state})
        assert response.status_code == status, state
        checked(response)


def test_bodies_are_json_and_small(api: TestClient) -> None:
    """Other kinds, broken JSON, a list and too much of it are refused, each with its own status."""
    kind = {"Content-Type": "application/json"}
    for content, headers, status in (
        (b"question=x", {"Content-Type": "application/x-www-form-urlencoded"}, 415),
        (b'{"question": ', kind, 422), (b"[]", kind, 422), (b"\xff", kind, 422), (b'{"question": "\\ud8"}', kind, 422),
        (b"[" * 50_000, kind, 422), (b" " * 70_000, kind, 413),
    ):  # fmt: skip
        response = api.post("/v1/ask", content=content, headers=headers)
        assert response.status_code == status, content[:20]
        checked(response)
    assert api.get("/v1/ask?question=a&question=b").status_code == 422
    for response in (api.put("/v1/ask"), api.get("/v1/chat"), api.get("/v1/asks"), api.get("/v2/ask")):
        assert response.status_code in (404, 405)
        assert response.headers["content-type"] == "application/problem+json"


def test_the_description_is_served_and_complete(api: TestClient) -> None:
    """Every operation is described, each of its properties too, and nothing refers to what is not there."""
    assert api.get("/openapi.json").json() == described()
    assert sorted(described()["paths"]) == sorted(
        f"/v1/{name}" for name in ("ask", "chat", "search", "compare", "show", "cite", "proof", "documents")
    )
    schemas = described()["components"]["schemas"]
    text = str(described())
    assert all(f"/schemas/{name}'" in text for name in schemas if name not in ("Ask", "Search", "Compare", "Show"))
    assert described()["openapi"] == "3.1.0"
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)


def test_the_documented_requests_are_answered(api: TestClient, checkout: Path) -> None:
    """Each request that the documentation shows, sent to this machine, is answered well; its table has every status."""
    page = (checkout / "docs" / "how-to" / "serve.md").read_text("utf-8")
    shown = [shlex.split(line)[1:] for line in re.findall(r"^curl .*127.0.0.1.*$", page, re.MULTILINE)]
    assert len(shown) >= 5
    for *options, address in (sorted(words, key=lambda word: "127.0.0.1" in word) for words in shown):
        path = address.removeprefix("http://127.0.0.1:8765")
        body = options[-1] if options else None
        headers = {"Content-Type": "application/json"}
        response = api.get(path) if body is None else api.post(path, content=body, headers=headers)
        assert response.status_code == 200, address
        checked(response)
    (problem,) = re.findall(r"```json\n(\{\n  \"type\".*?)```", page, re.DOTALL)
    assert json.loads(problem) == checked(api.get("/v1/show?citation=report/VI.9"))
    told = set(map(int, re.findall(r"\d{3}", "".join(re.findall(r"^\| ([\d, ]+) \|", page, re.MULTILINE)))))
    assert told == {each.value for each in STATUSES} - {400, 405, 500}
