"""`ncr index build`, `ncr index check`, `ncr index info`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ncrelations.cli.output import Output, examples, output_options

if TYPE_CHECKING:
    from ncrelations.encoder import Encoder

_FOLDER = click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), help="Another folder than the packaged one."
)
_MODEL = click.option("--model", metavar="NAME", help="A sentence-transformers model, by name or path.")


@click.group("index", epilog=examples("ncr index info", "ncr index check"))
def index_command() -> None:
    """Build, check or describe the search index."""


@index_command.command("build", epilog=examples("ncr index build", "ncr index build --model all-MiniLM-L6-v2"))
@_MODEL
@_FOLDER
@output_options
def build_command(output: Output, model: str | None, folder: Path | None) -> None:
    """Embed the documents and the question bank.

    Needs sentence-transformers; all-MiniLM-L6-v2 without --model. A rebuild on one machine is
    byte-identical.
    """
    from ncrelations.encoder import PACKAGED, SentenceTransformers
    from ncrelations.index import build

    manifest = build(SentenceTransformers(model or PACKAGED, progress=True), folder)
    _describe(output, manifest)


@index_command.command("check", epilog=examples("ncr index check", "ncr index check --json"))
@_MODEL
@_FOLDER
@output_options
def check_command(output: Output, model: str | None, folder: Path | None) -> None:
    """Prove that the index belongs to these sources and this model.

    Embeds everything again and compares; takes about a minute. Without --model the packaged model is
    used, its weights checked against their sha256.
    """
    from ncrelations.index import check

    differences = check(_checked_encoder(model), folder)
    if output.json:
        output.data({"differences": differences})
    else:
        worst = max(differences.values())
        output.text(f"the index is sound: no vector differs from a fresh embedding by more than {worst:.1e}\n")


def _checked_encoder(model: str | None) -> Encoder:
    from ncrelations.encoder import SentenceTransformers, packaged

    if model is not None:
        return SentenceTransformers(model, progress=True)
    encoder = packaged()
    encoder.verify()
    return encoder


@index_command.command("info", epilog=examples("ncr index info", "ncr index info --json"))
@_FOLDER
@output_options
def info_command(output: Output, folder: Path | None) -> None:
    """What the index was built from."""
    from ncrelations.index import Index

    _describe(output, Index.load(folder).manifest)


def _describe(output: Output, manifest: dict[str, Any]) -> None:
    if output.json:
        output.data(manifest)
        return
    model, counts = manifest["model"], manifest["counts"]
    lines = [f"model      {model['name']}, {model['dimension']} dimensions, {model['fingerprint'][:16]}"]
    lines += [f"vectors    {count:>6,} {name}" for name, count in counts.items()]
    lines += [f"source     {digest[:16]} {name}" for name, digest in manifest["sources"].items()]
    output.text("\n".join(lines) + "\n")
