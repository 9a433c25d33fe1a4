"""What the reader says of its own: made from the documents, or written for them by editors."""

from __future__ import annotations

from dataclasses import dataclass

from ncrelations.document.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Captions:
    """The words of the reader that depend on what it holds."""

    name: str
    """What every page's title ends with."""
    home: str
    """How the navigation calls the first page."""
    heading: str
    """The heading of the first page."""
    about: str
    """What the documents are, in a sentence."""
    example: str
    """An address that the first page shows."""
    question: str | None = None
    """A question that the empty search box shows."""
    search: str = "Search the documents"
    """What the small search box is for."""
    themes: str = "Theme by theme"
    """The heading of the page of themes."""
    themes_about: str = (
        "Pairing what the voices say by theme is the editors' work, not the documents'."
        " The sentences are verbatim; no voice's view is presented as fact."
    )
    """What the pairing is."""
    others: str = "Others"
    """Who else speaks on a theme, beside the sides."""


def captions_of(corpus: Corpus) -> Captions:
    """The words for documents of which nothing is written: their titles, and how many there are."""
    documents = corpus.documents
    count = "One document" if len(documents) == 1 else f"{_NUMBERS.get(len(documents), len(documents))} documents"
    titles = " / ".join(document.title for document in documents)
    called = f"{corpus.name[:1].upper()}{corpus.name[1:]} reader"
    example = next((str(block.citation) for document in documents for block in document.blocks), "")
    return Captions(
        name=called,
        home=called,
        heading=titles if len(documents) <= _FEW else count,
        about=f"{count}, word for word.",
        example=example,
    )


_FEW = 3
"""How many titles make a heading."""
_NUMBERS = {0: "No", 2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six"}

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def printed_date(date: tuple[int, ...]) -> str:
    """A work's date as a page has it: "4 August 2022", "August 2022" or "2022"."""
    year, *rest = date
    day = [str(each) for each in rest[1:2]]
    return " ".join([*day, *(_MONTHS[month - 1] for month in rest[:1]), str(year)])
