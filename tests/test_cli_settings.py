from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import requires
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


def _measured(text: str | bytes, tmp_path: Path) -> dict[str, float]:
    (tmp_path / "q.jsonl").write_bytes(text if isinstance(text, bytes) else text.encode())
    result = run("eval", "q.jsonl", "--json")
    figures: dict[str, float] = json.loads(result.stdout)
    return figures


@pytest.mark.parametrize("expect", ["not-found", "not_found", "NOT FOUND"])
def test_eval_knows_refusals_in_each_spelling(expect: str, tmp_path: Path) -> None:
    """`"expect": "not-found"` is `not_found`: a refusal of it is right, not a miss."""
    figures = _measured(json.dumps({"question": "What is the population of Albania?", "expect": expect}), tmp_path)
    assert (figures["unanswerable"], figures["refused rightly"]) == (1, 1.0)


@pytest.mark.parametrize("evidence", [["report/VI.1"], [["report/VI.1"]], "report/VI.1", ["VI.1"], ["report/vi.1"]])
def test_eval_takes_flat_evidence(evidence: object, tmp_path: Path) -> None:
    """A list of citations, or one alone, is evidence as a list of lists is; places are typed loosely."""
    figures = _measured(
        b"\xef\xbb\xbf" + json.dumps({"question": "maritime security", "evidence": evidence}).encode(), tmp_path
    )
    assert (figures["answerable"], figures["hit@1"]) == (1, 1.0)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[" * 100_000, "nested too deeply"),
        ('{"question": "x", "evidence": ' + "[" * 100_000, "nested too deeply"),
        ('{"question": "x"', "it is not JSON"),
        ("[]", 'it has no {"question": "..."}'),
        ('{"question": 5}', 'it has no {"question": "..."}'),
        ('{"question": "x", "evidance": ["report"]}', "there is no key 'evidance'; did you mean evidence?"),
        ('{"question": "x", "evidence": [[["report"]]]}', "evidence is a list of lists of citations"),
        ('{"question": "x", "evidence": {"a": 1}}', "evidence is a list of lists of citations"),
        ('{"question": "x", "evidence": ["report/XX"]}', "there is no section 'report/XX'"),
        ('{"question": "x", "expect": "maybe"}', "expect is answered or not_found, not 'maybe'"),
        ('{"question": ""}', "the question is empty"),
        (b'{"question": "\xff"}', "it is not UTF-8"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_eval_says_what_is_wrong_with_which_line(line: str | bytes, said: str, tmp_path: Path) -> None:
    """The second line's fault is told with its number, in words, with exit code 2 and no figures."""
    data = line if isinstance(line, bytes) else line.encode()
    (tmp_path / "q.jsonl").write_bytes(b'{"question": "maritime security", "note": "of our own"}\n' + data + b"\n")
    result = run("eval", "q.jsonl")
    assert (result.exit_code, result.stdout, "line 2" in result.stderr) == (2, "", True)
    assert said in " ".join(result.stderr.split())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pager = 7", "pager must be true or false"),
        ("plain = 1", "plain must be true or false"),
        ("k = true", "k must be a whole number"),
        ("k = 2.5", "k must be a whole number"),
        ("lang = 5", "lang must be a text"),
        ("reader_url = true", "reader_url must be a text"),
        ("a = " + "[" * 50_000, "cannot be read: it is nested too deeply"),
        ("#" * 200_000, "cannot be read: it is larger than 100,000 bytes"),
    ],
    ids=lambda text: text[:20],
)
def test_a_setting_of_the_wrong_kind_is_named(text: str, said: str, tmp_path: Path) -> None:
    """A value that its option cannot take is refused in one line, by every command."""
    (tmp_path / "config.toml").write_text(text)
    for command in (["search", "Huawei"], ["show", "report/VI.1/p1"]):
        result = run(*command)
        assert (result.exit_code, result.stdout, said in result.stderr) == (2, "", True)


def test_a_file_may_begin_with_a_mark(tmp_path: Path) -> None:
    """A byte order mark, as editors on Windows write it, is no part of the first setting's name."""
    (tmp_path / "config.toml").write_bytes(b"\xef\xbb\xbfk = 2\r\n")
    assert len(run("search", "Huawei", "--json").stdout.splitlines()) == 2


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_no_file_is_not_read(kind: str, tmp_path: Path) -> None:
    """A folder or a pipe in the place of the file is named at once."""
    os.mkfifo(tmp_path / "config.toml") if kind == "pipe" else (tmp_path / "config.toml").mkdir()
    result = run("search", "Huawei")
    assert (result.exit_code, "cannot be read: it is not a file" in result.stderr) == (2, True)


def test_the_doctor_shows_the_settings_of_a_broken_file_s_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With a file that cannot be read the table still tells variables and defaults."""
    (tmp_path / "config.toml").write_text("wdith = 60")
    monkeypatch.setenv("NCR_K", "3")
    settings = {each["name"]: each for each in json.loads(run("doctor", "--json").stdout)["settings"]}
    assert (settings["k"]["value"], settings["k"]["source"]) == ("3", "NCR_K")
    assert settings["width"]["source"] == "default"


def test_the_doctor_looks_at_every_package_that_is_needed() -> None:
    """Each dependency that the package states, extras aside, is one of the doctor's findings."""
    stated = [re.split(r"[\s;<>=!~\[(]", each)[0] for each in requires("ncrelations") or [] if "extra ==" not in each]
    names = {each["name"] for each in json.loads(run("doctor", "--json").stdout)["findings"]}
    assert len(stated) > 5
    assert set(stated) <= names


READS_ALL = "dac_read_search"
"""What lets a process read a checkout that is closed to its user; /proc/1/root stays closed all the same."""
NOBODY = (
    "setpriv", "--reuid", "54321", "--regid", "54321", "--clear-groups",
    f"--inh-caps=+{READS_ALL}", f"--ambient-caps=+{READS_ALL}",
)  # fmt: skip
"""Runs a command as a user who has a number and no name."""
HOMES = "none", "a device", "another's", "closed"
HOMELESS = ("chat", "--history", "--json"), ("show", "report/VI.1/p1"), ("search", "Huawei"), ("doctor",)
COLLECTED = ("documents",), ("status",), ("add", "/etc"), ("ask", "Huawei", "--in", "both")
Nobody = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def nobody(tmp_path: Path) -> Nobody:
    """Run `ncr` as a user without a name, whose HOME is none, a device, another user's or closed to everybody."""
    (tmp_path / "another").mkdir(mode=0o700)
    places = {"a device": "/dev/null", "another's": str(tmp_path / "another"), "closed": "/proc/1/root"}
    can = shutil.which("setpriv") and not subprocess.run([*NOBODY, "true"], capture_output=True, check=False).returncode

    def run_in(home: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        if not can and home != "a device":
            pytest.skip("here nobody can become a user without a name")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("HOME", "XDG_", "NCR_"))}
        homes = {"HOME": places[home]} if home in places else {}
        environment = {**kept, **homes, "PYTHONPATH": str(Path(n.__file__).parents[1])}
        command = [*(NOBODY if can else ()), sys.executable, "-m", "ncrelations", *arguments]
        return subprocess.run(
            command, env=environment, input="maritime security\n", capture_output=True, text=True, check=False, cwd="/"
        )

    return run_in


@pytest.mark.parametrize("arguments", HOMELESS, ids=lambda arguments: arguments[0])
@pytest.mark.parametrize("home", HOMES)
def test_any_home_will_do(nobody: Nobody, arguments: tuple[str, ...], home: str) -> None:
    """A user without a name and HOME, a HOME that is a device or closed: every command works, with the defaults."""
    result = nobody(home, *arguments)
    assert (result.returncode, result.stderr) == (0, "")
    assert len(result.stdout) > 100


@pytest.mark.parametrize("arguments", COLLECTED, ids=lambda arguments: arguments[0])
@pytest.mark.parametrize("home", ["none", "closed"])
def test_a_collection_needs_a_home(nobody: Nobody, arguments: tuple[str, ...], home: str) -> None:
    """Where no folder is the user's own, what works on a collection says so and what to name."""
    result = nobody(home, *arguments)
    said = " ".join(result.stderr.split())
    assert result.returncode == 2
    assert "cannot be used" in said
    assert "name a" in said
