"""The network that says whose a quotation is, by the words around it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import ncrelations as ncr
from ncrelations.editions.nato_china.edition import edition
from ncrelations.errors import SourceDamaged
from ncrelations.models.credit_network import CreditNetwork
from ncrelations.models.minilm import packaged, packaged_folder
from ncrelations.proofing.credit_words import ASKED, around
from proof.credit_texts import WHO, asked, short_texts
from proof.marked_drafts import credited_in, marked_drafts

CORPUS = edition().corpus
COLD = "NATO is still a Cold War organization"
LAW = "China does not respect international law and treaty commitments"


def _file() -> Path:
    assert CORPUS.credit_file is not None
    return CORPUS.credit_file


def _network() -> CreditNetwork:
    return CreditNetwork(_file(), CORPUS.credit_sha256, packaged())


def _likeliest(text: str) -> str:
    chances = _network().chances(*around(text))
    return max(chances, key=chances.__getitem__)


@pytest.mark.torch
def test_the_network_is_the_one_that_was_fitted() -> None:
    """In numpy it says what the fitted network says in PyTorch, to 1e-4."""
    import torch
    from safetensors.numpy import load
    from transformers import AutoModel

    from eval.low_rank import lower
    from ncrelations.models.credit_network import LAYERS, UNCHANGED
    from proof.fit_credit_network import Network, text_of

    model = AutoModel.from_pretrained(packaged_folder())
    fitted = Network(model)
    lower(fitted.layers, model.encoder.layer[UNCHANGED:LAYERS])
    weights = {name: torch.from_numpy(value.astype(np.float32)) for name, value in load(_file().read_bytes()).items()}
    assert not fitted.load_state_dict(weights, strict=False).unexpected_keys
    about = asked(next(short_texts()))[0]
    text = text_of(packaged(), about, (), "")
    states = torch.from_numpy(text.states.astype(np.float32))[None]
    with torch.no_grad():
        logits = fitted.eval()(states, torch.ones(states.shape[:2]), torch.tensor([text.at]))[0]
    chances = torch.softmax(logits, 0).tolist()
    assert [*_network().chances(*around(about)).values()] == pytest.approx(chances, abs=1e-3)


@pytest.mark.parametrize(("text", "who"), [
    (f"Beijing has long held that {ASKED}, and it says so often.", "side:china"),
    (f"The alliance takes another view. In the words of its Secretary General, {ASKED}.", "side:nato"),
    (f"Wong is a young scholar. In his view, China and NATO {ASKED}.", "person:author"),
    (f"The joint report of the two institutes is careful: {ASKED}.", "reporter:experts"),
    (f"Kevin Rudd told the audience that {ASKED}.", "other:"),
    (f"The word {ASKED} has nine letters.", "nobody:"),
])  # fmt: skip
def test_whose_words_are(text: str, who: str) -> None:
    """Who is credited: a side, a document, its author, somebody else, nobody."""
    assert _likeliest(text) == who


@pytest.mark.parametrize(("hands", "count", "least"), [("R", 250, 0.84), ("FGH", 160, 0.86)])
def test_who_is_told_of_short_texts_that_nothing_was_fitted_on(hands: str, count: int, least: float) -> None:
    """The floor under what was measured on texts of which nothing but the sums was looked at: .856 and .875."""
    own = [row for row in short_texts() if row["unread"] and row["hand"] in hands]
    names = {name: who for who, name in WHO.items()} | {"fact:": "none"}
    right = [names[_likeliest(asked(row)[0])] == row["who"] for row in own]
    assert len(own) == count
    assert sum(right) / len(own) >= least


def test_who_is_told_in_hard_drafts_that_nothing_was_fitted_on() -> None:
    """The floor under what was measured on one of twelve hands who name the credited in every other way: .671."""
    names, nobody = {name: who for who, name in WHO.items()}, {"none", "fact"}
    own = [each for hand, draft in marked_drafts() if hand == "radio" for each in credited_in(draft)]
    told = [(names[_likeliest(text)], who) for text, who in own]
    assert len(told) == 234
    assert sum(found == who or {found, who} <= nobody for found, who in told) / 234 >= 0.67


def test_what_a_quotation_says_is_no_sign_of_who_says_it() -> None:
    """Words are credited to whom the draft credits, whoever said them."""
    for words in (COLD, LAW):
        nato, china = (ncr.proof(f"{who} insists that “{words}”.").findings[0] for who in ("NATO", "Beijing"))
        assert nato.credit_right is (words == LAW)
        assert china.credit_right is (words == COLD)


def test_a_changed_network_is_refused(tmp_path: Path) -> None:
    """A file with one byte changed, or none, is an error that says what is damaged."""
    data = bytearray(_file().read_bytes())
    data[-100] ^= 1
    (tmp_path / "credit.safetensors").write_bytes(data)
    for name, match in (("credit.safetensors", "checksum"), ("none.safetensors", "cannot be read")):
        with pytest.raises(SourceDamaged, match=match):
            CreditNetwork(tmp_path / name, CORPUS.credit_sha256, packaged())
