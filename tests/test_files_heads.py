"""Whose a paper is by what stands around its text: fields of its head, the page it is on, who "we" are.

Every mark stands beside a paper that only looks like one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ncrelations.files.file_text import Request
from ncrelations.files.head_fields import fielded
from ncrelations.files.html_reader import read_html
from ncrelations.files.joint_letters import signers, who_we_are
from ncrelations.files.page_owner import names_state, page_owner, placed, state_of
from ncrelations.files.plain_reader import read_plain
from voices_kit import NOBODY, document, of_file, seconds, voices

LONG = "and ask that the lower mill at Fen, which was built before the road, be kept for another winter"
"""What makes a paragraph text, and no line of a head."""


def test_fields() -> None:
    """What a head says in so many words, in one line or in two: who delivers, and on behalf of whom."""
    line = "Name of respondent: Fen Farmers' Alliance"
    assert fielded([line]) == (line, "Fen Farmers' Alliance")
    assert fielded(["Mills: a respondent writes", "Prepared by: see below", "Date sent: May", "Sent by: 3 men"]) is None
    two = ["Oral statement delivered by: Ms. Ada Lind", "**On behalf of:** Fen Union | May 2020", "From: X"]
    assert fielded(two) == (two[1], "Fen Union (Ms. Ada Lind)")
    assert fielded(["From: Ada <ada@fen.example>", "Source: a cellar in Fen", "Source: Fen Union"]) == (
        "Source: Fen Union",
        "Fen Union",
    )


SITE = """<title>{}</title><div class="header"><img src="/logo.png" alt="{}"><a href="/news">Press room</a></div>
<h1>{}</h1><p>The lower mill at Fen, which was built before the road, has turned in every winter but one since it
was first opened, {} said today.</p><p>It stands.</p>"""
BY_OFFICE, BY_HEAD = "Statement by the Spokesperson on mills", "Opening remarks of the Director-General"


@pytest.mark.parametrize(
    ("title", "logo", "heading", "lead", "own"),
    [
        ("Mills turn - Fen Millers", "Fen Millers logo", "Mills turn", "a friend", "Fen Millers"),
        ("Mills turn", "Fen Millers", "Mills turn", "Fen Millers", "Fen Millers"),
        ("Mills turn - Fen Millers", "", "Mills turn", "a friend", NOBODY),
        ("Mills turn - Press room", "Press room", "Mills turn", "a friend", NOBODY),
        ("Mills :: Ministry of Mills", "Ministry of Mills", "Mills", "it", "Ministry of Mills"),
        ("Mills | Ministry of Mills of Peru", "Ministry of Mills", BY_OFFICE, "it", "Peru (Spokesperson)"),
        (
            "Mills | Mill Ministry",
            "Mill Ministry of the Republic of Fen",
            "Mills",
            "it",
            "Mill Ministry of the Republic of Fen",
        ),
        ("Mills | Republic of Fen", "Republic of Fen", "Statement by Ada Lind on mills", "it", "Ada Lind"),
        ("Mills | Fen Union", "Fen Union", BY_HEAD, "it", "Fen Union (Director-General)"),
    ],
)
def test_whose_page_it_is(title: str, logo: str, heading: str, lead: str, own: str) -> None:
    """A page is that of whom two of its parts name; its offices are that body's."""
    html = read_html(SITE.format(title, logo, heading, lead).encode(), Request(Path("page.html")))
    assert of_file(html).blocks[-1].voice.label == own


def test_states_of_bodies() -> None:
    """An embassy is a state's whatever its name; a ministry's state is one by what it is called."""
    assert state_of("Embassy of the Republic of Tavora in Lima") == "Republic of Tavora"
    assert state_of("Ministry of Mills of the Kingdom of Fen") == "Kingdom of Fen"
    assert state_of("Ministry of Mills of Old") == "Ministry of Mills of Old"
    assert names_state("Argentine Republic")
    assert not names_state("Fen Union")
    assert not names_state("State")
    assert placed("Ambassador Ada Lind", "Embassy of Fen") == "Fen (Ambassador Ada Lind)"
    assert placed("Ada Lind", "Embassy of Fen") == placed("Ada Lind", None) == "Ada Lind"
    assert placed("Minister for Mills of Fen", "Embassy of Fen") == "Minister for Mills of Fen"


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("We are historians and jurists of eleven universities.", "historians and jurists of eleven universities"),
        ("We, the undersigned organisations, urge you to wait", "undersigned organisations"),
        ("We, the undersigned residents of Fen, urge you to wait", "residents of Fen"),
        ("We, the eleven unions listed below, write to you", "eleven unions"),
        ("We write as former judges of the High Court to ask for patience", "former judges of the High Court"),
        ("As scientists who know the river, we ask for patience", "scientists"),
        ("We are grateful for the comments of the members", None),
        ("We are always pleased to write, and they are millers", None),
        ("We are not millers", None),
    ],
)  # fmt: skip
def test_who_we_are(words: str, who: str | None) -> None:
    """Those who write together say who they are; what "we" only do, or feel, says nothing."""
    assert who_we_are(["Open letter", f"{words} {LONG}."]) == who


def test_who_signs_a_joint_letter_stands_behind_who_we_are() -> None:
    """One signature below a letter of many is one of them."""
    letter = f"Dear Minister,|We are millers of Fenland, {LONG}.|Sincerely,\nAda Lind"
    assert voices(letter) == ["millers of Fenland (Ada Lind)"]


ROW = "Field | Value\n---|---\nRespondent | Fen Union"
PAPERS = {
    "# General debate|Country: Fenland\nSpeaker: Ms. Ada Lind|Mills turn.": ("Fenland (Ms. Ada Lind)",),
    "# Review of mills|Country: Fenland\nDate: May|Mills turn.": (NOBODY,),
    "# Decision|Complainant: Fen Mills\nRespondent: Fen Union|Mills turn.": (NOBODY,),
    "# Consultation|<row>|Mills turn.": ("Fen Union",),
    "# RIGHT OF REPLY|exercised by the delegation of Peru|Mills turn.": ("Peru",),
    "# Mills|NATIONAL STATEMENT|Norway|Mills turn.": ("Norway",),
    "# Mills|NATIONAL STATEMENT|Stones|Mills turn.": (NOBODY,),
    "# JOINT PRESS STATEMENT|The two sides met in Fen.|## Notes|Mills turn.": (NOBODY,),
    "# JOINT STATEMENT|## Third round of talks between the Ministry of Mills of Peru and the Guild of Chile, Lima|The "
    "two sides met.": ("Ministry of Mills of Peru and the Guild of Chile",),
    f"# Statement by Ms. Ada Lind on mills|Mr. Chair,|The Fen Union welcomes the report, {LONG}.": (
        "Fen Union (Ms. Ada Lind)",
    ),
    f"# Statement by Ms. Ada Lind on mills|Mr. Chair,|The Fen Union has read the report, {LONG}.": ("Ms. Ada Lind",),
    "# STATEMENT BY|H.E. MS. ADA LIND, MINISTER FOR MILLS OF PERU|Mills turn.": ("PERU",),
    "Mill Council\n5th session, item 4: general debate\nSpeaker: Ada Lind|Mills turn.": ("Ada Lind",),
    "Permanent Mission of Peru\n5th session, item 4: general debate\nSpeaker: Ada Lind|We turn mills.": (
        "Peru (Ada Lind)",
    ),
    "# Statement by the Chair of the Commission|The Chair of the Commission of Old Fenland has read the report, and is "
    "of the view that mills should turn.": ("Chair of the Commission of Old Fenland",),
    "Mill Council\n5th session|Thank you, Mr. President.|Our union grinds.": (NOBODY,),
    "Mill Council\n5th session|Our union grinds.": ("Mill Council",),
    "# Opening statement of the President of the Fund, Mr. Tom Reed|Mills turn.": (
        "President of the Fund, Mr. Tom Reed",
    ),
    f"# Letter\n\nTo: the Chair,\nMill Council|We ask {LONG}.": (NOBODY,),
    f"FEN UNION|Dear Mr. Reed,|We write {LONG}.|We thank you.|Sincerely,|Ada Lind\nPresident|Mr. Tom Reed|Lima": (
        "FEN UNION (President Ada Lind)",
    ),
    "To: Commissioner for Mills\nMill Commission|Dear Commissioner,|In your reply you wrote:|“Mills turn.”|No.": (
        NOBODY, "Commissioner for Mills, Mill Commission",
    ),
    "# Item 5|on behalf of the Mill States|Mills turn.": ("Mill States",),
    "# Submission to the Board of Mills|Ada Lind, Fenport|Mills turn.": ("Ada Lind, Fenport",),
    f"FEN UNION\n3 May|Dear Minister,|We write {LONG}.|Sincerely,|Ada Lind\nPresident|H.E. Mr. Tom Reed\nMinister\n"
    "Lima": ("FEN UNION (President Ada Lind)",),
    f"# Mills\n\nPress release|The lower mill stands, {LONG}, Fen Millers said today.|Fen Millers grind.": (
        "Fen Millers",
    ),
    f"# Mills stand|The following statement was issued today by the Spokesman for Fen Union:|{LONG}.": (
        "Spokesman for Fen Union",
    ),
    f"REPUBLIC OF FEN\nMinistry of Mills|Press statement|{LONG}.": ("Ministry of Mills, REPUBLIC OF FEN",),
    f"Institute of Mill Law\nPolicy paper no. 4|The guild writes {LONG}.": ("Institute of Mill Law",),
    f"# Joint statement|{LONG}.|## Signatories|- Fen Union\n- Friends of Fen\n- and 9 others": (
        "Fen Union, Friends of Fen and 9 others",
    ),
    f"# Joint appeal|{LONG}.|**Signed:** Fen Union · Friends of Fen · and nine others": (
        "Fen Union, Friends of Fen and nine others",
    ),
    f"# Joint appeal|{LONG}.|## Signatures|They were all collected in May.": (NOBODY,),
    "Letter dated 3 May 2021 from the Permanent Representative of Peru|On behalf of the Group of Mills, I write.|"
    "The Group regrets it.": ("Group of Mills",),
    "Letter dated 3 May 2021 from the Permanent Representative of Peru|In my capacity as Chair of the Group of Mills, "
    "I write.|The Group regrets it.": ("Group of Mills (Peru)",),
    "REPUBLIC OF FEN\nPermanent Mission to the United Nations|STATEMENT ON BEHALF OF THE ISLAND STATES|by Her "
    "Excellency Mrs. Ada Lind, Deputy Representative|Reefs die.|Let me speak in my national capacity.|We plant.": (
        "ISLAND STATES (REPUBLIC OF FEN)", "REPUBLIC OF FEN",
    ),
    "Dear Dr. Reed,|Your own letter puts the case in these words:|“Mills turn.”|They stand.": (NOBODY, "Dr. Reed"),
    "We thank you for the letter dated 3 May from the Miller of Peru.|In the above-mentioned letter it was asserted "
    "that:|“Mills turn.”": (NOBODY, "Miller of Peru"),
    "Statement by the Chair of the Commission on the closing of mills|Mills turn.": ("Chair of the Commission",),
    "Letter dated 3 May 2021 from the Permanent Representative of Peru|In my capacity as an envoy, I write.": ("Peru",),
}  # fmt: skip


@pytest.mark.parametrize("paper", PAPERS)
def test_heads_and_ends(paper: str) -> None:
    """Fields and rows, states beside what a paper is, letterheads, who signs below, groups that letters are for."""
    labels = [block.voice.label for block in document(paper.replace("|", "\n\n").replace("<row>", ROW)).blocks]
    assert tuple(dict.fromkeys(labels)) == PAPERS[paper]


def test_they_take_no_time_on_any_text() -> None:
    """Long lines that nearly match are read at once."""
    rules: tuple[Callable[[str], object], ...] = (
        lambda words: fielded([words[:159]]),
        lambda words: page_owner(
            replace(read_plain("A"), kind="html", title=f"A - {words[:290]}", around=(words[:190],) * 9),
            [words[:250]] * 9,
            [words] * 9,
        ),
        lambda words: (placed(words[:160], words[:160]), state_of(f"Embassy of {words[:160]}")),
        lambda words: signers(["A", f"Signed: {words}", words], [False] * 3),
        lambda words: voices(f"Letter dated 3 May 2021 from Peru|In my capacity as Chair of {words[:600]}"),
        lambda words: who_we_are([f"We, {words}.", f"We are {words}.", f"As {words}"]),
    )
    assert seconds(rules, "A ;A, ;A of ;a ;as ;We are ;by A: ;| ;A - ;mills ", 4_000) < 4
