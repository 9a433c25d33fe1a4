"""Proofs as SARIF 2.1.0, the form in which editors and code hosts read findings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from ncrelations import __version__
from ncrelations.proofing.finding import Finding, Proof
from ncrelations.render.proof_pages import change_words, verdict_words
from ncrelations.texts import ENGLISH, Texts

RULES = {
    "altered": "A quotation is not word for word what the document says.",
    "stitched": "A quotation is put together from several places without saying so.",
    "not_found": "A quotation stands in none of the documents.",
    "wrong_place": "The place named beside a quotation is not where it stands.",
    "wrong_voice": "A quotation is credited to somebody whose view it does not state.",
}
"""What is wrong with a quotation, with the rule in a sentence."""


def sarif(proofs: Sequence[tuple[str, Proof]], texts: Texts = ENGLISH) -> dict[str, Any]:
    """The findings with something to mend in some files, as one log with one run."""
    results = [
        _result(name, proof, finding, rule, texts)
        for name, proof in proofs
        for finding in proof.to_mend
        for rule in _rules(finding)
    ]
    rules = [{"id": rule, "shortDescription": {"text": text}} for rule, text in RULES.items()]
    driver = {"name": "ncr proof", "version": __version__, "rules": rules}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }


def _rules(finding: Finding) -> list[str]:
    """What is wrong with a quotation; an edit that hides a negation alters it."""
    found: list[str] = [finding.verdict] if finding.verdict in RULES else []
    if finding.grave and not found:
        found.append("altered")
    if finding.place_right is False:
        found.append("wrong_place")
    if finding.credit_right is False:
        found.append("wrong_voice")
    return found


def _result(name: str, proof: Proof, finding: Finding, rule: str, texts: Texts) -> dict[str, Any]:
    said = [verdict_words(finding, texts), *change_words(finding, texts), *map(texts.said, finding.remarks)]
    source = [f"“{piece.text}” [{piece.citation}]" for piece in finding.pieces]
    warning = rule == "not_found" or (rule == "altered" and not finding.grave)
    last_line, last_column = proof.draft.where(max(finding.start, finding.end - 1))
    return {
        "ruleId": rule,
        "ruleIndex": list(RULES).index(rule),
        "level": "warning" if warning else "error",
        "message": {"text": "; ".join(said) + (". " + " … ".join(source) if source else ".")},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(name)},
                    "region": {
                        "startLine": finding.line,
                        "startColumn": finding.column,
                        "endLine": last_line,
                        "endColumn": last_column + 1,
                        "snippet": {"text": proof.draft.raw[finding.start : finding.end]},
                    },
                }
            }
        ],
    }


def _uri(name: str) -> str:
    path = PurePath(name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
