"""compare(): the views side by side, silence included, editorial pairing labelled."""

from __future__ import annotations

import json

import pytest

import ncrelations as ncr
from ncrelations.editions.nato_china.voices import Voice
from ncrelations.errors import InvalidQuestion


def test_huawei() -> None:
    """Huawei: China and the experts speak of it, NATO's perceptions and Wong do not."""
    found = ncr.compare("Huawei")
    assert str(found.china[0].citation) == "report/IV/b4"
    assert str(found.experts[0].citation) == "report/VIII/p2"
    assert found.silent == (Voice.NATO, Voice.AUTHOR)


def test_every_excerpt_is_in_its_voice() -> None:
    """Each side shows its own voice only."""
    found = ncr.compare("military build-up")
    for voice in Voice:
        assert all(excerpt.voice is voice for excerpt in found.of(voice))
    assert found.nato
    assert found.china


def test_other_domains_have_no_views() -> None:
    """On a topic that the documents do not touch, every voice is silent."""
    assert ncr.compare("sourdough bread").silent == tuple(Voice)


def test_themes_are_editorial() -> None:
    """A topic brings up the themes it touches, and their data says that they are editorial."""
    found = ncr.compare("human rights")
    assert found.themes[0].id == "values"
    data = found.to_dict()
    assert all(theme["editorial"] is True for theme in data["themes"])
    assert json.loads(json.dumps(data)) == data


def test_themes_pair_opposing_perceptions() -> None:
    """Most themes have both sides' perceptions, and each sentence is in its own voice."""
    paired = [theme for theme in ncr.themes() if theme.nato and theme.china]
    assert len(paired) >= 12
    for theme in ncr.themes():
        assert all(sentence.voice is voice for voice in Voice for sentence in theme.of(voice))


def test_nothing_to_compare() -> None:
    """An empty topic is refused."""
    with pytest.raises(InvalidQuestion):
        ncr.compare("  ")
