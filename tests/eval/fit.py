"""Fit the weights of ranking and judgement on the fitting set, and print them: `make fit`.

A softmax over the passages by Adam, non-negative weights but for those of conversations; five-fold
cross-validation says how well they carry over. All on the fitting halves of our own questions and of those in
people's wording. The judgement's are fitted in `fit_judgement.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from eval import fit_judgement
from eval.harness import PEOPLE, SINGLE, Case, cases, chains
from ncrelations.answers import scoring
from ncrelations.conversations import context
from ncrelations.conversations.follow_up import FollowUps
from ncrelations.conversations.list_picks import ListPicks
from ncrelations.conversations.state import ChatState
from ncrelations.conversations.turn import _full
from ncrelations.document.citation import Citation
from ncrelations.editions.nato_china.edition import edition
from ncrelations.retrieval.signals import Scores
from ncrelations.text.words import MAX_QUESTION

Matrix = NDArray[np.float64]
SHARPNESS, RIDGE, STEPS = 12.0, 0.02, 500


def _readings(some: Sequence[Case]) -> list[scoring.Reading]:
    scorer, found = edition().scorers.english, []
    for case in some:
        question = scorer.read(case.question)
        reading = scorer.score(question)
        topic = None
        if question.topic:
            topic = scorer.score(question._replace(reading=question.topic, mendings=()), neutral=True)
            reading = scoring.mixed(reading, topic, scoring.TOPIC)
        found.append(reading)
    return found


def _targets(some: Sequence[Case], passages: dict[Citation, int]) -> Matrix:
    wanted = np.zeros((len(some), len(passages)))
    for row, case in enumerate(some):
        for citation in frozenset().union(*case.evidence):
            wanted[row, passages[Citation.parse(citation).of_block]] = 1
    return wanted


def _signal_weights(features: Matrix, wanted: Matrix, *, least: float = 0.0) -> Matrix:
    weights = np.full(features.shape[1], 0.15)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS):
        scores = SHARPNESS * np.einsum("k,nkp->np", weights, features)
        chances = np.exp(scores - scores.max(1, keepdims=True))
        chances /= chances.sum(1, keepdims=True)
        right = chances * wanted
        right /= np.maximum(right.sum(1, keepdims=True), 1e-12)
        slope = -SHARPNESS * np.einsum("np,nkp->k", right - chances, features) / len(features) + 2 * RIDGE * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        pace = 0.01 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
        weights = np.maximum(weights - pace, least)
    return weights


def _ranks(weights: Matrix, features: Matrix, wanted: Matrix) -> NDArray[np.int64]:
    order = np.argsort(-np.einsum("k,nkp->np", weights, features), axis=1, kind="stable")
    ranks: NDArray[np.int64] = np.argmax(np.take_along_axis(wanted, order, axis=1), axis=1)
    return ranks


def _folds(count: int, parts: int = 5) -> list[NDArray[np.int64]]:
    return [np.sort(fold) for fold in np.array_split(np.random.default_rng(1).permutation(count), parts)]


def _print_signals(some: Sequence[Case], features: Matrix) -> None:
    wanted = _targets(some, edition().scorers.english.index.passages_at)
    everything, ranks = np.arange(len(some)), np.zeros(len(some))
    for fold in _folds(len(some)):
        rest = np.setdiff1d(everything, fold)
        ranks[fold] = _ranks(_signal_weights(features[rest], wanted[rest]), features[fold], wanted[fold])
    print("passages, cross-validated:", *(f"hit@{k} {np.mean(ranks < k):.3f}" for k in (1, 3, 5)))
    for name, weight in zip(scoring.SIGNALS, _signal_weights(features, wanted), strict=True):
        print(f"  {name:16}{weight:.2f}")


def _turns(some: Sequence[Sequence[Case]]) -> tuple[list[str], Matrix, Matrix]:
    """The follow-ups that are no picks from a list: their conversations, signals and right passages."""
    scorer, names, rows, turns = edition().scorers.english, [], [], []
    picks, weighed = ListPicks(scorer.index.corpus), context.Context(scorer.index)
    for chain in some:
        state = ChatState()
        for case in chain:
            if state.question and picks.listed(state, case.question) is None:
                found = _signals(weighed, state, case.question)
                rows.append([found[name] for name in context.WEIGHTS])
                names.append(case.id.split(".")[0])
                turns.append(case)
            state = edition().turn(state, case.question)[1]
    return names, np.array(rows), _targets(turns, scorer.index.passages_at)


def _signals(weighed: context.Context, state: ChatState, question: str) -> dict[str, Scores]:
    """The signals of a follow-up, as a turn has them."""
    scorer = edition().scorers.english
    asked = scorer.read(question)
    resolved = FollowUps(scorer.reader).written_out(state, asked)
    full = asked if resolved is None else _full(scorer.read(resolved.text[:MAX_QUESTION]), resolved)
    side = scorer.reader.whose_view.meant(asked.text)
    return weighed.signals(state, asked, resolved, side, edition().turns.readings(state, scorer, asked, full))


def _print_conversations() -> None:
    names, rows, wanted = _turns([*chains("fit"), *chains("people_fit")])
    parts = np.array_split(np.random.default_rng(1).permutation(sorted(set(names))), 5)
    ranks = np.zeros(len(names))
    for part in parts:
        mine = np.isin(names, part)
        ranks[mine] = _ranks(_signal_weights(rows[~mine], wanted[~mine], least=-1), rows[mine], wanted[mine])
    print("follow-ups, cross-validated:", *(f"hit@{k} {np.mean(ranks < k):.3f}" for k in (1, 3, 5)))
    for name, weight in zip(context.WEIGHTS, _signal_weights(rows, wanted, least=-1), strict=True):
        print(f"  {name:30}{weight:.2f}")


def main() -> None:
    """Fit, and print what to write into `scoring.py`, `judgement.py` and `context.py`."""
    some = [case for name in ("fit", "people_fit") for case in cases(name) if case.kind != "other-domain"]
    found = _readings(some)
    single = [n for n, case in enumerate(some) if case.kind in (*SINGLE, *PEOPLE)]
    _print_signals([some[n] for n in single], np.stack([found[n].features for n in single]))
    fit_judgement.print_weights()
    _print_conversations()


if __name__ == "__main__":
    main()
