"""Whose view papers of many kinds state: quotations set off, minutes, speeches, letters, courts, imprints."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ncrelations.files.bodies import is_body
from ncrelations.files.document_holder import document_holder
from ncrelations.files.imprint import is_imprint
from ncrelations.files.introductions import introduced_speakers
from ncrelations.files.openings import annex_title
from ncrelations.files.plain_reader import read_plain
from ncrelations.files.quotation_sources import introduced
from ncrelations.files.reported_turns import reported_turns
from ncrelations.files.set_off_quotations import quoted_in
from ncrelations.files.speaker_turns import Turn, signed_below
from ncrelations.files.speeches import own_state, speech_in
from ncrelations.files.unlabelled_turns import asked_turns, signed_turns
from voices_kit import NOBODY, document, seconds, voices


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("General Secretary Ada Lind said:", "General Secretary Ada Lind"),
        ("My predecessor, Ada Lind, liked to put it this way:", "Ada Lind"),
        ("In its own submission (No. 12) the Shire Council wrote:", "Shire Council"),
        ("The Clerk read a letter from Mrs Ada Lind of Mill Cottage:", "Mrs Ada Lind of Mill Cottage"),
        ("We have a message from the Belgian dockers' federation BDF, which reads:", "Belgian dockers' federation BDF"),
        ("I asked the National Mill Office for its views, and it replied to me as follows:", "National Mill Office"),
        ("The letter sent on behalf of the Fen Union by Peru puts that concern very clearly:", "Fen Union"),
        ("She has a communication from the Government of Peru, in which it is stated:", "Government of Peru"),
        ("The Deputy Minister put it otherwise. His words were these:", "Deputy Minister"),
        ("As I said last year:", None),
        ("In Fenland, a woman told me:", None),
        ("I would like to say this:", None),
        ("As article 5 of the Convention reads:", None),
        ("What we ask for is modest:", None),
        ("Ada Lind said that mills turn.", None),
    ],
)
def test_who_is_quoted_below(words: str, who: str | None) -> None:
    """A line that ends in a colon names whose words stand below it; one's own words name nobody."""
    assert introduced(words, marked=True) == who


def test_what_papers_do_introduces_only_words_in_quotation_marks() -> None:
    """A manual's "Vim sets the following values:" quotes nobody."""
    assert introduced("Then Vim sets the following values:", marked=False) is None


PAPERS = {
    "# Reactions|The union's secretary, Ada Lind, told us:|“We are ready.|We have waited.”|Nobody else came.": (
        NOBODY, "Ada Lind", NOBODY,
    ),
    "Minutes of the 4th meeting of the Harbour Board held on 3 May|Ms Lind (Users) thought that fees were high. In "
    "her view a cut was due.|Mr Reed disagreed; costs had risen.|It was agreed that fees be kept.|All signed.": (
        NOBODY, "Users (Ms Lind), as recorded", "Mr Reed, as recorded", "Harbour Board", NOBODY,
    ),
    "IRTO/C.5/SR.4|16. Mr. LIND (Peru), while recognizing the work of Ms. Reed, recalled that mills turned.|17. The "
    "REPRESENTATIVE OF THE MILL UNION, speaking with leave, said no.|18. The SECRETARY-GENERAL (Mr. Reed) thought so.|"
    "19. The Government member of Chile, speaking also for Fiji, preferred wheels.": (
        "Peru (Mr. LIND), as recorded", "MILL UNION (The REPRESENTATIVE), as recorded",
        "Mr. Reed (The SECRETARY-GENERAL), as recorded", "Chile (The Government member), as recorded",
    ),
    "The President: I invite Ms. Ada Lind, Head of the Mill Office, to take part, and Mr. Tom Reed, of Fen.|Ms. Lind: "
    "Mills turn.|The President: I thank Ms. Lind.|Mr. Reed: They stand.|Mr. Hill (Peru): They do.": (
        "The President", "Head of the Mill Office (Ms. Lind)", "The President", "Mr. Reed", "Peru (Mr. Hill)",
    ),
    "# Minutes of the meeting|2.41. The representative of Peru regretted it.|2.42. **The representative of Fiji** did "
    "not agree.": ("Peru (The representative), as recorded", "Fiji (The representative), as recorded"),
    "Report on fees|Ms Lind (Users) thought that fees were high.": (NOBODY,),
    "# Minister Lind at the opening of the mill|Minister Lind spoke on Monday.|Dear friends,|Mills turn.": (
        NOBODY, "Minister Lind",
    ),
    "STATEMENT BY FIJI ON BEHALF OF THE ISLAND STATES|Our group sees reefs die.|Let me add a word in our national "
    "capacity.|We plant corals.": ("ISLAND STATES (FIJI)", "FIJI"),
    "# Millers' Union|Press release no. 4|Mills turn.|Last updated: 3 May.": ("Millers' Union", NOBODY),
    "# Submission to the Committee on Mills|Submitted by: Millers' Guild|Mills turn.|## Appendix A: Dissenting note|"
    "They do not.|Ada Lind|Member of the Board": ("Millers' Guild", "Ada Lind (transmitted by Millers' Guild)"),
    "JOINT STATEMENT|The Ministers of Mills of Peru and Chile met in Lima.|They agreed.": (
        "Ministers of Mills of Peru and Chile",
    ),
    "HIGH COURT OF FEN|LIND, J. -- Mills are ships.|They float.|REED, J. (dissenting) -- They are not.|They stand.": (
        "Lind, J.", "Reed, J.",
    ),
    "The President: I speak in my capacity as the representative of Peru.|Mills turn.|Mr. Lind (Chile): They stand.": (
        "Peru (The President)", "Chile (Mr. Lind)",
    ),
    "Letters to the editor|Mills are slow.|Ada Lind, Fenport|Mills are quick.|Tom Reed, Fenport": (
        NOBODY, "Ada Lind", "Tom Reed",
    ),
    "# Interview with Ada Lind|Do mills turn?|They do.|I saw it.|Always?|Not in frost.": (
        "Question", "Ada Lind", "Question", "Ada Lind",
    ),
    "Ada Lind (S&D), in writing. – Mills turn.|Tom Reed (ECR), in writing. – They stand.": (
        "S&D (Ada Lind)", "ECR (Tom Reed)",
    ),
    "To ask the Minister for Mills if he will act; and if he will make a statement. - Ada Lind|Minister for Mills (Tom "
    "Reed):|I will act.": ("Ada Lind", "Tom Reed (Minister for Mills)"),
    "To the Government of Fenland|OBJECTION|Mills turn.|For the Municipal Council:\nAda Lind, Mayor": (
        "Municipal Council (Ada Lind, Mayor)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("paper", PAPERS)
def test_papers_of_many_kinds(paper: str) -> None:
    """Minutes, speeches, press releases, submissions, judgments, letters, interviews, and what only looks like them."""
    assert tuple(voices(paper)) == PAPERS[paper]


MAIL = """From: Tom Reed <tom@mill.example>
To: Ada Lind

See below.

---------- Forwarded message ---------
From: Eve Marsh <eve@mill.example>
Date: Mon, 3 May 2021

The stones are worn.

> On Sun, 2 May 2021 Ada Lind <ada@mill.example> wrote:
>> How are they?
>
> They are round.
"""


def test_rules_and_depths_divide_mail() -> None:
    """What is forwarded, and what is quoted deeper, are paragraphs of their own."""
    assert voices(MAIL)[:3] == ["Tom Reed", "Eve Marsh", "Ada Lind"]
    assert "Forwarded message" not in " ".join(block.text for block in document(MAIL).blocks)


def test_names_of_bodies() -> None:
    """A body is named by its kind and by capitals; a paper of a body is none."""
    assert is_body("International Hydrographic Organization")
    assert is_body("United Ferry and Dock Workers' Union (UFDW)")
    assert not is_body("Report of the Committee on Mills")
    assert not is_body("Terms of union")


def test_they_take_no_time_on_any_text() -> None:
    """Long lines that nearly match are read at once."""
    rules: tuple[Callable[[str], object], ...] = (
        lambda words: introduced_speakers({0: Turn("Ms. A")}, f"Ms. A, {words}"),
        is_body, is_imprint, annex_title, lambda words: introduced(words[:350] + ":", marked=True),
        lambda words: quoted_in([words[-350:] + ":", words], [True, True]),
        lambda words: reported_turns([words, "Minutes", words], ["Summary record"]),
        lambda words: asked_turns([words + "?", words + "."], [words]),
        lambda words: signed_turns([words + ".", words[:100]], ["Letters"]),
        lambda words: signed_below([words + ".", words]), lambda words: speech_in([words, "Dear A,", words], words),
        lambda words: own_state(f"A ({words})", words), lambda words: document_holder([(words, 1)], [words[:190]], []),
        read_plain,
    )  # fmt: skip
    starts = "A ;A, ;A of ;said ;A said ;letter from a ;Mr. A (B), ;The Minister ;> ;- "
    assert seconds(rules, starts, 5_000) < 3
