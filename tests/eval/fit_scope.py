"""Fit the scope network of the edition and write it: `make fit-scope`; the weights it is summed with, by `make fit`.

In scope are the questions of the bank, known to be unanswered, after others and for several passages, and words of the
documents in everyday frames. Out of scope are ordinary English words that no document and no question has, in the
same frames, questions of the bank with all words of matter exchanged for such words, and every second of the
questions by one who wrote what the documents never speak of; the others are for the weights (`fit.py`).
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save
from torch import nn

from eval.batches import BATCH, Halves, batches, padded
from eval.harness import HERE
from ncrelations.answers.coverage import FRAME
from ncrelations.editions.nato_china.edition import edition
from ncrelations.models.minilm import packaged
from ncrelations.retrieval.banks import Banks
from ncrelations.retrieval.passages import lengths_of, passages_of
from ncrelations.text.english import english_words, words_of_manner
from ncrelations.text.words import pieces_of, terms

HIDDEN, POOLS, EPOCHS, PACE = 128, 4, 6, 2e-3
_WORDS, _PAIRS, _EXCHANGED, _OFTEN = 9000, 3000, 4000, 3


class Network(nn.Module):
    """What `ScopeNetwork` computes, to be fitted."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.dense = nn.Linear(width, HIDDEN)
        self.seen, self.attended = nn.Linear(HIDDEN, POOLS), nn.Linear(HIDDEN, POOLS)
        self.out = nn.Linear(POOLS, 1)
        self.drop = nn.Dropout(0.2)

    def forward(self, states: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        """The logits of some texts: states by text and token, and whether there is a token."""
        hidden = self.drop(nn.functional.gelu(self.dense(states)))
        heed = (self.attended(hidden) + (there[..., None] - 1) * 1e4).softmax(1)
        return self.out((heed * self.seen(hidden)).sum(1))[:, 0]  # type: ignore[no-any-return]  # torch's calls are untyped


def lines(name: str) -> list[str]:
    """The lines of a file beside this one."""
    return (HERE / name).read_text("utf-8").splitlines()


def _written(path: Path) -> list[str]:
    return [json.loads(line)["question"] for line in path.read_text("utf-8").splitlines()]


def _of_matter(word: str) -> bool:
    found = terms(word)
    return bool(found) and not any(term in words_of_manner() or term in FRAME for term in found)


def _spoken_of(texts: Iterable[str]) -> Iterator[str]:
    """The words of matter of the documents, and the pairs of them that stand side by side."""
    for text in texts:
        pieces = list(pieces_of(text))
        for piece, after in zip(pieces, [*pieces[1:], None], strict=True):
            if _of_matter(piece.text):
                yield piece.text if piece.text[0].isupper() else piece.text.lower()
                if after is not None and after.start == piece.end + 1 and _of_matter(after.text):
                    yield f"{piece.text} {after.text}"


def _exchanged(question: str, strange: Sequence[str], chance: random.Random) -> str | None:
    """A question with every word of matter exchanged for a strange one; `None` where it has none."""
    matter = [piece for piece in pieces_of(question) if len(piece.text) > 3 and _of_matter(piece.text)]
    for piece in reversed(matter):
        question = question[: piece.start] + chance.choice(strange) + question[piece.end :]
    return question if matter else None


def texts() -> tuple[list[str], list[str]]:
    """What is in scope, and what is not."""
    chance, corpus = random.Random(3), edition().corpus  # noqa: S311  # no secret: the same draw each time
    assert corpus.index_folder is not None
    assert corpus.written_folder is not None
    bank = Banks.of(corpus.index_folder).read(lengths_of(passages_of(corpus)))
    asked = [question.text for some in bank for question in some]
    later = [q for name in ("followups", "several") for q in _written(corpus.written_folder / f"{name}.jsonl")]
    blocks = [block.text for document in corpus.documents for block in document.blocks]
    known = {term for text in (*asked, *blocks) for term in terms(text)}
    frames = lines("scope_frames.txt")
    strange = [w for w in english_words().splitlines() if len(w) > 3 and _of_matter(w) and not known & {*terms(w)}]
    told = sorted(set(_spoken_of(blocks)))
    framed = [chance.choice(frames).replace("{X}", each) for each in told for _ in range(2)]
    apart = chance.sample(strange, _WORDS) + [" ".join(chance.sample(strange, 2)) for _ in range(_PAIRS)]
    exchanged = [_exchanged(question, strange, chance) for question in chance.sample(asked, _EXCHANGED)]
    out = [chance.choice(frames).replace("{X}", each) for each in apart]
    out += [each for each in exchanged if each] + lines("out_of_scope.txt")[::2] * _OFTEN
    return asked + later + framed, out


def fitted(states: Sequence[Halves], wanted: Sequence[float]) -> Network:
    """The network, fitted by AdamW: a text in scope wants 0, another 1."""
    torch.manual_seed(1)
    torch.set_num_threads(1)
    chance = random.Random(1)  # noqa: S311  # no secret: the same order each time
    network = Network(states[0].shape[1])
    steps = EPOCHS * -(-len(states) // BATCH)
    adam = torch.optim.AdamW(network.parameters(), lr=PACE, weight_decay=0.01)
    pace = torch.optim.lr_scheduler.LambdaLR(adam, lambda n: min((n + 1) / 100, max(0.02, 1 - n / steps)))
    for _ in range(EPOCHS):
        for batch in batches(states, chance):
            adam.zero_grad()
            logits = network(*padded([states[n] for n in batch]))
            loss = nn.functional.binary_cross_entropy_with_logits(logits, torch.tensor([wanted[n] for n in batch]))
            loss.backward()  # type: ignore[no-untyped-call]  # torch's
            adam.step()
            pace.step()
    return network.eval()


def main() -> None:
    """Fit, and write the file that the edition names."""
    model, corpus = packaged(), edition().corpus
    inside, outside = texts()
    tokens = [model.framed(model.tokens(corpus.metonyms.replaced(text))) for text in inside + outside]
    states = [each.astype(np.float16) for each in model.states(tokens)]
    network = fitted(states, [0.0] * len(inside) + [1.0] * len(outside))
    assert corpus.scope_file is not None
    weights = {name: value.detach().numpy() for name, value in network.named_parameters()}
    data = save(weights, {"model": model.fingerprint})
    corpus.scope_file.write_bytes(data)
    print(f"{len(inside)} texts in scope, {len(outside)} out of it: {corpus.scope_file.name}")
    print(f"scope_sha256: {hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()
