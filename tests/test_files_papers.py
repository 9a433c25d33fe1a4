"""Papers within a paper: where they begin and end, and whose their titles, heads and signatures say they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ncrelations.files.file_text import Request
from ncrelations.files.html_reader import read_html
from ncrelations.files.papers import Item, first_paper, papers_in
from ncrelations.files.signing import is_prose, signature
from voices_kit import NOBODY, document, of_file, seconds, voices

TEXT = "The lower mill at Fen was built before the road and has turned in every winter since."
"""A paragraph that is text, and no line of a head."""


@pytest.mark.parametrize(("title", "who"), [
    ("Reply of the Guild of Millers", "Guild of Millers"), ("Comment by Ann Hill, miller", "Ann Hill, miller"),
    ("Note added by the initiator, 25 October 2024", "initiator"), ("PERU, 12 May 2014 - Objection", "Peru"),
    ("The author replies", "author"), ("Annex B – Reply of the Guild of Millers", "Guild of Millers"),
    ("ATTACHMENT A: Statement by Ann Hill", "Ann Hill"),
    ("The author replies.", None), ("Reply", None), ("Annex 2 therefore sets aside a sum.", None),
    ("Part C: Notes on mills", None), ("Letter of the law", None), ("Mills and ships", None),
])  # fmt: skip
def test_titles(title: str, who: str | None) -> None:
    """A title names who writes, up to the end; where it names nobody, nothing below it is another's."""
    assert papers_in([Item(TEXT), Item(title), Item(TEXT)]) == ({1: who, 2: who} if who else {})


@pytest.mark.parametrize(("lines", "signed"), [
    (["Ann Hill, Secretary of the Guild"], (1, "Ann Hill, Secretary of the Guild")),
    (["(signed)\nAnn Hill\nSecretary of the Guild"], (1, "Secretary of the Guild (Ann Hill)")),
    (["For the Guild of Millers: Ann Hill, President"], (1, "Guild of Millers (Ann Hill, President)")),
    (["Submitted by the Guild of Millers and the\nFriends of Fen"], (1, "Guild of Millers and the Friends of Fen")),
    (["The manager, Ann Hill"], (1, "The manager (Ann Hill)")),
    (["Kind regards,", "Ann Hill", "Copy: the Guild"], (2, "Ann Hill")),
    (["Ann Hill"], None), (["Fen, 3 May 2020"], None), (["Who signs?"], None),
])  # fmt: skip
def test_who_signs(lines: list[str], signed: tuple[int, str] | None) -> None:
    """A name below the text signs it with an office or for a body; alone only below a closing or at the end."""
    assert signature([TEXT, *lines, TEXT], last=False) == signed


def test_a_name_alone_signs_at_the_end() -> None:
    """Where nothing goes on below, a name by itself is a signature; behind a dash, it stands within the text."""
    assert signature([TEXT, "Ann Hill"], last=True) == (1, "Ann Hill")
    assert signature([f"{TEXT} – Ann Hill, Fenport."], last=False) == (0, "Ann Hill, Fenport")


def test_what_is_text() -> None:
    """Sentences are text, lines of a head or a signature are not."""
    assert is_prose(TEXT)
    assert is_prose("We did not sign it.")
    assert not is_prose("Ann Hill, Secretary of the Guild")


def test_where_papers_begin_and_end() -> None:
    """An annex goes to its signature, a reply to the next title; below, the document goes on in its own voice."""
    lines = ["Fen Board", TEXT, "Annex", "Guild of Millers", TEXT, "Tom Reed, President", TEXT, "Reply of the Mayor"]
    items = [Item(line) for line in (*lines, TEXT)]
    assert first_paper(items) == 2
    assert papers_in(items) == {
        **dict.fromkeys(range(2, 6), "Guild of Millers (Tom Reed, President)"), 7: "Mayor", 8: "Mayor",
    }  # fmt: skip


def test_a_line_drawn_parts_papers() -> None:
    """Below a line stands another's paper only where it says whose; a head above the first text is the document's."""
    drawn = [Item("Fen Board"), Item(TEXT, ruled=True), Item("Guild of Millers", ruled=True), Item(TEXT)]
    assert papers_in(drawn) == {2: "Guild of Millers", 3: "Guild of Millers"}
    assert papers_in([Item(TEXT), Item("3 May", ruled=True), Item(TEXT)]) == {}


def test_a_letter_with_a_reply() -> None:
    """A letter is its signatory's without a closing phrase; what is drawn off below it is whose it says."""
    text = f"Sir,\n\n{TEXT}\n\nAnn Hill\nSecretary of the Guild\n\n- - - - - -\n\nReply of the Mayor\n\n{TEXT}\n"
    found = [block.voice.label for block in document(text).blocks]
    assert list(dict.fromkeys(found)) == ["Secretary of the Guild (Ann Hill)", "Mayor"]


def test_a_paper_ends_where_somebody_begins_to_speak() -> None:
    """A statement in a record is its speaker's, whatever the title above it says."""
    said = (
        f"# Board\n\n{TEXT}\n\nStatement by Ann Hill\n\nThe President (Peru): I call the miller.\n\n"
        f"Ms. Hill (Fen): {TEXT}\n\n{TEXT}\n\nThe President: We thank her."
    )
    assert voices(said)[-3:] == ["Peru (The President)", "Fen (Ms. Hill)", "Peru (The President)"]


def test_minutes_that_were_agreed_are_nobodys() -> None:
    """That minutes were signed is no view; what was changed in them is the body's."""
    head = "Fen Harbour Board|Minutes of the meeting held on 3 May|The minutes of 2 April were"
    assert voices(f"{head} agreed and signed.|Ms Lind reported that mills turn.")[-2] == NOBODY
    assert voices(f"{head} agreed, with one change.|Ms Lind reported that mills turn.")[-2] == "Fen Harbour Board"


def test_the_foot_of_a_page_says_whose_it_is() -> None:
    """A release on a page of the web is the body's whose site it is, as its foot says; another page is nobody's."""
    page = "<main><h1>Mill shut</h1><p>{}</p><p>{}</p></main><footer>© 2020 Fen Mill Board</footer>"
    for kind, whose in (("Press release", "Fen Mill Board"), ("On mills", NOBODY)):
        found = of_file(read_html(page.format(kind, TEXT).encode(), Request(Path("a.html"))))
        assert {block.voice.label for block in found.blocks} == {whose}


def test_they_take_no_time_on_any_text() -> None:
    """Long lines that nearly match are read at once, as are many of them."""
    rules: tuple[Callable[[str], object], ...] = (
        lambda words: papers_in([Item(TEXT), Item(words[:160]), Item(f"Annex: {words[:150]}"), Item(TEXT)]),
        lambda words: (signature([TEXT, words[:140], f"{TEXT} {words}"], last=True), is_prose(words)),
        lambda words: papers_in([Item(each) for each in (TEXT, words[:140], words, *[words[:90]] * 500)]),
        lambda words: first_paper([Item(each) for each in [TEXT, f"Reply of {words[:90]}"] * 500]),
        lambda words: papers_in([Item(TEXT), *[Item(words[:90], ruled=True)] * 500, Item(TEXT)]),
    )
    assert seconds(rules, "A ;A, ;A of ;of the ;By A ;(A) ;- ;A. ;“A” ", 4_000) < 4
