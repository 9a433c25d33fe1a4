"""Places as people name them beside quotations: in the edition, and in documents of one's own with real pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import ncrelations as ncr

FILES = Path(__file__).parent / "own_files"
LAW = "China does not respect international law and treaty commitments where these go against its national interests"
SEA = "For the Alliance, the maritime domain has always been of key strategic importance"
WORLD = "the world does not need another round of proxy conflict between great powers"

NAMED: dict[str, dict[bool | None, list[str]]] = {
    LAW: {
        True: [
            "(III, bullet 2)", "(III, 2nd bullet)", "(report, III, bullet two)", "(part III)", "(§ III)", "(ch. 3)",
            "(section three)", "(the third section)", "(“NATO Perceptions on China”)", "(p. 4)",
            "— report, section III", "(III, b. 2)", "(III, bull. 2)", "(III, bullet no. 2)", "(III, 2)", "(III 4)",
        ],
        False: [
            "(part IV)", "(sec. IV)", "(chapter four)", "(the fourth section)", "(Chinese perceptions)",
            "(page nine)",
            "(\"Chinese Perceptions of NATO\", first bullet)", "(under “Consequences and Risks”)",
            "(report, Outlook)",
            "(report, milestones)", "(Executive Summary, p. 1)", "(see the recommendations)", "(p. 9)", "(p 9)",
            "(pp. 8-9)",
            "(CSDR–CIISS 2022, p. 9)", "(CSDR–CIISS: IV, first bullet)", "[V, ¶ 3]",
            "[id., IV, b. 2]", "(III, 7)", "(V, 6)", "[IV/b2]", "(IV b2)", "(IV.b2)",
            "(report IV/b2)", ", section IV, second bullet", "— IV, bullet 2", "(article, introduction)",
            "(cyber, VI.4)",
            "(the report's fourth section)", "in the section on climate", "in the bit on counterterrorism",
        ],
        None: ["", "(ibid.)", "(so I am told)", "(China, that is)", "(see the annex)", ", the report notes,", "(2022)"],
    },
    SEA: {
        True: [
            "(VI.1)", "(VI.1, para. 3)", "(VI.1/p3)", "(section 6.1)", "(report VI.1, third paragraph)", "(p. 7)",
            "(VI)",
        ],
        False: ["(VI.2)", "(VI.1, §2)", "(VI.1 p2)", "(6.2)", "(regional security)", "(Climate change)", "(p. 11)"],
    },
    WORLD: {
        True: ["(“Towards a More Sustainable Modus Vivendi”)", "(Wong, Modus Vivendi)", "(article, para. 3)"],
        False: [
            "(Wong, “A Few Points of Reality Check”, para. 2)", "(Wong, fn. 10: Reality Check)",
            "(Wong, opening paragraph)",
            "(report, p. 5)", "(section III)", "(Why Both NATO and China Can Benefit)",
        ],
        None: ["(Wong, section 3)", "(TI Observer, 4 August 2022)"],
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("quoted", "place", "right"),
    [(quoted, place, right) for quoted, by in NAMED.items() for right, places in by.items() for place in places],
)
def test_places_are_known_by_whatever_they_are_called(quoted: str, place: str, right: bool | None) -> None:
    """Numbers alone, ordinals, headings and parts of them, pages in words, after the document's name or not."""
    finding, *_ = ncr.proof(f"One page says “{quoted}” {place} and goes on.").findings
    assert (finding.verdict, finding.place_right) == ("verbatim", right), [*map(str, finding.remarks)]


def test_ibid_names_the_place_before() -> None:
    """ "ibid." and "same page" are the last place named; with a paragraph, another one of its section."""
    text = f"It says “{SEA}” (VI.1, para. 3). Again: “{SEA}” (ibid.). Once more: “{SEA}” (ibid., para. 2)."
    assert [finding.place_right for finding in ncr.proof(text).findings] == [True, True, False]
    text = f"It says “{SEA}” (VI.1). Then “{LAW}” (same page)."
    assert [finding.place_right for finding in ncr.proof(text).findings] == [True, False]


def test_a_block_quote_has_its_place_in_the_brackets_after_it() -> None:
    """What begins the paragraph after a block quote in brackets belongs to it."""
    (finding,) = ncr.proof(f"It says\n\n> {LAW}\n\n(report, V). More words.").findings
    assert (finding.verdict, finding.place_right) == ("verbatim", False)


@pytest.mark.parametrize(
    ("text", "format"),
    [
        (f"It says “{SEA}”.² Also “{LAW}”.³\n\n1. Note.\n2. Report, VI.1, para. 3.\n3. Ibid., V.", "markdown"),
        (f"It says “{SEA}”.^2^ Also “{LAW}”.^3^\n\n² Report, VI.1, para. 3.\n³ Report, V.", "markdown"),
        (f"It says “{SEA}”.<sup>2</sup> And “{LAW}”<sup>3</sup>.\n\n2. VI.1, para. 3.\n3. Sec. V.", "markdown"),
        (f"It says “{SEA}” [2]. Also “{LAW}”.[3]\n\n[2] Report, VI.1, para. 3.\n[3] Report, V.", "plain"),
        (
            f"<p>It says <q>{SEA}</q><sup>1</sup>. Also <q>{LAW}</q>.<sup>2</sup><ol><li>VI.1, ¶ 3.<li>Report, V.",
            "html",
        ),
        (
            f"<q>{SEA}</q><a href='#b'>*</a>. <q>{LAW}</q>.<a href='#a'>2</a><p id=a>V.<p id=b>VI.1, ¶ 3.",
            "html",
        ),
    ],
)
def test_notes_numbered_by_hand_hang_where_they_are_called(text: str, format: str) -> None:
    """Raised numbers, those in brackets and links in HTML call the notes listed below; a note is of one quotation."""
    findings = ncr.proof(text, format).findings  # type: ignore[arg-type]
    assert [finding.place_right for finding in findings] == [True, False], [f.remarks for f in findings]


def test_a_raised_number_without_a_note_is_none() -> None:
    """Square kilometres call no note, and a list without calls is none."""
    text = f"Of 5 km² “{SEA}” says nothing.\n\n1. “{LAW}” is one.\n2. Report, V."
    assert [finding.place_right for finding in ncr.proof(text).findings] == [None, None]


@pytest.mark.parametrize(("after", "right"), [("That is the report, section III.", True), ("So it says (V).", False)])
def test_the_sentence_after_a_block_quote_may_name_its_place(after: str, right: bool) -> None:
    """ "That is ..." is of the block above it; a sentence with a quotation of its own before the block is not."""
    text = f"First “{SEA}” (section VI.1).\n\n> {LAW}\n\n{after} More."
    assert [finding.place_right for finding in ncr.proof(text).findings] == [True, right]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], ncr.Finding]:
    """Checks a draft's one quotation against a report of numbered paragraphs, a PDF file with real pages."""
    collection = ncr.open_collection(tmp_path_factory.mktemp("collection"))
    collection.add(FILES / "un-A-HRC-59-60-report-with-outline.pdf")

    def checked(text: str) -> ncr.Finding:
        (finding,) = collection.proof(text).findings
        return finding

    checked.collection = collection  # type: ignore[attr-defined]  # for its documents
    return checked


@pytest.mark.parametrize(
    ("place", "right"),
    [
        ("p. 9", True), ("p. 14", False), ("pp. 8-10", True), ("para. 36", True), ("para. 38", False),
        ("paras. 35-38", True), ("¶ 36", True), ("section II", False), ("para. 999", None),
    ],
)  # fmt: skip
def test_pages_and_paragraphs_of_ones_own_documents(
    own: Callable[[str], ncr.Finding], place: str, right: bool | None
) -> None:
    """A page is that of the file or the one printed on it; a paragraph is known by the number it bears."""
    document = own.collection.documents()[0]  # type: ignore[attr-defined]
    block = next(each for each in document.blocks if each.section.id == "36")
    words = " ".join(block.text.split()[3:20])
    finding = own(f"One report says “{words}” ({place}).")
    assert (finding.verdict, finding.place_right) == ("verbatim", right), [*map(str, finding.remarks)]
    assert finding.pieces[0].page == 9
