"""Whose view the passages of a file state: the document's, a section's, an annex's, a speaker's."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ncrelations.document.reference import Work
from ncrelations.document.tree import Document
from ncrelations.files.document_tree import document_of
from ncrelations.files.file_facts import with_facts
from ncrelations.files.file_text import FileText, Request
from ncrelations.files.holder_phrases import (
    annexed_in,
    attached_in,
    date_in,
    holder_in,
    meeting_in,
    on_behalf,
    opening_in,
)
from ncrelations.files.letter_forms import quoted, sender, signatory
from ncrelations.files.markdown_reader import read_markdown
from ncrelations.files.named_views import VoiceRules, view
from ncrelations.files.openings import joined, openings_in
from ncrelations.files.plain_reader import read_plain
from ncrelations.files.readers import read
from ncrelations.files.speaker_turns import answering, named_line, turn_in, turns_in

FILES = Path(__file__).with_name("own_files")

HOLDERS = {
    "Letter dated 3 May 2024 from the Permanent Representative of Norway to the United Nations addressed to the "
    "President of the Security Council": "Norway",
    "Identical letters dated 21 July 2025 from the Chargé d’affaires a.i. of the Permanent Mission of the Republic of "
    "Peru to the United Nations addressed to the Secretary-General": "Republic of Peru",
    "Letter dated 1 June 2025 from the Permanent Representatives of Denmark, Greece and Panama to the United Nations "
    "addressed to the Secretary-General": "Denmark, Greece and Panama",
    "Note verbale dated 2 March 2023 from the Permanent Mission of Peru to the United Nations addressed to the "
    "Secretariat": "Peru",
    "Letter dated 16 June 2025 from the Secretary-General addressed to the President of the Security Council": (
        "Secretary-General"
    ),
    "Letter dated 2 May 2025 from the Minister for Foreign Affairs of Iceland addressed to the Chair": "Iceland",
    "Statement by Japan": "Japan",
    "Statement by the representative of Malta on behalf of the Group": "Group (Malta)",
    "Joint statement by Fiji, Tonga and Samoa": "Fiji, Tonga and Samoa",
    "Remarks by the Secretary of State at the harbour": "Secretary of State",
    "Report of the Secretary-General on the situation in the valley": "Secretary-General",
    "Report of the Working Group on the issue of mills": "Working Group on the issue of mills",
    "Report of the Disarmament Commission for 2025": "Disarmament Commission",
    "Statement by H.E. Mr. Ito Jiro, Minister for Foreign Affairs of Japan, at the conference": "Japan",
    "Press statement by the Ministry of Foreign Affairs of Peru": "Peru",
    "Statement by the Permanent Representative of India, Ambassador Asha Rao": "India",
    "Statement delivered by Ms. Anna Smith, Deputy Permanent Representative of Australia to the United Nations": (
        "Australia"
    ),
    "Statement by Mr. Jan Vale, Ambassador of the European Union": "European Union",
    "Declaration by the High Representative on behalf of the European Union on mills": (
        "European Union (High Representative)"
    ),
    "Remarks by NATO Secretary General Jan Vale": "NATO Secretary General Jan Vale",
    "Summit Communiqué issued by the Heads of State and Government participating in the meeting": (
        "Heads of State and Government"
    ),
    "Angola and Brazil*: revised draft resolution": "Angola and Brazil",
    "Working paper submitted by Chile and Ghana": "Chile and Ghana",
    "France: draft resolution": "France",
    "Adopted by the Security Council at its 9968th meeting, on 29 July 2025": "Security Council",
    "EU Statement on the mills": "EU",
    "G7 Foreign Ministers’ Statement on mills": "G7 Foreign Ministers",
    "Japan’s opening statement": "Japan",
    "Statement attributable to the Spokesperson for the Secretary-General on mills": (
        "Spokesperson for the Secretary-General"
    ),
    "As delivered by Ambassador Ann Hill": "Ambassador Ann Hill",
    "Response from the Guild of Millers": "Guild of Millers",
    "Answer given by Mr Lind on behalf of the European Commission": "European Commission (Mr Lind)",
    "Position of the Respondent": "Respondent",
    "By the delegation of Peru:": "Peru",
    "An open letter from the Guild of Millers to the bakers": "Guild of Millers",
    "The Embassy of Japan in Lima presents its compliments to the Ministry of Foreign Affairs": "Japan",
    "United States Court of Appeals For the First Circuit": "United States Court of Appeals For the First Circuit",
}


@pytest.mark.parametrize("words", HOLDERS)
def test_a_heading_names_its_holder(words: str) -> None:
    """The state, body or office whose words follow."""
    holder = holder_in(words)
    assert holder is not None
    assert holder.name == HOLDERS[words]


@pytest.mark.parametrize(
    "words",
    [
        "Introduction",
        "Statement of the problem",
        "Reporting obligations",
        "The letter of the law",
        "Views",
        "Mission statement",
        "Responses from Governments",
        "Response of mills to heat",
        "The statement",
    ],
)
def test_other_headings_name_none(words: str) -> None:
    """A heading that names nobody holds no view."""
    assert holder_in(words) is None


def test_what_a_letter_says_of_itself() -> None:
    """What is attached to it, on whose behalf it is written, and its date in figures."""
    attached = attached_in(
        "I have the honour to transmit the attached letter, dated 30 May 2025, from the Secretary General of the North "
        "Atlantic Treaty Organization, Mark Rutte, transmitting the report on the presence."
    )
    assert attached is not None
    assert attached.name == "Secretary General of the North Atlantic Treaty Organization"
    assert on_behalf("I write on behalf of the Group of Friends of the Mill, whose members are") == (
        "Group of Friends of the Mill"
    )
    assert [date_in(words) for words in ("3 May 2024", "August 5, 2019", "May 2024")] == [
        "2024-05-03",
        "2019-08-05",
        None,
    ]


def document(text: FileText, rules: VoiceRules | None = None) -> Document:
    """The document of a text."""
    return document_of(with_facts(text), "doc", Work("report", "Doc", "Minutes", (), "", None, None), rules)


def voices(found: Document) -> list[str]:
    """The voices of the blocks, each once in a row."""
    labels = [block.voice.label for block in found.blocks]
    return [label for n, label in enumerate(labels) if n == 0 or labels[n - 1] != label]


def test_letters_within_letters_keep_both() -> None:
    """The annex of a cover letter is in the voice of who wrote it, with who sent it; the date is the letter's."""
    text = read(Request(FILES / "un-S-2025-395-nato-kfor-letter.pdf"))
    assert (text.date, text.issuer) == ("2025-06-16", "Secretary-General")
    assert voices(document(text)) == [
        "Secretary-General",
        "Secretary General of the North Atlantic Treaty Organization (transmitted by Secretary-General)",
    ]


def test_voices_of_other_names_are_other_voices() -> None:
    """Long names that begin alike, and names in other letters, have values of their own."""
    names = ("Working Group on the issue of mills", "Working Group on the issue of boats", "中国", "日本", "Мельники")
    assert len({view(name).value for name in names}) == len(names)
    assert view("China").value == "china"


def test_an_annex_of_ones_own_is_in_ones_own_voice() -> None:
    """Where the letter names nobody else, its annex is the sender's."""
    assert voices(document(read(Request(FILES / "un-A-79-822-china-letter.pdf")))) == ["China"]


COMPENDIUM = """# Views on the mill

Some words before.

## Statement by Japan

The mill turns.

### Details

Slowly.

## Statement by Peru

The mill stands.

# Conclusions

It is old.
"""


def test_sections_of_a_compendium() -> None:
    """Each statement is in its own voice, what follows them in the document's; an issuer that is set is the latter."""
    assert voices(document(read_markdown(COMPENDIUM))) == ["Minutes", "Japan", "Peru", "Minutes"]
    set_ = document(read_markdown(COMPENDIUM), VoiceRules(issuer="Secretariat", names={"Peru": "Republic of Peru"}))
    assert voices(set_) == ["Secretariat", "Japan", "Republic of Peru", "Secretariat"]


MEETING = """The meeting was called to order at 10 a.m.

The President: I now give the floor to the first speaker.

Mr. Kim (Republic of Korea): We welcome the report. The following holds: boats are few.

They will be fewer.

Ms. Okafor (Nigeria) (spoke in French): We agree.

The President: I thank you all.
"""


def test_turns_of_speakers() -> None:
    """From each turn on the speaker's voice, for whom they speak first; before the first the document's."""
    found = document(read_plain(MEETING))
    assert voices(found) == [
        "Minutes", "The President", "Republic of Korea (Mr. Kim)", "Nigeria (Ms. Okafor)", "The President",
    ]  # fmt: skip
    assert found.blocks[3].voice == found.blocks[2].voice


def test_a_concurring_judge() -> None:
    """An opinion that concurs is the judge's own; the court's is the court's."""
    found = document(read(Request(FILES / "us-ca1-opinion-20-1507.pdf")))
    assert voices(found) == ["United States Court of Appeals", "Barron, Circuit Judge"]


def test_single_lines_are_no_turns() -> None:
    """A word and a colon make no record of a meeting."""
    assert turn_in("The following: one, two") is None
    assert voices(document(read_plain("NOTE TO ALL: bring boats.\n\nOther words."))) == ["Minutes"]


LABELS = """Note: the parts are listed below. Do they fit?

Wheel: round.

Note: not the cart.

Axle: long.
"""


def test_labels_are_no_speakers() -> None:
    """Words with a colon that come back are no speakers where none of them is a person or an office."""
    assert voices(document(read_plain(LABELS))) == ["Minutes"]
    assert voices(document(read_plain(LABELS.replace("Note", "Cart Maker").replace("Axle", "Wheel")))) == ["Minutes"]
    asked = LABELS.replace("Note", "Moderator").replace("Wheel", "Ada Lind").replace("Axle", "Ada Lind")
    assert voices(document(read_plain(asked))) == ["Moderator", "Ada Lind", "Moderator", "Ada Lind"]


INTERVIEW = """Interview with the Master of the Mill, Ada Lind, in the Gazette

Q: Does it turn?

A: It does.

At night, too.

Q: Who hears it?

A: The owls.
"""


def test_who_answers() -> None:
    """The answers of an interview are those of whom its title names."""
    assert voices(document(read_plain(INTERVIEW))) == [
        "Minutes", "Q", "Master of the Mill, Ada Lind", "Q", "Master of the Mill, Ada Lind",
    ]  # fmt: skip


LETTER = """Guild of Millers

Dear Ms Lind,

The stones are worn.

Yours faithfully,

Tom Reed
Secretary of the Guild
"""


def test_who_signs() -> None:
    """A letter is in the voice of the body at its head with who signs it; of all, where several are listed."""
    assert voices(document(read_plain(LETTER))) == ["Guild of Millers (Secretary of the Guild Tom Reed)"]
    assert voices(document(read_plain(LETTER.partition("\n\n")[2]))) == ["Secretary of the Guild (Tom Reed)"]
    listed = LETTER.partition("Tom Reed")[0] + "- Tom Reed\n- Ada Lind\n- The bakers\n"
    assert voices(document(read_plain(listed))) == ["Guild of Millers (Tom Reed, Ada Lind and The bakers)"]
    assert voices(document(read_plain(LETTER.replace("Dear Ms Lind,", "The mill")))) == [
        "Secretary of the Guild (Tom Reed)"
    ]


MAIL = """From: Tom Reed <tom@mill.example>
Sent: 5 May 2025
To: Ada Lind

The stones are worn.

On 4 May 2025, Ada Lind <ada@mill.example> wrote:

> How are the stones?

I shall come on Friday.
"""


def test_who_writes_a_message() -> None:
    """What is quoted in a message is in the voice of who wrote it; below it the message goes on."""
    assert voices(document(read_plain(MAIL))) == ["Tom Reed", "Ada Lind", "Tom Reed"]


RECORDS = {
    "President. – We begin.|Ada Lind, Member of the Commission. – Mills turn.|It is known.|President. – Thank you.": (
        "President", "Member of the Commission (Ada Lind)", "President",
    ),
    "Mme la présidente. La parole est à M. Jean Roux.|M. Jean Roux. Le moulin tourne.|Mme la présidente. Merci.": (
        "Mme la présidente", "M. Jean Roux", "Mme la présidente",
    ),
    "Rt Hon ADA LIND (Prime Minister): It turns.|TOM REED (National): It stands.": (
        "Prime Minister (Rt Hon ADA LIND)", "National (TOM REED)",
    ),
    "Senator LIND (Fenland) (14:00): It turns.|The PRESIDENT: Order!|Senator LIND: It does.": (
        "Fenland (Senator LIND)", "The PRESIDENT", "Fenland (Senator LIND)",
    ),
    "Mme Lind (Suisse) (parle en allemand) : Il tourne.|La Présidente : Merci.": (
        "Suisse (Mme Lind)", "La Présidente",
    ),
    "Mr. Lind. The mill turns.|Ms. Reed. It stands.|Mr. Lind. It does not.": ("Mr. Lind", "Ms. Reed", "Mr. Lind"),
    "The Minister of State (Lord Lind): It turns.|(Applause)|It has turned.": (
        "Lord Lind (The Minister of State)", "Minutes", "Lord Lind (The Minister of State)",
    ),
    "Ada Lind (North Fen) (Lab)|Does it turn?|Tom Reed (Fenland) (Con)|It does.|Ada Lind|Then it is well.": (
        "North Fen, Lab (Ada Lind)", "Fenland, Con (Tom Reed)", "North Fen, Lab (Ada Lind)",
    ),
    "Q1 Chair: Does it turn?|Dr Lind: It does.|Q2 Ada Reed: Always?|Dr Lind: Not in frost.": (
        "Chair", "Dr Lind", "Ada Reed", "Dr Lind",
    ),
}  # fmt: skip


@pytest.mark.parametrize("record", RECORDS)
def test_records_of_many_kinds(record: str) -> None:
    """Parliaments and hearings print speakers in many ways."""
    assert tuple(voices(document(read_plain(record.replace("|", "\n\n"))))) == RECORDS[record]


def test_a_list_of_letters_opens_none() -> None:
    """Letters and statements that are only listed are nobody's words here."""
    listed = "\n\n".join(f"Letter dated {day} May 2025 from the Permanent Representative of Peru" for day in (1, 2, 3))
    assert len(set(voices(document(read_plain(f"Documents before the meeting\n\n{listed}\n\nThe end."))))) == 1


def test_phrases_take_no_time_on_any_text() -> None:
    """Long lines that nearly match are read at once."""
    started = time.process_time()
    for words in (
        "Letter dated " * 5000, "Report of the " * 5000, "Mr. " * 9000, "the A of " * 9000, "x" * 90_000, "A (" * 9000,
        "We, A, " * 9000, "On A, " * 9000, "From: A\n" * 9000, "Dear A\n" * 9000, "A, B: " * 9000, "Embassy of " * 9000,
    ):  # fmt: skip
        for read_words in (holder_in, opening_in, annexed_in, attached_in, on_behalf, turn_in, named_line, quoted):
            read_words(words)
        meeting_in("Joint statement", words)
        answering({}, [words])
        sender(words, words)
        signatory([words] * 3, [False] * 3)
        openings_in(joined([words, words, words[:100]]), [True] * 3)
        turns_in([words, words], (), words)
    assert time.process_time() - started < 2
