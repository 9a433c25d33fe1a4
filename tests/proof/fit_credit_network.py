"""Fit the network of the edition that says whose a quotation is, and write it: `make fit-credit-network`.

Fitted on short texts by many hands (`credit_texts.jsonl.gz`), half of them between two others, as in a draft; on whole
drafts with each quotation marked (`credit_drafts.jsonl.gz`); on the drafts that may be read; on the sentences of the
tests. The quotation asked about is masked. With `--left-out HANDS` (parted by commas) nothing is written: what these
wrote is told by a network fitted on the others.
"""

from __future__ import annotations

import copy
import hashlib
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from transformers import AutoModel

from eval.batches import Halves, padded
from eval.low_rank import lower, mend, stored
from ncrelations.editions.nato_china.edition import edition
from ncrelations.models.credit_network import LAYERS, UNCHANGED, begun, tokens_around
from ncrelations.models.minilm import MiniLM, packaged, packaged_folder
from ncrelations.models.one_thread import one_thread
from ncrelations.proofing.credit_words import ASKED, BREAK, QUOTED, around
from ncrelations.proofing.credits import key_of
from proof.credit_instances import CREDITS, Instance, of_made, of_sentences, of_writers
from proof.credit_texts import WHO, asked, short_texts
from proof.marked_drafts import LATEST, credited_in, marked_drafts

EPOCHS, PACE, LAST_PACE, BATCH, DROPPED, SURE = 6, 2e-4, 5e-5, 16, 0.1, 0.95
"""How often all is seen, and once more with changes of low rank; at what pace, how many at once; what share of what is
read is left out each time; and how sure the network is to be."""
KNOWN = [key_of(each) for each in WHO.values()]
"""Those whom the network knows."""
JUDGES = ("column", "writer7", "writer8", "writer9", *LATEST)
"""The hands that the network is not fitted on: how much it counts was chosen by what it says of the first four."""
_JOINED = 0.5
"""The share of the short texts that stand between two others."""


@dataclass(frozen=True, slots=True)
class Text:
    """The states of the tokens around a quotation, where it stands among them, and of each whether it may be theirs."""

    states: Halves
    at: int
    wanted: tuple[bool, ...]
    hand: str


class Network(nn.Module):
    """What `CreditNetwork` computes, to be fitted: the first layers of the model, made to say whose words are."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.layers = copy.deepcopy(model.encoder.layer[UNCHANGED:LAYERS])
        self.said, self.dropped = nn.Linear(768, len(WHO)), nn.Dropout(DROPPED)

    def forward(self, states: torch.Tensor, there: torch.Tensor, at: torch.Tensor) -> torch.Tensor:
        """The logits of some texts: states by text and token, whether there is a token, where the quotation stands."""
        masked = (there[:, None, None] - 1) * 1e4
        for layer in self.layers:
            found = layer(states, masked)
            states = found[0] if isinstance(found, tuple) else found
        mean = (states * there[..., None]).sum(1) / there.sum(1, keepdim=True)
        read = torch.cat([states[torch.arange(len(at)), at], mean], 1)
        return self.said(self.dropped(read))  # type: ignore[no-any-return]  # untyped


def texts(model: MiniLM) -> Iterator[Text]:
    """All that the network is fitted on, as it reads it."""
    chance = random.Random(4)  # noqa: S311  # no secret: the same draw each time
    rows = [row for row in short_texts() if not row["unread"]]
    by_hand: dict[str, list[str]] = {}
    for row in rows:
        by_hand.setdefault(row["hand"], []).append(asked(row)[0].replace(ASKED, QUOTED))
    for row in rows:
        text, beside = asked(row)[0], by_hand[row["hand"]]
        if chance.random() < _JOINED:
            text = f" {BREAK} ".join((chance.choice(beside), text, chance.choice(beside)))
        yield text_of(model, text, [who == _who(row) for who in WHO], row["hand"])
    for hand, draft in marked_drafts():
        for text, credited in credited_in(draft):
            yield text_of(model, text, [who == credited for who in WHO], hand)
    for each in (*of_writers(), *of_made(), *of_sentences()):
        if any(wanted := _wanted(each)):  # else somebody is meant whom nothing names
            yield text_of(model, each.about, wanted, each.hand)


def _who(row: dict[str, Any]) -> str:
    return "fact" if row["who"] == "none" and row["fact"] else str(row["who"])


def _wanted(each: Instance) -> list[bool]:
    """Of each whom the network knows whether a quotation of a draft may be theirs."""
    keys = [key for candidate in each.candidates for key, _ in candidate.options]
    theirs = {who for key, wanted in zip(keys, each.wanted, strict=True) if wanted for who in CREDITS.known(key, KNOWN)}
    return [who in theirs for who in KNOWN]


def text_of(model: MiniLM, text: str, wanted: Sequence[bool], hand: str) -> Text:
    """A text with `ASKED` for the quotation, as the network reads it."""
    tokens, at = tokens_around(model, *around(text))
    with one_thread():
        states = begun(model, tokens)
    return Text(states.T.astype(np.float16), at, tuple(wanted), hand)


def fitted(some: Sequence[Text]) -> Network:
    """The network, fitted by AdamW."""
    torch.manual_seed(1)
    model = AutoModel.from_pretrained(packaged_folder())
    network, states = Network(model).train(), [each.states for each in some]

    def missed(batch: Sequence[int]) -> torch.Tensor:
        return _missed(network, [some[n] for n in batch])

    mend(network, missed, states, BATCH, pace=PACE, epochs=range(EPOCHS))
    lower(network.layers, model.encoder.layer[UNCHANGED:LAYERS])
    mend(network, missed, states, BATCH, pace=LAST_PACE, epochs=range(EPOCHS, EPOCHS + 1))
    return network.eval()


def _missed(network: Network, some: Sequence[Text]) -> torch.Tensor:
    """What the network misses of some texts."""
    logs = nn.functional.log_softmax(_logits(network, some), 1)
    wanted = torch.tensor([each.wanted for each in some])
    theirs = logs.masked_fill(~wanted, -torch.inf).logsumexp(1)
    return -(SURE * theirs + (1 - SURE) * logs.mean(1)).mean()


def _logits(network: Network, some: Sequence[Text]) -> torch.Tensor:
    states, there = padded([each.states for each in some])
    return network(states, there, torch.tensor([each.at for each in some]))  # type: ignore[no-any-return]  # untyped


def chances(network: Network, some: Sequence[Text]) -> NDArray[np.float64]:
    """Of each of some quotations the chances of those whom the network knows."""
    with torch.no_grad():
        return np.array([torch.softmax(_logits(network, [each])[0], 0).numpy() for each in some], float)


def report(every: Sequence[Text], hands: Sequence[str]) -> None:
    """Print of some hands how many quotations are told by a network fitted on the others; a fact is nobody's words."""
    own = [each for each in every if each.hand in hands]
    network, nobody = fitted([each for each in every if each.hand not in hands]), [*WHO].index("none")
    found = chances(network, own)
    right = [
        any(each.wanted[nobody:]) if who >= nobody else each.wanted[who]
        for each, who in zip(own, found.argmax(1), strict=True)
    ]
    for hand in hands:
        print(f"{hand}: {np.mean([r for r, each in zip(right, own, strict=True) if each.hand == hand]):.3f}")
    print(f"all: {np.mean(right):.3f}")


def main() -> None:
    """Fit, and write the file that the edition names; or measure."""
    model, corpus = packaged(), edition().corpus
    every = [*texts(model)]
    if "--left-out" in sys.argv[1:]:
        report(every, sys.argv[-1].split(","))
        return
    assert corpus.credit_file is not None
    network = fitted([each for each in every if each.hand not in JUDGES])
    data = stored(network, {"model": model.fingerprint, "who": "|".join(WHO.values())})
    corpus.credit_file.write_bytes(data)
    print(f"{len(every)} texts: {corpus.credit_file.name}\ncredit_sha256: {hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()
