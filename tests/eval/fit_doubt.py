"""Fit the network of the edition that doubts, and write it: `make fit-doubt`; its weight in the sum, by `make fit`.

The questions known to be unanswered against those known to be answered: of the bank, of follow-ups, and more twins than
the index has room for (`twins.jsonl.gz`: two questions of one form, of which the documents answer one).
"""

from __future__ import annotations

import copy
import gzip
import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from transformers import AutoModel

from eval.batches import BATCH, Halves, padded
from eval.harness import HERE
from eval.low_rank import lower, mend, stored
from ncrelations.document.corpus import Corpus
from ncrelations.editions.nato_china.edition import edition
from ncrelations.models.bert import MIDDLE
from ncrelations.models.minilm import MiniLM, packaged, packaged_folder
from ncrelations.retrieval.banks import Banks
from ncrelations.retrieval.passages import lengths_of, passages_of
from ncrelations.retrieval.written_beforehand import Written

EPOCHS, PACE, LAST_PACE = 4, 2e-4, 5e-5
"""How often all is seen, and once more with what is left of the changes of each weight: a product of low rank."""
_LATER = 3000
_SURE = 0.95
"""What an answered and an unanswered question are wanted to be told apart by: the labels are people's."""


@dataclass(frozen=True, slots=True)
class Text:
    """A question, and whether it is known to be unanswered."""

    text: str
    unanswered: bool


class Network(nn.Module):
    """What `DoubtNetwork` computes, to be fitted: the last layers of the model, made to doubt."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.layers = copy.deepcopy(model.encoder.layer[MIDDLE:])
        self.said = nn.Linear(384, 1)

    def forward(self, states: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        """The logits of some texts: states by text and token, and whether there is a token."""
        masked = (there[:, None, None] - 1) * 1e4
        for layer in self.layers:
            found = layer(states, masked)
            states = found[0] if isinstance(found, tuple) else found
        return self.said((states * there[..., None]).sum(1) / there.sum(1, keepdim=True))[:, 0]  # type: ignore[no-any-return]  # untyped

    def lower(self, model: Any) -> None:
        """Leave of the changes of each weight a product of low rank."""
        lower(self.layers, model.encoder.layer[MIDDLE:])


def twins() -> Iterator[Text]:
    """More questions of which it is known whether the documents answer them."""
    for line in gzip.decompress((HERE / "twins.jsonl.gz").read_bytes()).decode().splitlines():
        entry = json.loads(line)
        yield Text(entry["question"], unanswered="reason" in entry)


def texts(corpus: Corpus) -> list[Text]:
    """All that the network is fitted on."""
    assert corpus.index_folder is not None
    chance = random.Random(3)  # noqa: S311  # no secret: the same draw each time
    bank = [q for some in Banks.of(corpus.index_folder).read(lengths_of(passages_of(corpus))) for q in some]
    later = chance.sample([each.text for each in Written(corpus, "followups").questions], _LATER)
    known = [Text(each.text, unanswered=each.unanswered is not None) for each in bank]
    return [*known, *(Text(each, unanswered=False) for each in later), *twins()]


def states_of(model: MiniLM, corpus: Corpus, some: Sequence[str]) -> list[Halves]:
    """The states that the network reads, of each text as the model gets it: shape (tokens, width) each."""
    matched = list(map(corpus.metonyms.replaced, some))
    return model.looked_at(matched, lambda found: [middle.T.astype(np.float16) for middle, _ in found])[1]


def fitted(model: Any, states: Sequence[Halves], wanted: NDArray[np.float32]) -> Network:
    """The network, fitted by AdamW; `wanted`: what is to be said of each text."""
    torch.manual_seed(1)
    network = Network(model).train()

    def missed(batch: Sequence[int]) -> torch.Tensor:
        logits = network(*padded([states[n] for n in batch]))
        return nn.functional.binary_cross_entropy_with_logits(logits, torch.from_numpy(wanted[batch]))

    mend(network, missed, states, BATCH, pace=PACE, epochs=range(EPOCHS))
    network.lower(model)
    mend(network, missed, states, BATCH, pace=LAST_PACE, epochs=range(EPOCHS, EPOCHS + 1))
    return network.eval()


def main() -> None:
    """Fit, and write the file that the edition names."""
    model, corpus = packaged(), edition().corpus
    some = texts(corpus)
    wanted = np.array([_SURE if each.unanswered else 1 - _SURE for each in some], np.float32)
    untouched = AutoModel.from_pretrained(packaged_folder())
    network = fitted(untouched, states_of(model, corpus, [each.text for each in some]), wanted)
    assert corpus.doubt_file is not None
    data = stored(network, {"model": model.fingerprint})
    corpus.doubt_file.write_bytes(data)
    print(f"{len(some)} questions, {sum(each.unanswered for each in some)} unanswered: {corpus.doubt_file.name}")
    print(f"doubt_sha256: {hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()
