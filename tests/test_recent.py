"""What was last worked out is remembered, and no more than that."""

from __future__ import annotations

from ncrelations.models.recent import Recent


def test_the_last_values_are_remembered() -> None:
    """At least so many values as asked for, at most twice as many, the youngest surely."""
    recent = Recent[int, str](10)
    for number in range(1_000):
        recent.put(number, str(number))
        assert all(recent.get(each) == str(each) for each in range(max(0, number - 9), number + 1))
    assert 10 <= sum(recent.get(number) is not None for number in range(1_000)) <= 20


def test_what_is_asked_for_stays() -> None:
    """A value asked for again and again outlives any number of others."""
    recent = Recent[str, int](5)
    recent.put("kept", 1)
    for number in range(100):
        recent.put(str(number), number)
        assert recent.get("kept") == 1
    assert recent.get("0") is None
