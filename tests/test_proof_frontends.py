"""`ncr proof` in its forms: terminal, JSON, SARIF, the annotated copy; exit codes and bounds."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import pytest

import ncrelations as ncr
from cli_helpers import isolate, run
from ncrelations.render.sarif import RULES

GOOD = "NATO says “China does not respect international law” (report/III/b2).\n"
BAD = "Beijing says “China does respect international law” (report/IV/b2). The “so-called” thing.\n"


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the tests from the settings and the folders of whoever runs them."""
    isolate(monkeypatch, tmp_path)
    Path("good.md").write_text(GOOD, "utf-8")
    Path("bad.md").write_text(BAD, "utf-8")


def test_exit_codes_say_whether_something_is_to_mend() -> None:
    """0 where nothing is, 1 where something is, 2 where a file cannot be read or an option makes no sense."""
    Path("broken.txt").write_bytes(b"one\n\xff")
    asked = ("good.md", "bad.md", "good.md bad.md", "none.md", "broken.txt", "good.md bad.md -o x", ".")
    codes = [run("proof", *each.split()).exit_code for each in asked]
    assert codes == [0, 1, 1, 2, 2, 2, 2]
    assert "line 2 is not in UTF-8" in run("proof", "broken.txt").stderr


def test_the_terminal_shows_the_line_a_pointer_and_the_source() -> None:
    """The draft's line, a pointer under the quotation, what differs, and the words in print with their voice."""
    shown = run("proof", "bad.md", "--width", "0").stdout.replace("\xa0", " ").splitlines()
    assert shown[0] == "bad.md:1:14: altered, wrong place, wrong voice"
    line, pointer = shown[1], shown[2]
    assert line[pointer.index("^") : pointer.rindex("^") + 1] == "“China does respect international law”"
    assert "  - left out: “not” (a negation, grave)" in shown
    assert any("“report/IV/b2”" in each for each in shown)
    assert any("“Beijing says”" in each for each in shown)
    assert "  In print: “China does not respect international law”" in shown
    assert shown[-1] == "bad.md: 2 quotations: 1 altered, 1 left alone; 1 to mend"


@pytest.mark.parametrize("language", ["fr", "de", "zh-Hans", "zh-Hant"])
def test_the_words_around_are_in_the_language_asked_for(language: str) -> None:
    """Verdicts and remarks are said in the language; what is quoted stays as it is."""
    shown = run("proof", "bad.md", "--width", "0", "--lang", language).stdout
    assert "China does not respect international law" in shown
    assert "altered" not in shown
    assert "left out" not in shown


def test_standard_input_is_markdown_unless_said_otherwise() -> None:
    """`-` reads standard input; --format says what it is."""
    assert run("proof", "-", input=BAD).exit_code == 1
    page = "<p>NATO says &ldquo;China does not respect international law&rdquo;</p>"
    (row,) = map(json.loads, run("proof", "-", "--format", "html", "--json", input=page).stdout.splitlines())
    assert [each["verdict"] for each in row["findings"]] == ["verbatim"]


def test_json_is_what_the_library_says() -> None:
    """One line a draft: the file's name and the proof."""
    (row,) = map(json.loads, run("proof", "bad.md", "--json").stdout.splitlines())
    assert row == {"file": "bad.md", **json.loads(json.dumps(ncr.proof(BAD).to_dict()))}


def test_sarif_has_a_result_for_each_thing_to_mend() -> None:
    """SARIF 2.1.0: rules, levels, and regions that hold the quotation with its marks."""
    log: dict[str, Any] = json.loads(run("proof", "bad.md", "good.md", "--sarif").stdout)
    (only,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert [rule["id"] for rule in only["tool"]["driver"]["rules"]] == list(RULES)
    found = {result["ruleId"]: result for result in only["results"]}
    assert sorted(found) == ["altered", "wrong_place", "wrong_voice"]
    assert {result["level"] for result in found.values()} == {"error"}
    place = found["altered"]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "bad.md"}
    region = place["region"]
    assert BAD[region["startColumn"] - 1 : region["endColumn"] - 1] == region["snippet"]["text"]
    assert region["snippet"]["text"].startswith("“China")


def test_the_copy_is_the_draft_with_footnotes() -> None:
    """Without its footnotes the copy is the draft; each footnote is called once and has the right citation."""
    assert run("proof", "bad.md", "-o", "copy.md").exit_code == 1
    body, _, notes = Path("copy.md").read_text("utf-8").partition("\n\n[^proof-1]: ")
    assert re.sub(r"\[\^proof-\d+\]", "", body) == BAD.rstrip("\n")
    assert body.count("[^proof-1]") == 1
    assert "`report/III/b2/s1`" in notes
    assert run("proof", "good.md", "-o", "copy.md").stdout == ""


def test_the_copy_of_a_page_is_a_page() -> None:
    """Notes are a list at the end of the page, called behind the closing marks: entities, tags, or none at all."""
    page = (
        "<html><body><p>China says &ldquo;NATO is still a Cold War organization&rdquo;, NATO says <q>China is "
        "rapidly building up its military capabilities</q>.</p><blockquote>China does not respect international law"
        "</blockquote></body></html>"
    )
    Path("page.html").write_text(page, "utf-8")
    run("proof", "page.html", "-o", "copy.html")
    copy = Path("copy.html").read_text("utf-8")
    body, notes = copy.split("\n<ol>\n")
    assert re.sub(r'<sup><a href="#proof-\d">\[\d\]</a></sup>', "", body) + notes.partition("</ol>")[2] == page
    assert re.findall(r"(\w{3};|</q>|law)<sup>", body) == ["quo;", "</q>", "law"]
    assert re.findall(r'<li id="proof-(\d)">.*<code>(report/\S+)</code>', notes) == [
        ("1", "report/IV/b1/s1"), ("2", "report/III/b5/s1"), ("3", "report/III/b2/s1"),
    ]  # fmt: skip


def test_a_copy_checked_again_finds_the_same() -> None:
    """The footnotes of a copy change no verdict of the draft's own quotations."""
    run("proof", "bad.md", "-o", "copy.md")
    before = [each.verdict for each in ncr.proof(BAD).findings]
    after = [each.verdict for each in ncr.proof(Path("copy.md").read_text("utf-8")).findings]
    assert after[: len(before)] == before


def test_nothing_that_steers_a_terminal_is_shown() -> None:
    """Escapes and directions of a draft never reach the terminal."""
    Path("evil.md").write_text("He said “one \x1b[31mtwo \u202ethree four\u2066 five”.\n", "utf-8")
    shown = run("proof", "evil.md").stdout + run("proof", "evil.md", "--json").stdout
    shown += run("proof", "evil.md", "--sarif").stdout
    assert all(each.isprintable() or each in "\n\xa0" for each in shown)


def test_the_assistants_tool_says_what_the_library_says() -> None:
    """The MCP tool `proof` gives the proof as data."""
    pytest.importorskip("mcp", reason='pip install "ncrelations[mcp]"')
    from ncrelations.cli.server import server

    result: Any = asyncio.run(server().call_tool("proof", {"text": BAD}))
    assert result.structured_content["to_mend"] == ncr.proof(BAD).to_dict()["to_mend"] == 1


def test_the_hook_names_a_command_that_exists(checkout: Path) -> None:
    """The pre-commit hook runs `ncr proof` on the kinds of files that it reads."""
    hook = (checkout / ".pre-commit-hooks.yaml").read_text("utf-8")
    assert "entry: ncr proof --plain" in hook
    assert re.search(r"files: (.*)$", hook, re.MULTILINE)
    assert run("proof", "--plain", "good.md").exit_code == 0
