"""Several hundred sentences around one quotation each, in the shapes people write: whose it is, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import ncrelations as ncr

TABLES = Path(__file__).parent / "proof"
VOICES = {
    "nato": "China does not respect international law and treaty commitments",
    "china": "NATO is still a Cold War organization",
    "experts": "there is the risk of incidents and clashes that could escalate",
    "author": "the world does not need another round of proxy conflict between great powers",
}
PLACES = {
    "law": VOICES["nato"],
    "us": "The U.S. dominates NATO strategically, militarily, and politically",
    "sea": "For the Alliance, the maritime domain has always been of key strategic importance",
    "climate": "Climate change is now the most glaring example",
    "berlin": "It still remains to be seen how the new German government and next French President will position",
    "talk": "Talking to each other is always better than talking about each other",
    "war": "Preventing war is of utmost importance",
    "visits": "Chinese journalists, academics and officials paid visits to NATO headquarters",
    "proxy": VOICES["author"],
}


def sentences(table: str) -> list[tuple[str, str, str]]:
    """What is expected, what is quoted, and the sentence."""
    rows = [line.split("\t") for line in (TABLES / table).read_text("utf-8").splitlines()]
    assert rows, table
    return [(expected, quoted, sentence.replace("\\n", "\n")) for expected, quoted, sentence in rows]


def proofed(table: str, quoted: dict[str, str], mark: str) -> Iterator[tuple[str, str, ncr.Finding]]:
    """Each sentence with what is expected, and the finding on its quotation."""
    for expected, name, sentence in sentences(table):
        text = sentence.replace(f"“{mark}”", mark).replace(mark, f"“{quoted[name]}”")
        findings = ncr.proof(f"Some words come first.\n\n{text}").findings
        yield expected, sentence, next(each for each in findings if quoted[name] in each.quotation)


def test_whose_a_quotation_is_said_to_be() -> None:
    """Of quotations credited to another each is told, and of those credited rightly, or to nobody, none."""
    missed = [
        (expected, sentence, finding.remarks)
        for expected, sentence, finding in proofed("credits.tsv", VOICES, "{q}")
        if (finding.credit_right is False) != (expected == "another")
    ]
    assert missed == []


def test_where_a_quotation_is_said_to_stand() -> None:
    """Places in running words, brackets, notes, tables and under block quotes: wrong ones are told, right ones not."""
    missed = [
        (expected, sentence, finding.remarks)
        for expected, sentence, finding in proofed("places.tsv", PLACES, "{q}")
        if finding.place_right is not (expected == "right")
    ]
    assert missed == []
