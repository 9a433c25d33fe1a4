"""Values as text and as cards of a notebook, and the recipe for a web service in the documentation."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

import ncrelations as ncr
from ncrelations.render import answer_page, plain
from ncrelations.render.notebook import card, load_ipython_extension
from ncrelations.render.values import Value, text

Python = Callable[..., subprocess.CompletedProcess[str]]

SECTION = ncr.resolve("report/VI.1")


@pytest.fixture(scope="module")
def values() -> list[Value]:
    """One value of each kind that has a card."""
    answer = ncr.ask("Why does China distrust AUKUS?", 2)
    records = (ncr.report.nato_perceptions[0], ncr.report.risks[0], ncr.report.recommendations[0])
    places = (
        ncr.report,
        *map(ncr.resolve, ("report/VI.1", "report/VI.1/p2-p4", "report/VI.1/p2", "report/VI.1/p2/s1")),
    )
    listed = (*records, ncr.report.milestones[9], *places, ncr.entity("AUKUS"))
    return [answer, answer.excerpts[0], ncr.compare("Huawei", 1), *listed]


class _Reader(HTMLParser):
    """The words of a card, and its tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags, self.words = set[str](), list[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert {name for name, _ in attrs} <= {"class", "style"}

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_text_is_what_the_command_line_prints(values: list[Value]) -> None:
    """An answer as text is its page; every other value has text, too, within the width."""
    answer = values[0]
    assert isinstance(answer, ncr.Answer)
    assert text(answer) == plain(answer_page(answer))
    for value in values:
        lines = text(value, 60).splitlines()
        assert lines
        assert max(map(len, lines)) <= 60


def test_a_card_has_the_words_of_the_text(values: list[Value]) -> None:
    """The card of every value has the words that its text has, and nothing but words and their looks."""
    for value in values:
        read = _Reader(card(value))
        assert read.tags <= {"div", "style", "p", "span", "code"}
        words = re.sub(r"\W+", "", "".join(read.words).partition("}")[2].rpartition("}")[2])
        assert re.sub(r"\W+", "", text(value, None)) in words


def test_a_card_shows_what_is_typed_as_words() -> None:
    """Markup and marks that reorder, in a question, stay words."""
    page = card(ncr.ask("<script>alert(1)</script> maritime \u202esecurity", 1))
    assert "<script" not in page
    assert "\u202e" not in page
    assert "&lt;script&gt;" in page


def test_a_notebook_is_told_of_every_kind(values: list[Value]) -> None:
    """Each type that has a page is made known to the notebook, and no other."""
    told: dict[type, Any] = {}
    formatter = SimpleNamespace(for_type=lambda kind, show: told.update({kind: show}))
    load_ipython_extension(SimpleNamespace(display_formatter=SimpleNamespace(formatters={"text/html": formatter})))
    assert set(told) <= {kind for value in values for kind in type(value).__mro__}
    for value in values:
        assert any(kind in told for kind in type(value).__mro__)
    assert set(told.values()) == {card}


class _FastAPI:
    """As much of FastAPI as the recipe uses."""

    def __init__(self) -> None:
        self.routes: dict[Any, Callable[..., Any]] = {}

    def get(self, path: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        return lambda function: self.routes.setdefault(path, function)

    exception_handler = get


def test_the_recipe_for_a_web_service(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The recipe answers with plain data, and turns what a person typed wrongly into a 422, all else into a 503."""
    page = (checkout / "docs" / "how-to" / "notebooks.md").read_text("utf-8")
    recipe = next(block for block in re.findall(r"```text\n(.*?)```", page, re.DOTALL) if "FastAPI" in block)
    web, responses = ModuleType("fastapi"), ModuleType("fastapi.responses")
    vars(web).update(FastAPI=_FastAPI, Request=object)
    vars(responses).update(JSONResponse=lambda content, status: (content, status))
    monkeypatch.setitem(sys.modules, "fastapi", web)
    monkeypatch.setitem(sys.modules, "fastapi.responses", responses)
    service: dict[str, Any] = {}
    exec(recipe, service)  # noqa: S102  # our own page
    app = service["app"]
    assert app.routes["/ask"]("Why does China distrust AUKUS?", 1)["excerpts"][0]["citation"] == "report/IV/b7"
    refused = app.routes[ncr.NCRelationsError]
    with pytest.raises(ncr.NCRelationsError) as wrong:
        app.routes["/ask"]("maritime security", within="report/XX")
    assert refused(None, wrong.value)[1] == 422
    assert refused(None, wrong.value)[0]["error"] == "NoSuchSection"
    assert refused(None, ncr.IndexMismatch("gone"))[1] == 503


def test_reading_answers_loads_no_cards(python: Python) -> None:
    """The values do not know how they are shown: asking loads nothing of it."""
    program = "import sys, ncrelations as ncr; ncr.ask('maritime security'); print('ncrelations.render' in sys.modules)"
    assert python("-c", program).stdout == "False\n"
