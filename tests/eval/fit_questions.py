"""Fit the network that looks at questions, and write it: `make fit-questions`; its weights by `make fit`."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import nn
from transformers import AutoModel

from eval.batches import BATCH, Halves, padded
from eval.low_rank import lower, mend, stored
from eval.question_texts import Text, texts
from ncrelations.document.corpus import Corpus
from ncrelations.editions.nato_china.edition import edition
from ncrelations.models.bert import MIDDLE
from ncrelations.models.minilm import MiniLM, packaged, packaged_folder

EPOCHS, PACE, LAST_PACE = 4, 2e-4, 5e-5
"""How often all is seen, and once more with what is left of the changes of each weight: a product of low rank."""
_SURE, _HEEDED = 0.95, 1.5
"""What texts are wanted to be told apart by: the labels are people's; and how much more it counts whether a question is
answered than whether it is about something else."""


class Network(nn.Module):
    """What `QuestionNetwork` computes, to be fitted: the last layers of the model, made to doubt."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.layers = copy.deepcopy(model.encoder.layer[MIDDLE:])
        self.said = nn.Linear(384, 2)

    def forward(self, states: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        """The logits of some texts, shape (texts, 2): states by text and token, and whether there is a token."""
        masked = (there[:, None, None] - 1) * 1e4
        for layer in self.layers:
            found = layer(states, masked)
            states = found[0] if isinstance(found, tuple) else found
        return self.said((states * there[..., None]).sum(1) / there.sum(1, keepdim=True))  # type: ignore[no-any-return]  # untyped

    def lower(self, model: Any) -> None:
        """Leave of the changes of each weight a product of low rank."""
        lower(self.layers, model.encoder.layer[MIDDLE:])


def states_of(model: MiniLM, corpus: Corpus, some: Sequence[str]) -> list[Halves]:
    """The states that the network reads, of each text as the model gets it: shape (tokens, width) each."""
    matched = list(map(corpus.metonyms.replaced, some))
    return model.looked_at(matched, lambda found: [each.T.astype(np.float16) for each in found])[1]


def fitted(model: Any, states: Sequence[Halves], some: Sequence[Text]) -> Network:
    """The network, fitted by AdamW, of some texts and the states of their tokens."""
    torch.manual_seed(1)
    network = Network(model).train()
    told = torch.tensor([[bool(each.unanswered), each.outside] for each in some])
    wanted = torch.where(told, _SURE, 1 - _SURE)
    heeded = torch.tensor([[_HEEDED * (each.unanswered is not None), 1.0] for each in some])

    def missed(batch: Sequence[int]) -> torch.Tensor:
        logits = network(*padded([states[n] for n in batch])).float()
        lost = nn.functional.binary_cross_entropy_with_logits(logits, wanted[batch], heeded[batch], reduction="sum")
        return lost / len(batch)

    mend(network, missed, states, BATCH, pace=PACE, epochs=range(EPOCHS))
    network.lower(model)
    mend(network, missed, states, BATCH, pace=LAST_PACE, epochs=range(EPOCHS, EPOCHS + 1))
    return network.eval()


def main() -> None:
    """Fit, and write the file that the edition names."""
    model, corpus = packaged(), edition().corpus
    some = texts(corpus)
    untouched = AutoModel.from_pretrained(packaged_folder())
    network = fitted(untouched, states_of(model, corpus, [each.text for each in some]), some)
    assert corpus.network_file is not None
    data = stored(network, {"model": model.fingerprint})
    corpus.network_file.write_bytes(data)
    unanswered, outside = sum(each.unanswered is True for each in some), sum(each.outside for each in some)
    print(f"{len(some)} questions, {unanswered} unanswered, {outside} outside: {corpus.network_file.name}")
    print(f"network_sha256: {hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()
