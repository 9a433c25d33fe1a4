"""Proof of a draft: its quotations found, each judged by words, place and credit. What is read stays in memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from ncrelations.document.citation import Citation
from ncrelations.document.corpus import Corpus
from ncrelations.document.excerpt import Excerpt
from ncrelations.document.tree import Sentence
from ncrelations.document.wording import Found, Wording, plain_words
from ncrelations.errors import NCRelationsError
from ncrelations.proofing.credit_context import credit_context
from ncrelations.proofing.credit_judge import CreditJudge
from ncrelations.proofing.credits import Credited, Credits
from ncrelations.proofing.draft import Draft, unreadable
from ncrelations.proofing.draft_quotations import Quotation, quotations_of
from ncrelations.proofing.finding import Finding, Proof, QuotedFrom, common, piece_of
from ncrelations.proofing.place_blocks import BARE, THERE
from ncrelations.proofing.place_claims import PlaceClaim, PlaceClaims
from ncrelations.proofing.reported_speech import quoted_in
from ncrelations.proofing.surroundings import Surroundings, heading_above, surroundings
from ncrelations.proofing.verdicts import Judge, Judged
from ncrelations.proofing.word_places import WordPlaces, WordRun
from ncrelations.texts import Reason

if TYPE_CHECKING:  # drafts in English load no glossary
    from ncrelations.languages.glossary import Glossary
    from ncrelations.proofing.credits_elsewhere import CreditsElsewhere

_LONG_NAME = 6
"""Words from which on capitalised words that stand in the documents are no name."""

MOST = 50_000
"""Quotations of a draft that are checked."""

_EARLIER = 600
"""Characters before a quotation in which the section of its place is looked for."""

_LED = 0.97
"""A chance from which on what a colon alone sets off is a quotation."""

_PLACED = 2
"""Words from which on a quotation is one, however short, where its place is named."""

_BRACKET = re.compile(r"\s*[(\[][^()\[\]]{1,160}[)\]]")

BESIDE = 16
"""Quotations on either side that can stand between one and the end of its sentence."""

Meaning = Callable[[str], Sequence[Excerpt]]
"""The passages nearest in meaning to words in another language."""


class Proofreader:
    """Checks drafts against the documents of a corpus. Immutable; safe to share between threads."""

    def __init__(self, corpus: Corpus, meaning: Meaning | None = None) -> None:
        self._corpus, self._meaning = corpus, meaning

    @cached_property
    def _judge(self) -> Judge:
        return Judge(WordPlaces(Wording(self._corpus)))

    @cached_property
    def _claims(self) -> PlaceClaims:
        return PlaceClaims(self._corpus)

    @cached_property
    def _credits(self) -> Credits:
        return Credits(self._corpus)

    @cached_property
    def _credits_elsewhere(self) -> CreditsElsewhere:
        from ncrelations.proofing.credits_elsewhere import CreditsElsewhere

        return CreditsElsewhere(self._corpus, self._glossary)

    @cached_property
    def _glossary(self) -> Glossary:
        from ncrelations.languages.glossary import Glossary

        return Glossary(self._corpus.glossary_folder)

    @cached_property
    def _credit_judge(self) -> CreditJudge:
        return CreditJudge(self._corpus)

    @cached_property
    def _titles(self) -> frozenset[str]:
        """The titles of the documents and of their sections, as words in small letters."""
        works = [name for d in self._corpus.documents for name in (d.title, d.work.name, d.work.periodical or "")]
        headings = [s.heading or "" for d in self._corpus.documents for s in d.walk()]
        return frozenset(" ".join(plain_words(each)) for each in (*works, *headings) if each)

    def proof(self, draft: Draft, most: int | None = None) -> Proof:
        """A finding for each quotation of a draft. Raises `InvalidDraft` for one with more than `most`."""
        most = MOST if most is None else most
        findings = tuple(islice(self._findings(draft), most + 1))
        if len(findings) > most:
            raise unreadable("too_many_quotations", "split", most=f"{most:,}")
        return Proof(draft, findings)

    def _findings(self, draft: Draft) -> Iterator[Finding]:
        places: tuple[PlaceClaim, ...] = ()
        language = ""
        for quotations in quotations_of(draft, self._titles):
            held = 0
            credit = Credited()
            language = self._language(quotations, language) if quotations else language
            for number, each in enumerate(quotations):
                if each.end <= held:
                    continue  # part of a quotation that is the documents', marks and all
                quotation = self._looked_at(each)
                beside = quotations[max(0, number - BESIDE) : number + BESIDE]
                around = surroundings(draft, quotation, beside)
                judged = Judged("ignored") if quotation.left_alone else self._judge.judge(quotation.text)
                known = judged.verdict not in ("ignored", "not_found")
                if not quotation.sure and not known:
                    break
                said = self._credited(draft, quotation, beside, around, language) if known else Credited()
                if quotation.led and number == 0 and not _somebody(said, _LED):
                    break  # nobody is said to say what the colon sets off
                held = quotation.end if judged.verdict in ("verbatim", "edited", "altered") else held
                credit = credit if (number and quotation.led) or (around.joined and not _somebody(said)) else said
                claims = () if quotation.left_alone else self._claimed(draft, quotation, around, places)
                places = claims or places
                yield self._finding(draft, quotation, judged, claims, credit)

    def _credited(
        self, draft: Draft, quotation: Quotation, beside: Sequence[Quotation], around: Surroundings, language: str
    ) -> Credited:
        """Those whom the words around a quotation may credit."""
        if language not in ("", "en"):
            return Credited.surely(self._credits_elsewhere.credited(around, language))
        return self._credits.credited(credit_context(draft, quotation, beside), quotation.text)

    def _language(self, quotations: Sequence[Quotation], before: str) -> str:
        from ncrelations.proofing.draft_languages import language_around

        return language_around(quotations, before, lambda: self._glossary, self._is_ours)

    def _looked_at(self, quotation: Quotation) -> Quotation:
        """A quotation; one that only looks like a title is none, nor are two words with their place a scare quote."""
        if quotation.left_alone == "title" and self._is_ours_whole(quotation):
            return replace(quotation, left_alone=None)
        if quotation.left_alone == "scare" and self._is_placed(quotation):
            return replace(quotation, left_alone=None)
        return quotation if quotation.closed else self._closed(quotation)

    def _closed(self, quotation: Quotation) -> Quotation:
        """A quotation that nothing closes, up to the last mark in it, where these words are the documents'.

        A mark that opens within one, and is not closed, takes the mark that was to close it.
        """
        marks = list(re.finditer(r"[”\"’»“](?!\w)", quotation.text[:_EARLIER]))
        if not marks or self._judge.judge(quotation.text).verdict in ("verbatim", "edited"):
            return quotation
        text, at = quotation.text[: marks[-1].start()], quotation.start + marks[-1].start()
        if self._judge.judge(text).verdict not in ("verbatim", "edited"):
            return quotation
        return replace(quotation, text=text, end=at, around=(quotation.around[0], at + 1))

    def _finding(
        self, draft: Draft, quotation: Quotation, judged: Judged, claims: Sequence[PlaceClaim], credited: Credited
    ) -> Finding:
        mapped = quotation.paragraph.mapped
        start, end = mapped.origin(quotation.around[0]), draft.whole(mapped.end(quotation.around[1]))
        line, column = draft.where(start)
        text = " ".join(quotation.text.split())
        pieces = tuple(piece for run in judged.runs for piece in self._pieces(run))
        remarks = list(_of_words(quotation, judged))
        known = judged.verdict not in ("not_found", "ignored")
        place_right = self._place(claims, judged, remarks) if quotation.left_alone is None else None
        credit_right = self._credit(credited, judged, remarks) if known else None
        if judged.verdict == "not_found":
            pieces = self._translated(text, remarks) or pieces
        citation = common(pieces) if known else None
        grave = any(change.grave for change in judged.changes) or bool(judged.hides)
        return Finding(
            text, line, column, judged.verdict, citation, pieces, judged.changes, grave, place_right, credit_right,
            tuple(remarks), start, end,
        )  # fmt: skip

    def _pieces(self, run: WordRun) -> Iterator[QuotedFrom]:
        for block, span in self._judge.places.parts(run):
            yield piece_of(block, span, tuple(each.citation for each in Found(block, (span,)).sentences))

    def _blocks(self, run: WordRun) -> set[Citation]:
        return {block.citation for block, _ in self._judge.places.parts(run)}

    def _claimed(
        self, draft: Draft, quotation: Quotation, around: Surroundings, before: tuple[PlaceClaim, ...]
    ) -> tuple[PlaceClaim, ...]:
        """The places named beside a quotation; `before` are those of the one before."""
        after = (around.after, *around.asides)
        claims = self._claims.found(after, before) or self._claims.found((around.before or around.lead,))
        there = THERE.search(around.before)
        if claims or not (there or any(map(BARE.search, after))):
            return claims
        said = quotation.paragraph.text[max(0, quotation.around[0] - _EARLIER) : quotation.around[0]]
        near = [claim for text in (said, heading_above(draft, quotation)) for claim in self._claims.found((text,))]
        sections = {str(each.citation): each for claim in near for each in claim.sections}
        running = (f"({there['block'] or there['milestone']})",) if there else ()
        return self._claims.within((*after, *running), tuple(sections.values()))

    def _place(self, claims: Sequence[PlaceClaim], judged: Judged, remarks: list[str]) -> bool | None:
        """Whether the places named beside a quotation are where it stands, said in the remarks where they are not."""
        if judged.verdict == "not_found" or not judged.runs:
            missing = [claim.words for claim in claims if claim.blocks is None]
            remarks += [Reason("proof.no_place", {"place": each}) for each in missing]
            return False if missing else None
        needed = [self._blocks(run) for run in judged.runs]
        free = [self._blocks(run) for run in judged.elsewhere] if len(judged.runs) == 1 else []
        found: list[bool | None] = []
        for claim in claims:
            places = sorted({c for blocks in (*needed, *free) for c in blocks}, key=str)
            found.append(claim.right(places))
            if claim.blocks is None:
                remarks.append(Reason("proof.no_place", {"place": claim.words}))
            elif found[-1] is False:
                where = str(min(needed[0], key=str))
                remarks.append(Reason("proof.wrong_place", {"place": claim.words, "citation": where}))
        return False if False in found else True if True in found else None

    def _credit(self, credited: Credited, judged: Judged, remarks: list[str]) -> bool | None:
        """Whether those credited say it, said in the remarks with the draft's words where they do not."""
        whole = len(judged.runs) == 1
        runs = (quoted_in([*self._judge.places.parts(r)]) for r in (*judged.runs, *(judged.elsewhere if whole else ())))
        right, credit = self._credit_judge.told(credited, [*runs], whole=whole)
        if right is False and credit is not None:
            said = {"words": credit.words, "voice": self._judge.places.block(judged.runs[0]).voice.label}
            remarks.append(Reason("proof.as_fact" if credit.as_fact else "proof.wrong_voice", said))
        return right

    def _translated(self, text: str, remarks: list[str]) -> tuple[QuotedFrom, ...]:
        """Of words in another language, the sentence that says the same, where what reads them is installed."""
        from ncrelations.languages.detection import language_of

        if text.isascii() and len(text.split()) < 4:
            return ()
        language = language_of(text[:500], self._glossary, self._is_ours)
        if language == "en":
            return ()
        remarks.append(Reason("proof.translation", {"language": language}))
        try:
            found = () if self._meaning is None else self._meaning(text[:500])
        except NCRelationsError:
            return ()
        return tuple(_best(each) for each in found[:1])

    def _is_ours_whole(self, quotation: Quotation) -> bool:
        """Whether the documents have all words of what is capitalised as a title is."""
        words = plain_words(quotation.text)
        long = len(words) >= _LONG_NAME and " ".join(words) not in self._titles
        return long and bool(self._judge.places.find(words))

    def _is_placed(self, quotation: Quotation) -> bool:
        """Whether two words that the documents have are followed by a place in brackets, or by a note with one."""
        words = plain_words(quotation.text)
        if len(words) < _PLACED or not self._judge.places.find(words):
            return False
        end = quotation.around[1]
        bracket = _BRACKET.match(quotation.paragraph.text, end)
        notes = (each.text for each in quotation.asides if end <= each.at <= end + 1)
        return bool(self._claims.found((*notes, *((bracket[0],) if bracket else ()))))

    def _is_ours(self, word: str) -> bool:
        return len(self._judge.places.places(word)) > 0


def _somebody(credited: Credited, least: float = 0.5) -> bool:
    """Whether it is likely that somebody is credited."""
    return sum(chance for credit, chance in credited.chances if credit is not None) > least


def _best(excerpt: Excerpt) -> QuotedFrom:
    spans = excerpt.highlights or ()
    sentence: Sentence = next(
        (s for s in excerpt.sentences if spans and s.text == excerpt.text[spans[0].start : spans[0].end]),
        excerpt.sentences[0],
    )
    return QuotedFrom(sentence.text, sentence.citation, excerpt.block)


def _of_words(quotation: Quotation, judged: Judged) -> Iterator[str]:
    """What there is to say of a quotation's words and marks."""
    if quotation.left_alone:
        yield Reason(f"proof.left_alone_{quotation.left_alone}")
    if not quotation.closed:
        yield Reason("proof.unclosed")
    for variant in judged.variants:
        yield Reason(f"proof.variant_{variant}")
    if judged.hides:
        yield Reason("proof.hides", {"word": judged.hides})
