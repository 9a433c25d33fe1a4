"""Who does what to whom: the parties of a question in the order of their parts, and questions compared by it."""

from __future__ import annotations

import numpy as np
import pytest

from edition_kit import CORPUS
from ncrelations.document.corpus import given
from ncrelations.retrieval.orders import APART, Orders
from ncrelations.text.order_of_sides import Parties

PARTIES = Parties({"China": "china(?:'s)?|chinese|beijing", "West": "nato(?:'s)?|the west|allies", "Russia": "russia"})
CHINA, WEST, RUSSIA = 1, 2, 4


@pytest.mark.parametrize(
    "question",
    [
        "Why does China call NATO a relic?",
        "Why is NATO called a relic by the Chinese?",
        "Is NATO a relic, according to China?",
        "In Beijing's eyes, is NATO a relic?",
        "Is NATO a relic in the eyes of China?",
        "What does NATO lack, as China sees it?",
        "Why does NATO worry China?",
        "China’s view of NATO",
        "criticism of NATO by China",
        "what does the West want, say the Chinese?",
        "Why does China feel threatened by NATO?",
        "Does NATO face a threat from China?",
    ],
)
def test_china_comes_before_the_west(question: str) -> None:
    """Whoever holds a view or acts comes first, wherever it stands."""
    assert PARTIES.roles(question) == (CHINA, WEST)


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("Why does NATO see freedom of navigation threatened by China?", [WEST, CHINA]),
        ("What worries NATO about China?", [WEST, CHINA]),
        ("Why do China and Russia alarm NATO?", [WEST, CHINA | RUSSIA]),
        ("Why does China say that the West uses it?", [CHINA, WEST]),
        ("Why is China a bigger rival than Russia?", [CHINA, RUSSIA]),
        ("What do NATO and China agree on?", [WEST | CHINA]),
        ("What about the pandemic?", []),
        ("", []),
    ],
)
def test_the_order_of_parties(question: str, order: list[int]) -> None:
    """Holders of views come before doers, doers before those they act on; joined ones are one set."""
    assert PARTIES.order(question) == order


def test_without_parties_nothing_is_read() -> None:
    """A corpus that knows no sides has no orders, and questions about it all agree."""
    assert given([]).parties == {}
    orders = Orders.of(Parties({}), ["Why does China call NATO a relic?", "Is it new?"])
    assert orders.roles.tolist() == [[0, 0], [0, 0]]
    assert orders.agreement(orders.parties.roles("Does NATO fear China?")).tolist() == [1, 1]
    assert not orders.contrary(orders.parties.roles("Does NATO fear China?")).any()


def test_only_eight_parties_are_read() -> None:
    """What comes after the eighth party is no party."""
    many = Parties({letter: letter for letter in "abcdefghij"})
    assert many.order("a h i j") == [1, 128]


TEXTS = ["Does China fear NATO?", "Does NATO fear China?", "Does China rise?", "Is it so?"]


def test_agreement_is_one_for_the_same_order_and_least_for_another() -> None:
    """The same parts agree wholly, exchanged ones least, one of two by half; it is the same from either side."""
    orders = Orders.of(PARTIES, TEXTS)
    half = APART + (1 - APART) / 2
    assert orders.agreement(orders.parties.roles("Why is NATO feared by China?")) == pytest.approx(
        [1, APART, half, APART]
    )
    each = np.array([orders.agreement(orders.parties.roles(text)) for text in TEXTS])
    assert np.allclose(orders.among_themselves(), each)
    assert np.allclose(each, each.T)


def test_contrary_questions_have_another_party_first() -> None:
    """A question is contrary to one with another party first; without any party it is contrary to none."""
    orders = Orders.of(PARTIES, TEXTS)
    assert orders.contrary(orders.parties.roles("What does China want from NATO?")).tolist() == [
        False,
        True,
        False,
        False,
    ]
    assert orders.contrary(orders.parties.roles("What do NATO and China want?")).tolist() == [
        False,
        False,
        False,
        False,
    ]
    assert not orders.contrary(orders.parties.roles("What is new?")).any()


def test_packed_orders_are_the_same() -> None:
    """Orders read from their bytes are those that were packed; an odd number of bytes is refused."""
    orders = Orders.of(PARTIES, TEXTS)
    assert np.array_equal(Orders.unpacked(PARTIES, orders.packed()).roles, orders.roles)
    with pytest.raises(ValueError, match="reshape"):
        Orders.unpacked(PARTIES, b"abc")


def test_the_parties_of_the_edition() -> None:
    """NATO, its members and the West are one party; possessives and people's names for the powers are read."""
    parties = Parties(CORPUS.parties)
    assert len(CORPUS.parties) <= 8
    straight = parties.roles("Why does Beijing complain about Washington's visits?")
    assert straight == parties.roles("What is NATO accused of by the PRC?") == (1, 2)
    assert parties.roles("Why are the allies alarmed by Moscow?") == (4, 2)
