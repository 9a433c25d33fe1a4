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
            "— report, section III",
        ],
        False: [
            "(part IV)", "(sec. IV)", "(chapter four)", "(the fourth section)", "(Chinese perceptions)",
            "(page nine)",
            "(\"Chinese Perceptions of NATO\", first bullet)", "(under “Consequences and Risks”)",
            "(report, Outlook)",
            "(report, milestones)", "(Executive Summary, p. 1)", "(see the recommendations)", "(p. 9)", "(p 9)",
            "(pp. 8-9)",
            "(CSDR–CIISS 2022, p. 9)", "(CSDR–CIISS: IV, first bullet)", "[V, ¶ 3]", "[IV/b2]", "(IV b2)", "(IV.b2)",
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
