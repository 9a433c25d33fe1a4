"""`ncr index build`, `ncr index check`, `ncr index info`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ncrelations.cli.current import current
from ncrelations.cli.output import Output, examples, output_options

if TYPE_CHECKING:
    from ncrelations.models.encoder import Encoder

_FOLDER = click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), help="Another folder than the packaged one."
)
_MODEL = click.option("--model", metavar="NAME", help="A sentence-transformers model, by name or path.")


@click.group("index", epilog=examples("ncr index info", "ncr index check"))
def index_command() -> None:
    """Build, check or describe the search index."""


@index_command.command("build", epilog=examples("ncr index build", "ncr index build --encoder e5"))
@click.option(
    "--encoder",
    type=click.Choice(["english", "e5"]),
    default="english",
    help="Which vectors: the English ones, or those of multilingual-e5-small for other languages.",
)
@_MODEL
@_FOLDER
@output_options
def build_command(output: Output, encoder: str, model: str | None, folder: Path | None) -> None:
    """Embed the documents and every question written beforehand, and solve for their votes.

    Needs sentence-transformers; all-MiniLM-L6-v2 without --model. With --encoder e5 it needs the extra
    `multilingual`, or with --model the full multilingual-e5-small. A rebuild on one machine is
    byte-identical. Until it is whole, the old index answers; one process builds at a time.
    """
    from ncrelations.languages import multilingual_index as multilingual
    from ncrelations.models.minilm import PACKAGED
    from ncrelations.models.sentence_transformer import SentenceTransformers
    from ncrelations.retrieval import index_build, written_beforehand
    from ncrelations.retrieval.index import folder_of
    from ncrelations.retrieval.index_swap import rebuilt

    corpus = current().corpus
    chosen = _e5(model) if encoder == "e5" else SentenceTransformers(model or PACKAGED, progress=True)
    with rebuilt(folder_of(corpus, folder)) as aside:
        if encoder == "e5":
            manifest = multilingual.build(corpus, chosen, aside)
        else:
            manifest = index_build.build(corpus, chosen, aside)
            manifest = {**manifest, "counts": manifest["counts"] | written_beforehand.build(corpus, chosen, aside)}
    _describe(output, manifest)


@index_command.command("check", epilog=examples("ncr index check", "ncr index check --json"))
@_MODEL
@_FOLDER
@output_options
def check_command(output: Output, model: str | None, folder: Path | None) -> None:
    """Prove that the index belongs to these sources and this model.

    Embeds everything again and compares; takes two or three minutes. Without --model the packaged models are
    used, their weights checked against their sha256; the multilingual vectors are left out where the
    extra that brings their model is not installed.
    """
    from ncrelations.retrieval import index_build, written_beforehand

    corpus, encoder = current().corpus, _checked_encoder(model)
    differences = index_build.check(corpus, encoder, folder)
    others = written_beforehand.check(corpus, encoder, folder)
    multilingual, why_not = _check_multilingual(folder) if model is None else (None, "another model was asked for")
    if output.json:
        output.data({"differences": differences, "precedents": others, "multilingual": multilingual})
        return
    worst = max(differences.values())
    output.text(f"the index is sound: no vector differs from a fresh embedding by more than {worst:.1e}\n")
    output.text(f"the votes of {_voting(others)} follow from them\n")
    if multilingual is None:
        output.text(f"the multilingual vectors were not checked: {why_not}\n")
    else:
        worst = max(multilingual.values())
        output.text(f"the multilingual vectors are sound, to {worst:.1e} (they are stored at 8 bits)\n")


def _voting(written: dict[str, int]) -> str:
    """What has votes: the question bank, and what else was written beforehand."""
    words = {"followups": "of {:,} follow-ups", "several": "of {:,} questions for several passages"}
    parts = ["the question bank", *(words[kind].format(count) for kind, count in written.items())]
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def _check_multilingual(folder: Path | None) -> tuple[dict[str, float] | None, str]:
    """The differences of the multilingual vectors, or why they cannot be checked."""
    from ncrelations.errors import EncoderUnavailable
    from ncrelations.languages import multilingual_index as multilingual
    from ncrelations.models.e5 import packaged_e5
    from ncrelations.retrieval.index import folder_of

    corpus = current().corpus
    if not (folder_of(corpus, folder) / multilingual.FOLDER).is_dir():
        return None, "there are none in this folder"
    try:
        encoder = packaged_e5()
    except EncoderUnavailable as error:
        return None, f"{error.problem}; {error.remedy}"
    encoder.verify()
    return multilingual.check(corpus, encoder, folder), ""


def _e5(model: str | None) -> Encoder:
    """The packaged multilingual model, or the full one in `model`."""
    from ncrelations.models.e5 import FullE5, packaged_e5

    return packaged_e5() if model is None else FullE5(model)


def _checked_encoder(model: str | None) -> Encoder:
    from ncrelations.models.minilm import packaged
    from ncrelations.models.sentence_transformer import SentenceTransformers

    if model is not None:
        return SentenceTransformers(model, progress=True)
    encoder = packaged()
    encoder.verify()
    return encoder


@index_command.command("info", epilog=examples("ncr index info", "ncr index info --json"))
@_FOLDER
@output_options
def info_command(output: Output, folder: Path | None) -> None:
    """What the index was built from; its multilingual vectors name their model in e5/manifest.json."""
    from ncrelations.retrieval.index import Index

    library = current()
    if folder is None and library.corpus.index_folder is None:  # it was handed over, or there is none
        _describe(output, library.scorers.english.index.manifest)
    else:
        _describe(output, Index.load(library.corpus, folder).manifest)


def _describe(output: Output, manifest: dict[str, Any]) -> None:
    if output.json:
        output.data(manifest)
        return
    model, counts = manifest["model"], manifest["counts"]
    lines = [f"model      {model['name']}, {model['dimension']} dimensions, {model['fingerprint'][:16]}"]
    lines += [f"vectors    {count:>6,} {name}" for name, count in counts.items()]
    lines += [f"source     {digest[:16]} {name}" for name, digest in manifest["sources"].items()]
    output.text("\n".join(lines) + "\n")
