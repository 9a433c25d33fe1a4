"""Plain text and Markdown read into documents: nothing lost, sections, lists, and spans that are slices."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from file_kit import document, holds
from ncrelations.document.citation import Citation
from ncrelations.document.spans import LeafKind
from ncrelations.files.file_text import FileText, as_data, from_data
from ncrelations.files.markdown_reader import read_markdown
from ncrelations.files.plain_reader import read_plain
from ncrelations.files.printed_numbers import running
from ncrelations.files.section_ids import SectionIds

FILES = Path(__file__).with_name("own_files")

MARKDOWN = """---
title: "Harbour plan"
date: 2021-05-04
---

# Harbour plan

Opening words, *emphasised* and [linked](http://example.org/a_b).

## 1. Dredging

- First item, which runs
  over two lines
- Second AT&amp;T item

| Year | Depth |
|------|-------|
| 2020 | 12 m  |

The end.[^1]

[^1]: A note.
"""

PLAIN = """HARBOUR PLAN

This paragraph is wrapped in the mid-
dle of a word and goes on – with a dash –
over lines.

1. The first numbered paragraph says at some length what the harbour is for, who may use it at what
time of the day, and what they pay; so that it is more than an item of a list.

2. The second, which is long as well, says that the farmers and the innkeepers of the parish agreed with
all of this when they met in the spring, with

• an item
• another

3. The third is no shorter, for it tells what happens to those who do not pay at the times that are
named above.
"""


def test_markdown_is_read_as_it_would_be_quoted() -> None:
    """Marks go, links keep their words, rows and items are blocks, footnotes stand apart."""
    found = document(read_markdown(MARKDOWN))
    holds(found)
    assert {str(block.citation): block.text for block in found.blocks} == {
        "doc/harbour-plan/p1": "Opening words, emphasised and linked.",
        "doc/1/b1": "First item, which runs over two lines",
        "doc/1/b2": "Second AT&T item",
        "doc/1/t1": "Year Depth",
        "doc/1/t2": "2020 12 m",
        "doc/1/p1": "The end.",
        "doc/1/n1": "A note.",
    }
    assert (found.section("1").number, found.section("1").heading) == ("1", "Dredging")
    assert found.section("1").parent == found.section("harbour-plan")


def test_a_line_that_ends_between_marks_parts_words() -> None:
    """Words in bold, each on its line, are two words and not one."""
    assert [block.text for block in document(read_markdown("**Fen**\n**Union**\n")).blocks] == ["Fen Union"]


def test_markdown_says_what_its_front_matter_says() -> None:
    """Title and date come from the front matter, which is no text."""
    text = read_markdown(MARKDOWN)
    assert (text.title, text.date, text.author, text.structure) == ("Harbour plan", "2021-05-04", None, "markup")


def test_numbered_paragraphs_cite_by_their_numbers() -> None:
    """Numbers that run on are sections of their own; what follows belongs to them."""
    found = document(read_plain(PLAIN))
    holds(found)
    assert [str(block.citation) for block in found.blocks] == [
        "doc/harbour-plan/p1", "doc/1/p1", "doc/2/p1", "doc/2/b1", "doc/2/b2", "doc/3/p1",
    ]  # fmt: skip
    assert found.section("2").parent == found.section("harbour-plan")
    assert found.section("2").blocks[0].human == "Doc, para. 2"
    assert found.section("2").blocks[1].human == "Doc, para. 2, bullet 1"
    assert "goes on – with a dash – over lines" in found.blocks[0].text


def test_runs_of_numbers_are_told_apart_by_the_lengths_of_their_items() -> None:
    """Long paragraphs and the short items of a list among them count on each for itself, over a number left out."""
    items = [("1", 300), ("1", 20), ("2", 280), ("2", 25), ("4", 290), ("3", 15), ("5", 310)]
    assert running(items) == {0, 2, 4, 6}


def test_numbers_that_begin_again_take_no_time() -> None:
    """Work grows with the length alone: of many runs, of one long run, and of one number given again and again."""
    started = time.process_time()
    assert len(running([(str(1 + n % 2), 150) for n in range(20_000)])) == 20_000
    assert len(running([(str(1 + n // 10_000), 100 + n % 700) for n in range(20_000)])) == 20_000
    assert len(running([(str(1 + n), 150) for n in range(9_999)])) == 9_999
    ids = SectionIds()
    assert [ids.of_paragraph("1", "") for _ in range(10_000)][-1] == "1.part-10000"
    assert time.process_time() - started < 2


@pytest.mark.parametrize("read", [read_plain, read_markdown])
@given(text=st.text(st.sampled_from("ab1. \n\r\t#*-_[]()`|<>&;:\\é•\f"), max_size=120) | st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_without_loss(read: object, text: str) -> None:
    """Whatever the text, its parts re-join to it, and every block is its slices."""
    assert callable(read)
    found: FileText = read(text)
    assert "".join(text[part.span.start : part.span.end] for part in found.parts) == text
    if any(part.kind in (LeafKind.TEXT, LeafKind.HEADING, LeafKind.FOOTNOTE) for part in found.parts):
        holds(document(found))


PAGED = """I. Harbours
Ships need depth, and depth needs dredging; whoever does not dredge will lose the ships to whoever does, and the

PARISH OF MARROWBY, PAGE 1

trade with them.

The Depth of Channels
Every channel was measured in the spring of that year, and every other one was found to be too shallow for boats.

PARISH OF MARROWBY, PAGE 2

II. Boats

Contents . . . . . . . . . . . 7

PARISH OF MARROWBY, PAGE 3
"""


def test_the_pages_of_a_plain_text() -> None:
    """Running heads and contents are told apart, sentences go on behind them, titles above a text are headings."""
    found = document(read_plain(PAGED))
    holds(found)
    assert [(section.id, section.heading) for section in found.walk()] == [
        ("I", "Harbours"), ("the-depth-of-channels", "The Depth of Channels"), ("II", "Boats"),
    ]  # fmt: skip
    assert found.section("the-depth-of-channels").parent == found.section("I")
    assert found.blocks[0].text.endswith("does, and the trade with them.")
    kinds = [found.source[leaf.span.start : leaf.span.end] for leaf in found.leaves if leaf.kind is LeafKind.FURNITURE]
    assert kinds == [f"PARISH OF MARROWBY, PAGE {number}" for number in (1, 2, 3)]


def test_headings_of_one_level_nest_by_their_numbers() -> None:
    """Where a file sets "II." and "A." alike, the letter stands under the numeral."""
    found = document(
        read_markdown("# I. One\n\n# II. Two\n\n# A. First\n\nWords.\n\n# B. Second\n\n# Annex\n\n# III. Three\n")
    )
    assert [(section.id, section.parent and section.parent.id) for section in found.walk()] == [
        ("I", None), ("II", None), ("II.A", "II"), ("II.B", "II"), ("annex", None), ("III", None),
    ]  # fmt: skip


def test_citations_count_to_four_figures() -> None:
    """What is too much for one section goes on in another; what is too much for a paragraph ends with a sentence."""
    many = document(read_plain("\n\n".join(f"Words {number}." for number in range(10_050))))
    assert [len(section.blocks) for section in many.walk()] == [9_999, 51]
    assert all(Citation.parse(str(block.citation)) for block in many.blocks[-60:])
    one = document(read_markdown("Yes. " * 10_050))
    assert len(one.blocks[0].sentences) == 9_999
    holds(one)
    lines = document(read_plain("\n".join(["One line of words that ends.", "Another that goes on,"] * 2_000)))
    assert max(len(block.text) for block in lines.blocks) < 5_200


def test_a_text_comes_back_from_plain_data() -> None:
    """What the reading process sends is the value again."""
    text = read_markdown(MARKDOWN)
    assert from_data(as_data(text)) == text


def test_the_handbook_has_its_headings() -> None:
    """A real handbook in Markdown: every heading printed with # is a section."""
    source = (FILES / "us-18f-derisking-handbook.md").read_text("utf-8")
    found = document(read_markdown(source))
    holds(found)
    assert len(found.tree.sections) == sum(line.startswith("#") for line in source.splitlines())
