"""The multilingual vectors beside the index: the same texts and questions, embedded by multilingual-e5-small.

They stand in a folder of their own inside the index, with a manifest that names their model; vectors of
different models never meet. Words, questions and counts are those of the index itself. Each component is
stored at 8 bits under its own scale, which moves a cosine by 0.0013 at most; of the questions at 2.

Vectors of this model lie close together, and those of one language closer still. `Space` takes away what the
questions of a language, or the texts of one kind, have in common, and evens the directions out in part; what is
left compares across languages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from ncrelations.document.corpus import Corpus
from ncrelations.errors import IndexMismatch
from ncrelations.models.encoder import Encoder, Vectors
from ncrelations.models.one_thread import one_thread
from ncrelations.retrieval.banks import Banks
from ncrelations.retrieval.index import VECTORS, Index, compare_inputs, folder_of, inputs_of
from ncrelations.retrieval.index_build import Texts
from ncrelations.retrieval.index_files import SCHEMA, read_built, read_manifest, write_built
from ncrelations.retrieval.two_bit_vectors import TwoBitVectors
from ncrelations.retrieval.vector_files import packed_bytes, unpacked_bytes
from ncrelations.texts.whole_files import packaged_table

FOLDER = "e5"
"""The folder of the multilingual vectors inside the index's."""

_SEARCHED = ("blocks", "sentences")
"""What is embedded as text to be searched; questions are embedded as questions."""

CENTRES = "centres"
"""The file of the mean question of each language, beside the vectors."""

_KINDS = (*VECTORS, CENTRES)
_BY_THE_THOUSAND = ("questions", "unanswered")
"""What is stored at 2 bits, everything else at 8."""
_REMEDY = "ncr index build --encoder e5"
_STEPS, _PROCESSORS = 0.75, 0.003
"""How far a component may be from a fresh embedding's: in steps of its scale, and by what processors differ, whose
arithmetic on the model's weights of 4 bits is not the same."""


@runtime_checkable
class TwoSided(Encoder, Protocol):
    """An encoder that embeds questions and the texts to be searched differently."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text to be searched."""


def _encoded(encoder: Encoder, name: str, texts: list[str]) -> Vectors:
    if name in _SEARCHED and isinstance(encoder, TwoSided):
        return np.asarray(encoder.encode_passages(texts), np.float32)
    return np.asarray(encoder.encode(texts), np.float32)


def _samples(corpus: Corpus) -> dict[str, list[str]]:
    """Some questions of each language, as they are asked."""
    if corpus.glossary_folder is None:
        raise IndexMismatch(f"{corpus.name} has no words in other languages")
    samples: dict[str, list[str]] = packaged_table(corpus.glossary_folder / "samples.toml")
    return samples


def _embedded(corpus: Corpus, encoder: Encoder, banks: Banks) -> dict[str, Vectors]:
    """Every kind of vectors, and the mean question of each language."""
    texts = Texts(corpus, banks)
    searched = texts.embedded | {"questions": texts.embedded["questions"][: len(texts.finding)]}
    vectors = {name: _encoded(encoder, name, searched[name]) for name in VECTORS}
    means = [np.asarray(encoder.encode(some), np.float32).mean(0) for some in _samples(corpus).values()]
    return {**vectors, CENTRES: np.array(means, np.float32)}


def build(corpus: Corpus, encoder: Encoder, folder: Path | None = None) -> dict[str, Any]:
    """Embed everything with `encoder`, write the vectors beside the index in `folder`, return their manifest."""
    folder = folder_of(corpus, folder)
    banks = Banks.of(folder)
    vectors = _embedded(corpus, encoder, banks)
    files = {_file(name): _packed(name, vectors[name]) for name in _KINDS}
    manifest = {
        "schema": SCHEMA,
        **inputs_of(corpus, banks),
        "model": {"name": encoder.name, "fingerprint": encoder.fingerprint, "dimension": vectors["blocks"].shape[1]},
        "counts": {name: len(vectors[name]) for name in VECTORS},
    }
    return write_built(folder / FOLDER, manifest, files)


def load(base: Index, folder: Path | None = None) -> Index:
    """The index `base` with the multilingual vectors in its place. Raises `IndexMismatch`."""
    manifest, files = _files(base.corpus, folder_of(base.corpus, folder))
    try:
        vectors = {name: _unpacked(name, files[name]) for name in VECTORS}
    except ValueError as error:
        raise IndexMismatch(f"a file of {FOLDER}/ cannot be read ({error})", _REMEDY) from error
    return base.with_vectors(manifest, vectors)


def _files(corpus: Corpus, folder: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The manifest and the bytes of each kind of vectors, checked against it."""
    beside = folder / FOLDER
    if not beside.is_dir():
        raise IndexMismatch(f"the multilingual vectors are missing from {folder.name}/", _REMEDY)
    manifest = read_manifest(beside)
    compare_inputs(corpus, manifest, Banks.of(folder))
    files = read_built(beside, manifest, [_file(name) for name in _KINDS], _REMEDY)
    return manifest, {name: files[_file(name)] for name in _KINDS}


def check(corpus: Corpus, encoder: Encoder, folder: Path | None = None) -> dict[str, float]:
    """Prove that the multilingual vectors belong to these sources and this model.

    Embeds everything again; returns the largest difference by kind. Raises `IndexMismatch` for a component
    that is further from a fresh one than storing it and another processor explain.
    """
    folder = folder_of(corpus, folder)
    index = load(Index.load(corpus, folder), folder)
    index.check_model(encoder)
    fresh, (_, files) = _embedded(corpus, encoder, Banks.of(folder)), _files(corpus, folder)
    differences = {}
    for name in _KINDS:
        differences[name] = float(np.abs(_unpacked(name, files[name]) - fresh[name]).max())
        if not _holds(name, files[name], fresh[name]):
            raise IndexMismatch(f"{FOLDER}/{_file(name)} differs from a fresh embedding", _REMEDY)
    return differences


def _holds(name: str, data: bytes, fresh: Vectors) -> bool:
    """Whether stored bytes are those of a fresh embedding, but for what processors differ by."""
    if name in _BY_THE_THOUSAND:
        return TwoBitVectors.unpacked(data).hold(fresh, _PROCESSORS)
    stored, scales = unpacked_bytes(data)
    return not (np.abs(stored - fresh) > _STEPS * scales + _PROCESSORS).any()


def _file(name: str) -> str:
    return f"{name}.int2" if name in _BY_THE_THOUSAND else f"{name}.int8"


def _packed(name: str, vectors: Vectors) -> bytes:
    return TwoBitVectors.of(vectors).packed() if name in _BY_THE_THOUSAND else packed_bytes(vectors)


def _unpacked(name: str, data: bytes) -> Vectors:
    return TwoBitVectors.unpacked(data).vectors if name in _BY_THE_THOUSAND else unpacked_bytes(data)[0]


EVENED, FLOOR = 0.35, 1e-3
"""How far the directions are evened out (0.5: fully), and what is added to the variance of each before."""


@dataclass(frozen=True, slots=True)
class Space:
    """The multilingual vectors as they are compared: centred by language and kind, their directions evened out."""

    turn: Vectors
    """What a centred vector is multiplied with."""
    vectors: Mapping[str, Vectors]
    """The compared vectors of each kind of texts, of unit length."""
    centres: Mapping[str, Vectors]
    """The mean question of each language."""

    @classmethod
    def of(cls, index: Index, centres: Mapping[str, Vectors]) -> Space:
        """The space of an index whose vectors are those of the multilingual model."""
        stored = {name: index.vectors(name) for name in VECTORS}
        means = {name: vectors.mean(0) for name, vectors in stored.items()}
        means["unanswered"] = means["questions"]
        turn = _evening(stored["questions"] - means["questions"])
        turned = {name: _unit_rows((vectors - means[name]) @ turn) for name, vectors in stored.items()}
        return cls(turn, turned, centres)

    def question(self, vector: Vectors, language: str) -> Vectors:
        """The compared vector of a question in a language, a tag without script."""
        centre = self.centres.get(language)
        if centre is None:
            centre = np.asarray(np.mean(list(self.centres.values()), axis=0), np.float32)
        with one_thread():
            turned = np.asarray((vector - centre) @ self.turn, np.float32)
        return np.asarray(_unit_rows(turned[None, :])[0], np.float32)

    def cosines(self, vector: Vectors) -> dict[str, NDArray[np.float64]]:
        """The cosine of a compared vector with each text, by kind."""
        with one_thread():
            return {name: np.asarray(vectors @ vector, np.float64) for name, vectors in self.vectors.items()}


def _evening(centred: Vectors) -> Vectors:
    """The matrix that evens the directions of some vectors out in part."""
    variances, directions = np.linalg.eigh(centred.T.astype(np.float64) @ centred / len(centred))
    scaled = directions * (np.maximum(variances, 0.0) + FLOOR) ** -EVENED
    return np.asarray(scaled @ directions.T, np.float32)


def _unit_rows(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), np.float32)


def load_space(multilingual: Index, folder: Path | None = None) -> Space:
    """The vectors of a multilingual index as they are compared. Raises `IndexMismatch`."""
    corpus = multilingual.corpus
    means = _unpacked(CENTRES, _files(corpus, folder_of(corpus, folder))[1][CENTRES])
    return Space.of(multilingual, dict(zip(_samples(corpus), means, strict=True)))
