"""Fit who is credited: `python tests/proof/fit_credits.py` writes the weights; `--left-out` measures them instead.

Fitted on the short texts of three hands (`credit_texts.jsonl.gz`), on the drafts of the writers who may be read, and on
the sentences of the tests. Of a draft it is known only whether a credit is right: whoever makes it so may be meant.
With `--left-out` each hand and writer is told by weights that were fitted on the others: what new hands will find.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]  # scipy has no types
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

import ncrelations as ncr
from ncrelations.proofing.credits import HUNDREDTHS
from proof.credit_instances import Instance, instances, kinds

WEIGHTS = Path(ncr.__file__).parent / "proofing" / "credit_weights.tsv"
STRENGTH, TIMES, LEAST, SMALLEST = 2.5, 100, 2, 2
"""How strongly weights are kept small, how often they are mended, how many candidates have a feature at least, and the
smallest weight that is kept, in hundredths."""
ROUNDS, SURE, LIKELY, MORE = 9, 0.95, 0.6, 2.0
"""How often what is not told surely is made to count more, and how much more."""
Floats = NDArray[np.float64]
Told = tuple[Instance, Counter[str], float]
"""An instance with the chances of each kind of who is credited, and that the credit is wrong."""


class Matrix:
    """Instances as sparse matrices: which words credit, and whom they mean."""

    def __init__(self, instances: Sequence[Instance], vocabulary: dict[str, int] | None = None) -> None:
        if vocabulary is None:
            seen = Counter[str]()
            for each in instances:
                for candidate in each.candidates:
                    seen.update({*candidate.features})
                    for _, features in candidate.options:
                        seen.update({*features})
            vocabulary = {name: n for n, name in enumerate(name for name, often in seen.items() if often >= LEAST)}
        self.vocabulary = vocabulary
        words = [(n, c) for n, each in enumerate(instances) for c in each.candidates]
        self.words = self._sparse([candidate.features for _, candidate in words])
        self.options = self._sparse([features for _, candidate in words for _, features in candidate.options])
        self.of_instance = np.array([n for n, _ in words])
        self.of_word = np.array([n for n, (_, candidate) in enumerate(words) for _ in candidate.options])
        self.instance_of_option = self.of_instance[self.of_word]
        self.wanted = np.array([w for each in instances for w in each.wanted], float)
        self.right, self.wrong = (
            np.array([r is which for each in instances for r in each.right], float) for which in (True, False)
        )
        self.told_wrong = np.array([each.told is False for each in instances])
        self.told_right = np.array([each.told is True for each in instances])
        self.of_draft = np.array([not each.who for each in instances])
        self.of_tests = np.array([each.hand == "tests" for each in instances])
        self.starts = [_starts(each) for each in (self.of_instance, self.of_word, self.instance_of_option)]

    def _sparse(self, rows: Sequence[Sequence[str]]) -> Any:
        found = [[self.vocabulary[f] for f in row if f in self.vocabulary] for row in rows]
        ends = np.cumsum([0, *map(len, found)])
        columns = np.array([column for row in found for column in row], int)
        return csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(self.vocabulary)))

    def chances(self, weights: Floats) -> tuple[Floats, Floats, Floats]:
        """The chances of the words, of whom they mean where they credit, and of both together."""
        words = _softmax(self.words @ weights, self.of_instance, self.starts[0])
        options = _softmax(self.options @ weights, self.of_word, self.starts[1])
        return words, options, words[self.of_word] * options

    def sums(self, values: Floats) -> Floats:
        """Of each instance, the sum of its options' values."""
        return np.add.reduceat(values, self.starts[2])


def _starts(groups: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.flatnonzero(np.r_[True, np.diff(groups) > 0])


def _softmax(scores: Floats, groups: NDArray[np.int64], starts: NDArray[np.int64]) -> Floats:
    shares = np.exp(scores - np.maximum.reduceat(scores, starts)[groups])
    return shares / np.add.reduceat(shares, starts)[groups]


def fitted(matrix: Matrix) -> Floats:
    """The weights under which those wanted are likeliest, kept small; what they do not tell counts more, and again."""
    counts = (matrix.sums(matrix.wanted) > 0).astype(float)
    weights = _likeliest(matrix, counts, np.zeros(len(matrix.vocabulary)))
    for _ in range(ROUNDS):
        both = matrix.chances(weights)[2]
        wrong, right = matrix.sums(both * matrix.wrong), matrix.sums(both * matrix.right)
        missed = np.where(matrix.told_wrong, wrong < SURE, wrong > 1 - SURE) & matrix.of_draft
        missed |= np.where(matrix.told_right, right < LIKELY, right > 1 - LIKELY) & matrix.of_tests
        counts *= np.where(missed, MORE, 1.0)
        weights = _likeliest(matrix, counts, weights)
    return weights


def _likeliest(matrix: Matrix, used: Floats, start: Floats) -> Floats:
    def loss(weights: Floats) -> tuple[float, Floats]:
        words, options, both = matrix.chances(weights)
        mass = np.maximum(matrix.sums(both * matrix.wanted), 1e-9)
        after = both * matrix.wanted / mass[matrix.instance_of_option]
        of_words = np.add.reduceat(after, matrix.starts[1])
        slope_words = (words - of_words) * used[matrix.of_instance]
        slope_options = (options * of_words[matrix.of_word] - after) * used[matrix.instance_of_option]
        slope = matrix.words.T @ slope_words + matrix.options.T @ slope_options + STRENGTH * weights
        return float(-(used * np.log(mass)).sum() + STRENGTH / 2 * weights @ weights), slope

    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": TIMES}).x  # type: ignore[no-any-return]  # scipy is untyped


def left_out(every: Sequence[Instance], hands: Sequence[str]) -> Iterator[Told]:
    """Each instance of some hands with the chances of each kind, and that the credit is wrong, told by the others."""
    for hand in hands:
        matrix = Matrix([each for each in every if each.hand != hand])
        weights, own = fitted(matrix), [each for each in every if each.hand == hand]
        yield from told(own, Matrix(own, matrix.vocabulary), weights)


def told(own: Sequence[Instance], matrix: Matrix, weights: Floats) -> Iterator[Told]:
    """Each instance with the chances of each kind, and that the credit is wrong."""
    both = matrix.chances(weights)[2]
    wrong = matrix.sums(both * matrix.wrong)
    for each, start, mass in zip(own, matrix.starts[2], wrong, strict=True):
        shares = Counter[str]()
        keys = [key for candidate in each.candidates for key, _ in candidate.options]
        for key, share in zip(keys, both[start : start + len(keys)], strict=True):
            for kind in kinds(key):
                shares[kind] += share
        yield each, shares, mass


def report(every: Sequence[Instance]) -> None:
    """Print what is told of each hand and writer by weights fitted on the others."""
    hands = sorted({each.hand for each in every} - {"tests", "frames", "made"})
    found = [*left_out(every, hands)]
    texts = [(each, max(shares, key=shares.__getitem__)) for each, shares, _ in found if each.who]
    for kind in sorted({each.who for each, _ in texts}):
        right = [best == kind for each, best in texts if each.who == kind]
        print(f"{kind}: {sum(right)}/{len(right)}")
    print(f"all: {np.mean([best == each.who for each, best in texts]):.3f}")
    drafts = [(each.told is False, mass) for each, _, mass in found if not each.who]
    for least in (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95):
        said = [wrong for wrong, mass in drafts if mass >= least]
        every_wrong = sum(wrong for wrong, _ in drafts)
        print(f"wrong voice from {least}: {sum(said)}/{every_wrong}, right {sum(said)}/{len(said)}")


def who_is_credited(own: Sequence[Instance]) -> list[tuple[str, str]]:
    """Of each short text the kind of who is credited, and the one that is told by the weights as they are."""
    lines = (line.rpartition("\t") for line in WEIGHTS.read_text("utf-8").splitlines())
    stored = {name: int(weight) / HUNDREDTHS for name, _, weight in lines}
    matrix = Matrix(own, {name: number for number, name in enumerate(stored)})
    found = told(own, matrix, np.array([*stored.values()]))
    return [(each.who, max(shares, key=shares.__getitem__)) for each, shares, _ in found]


def main() -> None:
    """Fit, and write the weights; or measure."""
    every = instances()
    if "--left-out" in sys.argv[1:]:
        report(every)
        return
    matrix = Matrix(every)
    weights = np.rint(fitted(matrix) * HUNDREDTHS).astype(int)
    lines = sorted(f"{name}\t{weights[n]}\n" for name, n in matrix.vocabulary.items() if abs(weights[n]) >= SMALLEST)
    WEIGHTS.write_text("".join(lines), "utf-8")
    print(f"{len(every)} quotations, {len(lines)} weights: {WEIGHTS.name}")


if __name__ == "__main__":
    main()
