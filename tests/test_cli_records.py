from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

import ncrelations as n
from cli_helpers import isolate, run


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the tests from the settings and the folders of whoever runs them."""
    isolate(monkeypatch, tmp_path)


def test_lists_are_json_lines() -> None:
    """Every list prints one JSON object a line, as many as there are."""
    counts = {
        "toc": 21,
        "perceptions": 16,
        "risks": 7,
        "recommendations": 5,
        "milestones": 11,
        "timeline": 11,
        "entities": len(n.entities()),
        "export": 108,
        "verify": 2,
    }
    for command, count in counts.items():
        lines = run(command, "--json").stdout.splitlines()
        assert (command, [type(json.loads(line)) for line in lines]) == (command, [dict] * count)


def test_every_record_says_whose_view_it_is() -> None:
    """The voice, in data and in words, is in every record and every place."""
    for command in (
        ["perceptions"],
        ["risks"],
        ["recommendations"],
        ["milestones"],
        ["entities", "Huawei"],
        ["show", "report/V"],
    ):
        for line in run(*command, "--json", "--width", "0").stdout.splitlines():
            if command[0] != "show":
                record = json.loads(line)
                assert "voice_label" in record or "holder_label" in record
        assert any(voice.label in run(*command).stdout for voice in n.Voice)


def test_dates_and_places_are_those_of_their_sentence() -> None:
    """In data, pages and drawing three of the eighteen sentences are dated, and no sentence has another's date."""
    records = map(json.loads, run("timeline", "--json").stdout.splitlines())
    events = {event["citation"]: event for record in records for event in record["events"]}
    assert {citation: event["date"] for citation, event in events.items() if event["date"]} == {
        "report/MS/m10/s2": "late October", "report/MS/m10/s3": "5 June 2018", "report/MS/m11/s1": "26 September",
    }  # fmt: skip
    assert events["report/MS/m11/s1"]["editorial"]["dated_elsewhere"]["citation"] == "report/VII/p1/s2"
    for command in ("timeline", "milestones"):
        page = run(command, "--width", "100").stdout
        assert page.count("no date in the text") == len(events) - 3 == 15
        assert "no date in the text report/MS/m10/s1\n" in page
        assert "5 June 2018, the new NATO headquarters report/MS/m10/s3\n" in page
        assert "26 September report/MS/m11/s1 (Editors' note: dated 26 September 2021 in report/VII/p1/s2)\n" in page
        assert all(event["text"] in re.sub(r"\s*\n[ │]*", " ", page) for event in events.values())


def test_the_drawn_timeline_is_wellformed(tmp_path: Path) -> None:
    """`ncr timeline --svg` draws eighteen stops, three filled, without script or outside reference."""
    from xml.etree import ElementTree as ET  # our own drawing, not something fetched

    result = run("timeline", "--svg", "line.svg")
    drawing = (tmp_path / "line.svg").read_text("utf-8")
    circles = [each.get("class") for each in ET.fromstring(drawing).iter() if each.tag.endswith("circle")]  # noqa: S314
    assert (result.stdout, circles.count("dot"), circles.count("dot open")) == ("", 3, 15)
    lines = [int(y) for y in re.findall(r'<text [^>]*y="([^"]*)"', drawing)]
    assert all(14 <= lower - upper <= 60 for upper, lower in pairwise(lines))
    assert lines[-1] < int(re.findall(r'viewBox="0 0 \d+ (\d+)"', drawing)[0])
    assert "script" not in drawing
    assert "href" not in drawing


def test_an_export_holds_every_block(tmp_path: Path) -> None:
    """Each form of export has every block with its citation; HTML can be jumped into."""
    blocks = [block for document in n.documents() for block in document.blocks]
    page = run("export", "--format", "html").stdout
    assert re.findall(r'class="block [^"]+" id="([^"]+)"', page) == [str(block.citation) for block in blocks]
    assert run("export", "--format", "csv").stdout.count("\n") >= len(blocks) + 1
    assert run("export", "--format", "markdown").stdout.count("`report/VI.1/p1`") == 1
    assert run("export", "article", "-o", "a.jsonl").stdout == ""
    assert (tmp_path / "a.jsonl").read_text("utf-8").count("\n") == len(n.article.blocks)


def test_html_goes_to_a_folder_or_to_a_page(tmp_path: Path) -> None:
    """`-o FOLDER` writes the reader, `-o FILE.html` one page; what fits neither is refused with exit code 2."""
    assert "open index.html" in run("export", "--format", "html", "-o", "reader").stderr
    assert {"index.html", "report.html", "article.html"} <= {path.name for path in (tmp_path / "reader").iterdir()}
    run("export", "article", "--format", "html", "-o", "one.html")
    assert "article/intro/p1" in (tmp_path / "one.html").read_text("utf-8")
    for arguments in (
        ("export", "article", "--format", "html", "-o", "reader"),
        ("export", "--format", "csv", "-o", "reader"),
    ):
        assert run(*arguments).exit_code == 2


def test_citations_lead_into_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """NCR_READER_URL, the reader's folder, its index or a page, makes citations links to their place."""
    for address, page in (
        ("https://example.org/r", "https://example.org/r/report.html"),
        ("https://example.org/r/index.html", "https://example.org/r/report.html"),
        ("file:///tmp/one.html", "file:///tmp/one.html"),
    ):
        monkeypatch.setenv("NCR_READER_URL", address)
        shown = run("cite", "report/VI.1/p2", "--format", "markdown").stdout
        assert f"[report/VI.1/p2]({page}#report/VI.1/p2)" in shown


def test_verify_fails_for_a_source_that_is_not_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """`ncr verify` exits with 1 and says NOT lossless where a character is unaccounted for."""
    from dataclasses import replace

    broken = replace(n.article, leaves=n.article.leaves[1:])
    monkeypatch.setattr("ncrelations.library.Library.documents", lambda _: (n.report, broken))
    result = run("verify")
    assert (result.exit_code, "NOT lossless" in result.stdout) == (1, True)


def test_entities_lists_kinds_and_counts() -> None:
    """`ncr entities` groups what is named by kind, with the number of mentions."""
    shown = run("entities").stdout
    assert {"person", "organisation", "place"} <= set(shown.splitlines())
