"""Fixtures that the tests of every module share."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

os.environ["HF_HUB_OFFLINE"] = "1"  # before anything imports huggingface_hub; child processes inherit it

import ncrelations

settings.register_profile("any machine", deadline=None)  # time is asked where growth is, against a baseline
settings.load_profile("any machine")

CHECKOUT = Path(__file__).resolve().parents[1]

for name in ("LC_ALL", "LC_MESSAGES", "LANG", "NCR_LANG"):  # the language is English unless a test says otherwise
    os.environ.pop(name, None)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--rewrite-golden` writes the golden files anew instead of comparing with them."""
    parser.addoption("--rewrite-golden", action="store_true", help="write tests/golden/ anew")


@pytest.fixture(scope="session")
def proof_loaded() -> None:
    """What a doubtful credit needs, the model among it, is loaded before anything is timed."""
    words = "China does not respect international law and treaty commitments"
    ncrelations.proof(f"He wrote to Wong, who says that “{words}”.")


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The root of the repository."""
    return CHECKOUT


@pytest.fixture(scope="session")
def python() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run Python with some arguments in a process of its own that finds the package under test."""
    package = str(Path(ncrelations.__file__).parents[1])

    def run(*arguments: str, cwd: Path | None = None, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": package, "PYTHONUTF8": "1"}
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=cwd,
            env=environment,
            timeout=timeout,
            capture_output=True,
            text=True,
            check=False,
        )

    return run
