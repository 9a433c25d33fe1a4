"""The quotations that who is credited is fitted on: short texts, drafts, the sentences of the tests, filled frames."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import ncrelations as ncr
import test_proof
import test_proof_credits
import test_proof_sentences
from ncrelations.editions.nato_china.edition import edition
from ncrelations.editions.nato_china.knowledge import TwoDocuments
from ncrelations.proofing.credit_context import credit_context
from ncrelations.proofing.credit_features import Candidate
from ncrelations.proofing.credit_judge import CreditJudge
from ncrelations.proofing.credit_names import Key
from ncrelations.proofing.credit_words import ASKED
from ncrelations.proofing.credits import Credited, Credits
from ncrelations.proofing.draft import Draft
from ncrelations.proofing.draft_quotations import Quotation
from ncrelations.proofing.draft_reading import read_text
from ncrelations.proofing.proofreader import Proofreader
from ncrelations.proofing.reported_speech import QuotedWords, quoted_in
from ncrelations.proofing.verdicts import Judged
from proof import measure, writers
from proof.credit_texts import asked, short_texts

CORPUS = edition().corpus
CREDITS, JUDGE = Credits(CORPUS), CreditJudge(CORPUS)


class _Unaided(TwoDocuments):
    """The documents without the network that is fitted on what is made here."""

    credit_file = None  # type: ignore[assignment]  # as a corpus may have it


_UNAIDED = Proofreader(_Unaided())
READ = ("fitting", "report", "unseen", "later", "later_unread", "last", "last_unread", "newest")
"""The sets of drafts that may be read."""
FIRST_HANDS = ("F", "G", "H")
"""The hands whose short texts the weights are fitted on: those of others gained nothing."""
FILLINGS = 4
"""How often a frame is filled."""


@dataclass(frozen=True)
class Instance:
    """A quotation with those who may be credited."""

    hand: str
    """Who wrote it."""
    candidates: Sequence[Candidate]
    """The words that may credit, each with whom they may mean."""
    wanted: Sequence[bool]
    """Of each of those whom they may mean, whether it may be who is credited."""
    right: Sequence[bool | None]
    """Whether crediting them is right."""
    told: bool | None
    """Whether the credit is right, as the writer meant it; of a short text, `None`."""
    who: str = ""
    """Of a short text, the kind of who is credited."""
    about: str = ""
    """The words around it."""


def kinds(key: Key) -> set[str]:
    """What the short texts call somebody."""
    kind, name = key
    if kind in ("nobody", "fact", "unknown"):
        return {"none"}
    if kind == "side":
        return {name}
    if kind in ("reporter", "person"):
        return {"report" if kind == "reporter" else "article"}
    if "taihe" in name.lower():
        return {"taihe"}
    roles = [e.role for e in CORPUS.entities.all if e.name == name and e.role]
    sides = {s.voice.value for s in CORPUS.sides for r in roles if re.search(rf"\b(?:{s.names})\b", r, re.IGNORECASE)}
    if sides or re.search(r"PLA|People.s Liberation|Ministry of (?:Foreign|National)|Chinese", name):
        return sides or {"china"}
    return {"other", "nato"} if re.search(CORPUS.parties["West"], name, re.IGNORECASE) else {"other"}


def of_short_text(row: dict[str, Any]) -> Instance:
    """A short text, its asked quotation in double brackets."""
    text, quotation = asked(row)
    read, candidates = CREDITS.candidates(text, quotation)
    keys = [(c, key) for c in candidates for key, _ in c.options]
    wanted = [row["who"] in kinds(key) for _, key in keys]
    span = _nearest(text, row["credited"]) if row["credited"] and row["who"] != "none" else None
    if span is not None:
        hit = [
            w and c.mention is not None
            and read.tokens[c.mention.start].start < span[1] and span[0] < read.tokens[c.mention.end - 1].end
            for w, (c, _) in zip(wanted, keys, strict=True)
        ]  # fmt: skip
        wanted = hit if any(hit) else wanted
    return Instance(row["hand"], candidates, wanted, [None] * len(keys), None, row["who"], row["text"])


def _nearest(text: str, words: str) -> tuple[int, int] | None:
    at = text.index(ASKED)
    spans = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    return min(spans, key=lambda span: min(abs(span[1] - at), abs(span[0] - at)), default=None)


def unaided(text: str, format: str = "markdown") -> ncr.Proof:
    """What is found in a draft by the words around quotations alone."""
    return _UNAIDED.proof(read_text(text, format))


class Recorder(Proofreader):
    """Keeps the words around each quotation, and where it stands in the documents."""

    def __init__(self) -> None:
        super().__init__(CORPUS)
        self.kept: dict[tuple[int, int], tuple[str, str, list[tuple[QuotedWords, ...]], int]] = {}
        self._about: dict[tuple[int, int], str] = {}

    def _credited(self, draft: Draft, quotation: Quotation, beside: Sequence[Quotation], *_: Any) -> Credited:
        self._about[quotation.number, quotation.start] = credit_context(draft, quotation, beside)
        return Credited()

    def _finding(self, draft: Draft, quotation: Quotation, judged: Judged, *rest: Any) -> ncr.Finding:
        found = super()._finding(draft, quotation, judged, *rest)
        if judged.verdict not in ("ignored", "not_found"):
            runs = (*judged.runs, *(judged.elsewhere if len(judged.runs) == 1 else ()))
            quoted = [quoted_in([*self._judge.places.parts(run)]) for run in runs]
            about = self._about[quotation.number, quotation.start]
            self.kept[found.start, found.end] = (about, quotation.text, quoted, len(judged.runs))
        return found


def of_draft(hand: str, text: str, format: str, told: Callable[[ncr.Finding], bool | str | None]) -> Iterator[Instance]:
    """The quotations of a draft of which it is known whether the credit is right."""
    recorder = Recorder()
    for finding in recorder.proof(read_text(text, format)).findings:
        right = told(finding)
        if (finding.start, finding.end) not in recorder.kept or isinstance(right, str):
            continue
        about, quotation, quoted, pieces = recorder.kept[finding.start, finding.end]
        read, candidates = CREDITS.candidates(about, quotation)
        keys = [(c, key) for c in candidates for key, _ in c.options]
        credits = [CREDITS.credit(read, c.mention, key) for c, key in keys]
        rights = [None if c is None else JUDGE.theirs(c, quoted, whole=pieces == 1) for c in credits]
        voice = finding.voice.value if finding.voice is not None else ""
        wanted = _wanted(right, rights, [key for _, key in keys], voice)
        if hand == "made" and right is None:
            wanted = [each is not False for each in rights]  # rightly, or to nobody
        yield Instance(hand, candidates, wanted, rights, right, about=about)


def _wanted(told: bool | None, rights: Sequence[bool | None], keys: Sequence[Key], voice: str) -> list[bool]:
    """Who may be credited, where only whether it is right is known; a document is nobody's voice, and may be meant."""
    if told is None:
        return [right is None for right in rights]
    if told is False:
        return [right is False for right in rights]
    theirs = [
        right is True or (right is None and key == ("reporter", voice)) for right, key in zip(rights, keys, strict=True)
    ]
    return theirs if any(theirs) else [right is None for right in rights]


def of_writers() -> Iterator[Instance]:
    """The drafts that may be read."""
    for half in READ:
        for path, rows in writers.drafts(half):
            meant = {
                (f.start, f.end): r["credit_right"] for r, f in writers.paired(path, rows, unaided) if f is not None
            }
            yield from of_draft(
                path.parent.name, path.read_text("utf-8"), writers.FORMATS[path.suffix], partial(_meant, meant)
            )


def _meant(meant: Mapping[tuple[int, int], bool | str | None], finding: ncr.Finding) -> bool | str | None:
    return meant.get((finding.start, finding.end), "")


def _pronouns(name: str) -> tuple[str, str]:
    """What stands for somebody."""
    if name.endswith(("s", "Chinese", "CIISS", "side")):
        return "they", "their"
    one = "Mr|Wong|Wang|Stoltenberg|Rudd|General|scholar|essayist|author|man|columnist|admiral|minister|envoy|diplomat"
    return ("he", "his") if re.search(rf"\b(?:{one})\b", name) else ("it", "its")


def of_made() -> Iterator[Instance]:
    """The drafts that a program made."""
    rows = [(row, own) for row, own, _ in measure.pairs(unaided) if own is not None]
    for number in sorted({row["draft"] for row, _ in rows}):
        meant = {(f.start, f.end): _made(row) for row, f in rows if row["draft"] == number}
        text = (Path(__file__).parent / f"draft-{number:02}.md").read_text("utf-8")
        yield from of_draft("made", text, "markdown", partial(_meant, meant))


def _made(row: dict[str, Any]) -> bool | str | None:
    return row.get("credit") if row["made"] in ("true", "voice", "place") else ""


def of_sentences() -> Iterator[Instance]:
    """The sentences of the tests."""
    for expected, quoted, sentence in test_proof_sentences.sentences("credits.tsv"):
        words = test_proof_sentences.VOICES[quoted]
        text = sentence.replace("“{q}”", "{q}").replace("{q}", f"“{words}”")
        yield from _of_sentence(text, words, expected == "theirs")
    for right, words, sentence in test_proof_credits.sentences():
        yield from _of_sentence(sentence.format(q=f"“{words}”"), words, right)
    for right, words, text in PLAIN:
        yield from _of_sentence(text, words, right)


def _of_sentence(text: str, words: str, right: bool | None) -> Iterator[Instance]:
    yield from of_draft(
        "tests", f"Some words come first.\n\n{text}", "markdown", lambda f: right if words in f.quotation else ""
    )


PLAIN = (
    (True, test_proof.COLD, f"“{test_proof.LAW}”, NATO says, while China replies that “{test_proof.COLD}”."),
    (True, test_proof.LAW, f"“{test_proof.LAW}”, NATO says, while China replies that “{test_proof.COLD}”."),
    (False, test_proof.LAW, f"China says “{test_proof.LAW}”, while NATO replies that “{test_proof.COLD}”."),
    (False, test_proof.COLD, f"China says “{test_proof.LAW}”, while NATO replies that “{test_proof.COLD}”."),
    (True, test_proof_credits.EXAGGERATED, f"Wong argues that Western fears “{test_proof_credits.EXAGGERATED}”."),
)
"""More sentences of the tests."""
VERBS = (
    "speaks of threats",
    "has its doubts",
    "thinks of trade",
    "wrote a letter",
    "complains",
    "sees things otherwise",
)
QUOTED_SO = (
    "a source of risk",
    "it has lost its way",
    "the talks have failed",
    "is in decline",
    "a more open dialogue",
)


def of_frames() -> Iterator[Instance]:
    """The frames of a credit, each filled several times."""
    chance = random.Random(7)  # noqa: S311  # no secret: the same draw each time
    lines = (Path(__file__).parent / "credit_frames.txt").read_text("utf-8").splitlines()
    filled = [line.removeprefix("= ").split(": ", 1) for line in lines if line.startswith("=")]
    for line in (each for each in lines if not each.startswith("=")):
        for _ in range(FILLINGS):
            (who, names), (_, others) = chance.sample(filled, 2)
            name, other = (chance.choice(each.split(";")).strip() for each in (names, others))
            frame = line.removeprefix("0 ").replace("{v}", chance.choice(VERBS)).replace("{Y}", other)
            he, his = _pronouns(name)
            credited = he if "{P}" in frame else his if "{T}" in frame else name if "{X}" in frame else None
            about = frame.replace("{q}", f"[[{chance.choice(QUOTED_SO)}]]").replace("{o}", "“the way out”")
            about = about.replace("{X}", name).replace("{P}", he).replace("{T}", his)
            about = re.sub(r"(?:\A|(?<=[.:] ))[a-z]", lambda match: match[0].upper(), about)
            if credited and credited not in about.split("[[")[0] + about.split("]]")[1]:
                credited = credited[0].upper() + credited[1:]
            yield of_short_text({
                "hand": "frames", "text": about, "credited": credited, "who": who if credited else "none",
            })  # fmt: skip


def instances() -> list[Instance]:
    """Everything that may be fitted on."""
    return [
        *map(of_short_text, (r for r in short_texts() if r["hand"] in FIRST_HANDS and not r["unread"])),
        *of_writers(),
        *of_made(),
        *of_sentences(),
        *of_frames(),
    ]
