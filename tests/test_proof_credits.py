"""Those credited as people credit them, one construction a line."""

from __future__ import annotations

import pytest

import ncrelations as ncr
from ncrelations.document.corpus import Corpus
from ncrelations.document.voice import Speaker
from ncrelations.proofing.named_speakers import named_by

NATO = "China does not respect international law and treaty commitments where these go against its national interests"
CHINA = "NATO is still a Cold War organization"
WONG = "the world does not need another round of proxy conflict between great powers"
JOINT = "there is the risk of incidents and clashes that could escalate"

EXAGGERATED = "are often exaggerated at the expense of the facts"

WRONG = {
    NATO: [
        "The Chinese complaint is familiar: {q}.", "Beijing's line is that {q}.", "For Beijing, {q}.",
        "Ask the Chinese and they say {q}.",
        "In Beijing they will tell you that {q}.", "{q} is how Beijing puts it.",
        "{q}, or so the Chinese side holds.",
        "{q}, it is argued in Beijing.", "The view from Beijing: {q}.", "Through Chinese eyes, {q}.",
        "China's experts have it that {q}.",
        "It is Beijing's contention that {q}.", "The charge, levelled by Beijing, is that {q}.",
        "China, they say, insists that {q}.",
        "Among the Chinese perceptions is this one: {q}.",
        "The remark that {q}, the opinion of Chinese experts, is odd.",
        "Wong's own conclusion is that {q}.", "Wong: {q}.", "In his essay Wong finds that {q}.", "{q} — Brian Wong",
        "Wong, the Oxford man, notes that {q}.", "Wong is widely read. He adds that {q}.",
        "See how China openly brags that it has shown {q}.", "A textbook attributes to Beijing the words {q}.",
        "They put into Beijing's mouth the words {q}.", "A speaker quoted Beijing as confessing {q}.",
        "It was pointed out by Beijing that {q}.", "It is China which is made to lament that {q}.",
        "{q}: a Chinese complaint.", "{q}: Wong.", "{q}, Chinese officials promise.",
        "The Chinese are offended. They say: {q}.", "The Chinese are offended. {q}, they say.",
        "The Chinese side has its list. Their complaint is that {q}.",
    ],
    CHINA: [
        "{q}. So the Alliance.", "{q}. So say the allies.", "{q}. Thus Wong.",
        "The authors themselves conclude that {q}.", "The report's own verdict is that {q}.",
        "In the authors' own judgement {q}.",
        "The experts' joint finding: {q}.", "China's rise has shown that {q}.", "{q}. Nobody disputes that.",
        "Clearly, {q}.",
        "As everybody knows, {q}.", "It is simply the case that {q}.", "The plain truth: {q}.",
        "{q} — that much is established.",
        "{q}. That is a fact.", "The Kremlin declares that {q}.",
        "We cannot ignore that {q}.", "That {q} is an undeniable fact.", "In Paris's opinion, {q}.",
        "{q}, Paris explained.",
    ],
    WONG: ["The group of experts writes: {q}.", "The report pleads: {q}.", "NATO fears: {q}."],
    JOINT: ["NATO alone warns that {q}.", "Beijing fears that {q}."],
}  # fmt: skip
RIGHT = {
    NATO: [
        "The report records that NATO thinks {q}.", "Among NATO's perceptions: {q}.", "NATO leaders are sure: {q}.",
        "China, says the Alliance, must know that {q}.", "NATO, by contrast, is persuaded that {q}.",
        "NATO's experts say: {q}.",
    ],
    CHINA: [
        "It is Beijing's conviction, not a finding of the authors, that {q}.",
        "The Chinese, the authors record, hold that {q}.",
    ],
    WONG: ["For Wong {q}.", "Wong thinks of Europe. To him, as he says, {q}."],
    JOINT: [
        "NATO's experts and the Chinese experts jointly warn: {q}.",
        "The experts from Menlo Park and Beijing warn that {q}.",
    ],
}  # fmt: skip
NOBODY = {
    NATO: [
        "The paper goes on: {q}.",
        "Western states know it: {q}.",
        "It is acknowledged that {q}.",
        "They say that {q}.",
        "It was not Beijing who wrote that {q}.",
        "Beijing never said that {q}.",
        "Beijing's worry is old; the page has {q}.",
        "Another study has it that {q}.",
        "NATO and Beijing are at odds. They say that {q}.",
    ],
    CHINA: ["According to the report, {q}.", "He turns to the second list: {q}.", "The document says: {q}."],
}


def sentences() -> list[tuple[bool | None, str, str]]:
    """Whether the credit is right, what is quoted, and the sentence."""
    return [
        (right, quoted, sentence)
        for table, right in ((WRONG, False), (RIGHT, True), (NOBODY, None))
        for quoted, some in table.items()
        for sentence in some
    ]


@pytest.mark.parametrize(("right", "quoted", "sentence"), sentences())
def test_who_is_credited_is_read_from_the_words_around(right: bool | None, quoted: str, sentence: str) -> None:
    """By verbs of saying, owners of views, appositions, pronouns, signatures; and what is stated as fact."""
    text = "Some words come first.\n\n" + sentence.format(q=f"“{quoted}”")
    (finding,) = [each for each in ncr.proof(text).findings if each.verdict != "ignored"]
    assert (finding.verdict, finding.credit_right) == ("verbatim", right), [*map(str, finding.remarks)]


def test_a_view_that_a_quotation_speaks_of_says_nothing() -> None:
    """Before a quotation that begins with its verb, "Western fears" is what it is about."""
    (finding,) = ncr.proof(f"Wong argues that Western fears “{EXAGGERATED}”.").findings
    assert (finding.verdict, finding.credit_right) == ("verbatim", True)


def test_a_speaker_has_names_long_or_short() -> None:
    """Whoever has either is named by them in drafts; a voice that no word asks for is named by none."""
    voice = ncr.Voice.EXPERTS

    class Council(Corpus):
        speakers = (Speaker(voice, "harbour council", ""), Speaker(voice, "", "council"), Speaker(voice, "", ""))

    long, short = named_by(Council())
    assert long.named.search("the Harbour Council says")
    assert short.named.search("and the council?")
