"""What a shell offers when Tab is pressed."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.shell_completion import BashComplete

import ncrelations as n
from cli_helpers import isolate
from ncrelations.cli import ncr


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the tests from the settings and the folders of whoever runs them."""
    isolate(monkeypatch, tmp_path)


def offered(*words: str) -> list[str]:
    """What is offered for the last word."""
    completions = BashComplete(ncr, {}, "ncr", "_NCR_COMPLETE").get_completions(list(words[:-1]), words[-1])
    return [each.value for each in completions]


def test_documents_are_offered() -> None:
    """`ncr toc` and `ncr export` take a document."""
    for command in ("toc", "export"):
        assert offered(command, "") == ["report", "article"]
        assert offered(command, "AR") == ["article"]


@pytest.mark.parametrize("before", [("show",), ("cite",), ("show", "report/I"), ("ask", "x", "--within")])
def test_places_are_offered_level_by_level(before: tuple[str, ...]) -> None:
    """Documents and sections first, the blocks of a section behind its slash, the sentences of a block behind its."""
    assert offered(*before, "report/VI.") == [f"report/VI.{number}" for number in range(1, 6)]
    assert offered(*before, "article/i") == ["article/intro"]
    assert offered(*before, "report/vi.1/p") == []
    assert offered(*before, "report/VI.1/") == [str(each.citation) for each in n.report.section("VI.1").blocks]
    block = n.resolve("report/VI.1/p4")
    assert isinstance(block, n.Block)
    assert offered(*before, "report/VI.1/p4/") == [str(each.citation) for each in block.sentences]
    assert offered(*before, "nowhere/") == []


def test_voices_and_entities_are_offered() -> None:
    """`--voice` offers the voices, `ncr entities` the names."""
    for command in ("ask", "search", "chat"):
        assert offered(command, "--voice", "") == [voice.value for voice in n.Voice]
    assert offered("entities", "hua") == ["Huawei"]


def test_every_offer_is_understood() -> None:
    """What is offered for places can be resolved."""
    for typed in ("", "report/IV/", "article/notes/p1/"):
        assert [str(n.resolve(each).citation) for each in offered("show", typed)] == offered("show", typed) != []
