"""`ncr add`, step by step: plan, read, say what became of each file, and let meaning follow."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from ncrelations.cli.output import Output
from ncrelations.cli.streams import is_terminal
from ncrelations.collections.collection import Collection
from ncrelations.collections.collection_plan import Plan, PlannedFile
from ncrelations.collections.collection_settings import FileSettings, checked
from ncrelations.collections.collection_sync import Watch
from ncrelations.collections.encoding_job import Encoded
from ncrelations.collections.sync_report import SyncReport
from ncrelations.document.citation import printable
from ncrelations.errors import EncoderUnavailable, FileRefused
from ncrelations.files.file_text import Limits

REFUSED = 3
"""The exit code where some files were refused."""

_OF_ONE_FILE = ("id", "title")
_DOING = ("added", "changed", "moved", "copied")
_ROUND = 1.0
"""Seconds between two looks at the folders that are watched."""
_LATER = 10
_MOST_MOVED = 10
"""Citations that are listed of changed files."""
_LONGEST_PASSWORD = 1_000


class Adding:
    """One run of `ncr add`."""

    def __init__(
        self, output: Output, collection: Collection, paths: tuple[Path, ...], options: dict[str, Any]
    ) -> None:
        self._output, self._collection, self._paths = output, collection, paths
        self._options = options
        said = {name: options[name] for name in ("id", "title", "issuer", "date")}
        self._said = checked(FileSettings(**said), "ncr add")
        for name in _OF_ONE_FILE:
            if said[name] and (len(paths) != 1 or paths[0].is_dir()):
                raise click.UsageError(f"--{name} is of one file: give one PATH that is a file")

    def run(self) -> None:
        """Add, say what was done, and end with the code for it."""
        if self._options["watch"]:
            self._watch()
            return
        report = self._reported()
        if report is not None:
            self._show(report)
        if self._options["questions"] and not self._options["dry_run"]:
            kept = self._collection.add_questions(self._options["questions"])
            click.echo(f"{kept} question{'' if kept == 1 else 's'} kept", err=True)
        if not self._options["dry_run"] and not self._options["words_only"]:
            self._encode()
        if report is not None and report.refused:
            click.get_current_context().exit(REFUSED)

    def _reported(self) -> SyncReport | None:
        """What became, or would become, of the files; `None` where none is asked for."""
        if self._options["dry_run"]:
            return planned(self._plan(self._options["again"]))
        if self._options["only_meaning"] or (self._options["questions"] and not self._paths):
            return None
        return self._synced()

    def _watch(self) -> None:
        """Take over what changes, and say so, until stopped."""
        refused: set[str] = set()
        with suppress(KeyboardInterrupt):
            while True:
                report = self._synced()
                names = {f"{each.found.path} {each.reason}" for each in report.files if each.step == "refused"}
                if report.changes or names != refused:
                    self._show(report)
                    if not self._options["words_only"]:
                        self._encode()
                refused = names
                self._next_change()

    def _next_change(self) -> None:
        """Wait until something is other than it was, and is no longer being written to."""
        while True:
            time.sleep(_ROUND)
            plan = self._plan(again=None)
            waiting = [each for each in plan.files if each.step in _DOING]
            if (waiting or plan.gone) and all(each.found.stamp for each in waiting):
                return

    def _plan(self, again: bool | None) -> Plan:
        return self._collection.plan(self._paths, self._said, again)

    def _synced(self) -> SyncReport:
        with self._progress() as watch:
            return self._collection.sync(self._paths, self._said, self._password(), self._options["again"], watch)

    def _password(self) -> str | None:
        file = self._options["password_file"]
        return file.read(_LONGEST_PASSWORD).decode("utf-8-sig", "replace").rstrip("\r\n") if file else None

    @contextmanager
    def _progress(self) -> Iterator[Watch | None]:
        """A line on standard error, where that is a terminal, with the file that is being read."""
        if not is_terminal(sys.stderr):
            yield None
            return

        def watch(file: PlannedFile, number: int, total: int) -> None:
            click.echo(f"\r\x1b[K[{number}/{total}] {_name(file)}", err=True, nl=False)

        try:
            yield watch
        finally:
            self._clear()

    def _show(self, report: SyncReport) -> None:
        if self._output.json:
            self._output.data(report.to_dict())
            return
        lines = [line for each in report.files for line in _lines(each)]
        lines += [f"withdrawn  {id}" for id in report.withdrawn]
        moved = [f"citation   {old} is {new} now" for old, new in report.moved_citations]
        moved += [f"citation   {old}: its words are gone from the new version" for old in report.lost_citations]
        if len(moved) > _MOST_MOVED:
            moved[_MOST_MOVED:] = [f"citation   and {len(moved) - _MOST_MOVED} more (--json names them all)"]
        lines += moved
        self._output.text("\n".join([*lines, summary(report, would=self._options["dry_run"])]) + "\n")

    def _encode(self) -> None:
        """Let the documents be found by meaning: here, where that is waited for, else in a process of its own."""
        from ncrelations.collections.encoding_job import encode_in_background
        from ncrelations.models.minilm import packaged

        if self._collection.encoded().share == 1:
            return
        try:
            packaged()
        except EncoderUnavailable as error:
            click.echo(f"searched by words alone: {self._output.texts().problem(error)}", err=True)
            return
        if self._options["only_meaning"] and hasattr(os, "nice"):
            os.nice(_LATER)  # it was started in the background: whoever works here goes first
        if self._options["wait"] or self._options["only_meaning"]:
            self._collection.encode(self._told)
            self._clear()
            return
        encode_in_background(self._collection.store.opened_by)
        told = "searched by words; a process of its own makes them found by meaning (ncr status says how far it is)"
        click.echo(told, err=True)

    def _told(self, encoded: Encoded) -> None:
        """How far encoding is, on a terminal."""
        if is_terminal(sys.stderr):
            click.echo(f"\r\x1b[Kfound by meaning: {encoded.share:.0%}", err=True, nl=False)

    def _clear(self) -> None:
        if is_terminal(sys.stderr):
            click.echo("\r\x1b[K", err=True, nl=False)


def limits(options: dict[str, Any]) -> Limits:
    """The limits that options set, and the usual ones."""
    usual = Limits()
    size = options["max_mb"] * 1_000_000 if options["max_mb"] else usual.bytes
    return replace(usual, bytes=size, pages=options["max_pages"] or usual.pages, ocr=options["ocr"])


def planned(plan: Plan) -> SyncReport:
    """What a plan would do, as if it were done."""
    names = dict.fromkeys(each.document for each in plan.gone if each.document and each.reason is None)
    return SyncReport(plan.files, tuple(name for name in names if name))


def _name(file: PlannedFile) -> str:
    return printable(file.found.path.name, 60)


def _lines(file: PlannedFile) -> Iterator[str]:
    """What became of a file, where that is to be said."""
    if file.step == "refused":
        error = FileRefused(file.found.path.name, file.reason or "", file.detail)
        yield f"refused    {_name(file)}: {printable(error.words, 200)}; {error.advice}"
    elif file.step != "unchanged":
        yield f"{file.step:11}{file.document or '(new)'}  {_name(file)}"


def summary(report: SyncReport, *, would: bool = False) -> str:
    """The sum: what was added, unchanged and refused is what was found."""
    files = f"{report.found} file{'' if report.found == 1 else 's'}"
    verb = "would be " if would else ""
    return f"{files} found: {report.added} {verb}added, {report.unchanged} unchanged, {report.refused} {verb}refused"
