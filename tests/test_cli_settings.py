from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import ncrelations as n
from cli_helpers import isolate, run
from ncrelations.cli import index_commands


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the tests from the settings and the folders of whoever runs them."""
    isolate(monkeypatch, tmp_path)


def test_index_info_names_model_and_sources() -> None:
    """`ncr index info` names the model, the counts and the sources of the index."""
    shown = run("index", "info").stdout
    assert "all-MiniLM-L6-v2, 384 dimensions" in shown
    assert n.report.sha256[:16] in shown


def test_index_check_uses_the_packaged_model_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    """`ncr index check` checks the weights of the packaged model, reports the largest difference, counts precedents."""
    counts = {"followups": 2468, "several": 135}
    monkeypatch.setattr("ncrelations.retrieval.index_build.check", lambda *_: {"blocks": 1e-7, "sentences": 2e-7})
    monkeypatch.setattr("ncrelations.retrieval.written_beforehand.check", lambda *_: counts)
    monkeypatch.setattr("ncrelations.cli.index_commands._check_multilingual", lambda _: (None, "it is not there"))
    assert "2.0e-07" in (shown := run("index", "check").stdout)
    assert "2,468 follow-ups and of 135 questions for several passages" in shown
    assert "were not checked: it is not there" in shown
    differences = {"blocks": 1e-7, "sentences": 2e-7}
    told = json.loads(run("index", "check", "--json").stdout)
    assert told == {"differences": differences, "precedents": counts, "multilingual": None}
    assert index_commands._checked_encoder(None).name == "all-MiniLM-L6-v2"


def test_eval_counts_hits_and_refusals(tmp_path: Path) -> None:
    """`ncr eval` gives the share of hits at 1, 3 and 5 and of right and wrong refusals."""
    cases = [
        {"question": "maritime security", "evidence": [["report/VI.1"]]},
        {"question": "maritime security", "evidence": [["article/notes/p1"]], "expect": "answered"},
        {"question": "What is the population of Albania?", "evidence": [], "expect": "not_found"},
    ]
    (tmp_path / "q.jsonl").write_text("\n".join(map(json.dumps, cases)))
    figures = json.loads(run("eval", "q.jsonl", "--json").stdout)
    assert (figures["answerable"], figures["unanswerable"], figures["hit@1"], figures["refused rightly"]) == (
        2,
        1,
        0.5,
        1.0,
    )
    assert "hit@1" in run("eval", "q.jsonl").stdout


def test_eval_names_the_bad_line(tmp_path: Path) -> None:
    """A line that is no question, or names a place that does not exist, is refused with its number."""
    (tmp_path / "q.jsonl").write_text('{"question": "x", "evidence": [["report/XX"]]}\n')
    result = run("eval", "q.jsonl")
    assert (result.exit_code, "line 1 is not a question" in result.stderr) == (2, True)


def test_settings_come_from_flag_then_variable_then_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A flag beats NCR_*, which beats the file, which beats the default; the doctor says which it was."""
    place = ("show", "report/VI.1/p1")

    def widest(*more: str) -> int:
        return max(map(len, run(*place, *more).stdout.splitlines()))

    assert 60 < widest() <= 80
    (tmp_path / "config.toml").write_text("width = 60\nk = 2\n")
    assert 50 < widest() <= 60
    monkeypatch.setenv("NCR_WIDTH", "50")
    assert 40 < widest() <= 50
    assert widest("--width", "40") <= 40
    assert run("search", "Huawei").stdout.count("\n1. ") + run("search", "Huawei").stdout.count("\n2. ") == 1
    settings = {each["name"]: each for each in json.loads(run("doctor", "--json").stdout)["settings"]}
    assert (settings["width"]["value"], settings["width"]["source"]) == ("50", "NCR_WIDTH")
    assert (settings["k"]["value"], settings["k"]["source"]) == ("2", str(tmp_path / "config.toml"))
    assert settings["plain"]["source"] == "default"


@pytest.mark.parametrize("text", ["width = ", "wdith = 60", "width = [1]", "k = 'many'"])
def test_a_bad_file_of_settings_is_named(text: str, tmp_path: Path) -> None:
    """A configuration file that cannot be read or has a wrong setting gives one line and exit code 2."""
    (tmp_path / "config.toml").write_text(text)
    result = run("search", "Huawei")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr


def test_the_doctor_reports_a_bad_file_and_goes_on(tmp_path: Path) -> None:
    """`ncr doctor` still reports everything else, and exits with 1."""
    (tmp_path / "config.toml").write_text("wdith = 60")
    result = run("doctor")
    assert (result.exit_code, "did you mean width?" in result.stdout) == (1, True)


def test_the_doctor_names_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing extra comes with the command that installs it, and is not an error."""
    from importlib.metadata import PackageNotFoundError

    def version(package: str) -> str:
        if package == "mcp":
            raise PackageNotFoundError
        return "1.0"

    monkeypatch.setattr("ncrelations.cli.doctor.version", version)
    result = run("doctor")
    assert result.exit_code == 0
    assert re.search(r'missing +mcp +pip install "ncrelations\[mcp\]"', result.stdout)


def test_missing_extras_come_with_their_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    """`ncr bot` and `ncr mcp` without their extras say what to install and exit with 2."""
    monkeypatch.setattr("ncrelations.cli.bot._is_installed", lambda _: False)
    monkeypatch.setattr("ncrelations.cli.assistant.find_spec", lambda _: None)
    for command in ("bot", "mcp"):
        result = run(command)
        assert (result.exit_code, f'pip install "ncrelations[{command}]"' in result.stderr) == (2, True)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_call_ncr(shell: str) -> None:
    """Each completion script completes `ncr` through the variable that click reads."""
    assert f"_NCR_COMPLETE={shell}_complete" in run("completion", shell).stdout
