"""The multilingual vectors beside the index: the same texts and questions, embedded by multilingual-e5-small.

They stand in a folder of their own inside the index, with a manifest that names their model; vectors of
different models never meet. Words, questions and counts are those of the index itself. Each component is
stored at 8 bits under its own scale, which moves a cosine by 0.0013 at most.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import numpy as np

from ncrelations.encoder import Encoder, Vectors
from ncrelations.errors import IndexMismatch
from ncrelations.index import (
    MANIFEST,
    SCHEMA,
    VECTORS,
    Banks,
    Index,
    compare_inputs,
    flat_store,
    index_folder,
    inputs_of,
    packaged_index,
    read_file,
    read_manifest,
    texts_of,
    write_whole,
)

FOLDER = "e5"
"""The folder of the multilingual vectors inside the index's."""

_SEARCHED = ("blocks", "sentences")
"""What is embedded as text to be searched; questions are embedded as questions."""

_REMEDY = "ncr index build --encoder e5"
_STEPS = 0.75  # of its scale: how far a component may be from a fresh embedding's


@runtime_checkable
class TwoSided(Encoder, Protocol):
    """An encoder that embeds questions and the texts to be searched differently."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text to be searched."""


def _encoded(encoder: Encoder, name: str, texts: list[str]) -> Vectors:
    if name in _SEARCHED and isinstance(encoder, TwoSided):
        return np.asarray(encoder.encode_passages(texts), np.float32)
    return np.asarray(encoder.encode(texts), np.float32)


def _packed(vectors: Vectors) -> bytes:
    """Rows, columns, one scale a column, and the components as 8-bit integers."""
    scales = np.maximum(np.abs(vectors).max(axis=0), 1e-9).astype("<f4") / np.float32(127)
    head = np.array(vectors.shape, "<u4").tobytes() + scales.tobytes()
    return bytes(head + np.round(vectors / scales).astype("i1").tobytes())


def _unpacked(data: bytes) -> tuple[Vectors, Vectors]:
    """The vectors and the scale of each column. Raises `ValueError` for damaged bytes."""
    rows, columns = (int(n) for n in np.frombuffer(data, "<u4", 2))
    scales = np.frombuffer(data, "<f4", columns, offset=8)
    numbers = np.frombuffer(data, "i1", offset=8 + 4 * columns).reshape(rows, columns)
    return np.asarray(numbers * scales, np.float32), scales


def build(encoder: Encoder, folder: Path | None = None) -> dict[str, Any]:
    """Embed everything with `encoder`, write the vectors beside the index in `folder`, return their manifest."""
    folder = folder or index_folder()
    banks = Banks.of(folder)
    texts = texts_of(banks)
    files = {_file(name): _packed(_encoded(encoder, name, texts[name])) for name in VECTORS}
    dimension = int(np.frombuffer(files[_file("blocks")], "<u4", 2)[1])
    manifest = {
        "schema": SCHEMA,
        **inputs_of(banks),
        "model": {"name": encoder.name, "fingerprint": encoder.fingerprint, "dimension": dimension},
        "counts": {name: len(texts[name]) for name in VECTORS},
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    }
    files[MANIFEST] = (json.dumps(manifest, indent=2) + "\n").encode()
    (folder / FOLDER).mkdir(exist_ok=True)
    for name, data in files.items():
        write_whole(folder / FOLDER / name, data)
    return manifest


def load(base: Index, folder: Path | None = None) -> Index:
    """The index `base` with the multilingual vectors in its place. Raises `IndexMismatch`."""
    manifest, files = _files(folder or index_folder())
    try:
        vectors = {name: flat_store(_unpacked(files[name])[0]) for name in VECTORS}
    except ValueError as error:
        raise IndexMismatch(f"a file of {FOLDER}/ cannot be read ({error})", _REMEDY) from error
    return base.with_vectors(manifest, vectors)


def _files(folder: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The manifest and the bytes of each kind of vectors, checked against it."""
    beside = folder / FOLDER
    if not beside.is_dir():
        raise IndexMismatch(f"the multilingual vectors are missing from {folder.name}/", _REMEDY)
    manifest = read_manifest(beside)
    compare_inputs(manifest, Banks.of(folder))
    files, listed = {}, manifest.get("files")
    for name in VECTORS:
        files[name] = read_file(beside, _file(name))
        if not isinstance(listed, dict) or hashlib.sha256(files[name]).hexdigest() != listed.get(_file(name)):
            raise IndexMismatch(f"{FOLDER}/{_file(name)} is not the file the manifest names", _REMEDY)
    return manifest, files


def check(encoder: Encoder, folder: Path | None = None) -> dict[str, float]:
    """Prove that the multilingual vectors belong to these sources and this model.

    Embeds everything again; returns the largest difference by kind. Raises `IndexMismatch` for a component
    that is not the nearest of its 255 steps or a neighbour of it.
    """
    folder = folder or index_folder()
    index = load(Index.load(folder), folder)
    index.check_model(encoder)
    texts, (_, files) = texts_of(Banks.of(folder)), _files(folder)
    differences = {}
    for name in VECTORS:
        stored, scales = _unpacked(files[name])
        apart = np.abs(stored - _encoded(encoder, name, texts[name]))
        differences[name] = float(apart.max())
        if float((apart / scales).max()) > _STEPS:
            raise IndexMismatch(f"{FOLDER}/{_file(name)} differs from a fresh embedding", _REMEDY)
    return differences


def _file(name: str) -> str:
    return f"{name}.int8"


@lru_cache(maxsize=1)
def packaged_multilingual() -> Index:
    """The packaged index with the multilingual vectors, loaded once a process."""
    return load(packaged_index())
