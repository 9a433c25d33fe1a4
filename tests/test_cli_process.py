from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import ncrelations
from terminal import NCR, at_terminal


@pytest.fixture(name="environment")
def _environment(tmp_path: Path) -> dict[str, str]:
    package = str(Path(ncrelations.__file__).parents[1])
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NCR_", "LC_", "NO_COLOR"))}
    own = {"PYTHONPATH": package, "NCR_CONFIG": str(tmp_path / "none.toml"), "XDG_STATE_HOME": str(tmp_path)}
    return {**kept, **own, "LANG": "C.UTF-8", "TERM": "xterm-256color"}


def in_terminal(
    arguments: list[str], environment: dict[str, str], typed: tuple[bytes, ...] = (), columns: int = 60
) -> str:
    """What `ncr` shows on a terminal of its own, where something is typed at each of its prompts."""
    keys = tuple(("> ", each) for each in typed)
    return at_terminal([*NCR, *arguments], environment, keys, lines=40, columns=columns)


def loaded(python: Callable[..., subprocess.CompletedProcess[str]], *arguments: str) -> set[str]:
    """The libraries that a command has loaded when it ends."""
    code = (
        "import sys\nfrom ncrelations.cli import ncr\n"
        f"try: ncr({list(arguments)!r})\nexcept SystemExit: pass\n"
        "print('\\n' + ' '.join(sys.modules))"
    )
    every = python("-c", code).stdout.splitlines()[-1].split()
    heavy = {
        "numpy",
        "faiss",
        "torch",
        "transformers",
        "sentence_transformers",
        "tokenizers",
        "rich",
        "discord",
        "mcp",
        "platformdirs",
    }
    return heavy & set(every)


def test_help_and_show_load_nothing_heavy(python: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    """`ncr --help` loads no library but click; `ncr show` in a pipe neither numpy nor rich."""
    assert loaded(python, "--help") == set()
    assert loaded(python, "show", "report/VI.1") <= {"platformdirs"}
    assert loaded(python, "cite", "report/VI.1") <= {"platformdirs"}


def test_asking_in_a_pipe_loads_neither_torch_nor_rich(python: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    """`ncr ask` in a pipe needs numpy, faiss and tokenizers, and nothing heavier."""
    assert loaded(python, "ask", "maritime security") <= {"platformdirs", "numpy", "faiss", "tokenizers"}


def test_python_m_runs_ncr(environment: dict[str, str]) -> None:
    """`python -m ncrelations --version` prints the version."""
    result = subprocess.run([*NCR, "--version"], env=environment, capture_output=True, text=True, check=True)
    assert result.stdout == f"ncr, version {ncrelations.__version__}\n"


@pytest.mark.parametrize("columns", [40, 60, 120])
def test_a_terminal_gets_styles_within_its_width(environment: dict[str, str], columns: int) -> None:
    """On a terminal the answer is bold and voices are coloured; no line is wider than the terminal."""
    import re

    shown = in_terminal(["show", "report/III/b1", "--context", "1", "--no-pager"], environment, columns=columns)
    assert "\x1b[1m" in shown
    assert "\x1b[34m" in shown
    lines = re.sub(r"\x1b\[[0-9;]*m", "", shown).splitlines()
    assert max(map(len, lines)) <= columns
    assert shown.endswith("[exit 0]")


def test_no_color_keeps_bold_and_drops_colours(environment: dict[str, str]) -> None:
    """NO_COLOR leaves emphasis and takes the colours; --plain and TERM=dumb take both."""
    place = ["show", "report/III/b1", "--context", "1"]
    without = in_terminal(place, {**environment, "NO_COLOR": "1"})
    assert "\x1b[1m" in without
    assert "\x1b[34m" not in without
    assert "\x1b" not in in_terminal([*place, "--plain"], environment)
    assert "\x1b" not in in_terminal(place, {**environment, "TERM": "dumb"})


def test_long_output_is_paged_on_a_terminal_only(environment: dict[str, str]) -> None:
    """A document goes through the pager of a terminal; with --no-pager, or in a pipe, it does not."""
    paged = {**environment, "PAGER": "sed s/^/PAGED/"}
    assert "PAGED" in in_terminal(["show", "report"], paged)
    assert "PAGED" not in in_terminal(["show", "report", "--no-pager"], paged)
    assert "PAGED" not in in_terminal(["show", "report/VI.1/p1"], paged)
    result = subprocess.run([*NCR, "show", "report"], env=paged, capture_output=True, text=True, check=True)
    assert "PAGED" not in result.stdout


def test_a_conversation_survives_ctrl_c_and_ends_with_ctrl_d(environment: dict[str, str], tmp_path: Path) -> None:
    """Ctrl-C drops the line, questions are answered, Ctrl-D leaves with exit code 0; the questions are kept."""
    environment = {**environment, "PAGER": "cat"}
    shown = in_terminal(["chat"], environment, (b"maritime\x03", b"maritime security\n", b"/show 1\n", b"\x04"))
    assert shown.count("report/VI.1/p") >= 2
    assert shown.endswith("[exit 0]")
    assert "maritime security" in (tmp_path / "ncrelations" / "history").read_text()
    in_terminal(["chat", "--no-history"], environment, (b"Huawei\n", b"\x04"))
    assert "Huawei" not in (tmp_path / "ncrelations" / "history").read_text()


def test_a_broken_pipe_ends_quietly(environment: dict[str, str]) -> None:
    """A reader that leaves early ends the command without a word."""
    process = subprocess.Popen(
        [*NCR, "show", *["report"] * 5, "--json"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    assert (process.stderr.read(), process.wait(30)) == (b"", 1)
    process.stderr.close()


@pytest.mark.parametrize("redirect", [">&-", "2>&-", "<&-", ">&- 2>&-"])
def test_closed_streams_are_no_traceback(environment: dict[str, str], redirect: str) -> None:
    """With a standard stream closed, a command still ends in order: where its output is lost, not in success."""
    command = f"{sys.executable} -m ncrelations show report/VI.1/p1 {redirect}"
    result = subprocess.run(["sh", "-c", command], env=environment, capture_output=True, text=True, check=False)
    assert (result.returncode, "Traceback" in result.stderr) == (2 if redirect.startswith(">&-") else 0, False)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    "command",
    ["show report/VI.1", "export", "export --format csv", "chat", "ask --batch -", "--help", "timeline --svg -"],
)
def test_a_full_disk_is_one_line(environment: dict[str, str], command: str) -> None:
    """What cannot be written is said in one line, exit code 2."""
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [*NCR, *command.split()], env=environment, stdout=full, stderr=subprocess.PIPE, check=False,
            input=b"maritime security\n",
        )  # fmt: skip
    assert (result.returncode, result.stderr.count(b"\n"), b"No space left" in result.stderr) == (2, 1, True)


def test_any_locale_will_do(environment: dict[str, str]) -> None:
    """Where standard output cannot take a character, the nearest stands in; JSON stays exact."""
    ascii_only = {**environment, "PYTHONIOENCODING": "ascii"}
    text = subprocess.run([*NCR, "show", "report/III/b1/s1"], env=ascii_only, capture_output=True, check=True).stdout
    assert b"does not share NATO's values" in text
    place = [*NCR, "show", "report/III/b1/s1", "--json"]
    plain = subprocess.run(place, env=environment, capture_output=True, check=True).stdout
    data = subprocess.run(place, env=ascii_only, capture_output=True, check=True).stdout
    import json

    assert data.isascii()
    assert json.loads(data) == json.loads(plain)


def test_lone_surrogates_in_arguments_are_refused_in_words(environment: dict[str, str]) -> None:
    """Bytes that are no text never crash a command, wherever they stand."""
    for arguments in (
        [b"ask", b"\xff"],
        [b"\xff"],
        [b"show", b"report/\xff"],
        [b"ask", b"x", b"--\xff"],
        [b"timeline", b"--svg", b"/no/\xff"],
    ):
        result = subprocess.run([*map(os.fsencode, NCR), *arguments], env=environment, capture_output=True, check=False)
        assert (result.returncode, b"Traceback" in result.stderr, result.stdout) == (2, False, b"")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_works_in_the_shell_itself(environment: dict[str, str], shell: str, tmp_path: Path) -> None:
    """Each shell accepts its script without complaint, and click completes the names of commands."""
    import shutil

    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    script = subprocess.run(
        [*NCR, "completion", shell], env=environment, capture_output=True, text=True, check=True
    ).stdout
    path = tmp_path / f"ncr.{shell}"
    path.write_text(script)
    before = "autoload -U compinit; compinit -D; " if shell == "zsh" else ""
    result = subprocess.run(
        [shell, "-c", f"{before}source {path}"], env=environment, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stderr) == (0, "")
    asked = {
        **environment,
        "_NCR_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": "ncr ti",
        "COMP_CWORD": "ti" if shell == "fish" else "1",
    }
    code = "from ncrelations.cli import ncr; ncr(prog_name='ncr')"
    completed = subprocess.run([sys.executable, "-c", code], env=asked, capture_output=True, text=True, check=False)
    assert "timeline" in completed.stdout
