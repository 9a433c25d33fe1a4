"""Names of people's own documents, told by how they are written."""

from __future__ import annotations

import pytest

from ncrelations.collections.names_found import _names_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The dredging was paid by the Bishop of Marrowby alone.", ["Bishop of Marrowby"]),
        ("It pleased the Friends of the Mill and the Council.", ["Friends of the Mill", "Council"]),
        ("There Ada Penhallow met Edwin Corr in Skarness.", ["Ada Penhallow", "Edwin Corr", "Skarness"]),
        ("It fell to Corr of all people to pay.", ["Corr"]),
        ("They call the Harbour Board's plan good.", ["Harbour Board"]),
        ("It was read in the port, in Marrowby, Skarness and beyond.", ["Marrowby", "Skarness"]),
        ("THE COUNCIL PAYS HALF OF THE DREDGING", []),
    ],
)
def test_names_are_runs_of_capitals(text: str, names: list[str]) -> None:
    """A name goes on over the small words that join, not over others, a comma or an 's; shouting names nobody."""
    assert [name for name, _ in _names_in(text, set())] == names


def test_an_acronym_in_brackets_belongs_to_the_name() -> None:
    """It follows the name whose letters it takes."""
    found = dict(_names_in("It was left to the Marrowby Harbour Board (MHB) and to the Council (see below).", set()))
    assert (found["Marrowby Harbour Board"], found["Council"]) == ("MHB", None)
