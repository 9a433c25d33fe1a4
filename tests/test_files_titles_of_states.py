"""Papers of states and of those who speak in debates: by what stands at the head, in titles and below their names.

Every mark stands beside a paper that only looks like one.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ncrelations.files.holder_phrases import holder_in
from ncrelations.files.joint_letters import as_group, states_in
from ncrelations.files.quotation_sources import introduced
from ncrelations.files.reported_turns import reported_turns
from ncrelations.files.view_places import speakers_in
from voices_kit import NOBODY, document, seconds

LONG = "and asks that the lower mill at Fen, which was built before the road, be kept for another winter"
"""What makes a paragraph text, and no line of a head."""
TALKS = "Joint press statement: third Peru–Chile talks on mills"
PAPERS = {
    f"REPUBLIC OF FEN\n\nStatement by H.E. Mrs. Ada Lind|My country grinds, {LONG}.": (
        "REPUBLIC OF FEN (Mrs. Ada Lind)",
    ),
    f"# REPUBLIC OF FEN|## Statement by Mrs. Ada Lind|Mr. President,|My country grinds, {LONG}.": (
        "REPUBLIC OF FEN (Mrs. Ada Lind)",
    ),
    f"# REPUBLIC OF FEN|## In the High Court|## Statement by Mrs. Ada Lind|My mill grinds, {LONG}.": ("Mrs. Ada Lind",),
    f"# Mills by the sea|Lecture by H.E. Ms. Ada Lind, Ambassador of Peru to Chile and Spain|My country "
    f"grinds, {LONG}.": (
        "Peru",
    ),
    f"**Ministry of Mills of Peru**|# {TALKS}|Both sides agreed, {LONG}.": ("Peru and Chile",),
    f"His Excellency\nThe Secretary-General of the Mill Union\nLima|Excellency,|My mill grinds, {LONG}.": (NOBODY,),
    "# Mill Board|## Minutes of the 4th meeting|The representative of Peru said that mills turn.|It was agreed.": (
        "Peru (The representative), as recorded", "Mill Board",
    ),
    "# Debate|## Deputy Ada Lind|Mills turn.|## Minister of State (Deputy Tom Reed)|They stand.|## "
    "Deputy Ada Lind|No.": (
        "Deputy Ada Lind", "Minister of State (Deputy Tom Reed)", "Deputy Ada Lind",
    ),
    "# People|## Dr. Ada Lind|She mills.|## Dr. Tom Reed|He does not.": (NOBODY,),
    "Permanent Mission of Peru\nPermanent Mission of Chile\nPermanent Mission of Spain|Excellency,|We write, "
    f"{LONG}.": ("Permanent Mission of Peru, Permanent Mission of Chile and Permanent Mission of Spain",),
}  # fmt: skip


@pytest.mark.parametrize("paper", PAPERS)
def test_whose_papers_they_are(paper: str) -> None:
    """States at the head, in joint titles and behind postings; minutes below a body; headings that name speakers."""
    labels = [block.voice.label for block in document(paper.replace("|", "\n\n")).blocks]
    assert tuple(label for n, label in enumerate(labels) if n == 0 or label != labels[n - 1]) == PAPERS[paper]


def test_ranks_end_no_name() -> None:
    """A full stop behind a rank ends no sentence: "Mrs. Lind"."""
    found = [holder_in(f"Statement by {rank}. Ada Lind") for rank in ("Mrs", "Prof", "Amb")]
    assert [holder.name for holder in found if holder] == ["Mrs. Ada Lind", "Prof. Ada Lind", "Amb. Ada Lind"]


def test_states_in_a_joint_title() -> None:
    """States whose meeting a title names hold its views; those that it is only about do not."""
    assert states_in(TALKS) == "Peru and Chile"
    assert states_in("Joint Statement of the Peru - Chile - Spain Dialogue") == "Peru, Chile and Spain"
    assert states_in("Joint Statement on the Peru–Chile border") is None
    assert states_in("Third Peru–Chile talks on mills") is None
    assert states_in("Joint statement of the Mill–Road talks") is None


def test_a_group_by_name() -> None:
    """States that say what they are together are named so, too; two are no group, and other names stay."""
    three = "Peru, Chile and Spain"
    said = f"I speak on behalf of the Mill States, {LONG}."
    assert as_group(f"{three} (Peru)", [said]) == f"Mill States: {three} (Peru)"
    assert as_group("Peru and Chile", [said]) == "Peru and Chile"
    assert as_group("Fen, Mill and Road", [said]) == "Fen, Mill and Road"
    assert as_group(three, [f"I speak on behalf of Peru and two others, {LONG}."]) == three
    assert as_group(three, [f"Mills turn, {LONG}."]) == three


def test_for_whom_a_record_says_that_somebody_speaks() -> None:
    """The group holds the view; a state that only thanks one is its own."""
    turns = reported_turns(
        [
            "Mr. Reed (Peru), speaking on behalf of the Mill States, said that mills turn.",
            "Ms. Lind, who spoke on behalf of the Guild, said no.",
            "The observer of the Fen Union, Dr. Ada Lind, remarked that they stand.",
            "Ms. Lind (Fiji), recalling what was said on behalf of the Guild, said no.",
        ],
        ["Summary record"],
    )
    assert [turn.label for turn in turns.values() if turn is not None] == [
        "Mill States (Peru, Mr. Reed), as recorded",
        "Guild (Ms. Lind), as recorded",
        "Fen Union (The observer), as recorded",
        "Fiji (Ms. Lind), as recorded",
    ]


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("Upon acceding, Peru formulated the following reservation to article 3:", "Peru"),
        ("One of them, the Fen Millers' Guild, has agreed to be quoted:", "Fen Millers' Guild"),
        ("The following was delivered at the end of the meeting by the delegation of Peru:", "Peru"),
        ("Ada Lind asked that her dissent be recorded, and we do so in her own words:", "Ada Lind"),
        ("We have heard the delegation of Peru, whose statement has the symbol MILL/3 and which said:", "Peru"),
        ("We made the following statement:", None),
    ],
)
def test_who_is_quoted_without_marks(words: str, who: str | None) -> None:
    """Reservations, consents to be quoted and what was delivered stand below whom the line names."""
    assert introduced(words, marked=False) == who


def test_they_take_no_time_on_any_text() -> None:
    """Long lines that nearly match are read at once."""
    rules: tuple[Callable[[str], object], ...] = (
        lambda words: states_in(f"Joint statement {words[:230]}"),
        lambda words: as_group("Peru, Chile and Spain", [f"I speak on behalf of the {words}."]),
        lambda words: as_group(words, [words]),
        lambda words: speakers_in([words[:199], f"Minister ({words[:180]})"] * 9),
        lambda words: reported_turns([f"Mr. A (B), speaking on behalf of {words}"], ["Summary record"]),
        lambda words: introduced(f"The following was delivered {words[:300]}:", marked=True),
    )
    assert seconds(rules, "A ;A, ;A of ;a ;Mr. ;A–B ;A (B) ;Minister of ;, and ", 4_000) < 4
