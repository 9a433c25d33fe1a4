"""Drafts as they come: other encodings, large files, long lines, open quotes, unseen characters, tracked changes."""

from __future__ import annotations

import io
import re
import subprocess
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import ncrelations as ncr
from cli_helpers import isolate, run
from ncrelations.editions.nato_china.edition import edition
from ncrelations.errors import InvalidDraft
from ncrelations.proofing.draft_reading import read_bytes
from ncrelations.texts import LANGUAGES, Texts

LAW = "China does not respect international law and treaty commitments where these go against its national interests"
COLD = "NATO is still a Cold War organization"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (f"un\ndeux\nIl a écrit « {LAW} »".encode("latin-1"), 3),
        (f"one\r\n“{LAW}”".encode("cp1252"), 2),
        (f"one\rtwo\r“{LAW}”".encode("cp1252"), 3),
        (f"one\n他说：“{LAW}”".encode("gb18030"), 2),
        (b"\xff\xfe" + f"one\ntwo “{LAW}”".encode("utf-16-le")[:-3] + b"\x00\xd8", 2),
    ],
    ids=["latin-1", "windows-1252", "old-mac", "gb18030", "broken-utf-16"],
)
def test_another_encoding_is_said_with_its_line(data: bytes, line: int) -> None:
    """Nothing is guessed: the first line that is not in UTF-8 is named, and what to do, in each language."""
    with pytest.raises(InvalidDraft, match=f"^line {line} is not in UTF-8; save the file in that encoding$") as raised:
        read_bytes(data, "draft.md")
    said = [Texts(language).problem(raised.value) for language in LANGUAGES]
    assert len(set(said)) == len(LANGUAGES)
    assert all(str(line) in each for each in said)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_with_and_without_its_mark(encoding: str) -> None:
    """A byte order mark says the encoding and is no part of the text."""
    (finding,) = edition().proofreader.proof(read_bytes(f"“{LAW}”".encode(encoding), "x.md")).findings
    assert (finding.verdict, finding.line, finding.column) == ("verbatim", 1, 1)


def test_fifty_megabytes_are_refused_and_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line says how much is read; a file without an end is not waited for."""
    isolate(monkeypatch, tmp_path)
    path = tmp_path / "fifty.md"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    result = run("proof", str(path))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "the draft is too large: at most 20,000,000 bytes are read; split it" in " ".join(result.stderr.split())


HARDEST = {
    "markdown": "It's the allies' word and [more of that] (and so on) *it* `goes` on. ",
    "plain": "a\u200bb it's ",
    "html": "<b>a</b> b &amp; it's ",
}
"""What makes most pieces of a text: marks, unseen characters, tags."""


def test_one_long_line_takes_its_size_a_dozen_times(python: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    """Two million characters in one line that ends in a quotation: so 20 million, the most, take 300 MB."""
    program = f"""if True:
        import pathlib, re
        import ncrelations as ncr
        def peak():
            status = pathlib.Path("/proc/self/status")
            return int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1]) * 1024 if status.exists() else 0
        ncr.proof("“{LAW}”")
        before = peak()
        for format, unit in {HARDEST!r}.items():
            (finding,) = ncr.proof(unit * (2_000_000 // len(unit)) + "“{LAW}”", format).findings
            assert finding.verdict == "verbatim" and finding.line == 1 and finding.end > 1_990_000
        print(peak() - before)
    """
    result = python("-c", program)
    assert result.returncode == 0, result.stderr
    assert int(result.stdout) < 2_000_000 * 15 + 10_000_000  # what the first draft of a format loads comes on top


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"He said “{LAW}\n\nNext.", [("verbatim", True)]),
        (f"He said “{LAW}\n\nNext “{COLD}\n\nEnd.", [("verbatim", True), ("verbatim", True)]),
        (f"A stray ” here and » there. He said “{COLD}”.", [("verbatim", False)]),
        (f"«{COLD}", [("verbatim", True)]),
        (
            f"He wrote “one ‘two three four” and “{COLD}”.",
            [("not_found", False), ("not_found", True), ("verbatim", False)],
        ),
    ],
)
def test_unbalanced_quotes_end_with_their_paragraph(text: str, found: list[tuple[str, bool]]) -> None:
    """What no mark closes ends with the paragraph, and it is said; a stray mark opens nothing."""
    remark = "no mark closes it: it was read to the end of the paragraph"
    told = [(each.verdict, remark in map(str, each.remarks)) for each in ncr.proof(text).findings]
    assert [each for each in told if each[0] != "ignored"] == found


@pytest.mark.parametrize(
    "text",
    [
        f"قال «\u202b{LAW}\u202c» في التقرير.", f"אמר „{LAW}”.", f"\u200f“{LAW}”\u200e",
        "“" + LAW.replace("does", "do\u200bes").replace("respect", "re\u00adspect") + "\ufeff”",
        "“" + LAW.replace("international", "inter\u2060national").replace("law", "l\u200da\u200cw") + "”",
    ],
    ids=["arabic", "hebrew", "marks", "zero-width", "joiners"],
)  # fmt: skip
def test_unseen_characters_and_directions_change_no_word(text: str) -> None:
    """They stand in no word and no place: the finding begins at its mark."""
    (finding,) = ncr.proof(text).findings
    assert finding.verdict == "verbatim"
    assert text[finding.start] in "«„“"
    assert finding.column == finding.start + 1


def test_nothing_of_a_draft_reaches_the_terminal_as_control(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Escapes, bells and directions in a draft are shown as a sign, in the line and in what differs."""
    isolate(monkeypatch, tmp_path)
    path = tmp_path / "draft.md"
    path.write_text(f"\x1b[31mHe\x07 said\u202e “{LAW} \x1b]0;owned\x07 x”\n", "utf-8")
    result = run("proof", "--all", str(path))
    assert result.exit_code == 1
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", result.stdout)


def document(body: str, footnotes: str = "") -> bytes:
    """A DOCX file with that body and those footnotes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        package.writestr("word/footnotes.xml", f"<w:footnotes {W}>{footnotes}</w:footnotes>")
    return file.getvalue()


def words(text: str, tag: str = "t") -> str:
    """A run of words."""
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def test_a_docx_is_read_as_its_tracked_changes_were_accepted() -> None:
    """Inserted and moved-to words stay, deleted and moved-from ones go; so does a deleted paragraph mark."""
    body = (
        f"<w:p>{words('He says “China does ')}<w:del>{words('really ', 'delText')}</w:del>"
        f"<w:ins>{words('not ')}</w:ins>{words('respect international law')}<w:moveFrom>{words(' of old')}</w:moveFrom>"
        f"<w:moveTo>{words(' and treaty commitments')}</w:moveTo>{words('”.')}</w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{words('He said “NATO is still ')}</w:p>"
        f"<w:p>{words('a Cold War organization”.')}</w:p>"
        f"<w:p><w:del>{words('“All of this was taken out again”', 'delText')}</w:del></w:p>"
    )
    findings = edition().proofreader.proof(read_bytes(document(body), "x.docx")).findings
    assert [(each.verdict, each.quotation, each.line) for each in findings] == [
        ("verbatim", "China does not respect international law and treaty commitments", 1), ("verbatim", COLD, 2),
    ]  # fmt: skip


def test_footnotes_name_places_and_have_quotations_of_their_own() -> None:
    """A note is read where it is called, for the place, and where it stands, for what it quotes."""
    call = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = f"<w:p>{words(f'It says “{LAW}”')}{call}{words('.')}</w:p>"
    note = f'<w:footnote w:id="2"><w:p>{words(f"report/IV/b2; but see “{COLD}” there.")}</w:p></w:footnote>'
    first, second = edition().proofreader.proof(read_bytes(document(body, note), "x.docx")).findings
    assert (first.verdict, first.place_right) == ("verbatim", False)
    assert (second.verdict, second.line) == ("verbatim", 2)


def test_the_row_of_a_docx_table_is_read_together() -> None:
    """Who says it and where it stands may be in the cells beside a quotation; a line is a row."""
    cells = (words("NATO"), words(f"“{LAW}”"), words("section V"))
    row = "<w:tr>" + "".join(f"<w:tc><w:p>{each}</w:p></w:tc>" for each in cells) + "</w:tr>"
    draft = read_bytes(document(f"<w:p>{words('A memo')}</w:p><w:tbl>{row}</w:tbl>"), "x.docx")
    (finding,) = edition().proofreader.proof(draft).findings
    assert (finding.line, finding.verdict, finding.place_right, finding.credit_right) == (2, "verbatim", False, True)
    assert draft.raw[finding.start : finding.end] == f"“{LAW}”"


def test_a_docx_of_many_layers_is_read() -> None:
    """Ten thousand insertions within each other are no deeper than any other text."""
    nested = "<w:ins>" * 10_000 + words(f"x “{LAW}”") + "</w:ins>" * 10_000
    (finding,) = edition().proofreader.proof(read_bytes(document(f"<w:p>{nested}</w:p>"), "x.docx")).findings
    assert finding.verdict == "verbatim"


@pytest.mark.usefixtures("proof_loaded")
@pytest.mark.parametrize(
    "around",
    [
        "says " * 280,
        ", x said, " * 150,
        "is seen " * 170,
        "a b view " * 150,
        " (see VI, " * 130,
        " p. 4, pp. 5" * 110,
        "A B C " * 200,
        "credited with " * 100,
        "put in the mouth of " * 75,
        "argued by a that " * 90,
        "China x that " * 120,
        "they say. " * 150,
        "the allies x " * 120,
        "quoted NATO as " * 100,
        "x.² [3] " * 150,
    ],
)
def test_words_made_to_take_long_do_not(around: str) -> None:
    """Whatever stands around a quotation, it takes a twentieth of a second, so that a thousand are no minute."""
    text = "\n\n".join([f"{around}“{LAW}”{around}."] * 20)
    started = time.process_time()
    assert ncr.proof(text).counts["verbatim"] == 20
    assert time.process_time() - started < 20 * 0.05
