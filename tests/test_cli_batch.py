from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest

import ncrelations as n
from cli_helpers import run
from ncrelations.cli import batch
from ncrelations.cli.batch_helper import Helper
from ncrelations.cli.wishes import Wishes
from ncrelations.editions.nato_china.edition import edition
from ncrelations.models.minilm import packaged
from ncrelations.models.recent import Recent

WISHES = Wishes(1)


def rows(text: str | bytes) -> Iterator[dict[str, Any]]:
    """The rows that a batch file gives."""
    data = text if isinstance(text, bytes) else text.encode()
    return batch.answers(io.BytesIO(data), WISHES)


def test_answers_come_in_order() -> None:
    """Each line gives its answer, in the order of the file, blank lines aside."""
    questions = ["maritime security", "Huawei", "AUKUS", "climate change"]
    text = "\n\n".join(map(json.dumps, questions))
    assert [row["question"] for row in rows(text)] == questions


def test_a_line_may_say_how_much_where_and_whose() -> None:
    """A line's own k, within and voice win over the command's."""
    (row,) = rows('{"question": "Huawei", "k": 2, "within": "report/IV", "voice": "china"}')
    assert row == n.ask("Huawei", 2, "report/IV", "china").to_dict()


BAD = {
    "{not JSON": "this is not JSON",
    '{"question": "x", "voices": "china"}': "there is no key 'voices'; did you mean voice?",
    '{"question": "x", "id": 7}': "there is no key 'id'; there are question, k, within, voice",
    '{"qestion": "x"}': "there is no key 'qestion'; did you mean question?",
    "5": "a line is plain words, a JSON text or",
    "[]": "a line is plain words, a JSON text or",
    "{}": "a line is plain words, a JSON text or",
    '{"question": 5}': "question has the wrong type",
    '{"question": "x", "k": true}': "k has the wrong type",
    '{"question": "x", "k": 0}': "0 excerpts cannot be shown",
    '{"question": "x", "within": "nowhere"}': "no document 'nowhere'",
    '""': "the question is empty",
    '"\\u001b[31m"': "",
    '"\\ud800"': "the question is empty",
    "[" * 50_000: "this is not JSON",
    '"' + "x" * 200_000 + '"': "longer than 100,000 bytes",
}


@pytest.mark.parametrize("line", BAD, ids=lambda line: line[:20])
def test_a_bad_line_fails_alone_with_its_number(line: str) -> None:
    """A line that cannot be asked gives its number and the reason, and the lines around it are answered."""
    first, bad, last = rows(f'"maritime security"\n{line}\n"Huawei"\n')
    assert (first["question"], last["question"]) == ("maritime security", "Huawei")
    assert BAD[line] in bad.get("error", "")
    assert bad.get("line", 2) == 2


def test_bytes_that_are_not_utf_8_fail_alone() -> None:
    """A line that is not UTF-8 is refused, and the one before is answered."""
    assert [row.get("line") for row in rows(b'"Huawei"\n"\xff\xfe"\n')] == [None, 2]


def test_lines_are_numbered_from_the_file() -> None:
    """Blank and endless lines count."""
    text = '\n\n"' + "x" * 350_000 + '"\n{nope\n'
    assert [row["line"] for row in rows(text)] == [3, 4]


def test_exit_codes_and_the_summary() -> None:
    """0 if something was found, 1 if nothing, 2 if a line failed; standard error sums up."""
    good = run("ask", "--batch", "-", input='"maritime security"\n')
    assert (good.exit_code, good.stderr) == (0, "1 questions: 1 answered\n")
    assert run("ask", "--batch", "-", input='"What is the population of Albania?"\n').exit_code == 1
    assert run("ask", "--batch", "-", input="").exit_code == 1
    bad = run("ask", "--batch", "-", input="{nope\n")
    assert (bad.exit_code, bad.stderr) == (2, "ncr: line 1: this is not JSON\n1 questions: 1 failed\n")


def test_many_lines_are_shared_out_and_stay_in_order() -> None:
    """More lines than one process should answer give the same rows in the same order from two."""
    questions = [f"maritime security {number}" for number in range(100)]
    text = "\n".join(map(json.dumps, questions))
    shared = list(rows(text))
    assert [row["question"] for row in shared] == questions
    assert shared[7] == n.ask(questions[7], 1).to_dict()


def test_plain_words_are_a_question() -> None:
    """A line that is no JSON is asked as it stands; a byte order mark before the first line is none of its words."""
    asked = [row["question"] for row in rows(b'\xef\xbb\xbfmaritime security\r\n"Huawei"\n')]
    assert asked == ["maritime security", "Huawei"]


def test_blank_filters_of_a_line_are_absent_and_typed_ones_are_read_loosely() -> None:
    """A line's "" filters nothing; its place and voice may be typed as people type them."""
    free, kept = rows(
        '{"question": "Huawei", "within": "", "voice": ""}\n{"question": "Huawei", "within": "iv", "voice": "CHINA"}'
    )
    assert free == n.ask("Huawei", 1).to_dict()
    assert kept == n.ask("Huawei", 1, "report/IV", "china").to_dict()


def test_a_filter_of_all_lines_is_one_error() -> None:
    """A voice that the command line misspells is refused once, before any line."""
    result = run("ask", "--batch", "-", "--voice", "chnia", input="Huawei\nAUKUS\n")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "ncr: there is no voice 'chnia'; did you mean china?\n"


def test_steps_come_with_explain() -> None:
    """`--explain` adds the steps to every row, and nothing does without it."""
    (row,) = map(json.loads, run("ask", "--batch", "-", "--explain", input="maritime security\n").stdout.splitlines())
    assert {"stage", "decided"} == set(row["steps"][0])
    assert "steps" not in n.ask("maritime security").to_dict()


def _kill(helper: Helper) -> None:
    helper.process.kill()
    helper.process.join()


@pytest.mark.parametrize("moment", ["before it is ready", "with a line"])
def test_a_killed_process_is_one_line_and_loses_nothing(
    moment: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """When the second process is killed, one line says so and every question is answered all the same."""
    asked, ready = Helper.ask, Helper.ready

    def killed_with_a_line(self: Helper, line: tuple[Any, ...]) -> bool:
        _kill(self)
        return asked(self, line) if moment == "before it is ready" else True

    def soon(self: Helper) -> bool:
        if moment == "before it is ready":
            _kill(self)
        return bool(self._pipe.poll(60)) and ready(self)

    monkeypatch.setattr(Helper, "ask", killed_with_a_line)
    monkeypatch.setattr(Helper, "ready", soon)
    monkeypatch.setattr("ncrelations.cli.batch._TOGETHER", 2)
    questions = [f"maritime security {number}" for number in range(12)]
    assert [row["question"] for row in rows("\n".join(questions))] == questions
    assert capsys.readouterr().err == "ncr: the second process was killed; this one goes on alone\n"


def test_questions_embedded_together_are_answered_as_alone() -> None:
    """What is embedded with others has the same passages and status, and scores that agree to 1e-5."""
    texts = [q.text for q in edition().scorers.english.index.bank[:70:3]]
    texts += ["When did Stoltenberg meet Wang Yi, and what do NATO and China each think of Taiwan?", "qzx", "Où?", "?"]
    together = rows("\n".join(texts * 3))
    for text, row in zip(texts, together, strict=False):
        if "error" in row:
            continue
        edition().scorers.english._prepared = Recent(1)
        packaged()._recent = Recent(1)
        alone = n.ask(text, 1).to_dict()
        assert [e["citation"] for e in row["excerpts"]] == [e["citation"] for e in alone["excerpts"]], text
        assert (row["status"], row["reasons"]) == (alone["status"], alone["reasons"])
        assert all(abs(a["score"] - b["score"]) < 1e-5 for a, b in zip(row["excerpts"], alone["excerpts"], strict=True))


def test_no_second_process_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where none can be started, the answers are the same, however many lines there are."""

    def refuse(*_: Any) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", refuse)
    questions = [f"maritime security {number}" for number in range(70)]
    assert [row["question"] for row in rows("\n".join(questions))] == questions


def test_a_question_and_a_batch_exclude_each_other() -> None:
    """Giving both is a mistake of use."""
    result = run("ask", "x", "--batch", "-")
    assert (result.exit_code, "not both" in result.stderr) == (2, True)
