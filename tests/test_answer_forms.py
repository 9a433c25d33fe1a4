"""Whole answers for a paper: as Markdown, as a Word document, and what they cite as a bibliography."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET  # our own documents, not something fetched

import pytest

import ncrelations as n
from cli_helpers import isolate, run
from ncrelations.render import Run, markdown, para
from ncrelations.render.answer_pages import answer_page
from ncrelations.render.docx import docx

QUESTION = "Why does China distrust AUKUS?"
ABSENT = "What is the population of Albania?"


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the tests from the settings and the folders of whoever runs them."""
    isolate(monkeypatch, tmp_path)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def answer() -> n.Answer:
    """An answer of two passages."""
    return n.ask(QUESTION, 2)


def words(data: bytes) -> list[str]:
    """The paragraphs of a Word document; every part of it is well-formed XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: ET.fromstring(archive.read(name)) for name in archive.namelist()}  # noqa: S314
    name = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return ["".join(t.text or "" for t in p.iter(f"{name}t")) for p in parts["word/document.xml"].iter(f"{name}p")]


def test_a_whole_answer_as_markdown(answer: n.Answer) -> None:
    """The answer's page, with its links, in UTF-8."""
    assert run("ask", QUESTION, "-k", "2", "--format", "Markdown").stdout == markdown(answer_page(answer))
    linked = run("ask", QUESTION, "-k", "2", "--format", "markdown", "--reader-url", "https://x.org/r").stdout
    assert "[`report/IV/b7`](https://x.org/r/report.html#report/IV/b7)" in linked


def test_a_whole_answer_for_word(answer: n.Answer) -> None:
    """The ending of the file says that it is a Word document: the words of every excerpt, with voice and citation."""
    result = run("ask", QUESTION, "-k", "2", "-o", "answer.docx")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "wrote answer.docx\n")
    paragraphs = words(Path("answer.docx").read_bytes())
    for excerpt in answer.excerpts:
        assert excerpt.text in paragraphs
        assert f"{excerpt.human} {excerpt.citation}" in paragraphs
    assert Path("answer.docx").read_bytes() == docx(answer_page(answer))


@pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")
def test_pandoc_reads_the_word_document(answer: n.Answer) -> None:
    """Pandoc finds the quotations, what answers in bold, and the links."""
    page = answer_page(answer, lambda citation: f"https://x.org/?a=1&b={citation}")
    command = ["pandoc", "--from", "docx", "--to", "markdown", "--wrap", "none"]
    read = subprocess.run(command, input=docx(page), capture_output=True, check=True).stdout.decode()
    assert read.count("\n> ") == len(answer.excerpts)
    assert "**The same logic holds true" in read
    assert "(https://x.org/?a=1&b=report/IV/b7)" in read


def test_no_character_breaks_a_word_document() -> None:
    """Control characters, lone surrogates, markup and quotes stay words, or become stand-ins, in text and links."""
    hostile = 'a\x00\x1b[31m\ud800 <w:p> & "q" \u202e'
    assert words(docx((para(hostile, Run("b", link=f"https://x/{hostile}")),))) == [
        'a\ufffd\ufffd[31m\ufffd <w:p> & "q" \ufffdb'
    ]


def test_what_answers_as_a_bibliography(answer: n.Answer) -> None:
    """One entry a document with the places of the excerpts; nothing where the documents do not answer."""
    cited = [excerpt.citation for excerpt in answer.excerpts]
    for form in ("bibtex", "ris", "csl-json"):
        assert run("ask", QUESTION, "-k", "2", "--format", form).stdout == n.bibliography(cited, form).strip() + "\n"
    run("ask", QUESTION, "-k", "2", "-o", "answer.bib")
    assert Path("answer.bib").read_text("utf-8").strip() == n.bibliography(cited).strip()
    refused = run("ask", ABSENT, "--format", "csl-json")
    assert (refused.exit_code, json.loads(refused.stdout)) == (1, [])
    assert run("ask", ABSENT, "--format", "bibtex").stdout.strip() == ""


def test_a_form_is_one_and_a_file_is_not_lost() -> None:
    """Data and a form at once, a form for a batch, and a file that exists are refused; `--force` replaces it."""
    Path("kept.md").write_text("mine", "utf-8")
    Path("lines").write_text("AUKUS\n", "utf-8")
    for arguments in (["--json", "--format", "markdown"], ["-o", "kept.md"]):
        assert run("ask", "AUKUS", *arguments).exit_code == 2
    assert run("ask", "--batch", "lines", "--format", "markdown").exit_code == 2
    assert Path("kept.md").read_text("utf-8") == "mine"
    assert run("ask", "AUKUS", "-o", "kept.md", "--force").exit_code == 0
    assert Path("kept.md").read_text("utf-8") == run("ask", "AUKUS", "--format", "markdown").stdout
