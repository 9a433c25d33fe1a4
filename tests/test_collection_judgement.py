"""What the judgement of a collection finds in the words of a question."""

from __future__ import annotations

from unittest.mock import Mock

from ncrelations.collections.answer_evidence import WordAsked
from ncrelations.collections.collection_judgement import Findings


def word(term: str, weight: float, having: int) -> WordAsked:
    """A word that so many passages have."""
    return WordAsked(term, term, weight, having, is_name=False)


def findings(*asked: WordAsked, far: float = 0.0) -> Findings:
    """What was found for a question of those words, whose first passages have "harbour" alone."""
    question, block, evidence = Mock(unknown=()), Mock(), Mock()
    here = frozenset({"harbour"})
    return Findings(question, asked, evidence, block, here, 8.0, 0.0, far, keywords=False, by_words=False)


def test_weighty_words_that_stand_elsewhere() -> None:
    """Of half the greatest weight and more; not those that the first passages have, or that stand nowhere."""
    asked = [word("harbour", 7.0, 2), word("mill", 4.0, 3), word("water", 3.9, 9), word("router", 8.0, 0)]
    found = findings(*asked)
    assert [each.term for each in found.elsewhere] == ["mill"]
    assert [each.term for each in found.nowhere] == ["router"]


def test_a_subject_is_unspoken_of_where_most_of_it_stands_nowhere() -> None:
    """Most words and half the weight; what comes clearly near is of the subject in other words."""
    asked = [word("router", 8.0, 0), word("reset", 8.0, 0), word("harbour", 6.0, 2)]
    assert findings(*asked).unspoken
    assert not findings(*asked, far=-0.2).unspoken
    assert not findings(asked[0], *asked[2:]).unspoken
