"""Writes the drafts of this folder: journalistic prose around quotations, true and false, each with what it is.

    python tests/proof/write_drafts.py

The drafts are kept as data, so that a change of this program changes nothing by itself. It knows the documents and
how people write, and nothing of how quotations are checked.
"""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import ncrelations as ncr

HERE = Path(__file__).parent
MARKS = ["“”", "“”", "“”", '""', '""', "‘’", "''", "«»", "„“"]

RIGHT = {
    "nato": [
        "NATO believes that {q}.", "According to NATO, {q}.", "{q}, the Alliance complains.", "In NATO’s view, {q}.",
        "NATO allies fear that {q}.", "The report lists NATO’s perceptions; one reads {q}.",
        "From the Alliance's point of view, {q}.", "As the allies see it, {q}.", "NATO's concern is that {q}.",
        "Western governments argue: {q}.", "{q}, according to the Alliance.", "The West accuses Beijing: {q}.",
    ],
    "china": [
        "China believes that {q}.", "According to Beijing, {q}.", "{q}, Chinese officials complain.", "In China’s view, {q}.",
        "Chinese strategists fear that {q}.", "The report lists Chinese perceptions; one reads {q}.",
        "From Beijing's point of view, {q}.", "As China sees it, {q}.", "Beijing's complaint is that {q}.",
        "Chinese analysts argue: {q}.", "{q}, according to China.", "Beijing accuses the Alliance: {q}.",
    ],
    "experts": [
        "The experts write that {q}.", "According to the report, {q}.", "{q}, the experts warn.", "In the experts’ view, {q}.",
        "The expert group notes that {q}.", "The CSDR-CIISS report says: {q}.", "CSDR and CIISS conclude that {q}.",
        "The joint report puts it this way: {q}.", "{q}, according to the expert group.", "The report recommends: {q}.",
    ],
    "author": [
        "Wong argues that {q}.", "According to Brian Wong, {q}.", "{q}, writes Wong.", "In Wong’s view, {q}.",
        "Brian Wong notes that {q}.", "The article says: {q}.", "{q}, said Brian Wong in his essay.",
        "The author puts it this way: {q}.", "Wong’s argument is that {q}.", "As Wong writes, {q}.",
    ],
}  # fmt: skip
NEUTRAL = [
    "One line stands out: {q}.", "The passage goes on: {q}.", "It is worth reading in full: {q}.", "{q}. That was new.",
    "There it stands: {q}.", "The wording was careful: {q}.", "Readers will remember {q}.", "Then comes {q}, and no more.",
    "They spoke for two hours, and {q} is what was left.", "Take this sentence: {q}.", "{q} is how the paragraph ends.",
    "What does {q} mean in practice?", "He underlined {q} twice.",
]  # fmt: skip
SECOND = {
    "nato": [
        "There is a long memory in Brussels. The alliance, the authors record, holds that {q}.", "Ask any NATO planner and you hear it: {q}.",
        "Seen from NATO headquarters, {q}, and that settles it for most allies.", "{q}: such is the perception of the NATO allies.",
        "Among the charges that the West levels at Beijing is this one: {q}.", "NATO, which has thirty members, has long suspected that {q}.",
        "The report sums up what NATO thinks: {q}.", "Western officials, it is recorded, worry that {q}.",
        "It is NATO’s conviction, not a finding of the authors, that {q}.", "“Nobody doubts it,” says one envoy; NATO states that {q}.",
        "{q} is how the Alliance describes its rival.", "Whatever Beijing may say, NATO perceives it thus: {q}.",
    ],
    "china": [
        "There is a long memory in Beijing. The Chinese, the authors record, hold that {q}.", "Ask any Chinese planner and you hear it: {q}.",
        "Seen from Beijing, {q}, and that settles it for most cadres.", "{q}: such is the perception of the Chinese.",
        "Among the charges that China levels at the Alliance is this one: {q}.", "China, which has 1.4 billion people, has long suspected that {q}.",
        "The report sums up what China thinks: {q}.", "Chinese officials, it is recorded, worry that {q}.",
        "It is Beijing’s conviction, not a finding of the authors, that {q}.", "“Nobody doubts it,” says one envoy; China states that {q}.",
        "{q} is how Beijing describes its rival.", "Whatever NATO may say, China perceives it thus: {q}.",
    ],
    "experts": [
        "On this the expert group is plain: {q}.", "After months of video calls the experts agreed that {q}.",
        "CSDR and CIISS, two institutes that had never worked together, state that {q}.", "{q}, the experts add.",
        "In the words of the joint report, {q}.", "The experts, careful as ever, suggest that {q}.",
        "Turn the page of the report and you find {q}.", "The expert group’s view is that {q}.", "{q}, note the experts.",
        "What the experts propose is modest: {q}.", "“We tried,” a participant told me. The report says so too: {q}.",
    ],
    "author": [
        "On this Wong is plain: {q}.", "Brian Wong, a young scholar, goes further and contends that {q}.",
        "Wong, who wrote for the Taihe Institute, maintains that {q}.", "{q}, Wong adds.",
        "In the words of Brian Wong, {q}.", "Wong, careful as ever, suggests that {q}.",
        "Turn to Wong's essay and you find {q}.", "Wong’s view is that {q}.", "{q}, notes Wong.",
        "What Wong proposes is modest: {q}.", "“He tried,” a colleague told me. Wong says so too: {q}.",
    ],
}  # fmt: skip
SECOND_NEUTRAL = [
    "I copied this into my notebook: {q}.", "Everything hangs on {q}.", "On the third reading {q} still puzzled me.",
    "Why print {q} at all?", "(The original has {q}.)", "Compare {q} with what followed.", "“Too long,” said my editor of {q}.",
    "Somewhere near the middle stands {q}; it is easily missed.", "{q} — with that the chapter closes.",
    "My neighbour's daughter read {q} aloud, twice.", "Students were asked to parse {q}.",
]  # fmt: skip
SECOND_OTHERS = [
    "{o}, never shy, announced that {q}.", "“Mark my words,” began {o}, who then said: {q}.", "It was {o} who wrote {q}.",
    "Last week {o} told reporters that {q}.", "{q}, as {o} put it in June.", "{o}'s verdict: {q}.", "{q}, in the words of {o}.",
    "{o} concedes that {q}.", "Speaking in Singapore, {o} claimed {q}.",
]  # fmt: skip
SECOND_FACTS = ["There is no arguing with the facts: it is clear that {q}.", "Undeniably, {q}.", "The report establishes that {q}."]
OTHERS = ["Vladimir Putin", "Emmanuel Macron", "Henry Kissinger", "The White House", "The Kremlin", "Prime Minister Modi"]
OTHER_FRAMES = [
    "{o} said that {q}.", "{q}, {o} declared.", "According to {o}, {q}.", "{o} warned: {q}.", "In the words of {o}, {q}.",
    "{o} insisted that {q}.", "{q}, said {o}.", "{o} has long argued that {q}.",
]  # fmt: skip
FACTS = ["It is a fact that {q}.", "The report proves that {q}.", "The truth is that {q}.", "As the report demonstrates, {q}."]
SWAPS = {
    "the": "a", "and": "or", "may": "must", "could": "will", "should": "could", "more": "less", "increase": "reduce",
    "security": "trade", "cooperation": "competition", "military": "civilian", "dialogue": "rivalry", "important": "minor",
    "their": "its", "its": "their", "has": "had", "is": "was", "are": "were", "between": "among", "global": "regional",
    "China": "Russia", "NATO": "Europe", "Chinese": "Indian", "relations": "tensions", "of": "for", "in": "on", "risk": "chance",
    "all": "some", "both": "few", "peace": "order", "common": "separate", "strategic": "tactical", "political": "legal",
}  # fmt: skip
NUMBERS = {
    "one": "three", "two": "four", "three": "five", "four": "six", "five": "seven", "six": "nine", "ten": "twelve",
    "first": "second", "second": "third", "third": "fourth", "2019": "2017", "2021": "2020", "30": "28", "2018": "2014",
}
FILLERS = [
    "Talks between the two have been slow for years, and nobody in the room pretended otherwise.",
    "The allies’ line hasn’t changed much since the ’90s; it’s the tone that has.",
    "It was a “so-called” success, an official said with a shrug.",
    "The ambassadors' dinner ended late. Nobody's phone rang.",
    "Budgets rose by 4 per cent, and the ships kept sailing.",
    "She had read “War and Peace in the Pacific” on the plane, and it showed.",
    "The phrase `\"verbatim\" in code()` is for programmers alone.",
    "A 12\" map of the strait hung on the wall.",
    "The minutes call it “dialogue”, the press calls it ‘theatre’.",
]
SUBJECTS = [
    "Our ships", "The committee", "Every ambassador here", "No serious planner", "The new headquarters", "A trade war",
    "The younger diplomats", "Those who fly the patrols", "The summit communiqué we never saw", "Shipping insurers",
]
PREDICATES = [
    "will be home before the monsoon, whatever the ministers decide in June",
    "spent the winter rewriting a paragraph that nobody in the end wanted to sign",
    "would rather lose an election than explain the price of semiconductors again",
    "knows that a hotline is only as good as the person who picks up the phone",
    "has learned to distrust maps that were drawn after lunch",
]


class Author:
    """Writes one set of drafts."""

    def __init__(self, seed: int) -> None:
        self.second = False
        self.dice = random.Random(seed)  # noqa: S311 -- drafts, not secrets
        blocks = [b for d in ncr.documents() for b in d.blocks]
        front = {"front", "notes"}
        self.sentences = [
            s for b in blocks if b.citation.section not in front for s in b.sentences if len(s.text.split()) >= 8
        ]

    def part(self, least: int = 6, most: int = 24, wanted: str | None = None):
        """A sentence and some words of it, from word to word."""
        while True:
            sentence = self.dice.choice(self.sentences)
            words = sentence.text.split()
            if wanted and not re.search(wanted, sentence.text):
                continue
            if self.dice.random() < 0.4 and len(words) <= 45:
                return sentence, sentence.text
            size = self.dice.randint(least, most)
            start = self.dice.randint(0, max(0, len(words) - size))
            text = " ".join(words[start : start + size])
            if wanted is None or re.search(wanted, text):
                return sentence, text

    def printed(self, text: str) -> tuple[str, str]:
        """Words in marks, set as printers set them."""
        marks = self.dice.choice(MARKS)
        text = text.rstrip(".,;:")
        if marks in ("“”", '""'):
            text = text.replace("“", "‘").replace("”", "’") if self.dice.random() < 0.7 else text
        elif any(mark in text for mark in "“”"):
            marks = "“”"
            text = text.replace("“", "‘").replace("”", "’")
        if self.dice.random() < 0.2:
            text = text.replace("’", "'") if marks not in ("''", "‘’") else text
        if self.dice.random() < 0.2:
            text = text.replace("–", "-").replace("—", " - ")
        if self.dice.random() < 0.3 and text[0].isalpha() and not text[1:2].isupper():
            first = text.split()[0]
            if first.lower() in ("the", "it", "this", "in", "there", "a", "as", "at", "to"):
                text = text[0].swapcase() + text[1:]
        if self.dice.random() < 0.3:
            words = text.split(" ")
            at = self.dice.randrange(1, len(words))
            text = " ".join(words[:at]) + "\n" + " ".join(words[at:])
        if self.dice.random() < 0.2:
            text += self.dice.choice([",", "."])
        return f"{marks[0]}{text}{marks[1]}", text

    def framed(self, frames: list[str], text: str, **more: str) -> str:
        """A quotation in a sentence."""
        shown, _ = self.printed(text)
        sentence = self.dice.choice(frames).format(q=shown, **more)
        return sentence[0].upper() + sentence[1:] if sentence[0].isalpha() else sentence

    def right(self, sentence):
        """Frames that credit whose view it is."""
        return (SECOND if self.second else RIGHT)[sentence.voice.value]

    @property
    def neutral(self):
        """Frames that credit nobody."""
        return SECOND_NEUTRAL if self.second else NEUTRAL

    def true(self):
        sentence, text = self.part()
        frames = self.right(sentence) if self.dice.random() < 0.6 else self.neutral
        return self.framed(frames, text), self.expected("verbatim", sentence, text)

    def edited(self):
        while True:
            sentence, text = self.part(16, 40)
            words = text.split()
            if len(words) < 14:
                continue
            cut = self.dice.randint(5, len(words) - 8)
            size = self.dice.randint(1, 3)
            gone = " ".join(words[cut : cut + size])
            if re.search(r"\b(?:not|no|never|cannot|nor|without)\b|[“”‘]", text):
                continue
            mark = self.dice.choice(["...", "[...]", "…", "[…]", ". . .", "[these]"])
            text = " ".join([*words[:cut], mark, *words[cut + size :]])
            if gone:
                return self.framed(self.right(sentence) + self.neutral, text), self.expected("edited", sentence, text)

    def word(self):
        while True:
            sentence, text = self.part(8)
            words = text.split()
            at = [n for n, word in enumerate(words) if word in SWAPS and 0 < n < len(words) - 1]
            if at:
                n = self.dice.choice(at)
                words[n] = SWAPS[words[n]]
                return self._changed(sentence, words, "word")

    def number(self):
        pattern = r"\b(?:" + "|".join(NUMBERS) + r")\b"
        while True:
            sentence, text = self.part(8, wanted=pattern)
            words = text.split()
            at = [n for n, word in enumerate(words) if word in NUMBERS]
            if at:
                n = self.dice.choice(at)
                words[n] = NUMBERS[words[n]]
                return self._changed(sentence, words, "number")

    def negation(self):
        drop = self.dice.random() < 0.6
        while True:
            sentence, text = self.part(8, wanted=r"\b(?:not|never|cannot)\b" if drop else r"\b(?:is|are|will|has|should)\b")
            words = text.split()
            if drop:
                at = [n for n, word in enumerate(words) if word in ("not", "never")]
                if at:
                    del words[self.dice.choice(at)]
                    return self._changed(sentence, words, "negation")
            else:
                at = [n for n, w in enumerate(words[:-1]) if w in ("is", "are", "will", "has", "should") and words[n + 1] != "not"]
                if at:
                    words.insert(self.dice.choice(at) + 1, "not")
                    return self._changed(sentence, words, "negation")

    def _changed(self, sentence, words, kind):
        text = " ".join(words)
        frames = self.right(sentence) if self.dice.random() < 0.5 else self.neutral
        return self.framed(frames, text), self.expected("altered", sentence, text, kind=kind)

    def stitched(self):
        while True:
            a, b = self.dice.sample(self.sentences, 2)
            if a.block.citation == b.block.citation or a.voice != b.voice:
                continue
            one, two = a.text.split(), b.text.split()
            if len(one) < 10 or len(two) < 10:
                continue
            text = " ".join(one[: self.dice.randint(6, 9)]) + self.dice.choice([" ", " ", ", ", " ... "])
            text += " ".join(two[-self.dice.randint(6, 9) :])
            if a.block.section == b.block.section and "..." in text:
                continue
            return self.framed(self.right(a) + self.neutral, text), self.expected("stitched", a, text)

    def invented(self):
        text = f"{self.dice.choice(SUBJECTS)} {self.dice.choice(PREDICATES)}"
        voice = self.dice.choice(list(RIGHT))
        return self.framed((SECOND if self.second else RIGHT)[voice] + self.neutral, text), self.expected("not_found", None, text)

    def voice(self):
        sentence, text = self.part()
        own = sentence.voice.value
        roll = self.dice.random()
        if roll < 0.4:
            frames = SECOND_OTHERS if self.second else OTHER_FRAMES
            line = self.framed(frames, text, o=self.dice.choice(OTHERS))
        elif roll < 0.55 and own in ("nato", "china"):
            line = self.framed(SECOND_FACTS if self.second else FACTS, text)
        else:
            wrong = {"nato": ["china", "author"], "china": ["nato", "author"], "experts": ["author"], "author": ["experts"]}
            line = self.framed((SECOND if self.second else RIGHT)[self.dice.choice(wrong[own])], text)
        return line, self.expected("verbatim", sentence, text, credit=False)

    def place(self):
        """A quotation with a citation beside it: right, or of another place."""
        sentence, text = self.part()
        wrong = self.dice.random() < 0.6
        other = sentence
        while wrong and other.block.section == sentence.block.section:
            other = self.dice.choice(self.sentences)
        block, page = other.block, other.block.section.page
        forms = [f"({block.citation})", f"[{block.citation}]", f"({block.human})", f"(see `{block.citation}`)",
                 f"([source](reader/{block.document.id}.html#{block.citation}))"]  # fmt: skip
        if block.section.number and sentence.document.id == "report":
            forms += [f"(section {block.section.number})", f"(sec. {block.section.number})"]
        apart = page is not None and sentence.block.section.page is not None and abs(page - sentence.block.section.page) > 3
        if page and (not wrong or apart) and sentence.document.id == "report":
            forms += [f"(p. {page})", f"(page {page})"]
        if wrong and self.dice.random() < 0.15:
            forms = ["(report/IX/p1)", "(report/III/b99)", "(section XIV)"]
        shown, _ = self.printed(text)
        frame = self.dice.choice(["The text has {q} {c}.", "There it is: {q} {c}.", "One line, {q} {c}, says it all.", "It reads {q}. {c}"])
        line = frame.format(q=shown, c=self.dice.choice(forms))
        return line, self.expected("verbatim", sentence, text, place=not wrong)

    def expected(self, verdict, sentence, text, **more):
        found = {"verdict": verdict, "starts": " ".join(text.split()[:4])}
        if sentence is not None:
            found["citation"] = str(sentence.block.citation)
        return found | more


KINDS = (
    ["true"] * 27 + ["edited"] * 3 + ["word"] * 6 + ["number"] * 3 + ["negation"] * 3 + ["stitched"] * 4
    + ["invented"] * 4 + ["voice"] * 6 + ["place"] * 6
)  # fmt: skip


def write() -> None:
    """Write the drafts, 40 of them, 12 quotations each, and what each quotation is."""
    expected = []
    author = Author(20240611)
    pool = KINDS * 9
    author.dice.shuffle(pool)
    for number in range(1, 41):
        lines = [f"# Draft {number}"]
        author.second = number > 20
        for kind in [pool.pop() for _ in range(12)]:
            line, what = getattr(author, kind)()
            if author.dice.random() < 0.5:
                line = f"{author.dice.choice(FILLERS)} {line}"
            lines.append(line)
            expected.append({"draft": number, "paragraph": len(lines), "made": kind, **what})
        (HERE / f"draft-{number:02}.md").write_text("\n\n".join(lines) + "\n", "utf-8")
    rows = (json.dumps(each, ensure_ascii=False) + "\n" for each in expected)
    (HERE / "expected.jsonl").write_text("".join(rows), "utf-8")


if __name__ == "__main__":
    write()
