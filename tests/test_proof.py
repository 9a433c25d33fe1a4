"""The proof of drafts: quotations found, judged by words, place and credit."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

import ncrelations as ncr
from ncrelations.editions.nato_china.edition import edition
from ncrelations.errors import InvalidDraft
from ncrelations.proofing import proofreader
from ncrelations.proofing.draft import LARGEST
from ncrelations.proofing.draft_reading import read_bytes
from ncrelations.proofing.quotation_marks import marked
from ncrelations.texts import LANGUAGES, strings
from third_edition.corpus import Windmill

LAW = "China does not respect international law and treaty commitments where these go against its national interests"
COLD = "NATO is still a Cold War organization"


def one(text: str, format: str = "markdown") -> ncr.Finding:
    """The one finding on a text that is not left alone."""
    (finding,) = [each for each in ncr.proof(text, format).findings if each.verdict != "ignored"]  # type: ignore[arg-type]
    return finding


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He said “one two three”.", ["one two three"]),
        ('He said "one two three" and "four".', ["one two three", "four"]),
        ("‘It’s the allies’ turn,’ he said.", ["It’s the allies’ turn,"]),
        ("'It's the allies' turn,' he said.", ["It's the allies' turn,"]),
        ("The allies' and the ministers' dinner, the '90s, 'tis it's.", []),
        ("„Eins ‚zwei‘ drei“ und »vier« und « cinq ».", ["Eins ‚zwei‘ drei", "zwei", "vier", " cinq "]),
        ("他说「一二『三』四」。", ["一二『三』四", "三"]),
        ("”Ett två” sade han.", ["Ett två"]),
        ("A 12\" map and a 5' pole.", []),
        ("He said “one 'two' three\nfour”.", ["one 'two' three\nfour", "two"]),
        ("He said “one two and no more.", ["one two and no more."]),
    ],
)
def test_quotations_in_every_style_are_found(text: str, found: list[str]) -> None:
    """Marks of all styles, nested and over lines, open and close; apostrophes, decades and inches do not."""
    assert [text[each.start : each.end] for each in marked(text)] == found


def test_a_quotation_without_end_ends_with_its_paragraph_and_it_is_said() -> None:
    """The paragraph closes what no mark closes; where the next goes on with a mark, nothing is said."""
    (alone,) = ncr.proof(f"He said “{LAW}\n\nNext.").findings
    assert (alone.verdict, [*map(str, alone.remarks)]) == (
        "verbatim",
        ["no mark closes it: it was read to the end of the paragraph"],
    )
    first, _ = ncr.proof(f"“{LAW}\n\n“{COLD}”").findings
    assert first.remarks == ()


def test_line_and_column_count_from_one() -> None:
    """A finding stands where its opening mark does, whatever is hidden before it."""
    finding = one(f"# Title\n\nA **bold** [link](https://x.org) says “{LAW}”.")
    assert (finding.line, finding.column) == (3, 39)
    html = one(f"<p>\n<b>x</b> &ldquo;{LAW}&rdquo;</p>", "html")
    assert (html.line, html.column, html.verdict) == (2, 10, "verbatim")


@pytest.mark.parametrize(
    ("quoted", "named"),
    [
        (f"“{LAW}”", set()),
        (f"“{LAW},”", {"end_punctuation"}),
        (f"“{LAW.upper()}”", {"capitals"}),
        (f"“{LAW.replace('China does', 'china does', 1)}”", {"first_letter"}),
        ("“Washington's concept of an ‘Alliance of Democracies’”", {"quotation_marks"}),
        ("“COVID 19 pandemic and to develop”", {"dashes"}),
        ("“China does not respect inter national law”", {"spacing"}),
    ],
)
def test_what_printing_changes_is_verbatim_and_named(quoted: str, named: set[str]) -> None:
    """Marks, dashes, spaces and the first letter are no change of wording."""
    finding = one(quoted)
    assert finding.verdict == "verbatim"
    assert {strings("en", "proof")[f"proof.variant_{name}"] for name in named} <= {*map(str, finding.remarks)}


@pytest.mark.parametrize(
    "quoted",
    [
        "China does not respect international law ... where these go against its national interests",
        "China does not respect international law [...] where these go against its national interests",
        "China does not respect international law and treaty [sic] commitments",
        "[c]hina does not respect international law",
        "[This country] does not respect international law and treaty commitments",
        "China does not respect international law [or treaties] where these go against its national interests",
    ],
)
def test_edits_by_the_rules_are_no_alteration(quoted: str) -> None:
    """What is marked as left out, put in or changed leaves pieces that stand word for word, in order."""
    finding = one(f"“{quoted}”")
    assert (finding.verdict, finding.to_mend, finding.citation and finding.citation.block) == ("edited", False, "b2")


@pytest.mark.parametrize(
    ("quoted", "kind", "grave"),
    [
        (LAW.replace(" not", ""), "negation", True),
        (LAW.replace("respect", "ignore"), "word", False),
        (LAW.replace("China", "Russia"), "name", True),
        ("all 28 NATO allies were able to agree on language on China", "number", True),
        (LAW.replace("treaty commitments", "treaty, commitments"), "punctuation", False),
        (LAW.replace("international", "International"), "capital", False),
        (LAW.replace("commitments", "committments"), "word", False),
    ],
)
def test_what_differs_is_told_word_by_word(quoted: str, kind: str, grave: bool) -> None:
    """One change is one change; a negation, a number or a name is grave."""
    finding = one(f"He said: “{quoted}”.")
    assert [change.kind for change in finding.changes] == [kind]
    assert (finding.verdict, finding.grave, finding.to_mend) == ("altered", grave, True)


def test_pieces_from_several_places_are_stitched() -> None:
    """Two halves of two sentences are no sentence of the documents; both are shown."""
    finding = one(f"“{COLD} and China is where these go against its national interests”")
    assert finding.verdict == "stitched"
    assert {str(piece.citation.of_block) for piece in finding.pieces} == {"report/IV/b1", "report/III/b2"}


def test_pieces_in_another_order_are_stitched() -> None:
    """What is left out may be marked; that the order is another may not."""
    finding = one("“where these go against its national interests ... China does not respect international law”")
    assert finding.verdict == "stitched"


def test_what_is_left_out_may_not_hide_a_negation() -> None:
    """Three dots in place of a lone "not" are an edit by the rules that turns the sense."""
    finding = one("“China does ... respect international law and treaty commitments”")
    assert (finding.verdict, finding.grave, finding.to_mend) == ("edited", True, True)


def test_what_is_invented_is_not_found() -> None:
    """Words of nowhere have no citation; words near to a passage show it."""
    finding = one("“The ministers danced on the roof until the small hours of June.”")
    assert (finding.verdict, finding.citation, finding.changes) == ("not_found", None, ())


@pytest.mark.parametrize(
    ("beside", "right"),
    [
        ("(report/III/b2)", True), ("[report/III/b2/s1]", True), ("(report/III)", True), ("(III/b2)", True),
        ("(report/III/b1–b3)", True), ("(p. 4)", True), ("(section III)", True), ("(Section 3, bullet 2)", True),
        ("([here](reader/report.html#report/III/b2))", True), ("(`report/III/b2`)", True), ("", None),
        ("(report/III/b3)", False), ("(report/IX/p1)", False), ("(p. 7)", False), ("(section IV)", False),
        ("([here](reader/report.html#report/IV/b2))", False), ("(p. 5)", None), ("(section XLII)", False),
        ('(CSDR-CIISS report, section III "NATO PERCEPTIONS ON CHINA", bullet 2 (p. 4 ff.))', True),
        ('(CSDR-CIISS report, section III "NATO PERCEPTIONS ON CHINA", bullet 3 (p. 4 ff.))', False),
        ('(Brian Wong, TI Observer, section "A Few Points of Reality Check", para. 4)', False),
        ("[^1]\n\n[^1]: See report/III/b2.", True), ("[^1]\n\n[^1]: See report/IV/b2.", False),
    ],
)  # fmt: skip
def test_the_place_beside_a_quotation_is_checked(beside: str, right: bool | None) -> None:
    """Citations, sections, pages, links and footnotes in any form; a page two sections share refutes nothing."""
    assert one(f"It says “{LAW}” {beside}".rstrip()).place_right is right


@pytest.mark.parametrize(
    ("frame", "right"),
    [
        ("NATO believes that {q}.", True), ("{q}, the Alliance complains.", True), ("In NATO’s view, {q}.", True),
        ("The report says NATO fears that {q}.", True), ("According to the report, {q}.", None),
        ("It reads {q}.", None),
        ("China declared that {q}.", False), ("{q}, said Vladimir Putin.", False), ("Wong argues: {q}.", False),
        ("It is a fact that {q}.", False), ("The report proves that {q}.", False), ("According to Wong, {q}.", False),
        ("The experts conclude that {q}.", False), ("He said it twice: {q}.", None), ("Critics say {q}.", None),
        ("Wong, of all people, writes that {q}.", False), ("It was Putin who said {q}.", False),
    ],
)  # fmt: skip
def test_who_is_credited_is_checked(frame: str, right: bool | None) -> None:
    """A perception is its side's: not another's, not the experts', and no fact; pronouns credit nobody."""
    finding = one(frame.format(q=f"“{LAW}”"))
    assert finding.credit_right is right
    assert (len(finding.remarks) > 0) is (right is False)


def test_credits_belong_to_their_own_quotation() -> None:
    """Of two quotations in a sentence each has its own words of crediting."""
    first, second = ncr.proof(f"“{LAW}”, NATO says, while China replies that “{COLD}”.").findings
    assert (first.credit_right, second.credit_right) == (True, True)
    first, second = ncr.proof(f"China says “{LAW}”, while NATO replies that “{COLD}”.").findings
    assert (first.credit_right, second.credit_right) == (False, False)


@pytest.mark.parametrize("text", [f"> {LAW}.\n> — CSDR-CIISS report, section III", f"NATO believes: {LAW}."])
def test_quotations_without_marks_are_found(text: str) -> None:
    """A block quote with its signature, and what a colon sets off behind those who say it."""
    finding = one(text)
    assert (finding.verdict, str(finding.citation)) == ("verbatim", "report/III/b2/s1")


@pytest.mark.parametrize(
    "text",
    [
        "A “so-called” thing.", "“Charting the Way Forward”", "`“one two three four”`", "```\n“one two three”\n```",
        "    “one two three four”", "The list: NATO does this and that and more of it.", "It's the allies' problem.",
        "<!-- “one two three four” -->",
    ],
)  # fmt: skip
def test_what_is_no_quotation_is_left_alone(text: str) -> None:
    """Scare quotes, titles, code, comments, apostrophes and lists are not checked; marked ones are counted."""
    assert {finding.verdict for finding in ncr.proof(text).findings} <= {"ignored"}


def docx(body: str, footnotes: str = "") -> bytes:
    """A DOCX file with that body."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
        if footnotes:
            package.writestr("word/footnotes.xml", f"<w:footnotes {space}>{footnotes}</w:footnotes>")
    return file.getvalue()


def test_a_docx_reads_with_its_changes_accepted_and_its_footnotes() -> None:
    """What was inserted stays, what was deleted goes, and a footnote beside a quotation names its place."""
    body = (
        "<w:p><w:r><w:t>First.</w:t></w:r></w:p><w:p><w:r><w:t>NATO says “China does </w:t></w:r>"
        "<w:del><w:r><w:delText>now </w:delText></w:r></w:del><w:ins><w:r><w:t>not </w:t></w:r></w:ins>"
        '<w:r><w:t>respect international law”</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    )
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>report/III/b2</w:t></w:r></w:p></w:footnote>'
    (finding,) = edition().proofreader.proof(read_bytes(docx(body, note), "x.docx")).findings
    assert (finding.verdict, finding.line, finding.place_right) == ("verbatim", 2, True)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"x" * (LARGEST + 1), "at most 20,000,000 bytes are read"),
        (b"one\ntwo \xff\xfe three", "line 2 is not in UTF-8"),
        (b"one\ntwo\n\x00", "line 3 has a null character"),
        (b"PK\x03\x04word/ and no more", "no DOCX document"),
        (docx("<!DOCTYPE x>"), "entities"),
        (docx("<w:p><w:r><w:t>" + "x" * (LARGEST + 1) + "</w:t></w:r></w:p>"), "unpacks to more than is read"),
    ],
    ids=["large", "encoding", "null", "docx", "entities", "bomb"],
)
def test_what_cannot_be_read_is_said(data: bytes, said: str) -> None:
    """Too large, another encoding, no text: the message says which, and where."""
    with pytest.raises(InvalidDraft, match=said):
        read_bytes(data, "x.md")


def test_more_quotations_than_are_checked_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A draft with too many quotations is refused in words, and one with as many as are checked is not."""
    monkeypatch.setattr(proofreader, "MOST", 2)
    assert len(ncr.proof("“one” “two”").findings) == 2
    with pytest.raises(InvalidDraft, match="more than 2 quotations; split it"):
        ncr.proof("“one” “two” “three”")


def test_unseen_characters_part_no_word() -> None:
    """Soft hyphens, zero widths, directions and loose accents are no difference."""
    assert one("“China does not res\u00adpect \u202einter\u200bnational\u202c law”").verdict == "verbatim"


def test_other_corpora_are_checked_alike(tmp_path: Path) -> None:
    """The third edition proves its own sentences and knows none of the packaged edition's; neither needs an index."""
    library = ncr.Library(Windmill(tmp_path))
    block = next(block for document in library.documents() for block in document.blocks if len(block.text.split()) > 8)
    sentence = next(each for each in block.sentences if len(each.text.split()) > 5)
    own, other = library.proof(f"“{sentence.text}”\n\n“{LAW}”").findings
    assert (own.verdict, str(own.citation)) == ("verbatim", str(sentence.citation))
    assert other.verdict == "not_found"


def test_the_words_of_a_proof_are_in_every_language() -> None:
    """Each language has the same texts with the same values."""
    english = strings("en", "proof")
    for language in LANGUAGES:
        other = strings(language, "proof")
        assert list(other) == list(english)
        assert [n for n in english if english[n].count("{") != other[n].count("{")] == []


def test_one_another_is_no_number() -> None:
    """ "One another" for "each other" is another word, and not a changed number."""
    (found,) = ncr.proof('It says: "Talking to one another is always better than talking about one another."').findings
    assert found.verdict == "altered"
    assert [change.kind for change in found.changes] == ["word", "word"]
