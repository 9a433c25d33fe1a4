"""What the reader has of the packaged edition alone: the words that its editors chose, and its milestones."""

from __future__ import annotations

from ncrelations.editions.nato_china.edition import Edition
from ncrelations.editions.nato_china.public import report
from ncrelations.editions.nato_china.records import Milestone
from ncrelations.library import Library
from ncrelations.reader.captions import Captions, captions_of

EDITION = Captions(
    name="NATO-China relations reader",
    home="NATO-China reader",
    heading="NATO-China relations, in two documents",
    about="Two policy documents on the relations between NATO and China, word for word.",
    example="report/VI.1/p2",
    question="Why does China distrust AUKUS?",
    search="Search both documents",
    themes="Both sides, theme by theme",
    themes_about=(
        "Sections III and IV of the report list what each side believes about the other. Pairing their sentences by"
        " theme is the editors' work, not the documents'. The sentences are verbatim; neither side's perception is"
        " presented as fact."
    ),
    others="The experts and Brian Wong",
)
"""The words."""


def captions_for(library: Library) -> Captions:
    """The words for a library: the edition's, or those made from its documents."""
    return EDITION if isinstance(library, Edition) else captions_of(library.corpus)


def milestones_of(library: Library) -> tuple[Milestone, ...]:
    """The milestones, where it is the edition."""
    return report.milestones.milestones if isinstance(library, Edition) else ()
