"""Every command works on the library that it is given: here two texts that are not the packaged ones."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli_helpers import isolate
from ncrelations import Library
from ncrelations.cli import ncr
from ncrelations.cli.chat import ChatSession
from ncrelations.cli.output import Output
from ncrelations.document.corpus import given
from ncrelations.models.minilm import packaged

pytest_plugins = ["third_edition.fixtures"]

SHOWN = Output(json=False, styled=False, width=80, reader=None, pager=False)


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the tests from the settings and the folders of whoever runs them."""
    isolate(monkeypatch, tmp_path)


def run(library: Library, *arguments: str, input: str | None = None) -> Result:
    """Run `ncr` in this process on a library. Anything but an exit is raised."""
    result = CliRunner().invoke(ncr, list(arguments), input=input, prog_name="ncr", obj=library)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.mark.parametrize("command", ["perceptions", "risks", "recommendations", "milestones", "timeline"])
def test_records_are_those_of_the_packaged_documents(windmill: Library, command: str) -> None:
    """With other documents the commands of records say in one line that there are none, and exit with 2."""
    result = run(windmill, command, "--json")
    said = f"ncr: these documents have no such records: `ncr {command}` is of the packaged ones alone\n"
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", said)


def test_a_batch_is_asked_of_the_library(windmill: Library) -> None:
    """Few lines or many, every line of a batch is answered from the library that was given."""
    lines = [json.dumps(f"What did the council resolve? {number}") for number in range(70)]
    for some in (lines[:1], lines):
        printed = run(windmill, "ask", "--batch", "-", input="\n".join(some)).stdout.splitlines()
        rows = [json.loads(row) for row in printed]
        assert [row["question"] for row in rows] == [json.loads(line) for line in some]
        assert {excerpt["document"] for row in rows for excerpt in row["excerpts"]} <= {"minutes", "letter"}


def test_the_index_of_the_library_is_described_and_checked(windmill: Library) -> None:
    """`ncr index info` and `check` are of the library's own index, its questions written beforehand included."""
    described = run(windmill, "index", "info").stdout
    assert all(f" {document.id}\n" in described for document in windmill.documents())
    checked = run(windmill, "index", "check").stdout
    assert "9 follow-ups and of 5 questions for several passages" in checked
    assert "the multilingual vectors" in checked, "there are none, unless another test has built them"


def test_an_index_without_questions_written_beforehand_is_checked_too(
    windmill: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing but the question bank was written, only its votes are spoken of."""
    monkeypatch.setattr(windmill.corpus, "written_folder", None)
    assert "\nthe votes of the question bank follow from them\n" in run(windmill, "index", "check").stdout


def test_an_index_that_was_handed_over_is_described(windmill: Library) -> None:
    """A library with its index in memory, in no folder, is described and found sound all the same."""
    index = windmill.scorers.english.index
    handed_over = Library(given(windmill.documents()), index, packaged())
    assert json.loads(run(handed_over, "index", "info", "--json").stdout) == index.manifest
    found = f"^ok +index +{len(index.passages)} passages, {len(index.bank)} questions"
    assert re.search(found, run(handed_over, "doctor").stdout, re.MULTILINE)


def test_no_index_is_one_line(windmill: Library) -> None:
    """Documents without an index are shown, and asking them says in one line that there is none."""
    bare = Library(given(windmill.documents()))
    assert run(bare, "show", "minutes/state/p1").exit_code == 0
    for command in (["ask", "windmill"], ["index", "info"], ["index", "check"]):
        result = run(bare, *command)
        assert (result.exit_code, "there is none for documents" in result.stderr) == (2, True)
        assert result.stderr.count("\n") == 1
    assert re.search(r"^broken +index +.*there is none", run(bare, "doctor").stdout, re.MULTILINE)


def test_the_doctor_looks_at_the_library(windmill: Library) -> None:
    """`ncr doctor` counts the library's own passages and names the model that it is asked with."""
    findings = {each["name"]: each for each in json.loads(run(windmill, "doctor", "--json").stdout)["findings"]}
    passages = sum(len(document.blocks) for document in windmill.documents())
    assert findings["index"]["detail"].startswith(f"{passages} passages, ")
    assert (findings["index"]["state"], findings["model"]["state"]) == ("ok", "ok")


def test_the_doctor_names_another_model(windmill: Library) -> None:
    """A library that is asked with a model of its own has that one named; the packaged weights do not matter."""
    index = windmill.scorers.english.index

    class Other:
        name, fingerprint = index.built_with
        encode, knows = packaged().encode, packaged().knows

    findings = json.loads(run(Library(windmill.corpus, index, Other()), "doctor", "--json").stdout)["findings"]
    assert {"name": "model", "state": "ok", "detail": index.model} in findings


def test_questions_of_your_own_are_measured(windmill: Library, tmp_path: Path) -> None:
    """`ncr eval` resolves the evidence in the library and asks it."""
    case = {"question": "What does it cost to mend the windmill?", "evidence": [["minutes/state/p1"]]}
    (tmp_path / "q.jsonl").write_text(json.dumps(case))
    assert json.loads(run(windmill, "eval", "q.jsonl", "--json").stdout)["hit@1"] == 1.0


def test_a_reader_of_part_is_refused_in_the_librarys_words(windmill: Library) -> None:
    """What the reader holds is named by how many documents there are."""
    arguments = ("export", "letter", "--format", "html", "-o", "reader")
    assert "the reader holds both documents" in run(windmill, *arguments).stderr
    one = Library(given(windmill.documents()[1:]))
    assert "the reader holds all documents" in run(one, *arguments).stderr


def test_a_conversation_names_the_documents(windmill: Library) -> None:
    """Where there are not two, a filter that is lifted names every document."""
    both = run(windmill, "chat", input="/in letter\n/in\n").stderr.splitlines()
    assert both == ["only in letter", "in both documents"]
    one = Library(given(windmill.documents()[1:]))
    assert run(one, "chat", input="/in\n").stderr.splitlines() == ["only in letter"]


def test_a_session_is_of_the_packaged_documents_by_default() -> None:
    """Outside of a command the session asks the packaged edition."""
    assert [document.id for document in ChatSession(SHOWN).library.documents()] == ["report", "article"]
