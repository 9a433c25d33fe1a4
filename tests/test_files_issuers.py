"""Whose view a paper states that no title gives to somebody: its author, its letterhead, who signs; and what it prints.

Every mark stands beside a paper that only looks like one.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ncrelations.document.spans import Span
from ncrelations.files.bylines import author_in, typeset_author
from ncrelations.files.file_text import Request, as_data, from_data
from ncrelations.files.html_reader import read_html
from ncrelations.files.inner_letters import letters_in
from ncrelations.files.issuers import issuer_of
from ncrelations.files.letterhead import issuing_body
from ncrelations.files.markdown_reader import read_markdown
from ncrelations.files.plain_reader import read_plain
from ncrelations.files.quotation_sources import introduced
from ncrelations.files.reported_turns import is_record, reported_turns
from ncrelations.files.set_off_quotations import quoted_in, quoted_length
from ncrelations.files.short_names import full_names
from ncrelations.files.signatures import signed_line, signed_within
from ncrelations.files.speeches import returns, speaks_for
from ncrelations.files.spoken_quotations import spoken_in
from ncrelations.files.title_phrases import named_in_title, numbered_in
from voices_kit import NOBODY, document, of_file, seconds, voices

LONG = (
    "The lower mill at Fen was built before the road and has turned in every winter but one since it was first opened"
)
"""The beginning of a paragraph that is text, and no line of a head."""

PAPERS = {
    # letterheads
    f"Fen Harbour Board\nGuidance note no. 4|{LONG}.": ("Fen Harbour Board",),
    f"Fen Harbour Board|{LONG}, as our survey shows.": ("Fen Harbour Board",),
    f"Fen Harbour Board|{LONG}.": (NOBODY,),
    f"Fen Harbour Board\nHearing on mills|{LONG}, as we said.": (NOBODY,),
    f"Minutes of the Fen Harbour Board, 3 May|{LONG}, as we said.": (NOBODY,),
    f"# Press release|Fen Mills Ltd will close the lower mill in May. {LONG}.|About us: Fen Mills grinds.": (
        "Fen Mills Ltd",
    ),
    f"# News|Fen Mills Ltd will close the lower mill in May. {LONG}.|About us: Fen Mills grinds.": (NOBODY,),
    f"Fen Food Agency|Dear Mr. Reed:|{LONG}, as we wrote.|Sincerely,\n/S/\nAda Lind\nActing Director": (
        "Fen Food Agency (Acting Director Ada Lind)",
    ),
    f"Permanent Mission of Peru to the United Nations|Delivered by Ada Lind, Counsellor|{LONG}, as we hold.": (
        "Peru (Ada Lind)",
    ),
    # authors
    f"# Mills|By Ada Lind|{LONG}.": ("Ada Lind",),
    f"# Mills|Fen Gazette \\| By Ada Lind \\| 3 May|{LONG}.": ("Ada Lind",),
    f"# Mills|By Our Correspondent|{LONG}.": (NOBODY,),
    f"# Mills|Dr. Ada Lind|Institute of Mills, Fenport, May 2020|{LONG}.": ("Dr. Ada Lind",),
    f"# Mills|Prepared by: Fen Consulting|{LONG}.": ("Fen Consulting",),
    f"# Mills|Ada Lind, Minister for Mills|{LONG}.": ("Minister for Mills (Ada Lind)",),
    f"# Mills|Ada Lind, the miller|{LONG}.": (NOBODY,),
    "AFFIDAVIT|I, Ada Lind, of Fenport, make oath and say:|The mill was sound.": ("Ada Lind",),
    "NOTES|I, Ada Lind, of Fenport, saw it:|The mill was sound.": (NOBODY,),
    f"We, the undersigned, ask for a new wheel. {LONG}.|Signed:|- Guild of Millers\n- Friends of Fen": (
        "Guild of Millers and Friends of Fen",
    ),
    f"Newsletter of the Millers' Guild|{LONG}.": ("Millers' Guild",),
    f"TOWN OF FENPORT\nPUBLIC NOTICE|{LONG}.|We regret it.": ("TOWN OF FENPORT",),
    f"From the Office of the Mayor|Dear citizens,|{LONG}.|Your Mayor,\nAda Lind": ("Office of the Mayor",),
    "COMMUNICATION FROM PERU|Mills turn.": ("PERU",),
    "COMMUNIQUÉ OF THE 12TH MEETING OF THE MILL COUNCIL|Mills turn.": ("MILL COUNCIL",),
    "Question for written answer E-1/2026\nAda Lind (Renew)|Does the Board know why the lower mill at Fenport has not "
    "turned since May?|Answer given by Mr Reed on behalf of the Mill Board|They do.": (
        "Renew (Ada Lind)", "Mill Board (Mr Reed)",
    ),
    # what a paper prints of others
    "Talk with Ada Lind|LIND: Mills turn.|HOST: Always?|LIND: In frost they stand.": (NOBODY, "LIND", "HOST", "LIND"),
    "Talk of mills|WHEEL: Mills turn.|AXLE: Always?|WHEEL: In frost they stand.": (NOBODY,),
    f"# Consultation on mills|{LONG}.|## Response 17: Fen Council|Mills turn.|## Response 18: a resident|No.|"
    "## What happens next|We read.": (NOBODY, "Fen Council", "a resident", NOBODY),
    f"# Consultation on mills|{LONG}.|## Comment 3: Change the title|Mills turn.": (NOBODY,),
    f"Judgment|{LONG}.|JUDGMENT OF LIND, J.A.|Mills are ships.|DISSENTING JUDGMENT OF REED, J.A.|They are not.": (
        NOBODY, "LIND, J.A.", "REED, J.A.",
    ),
    "Correspondence|Mr. Lind to Sir Tom Reed.--(Received May 3.)|Mills turn.": ("Mr. Lind",),
    "Views on mills|Peru|[Original: Spanish]|Mills turn.|II. Observations|They stand.": (NOBODY, "Peru", NOBODY),
    f"# Record|{LONG}.|## A letter|Dear Ms Lind, mills are loud.|We wake.|Sincerely, Friends of Sleep|It was read.": (
        NOBODY, "Friends of Sleep", NOBODY,
    ),
    f"Report|{LONG}.|Foreword|I asked for this report.|Tom Reed\nMinister for Mills|Summary|Mills turn.": (
        NOBODY, "Minister for Mills (Tom Reed)", NOBODY,
    ),
    "# Mills|“We paid twice for the wheel,” said Ada Lind, the miller.|“And we shall not pay again.”|They did.": (
        "Ada Lind", NOBODY,
    ),
    f"# Mills|By Tom Reed|{LONG}.|“Nobody has told us of the closure, and nobody will,” a letter states.|It is true.": (
        "Tom Reed", NOBODY, "Tom Reed",
    ),
    "# Mills|The “wheel”, as Ada Lind said, is worn and will be changed in May at the cost of the guild.": (NOBODY,),
    f"# Mills|By Tom Reed|{LONG}.|Fen Water said that no permit was asked.|Ada Lind said so. I doubt.": ("Tom Reed",),
    f"# Mills|{LONG}.|## Message from the Guild|“We grind.”|The message was read.": (NOBODY, "Guild", NOBODY),
    "STATEMENT ON BEHALF OF THE ISLAND STATES|by Ada Lind, Minister for Mills of Fiji|Reefs die.|Let me speak in my "
    "national capacity.|We plant.|I return to the position of the Group.": (
        "ISLAND STATES (Fiji)", "Fiji", "ISLAND STATES (Fiji)",
    ),
    "The President: We begin.|Ms. Lind (Fiji): I speak on behalf of the Island States. Reefs die.|They do.|"
    "The President: I thank Fiji, which spoke on behalf of the Island States.": (
        "The President", "Island States (Fiji)", "The President",
    ),
    "Note by the Secretariat: the text is as received.|Mills turn.": ("Secretariat", NOBODY),
    "A/C.4/66/SR.7|Ms. Lind (Peru) said that mills turned.|They stood, too.": ("Peru (Ms. Lind), as recorded",),
    "(Mr. Lind, Peru)|Mills turn.|The PRESIDENT: I thank Peru.": (NOBODY, "Peru (Mr. Lind)", "The PRESIDENT"),
}  # fmt: skip


@pytest.mark.parametrize("paper", PAPERS)
def test_whose_papers_are(paper: str) -> None:
    """Of whom the head says so, of whom a piece is headed or signed by; of nobody where neither is sure."""
    divided = paper.replace("\\|", "¦").replace("|", "\n\n").replace("¦", "|")
    labels = [block.voice.label for block in document(divided).blocks]
    assert tuple(label for n, label in enumerate(labels) if n == 0 or labels[n - 1] != label) == PAPERS[paper]


PAGE = """<title>On mills | Embassy of Fenland in Peru</title><h1>On mills</h1><p class="byline">{}</p>
<p>{} has seen the article on mills. It is wrong.</p>
<blockquote><p>Mills are loud.</p><p>They always were.</p>
<p><cite>Mill Sleepers' Association, Lima</cite></p></blockquote>
<blockquote><p>Mine is not.</p><p>Parent, Cusco</p></blockquote><p>Both were asked.</p>"""


@pytest.mark.parametrize(
    ("byline", "subject", "own"),
    [
        ("3 May", "The Embassy", "Embassy of Fenland in Peru"),
        ("3 May", "The guild", NOBODY),
        ("Ada Lind, 3 May", "The guild", "Ada Lind"),
    ],
)
def test_pages(byline: str, subject: str, own: str) -> None:
    """A page is its author's, or its site's where it speaks as it; quotations are whose their foot says."""
    html = read_html(PAGE.format(byline, subject).encode(), Request(Path("page.html")))
    labels = [block.voice.label for block in of_file(html).blocks]
    assert labels[1:] == [own, *["Mill Sleepers' Association, Lima"] * 3, *["Parent, Cusco"] * 2, own]


def test_where_quotations_stand_is_kept() -> None:
    """Markdown and HTML say where words are set off, and another process keeps it; one within another is one."""
    text = read_markdown("# A\n\n> One.\n>\n> > Two.\n\nThree.\n")
    assert [text.text[span.start : span.end].split()[-1] for span in text.set_off] == ["Two."]
    assert from_data(as_data(text)).set_off == text.set_off == (Span(5, 23),)
    nested = b"<p>a</p><blockquote><p>b</p><blockquote><p>c</p></blockquote></blockquote><p>d</p>"
    html = read_html(nested, Request(Path("a.html")))
    assert [html.text[span.start : span.end].split() for span in html.set_off] == [["b", "c"]]


@pytest.mark.parametrize(
    ("words", "who"),
    [
        (
            "The employer, Fen Mills Ltd, has written to all. Here is the main part of its letter of 3 May:",
            "Fen Mills Ltd",
        ),
        ("The Resident in the Gulf takes a graver view. His answer runs as follows:--", "Resident"),
        ("The relevant passage of the Ministry's Note is reproduced below:", "Ministry"),
        ("The following was said to us by Captain Ada Lind of the brigade:", "Captain Ada Lind"),
        ("In your response you write:", "Mr. Reed"),
        ("In a letter to the Council its chief engineer wrote:", "chief engineer"),
        ("The French Envoy at Tunis, to whom it was handed, replied:", "French Envoy"),
        ("Remember what the factor's own lawyer told the Court:", "factor's own lawyer"),
        ("Canada has asked us to publish the following alongside this text.", "Canada"),
        ("In her reply to Mr Lind she wrote:", None),
        ("We agreed on the following.", None),
    ],
)
def test_who_is_about_to_be_quoted(words: str, who: str | None) -> None:
    """Also where a pronoun, "you" or a description stands for the name; whom one writes to is not who writes."""
    assert introduced(words, marked=True, addressee="Mr. Reed") == who


def test_a_quotation_may_say_itself_whose_it_is() -> None:
    """By its signature, or as a government begins that speaks of itself."""
    assert signed_within('"Hold on. It will turn.\nMill Workers\' Union"') == "Mill Workers' Union"
    assert signed_within('"We shall close it. - A. Lind, Engineer."') == "A. Lind, Engineer"
    assert signed_within('"We shall close it.\nThe mill is old and nobody has ever asked us."') is None
    own = '"The Government of Fenland objects to it."'
    assert quoted_in(["The objection reads:", own], [True, True]) == {1: "Government of Fenland"}
    assert quoted_in(["The objection was late.", own], [True, True]) == {}


def test_titles_of_other_kinds() -> None:
    """Notes, envoys, petitions and testimonies name their holder; sentences and other titles do not."""
    assert named_in_title("Chair's note") == "Chair"
    assert (
        named_in_title("The Ambassador in France (Lind) to the Secretary of State") == "The Ambassador in France (Lind)"
    )
    assert named_in_title("The humble Petition of the Millers of Fen") == "Millers of Fen"
    assert named_in_title("WRITTEN TESTIMONY OF ADA LIND") == "ADA LIND"
    assert named_in_title("The President's report was read by the clerk.") is None
    assert named_in_title("A letter to the Secretary of State") is None
    assert (numbered_in("Response 4: Fen Council"), numbered_in("Response 4: Mills are loud.")) == ("Fen Council", None)


def test_short_names_are_told_in_full_where_only_one_is_meant() -> None:
    """A trust, and a party by its role; not where two bear the name."""
    full = full_names("The Fen Library Trust lends. The Trust is old.\nRespondent: Fen Mills Ltd\n")
    assert (full("Trust"), full("Lind")) == ("Fen Library Trust", "Lind")
    assert full("respondent's solicitors") == "Fen Mills Ltd (respondent's solicitors)"
    assert full_names("The Fen Library Trust and the Mill Trust lend.")("Trust") == "Trust"


def test_papers_typed_for_tex() -> None:
    """What a letter's commands say."""
    letter = r"\documentclass{letter}\signature{Prof.\ Ada Lind\\President}\address{Society for Mills\\Box 1}"
    assert typeset_author(letter) == "Society for Mills (Prof. Ada Lind)"
    assert typeset_author(letter.removeprefix(r"\documentclass{letter}")) is None


MAIL = """From: Eve Marsh <eve@mill.example>
To: Tom Reed

Tom writes that nobody asked.

> A lower sill means a deeper pit.

That worries me less.

From: Tom Reed <tom@mill.example>
To: Eve Marsh

A lower sill means a deeper pit. I do not want it.
"""


def test_mail_that_quotes_without_a_name() -> None:
    """What stands in another message is its writer's; what stands nowhere else is not told apart."""
    assert voices(MAIL) == ["Eve Marsh", "Tom Reed", "Eve Marsh", "Tom Reed"]
    assert voices(MAIL.replace("> A lower", "> The lower")) == ["Eve Marsh", "Tom Reed"]


def test_they_take_no_time_on_any_text() -> None:
    """Long lines that nearly match are read at once."""
    rules: tuple[Callable[[str], object], ...] = (
        lambda words: issuing_body(["Press release", words[:190], words], [words, words], f"A | {words[:90]}"),
        lambda words: author_in([words[:199]], words[:50]),
        lambda words: letters_in(["a"] * 20 + ["Dear A,", words, "Foreword", words[:119]], ["a"] * 24, {}),
        lambda words: (signed_line(words[:119]), signed_within(f"a.\n{words}"), signed_within(words)),
        lambda words: spoken_in([f'"{words}," said {words}', f'"{words}', f'{words} said: "{words}"']),
        lambda words: (full_names(words)("Council"), full_names(words)("applicant")),
        lambda words: (named_in_title(words[:239]), numbered_in(f"Response 1: {words[:200]}")),
        lambda words: [introduced(each, marked=True) for each in (f"{words} said:", f"In {words} as follows.")],
        lambda words: (quoted_in([f"{words}:", f'"{words}'], [True] * 2), quoted_length([f'"{words}'], [0])),
        lambda words: (is_record(words), reported_turns([f"A\n{words}"], ["Minutes"])),
        lambda words: (returns(words), speaks_for(f"I speak {words}")),
        lambda words: issuer_of([words, words[:100]], [False] * 2, [words[:100]], read_plain(words[:999])),
    )  # fmt: skip
    assert seconds(rules, "A ;A, ;A of ;A said ;“A” ;By A ;A | ;A’s ;to the A ;J. A. ;Council of A ", 4_000) < 4
