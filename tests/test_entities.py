"""Entities and the other editorial files: every name occurs, every citation resolves."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

import ncrelations as ncr
from edition_kit import CORPUS
from ncrelations.document.entities import Entity
from ncrelations.document.tree import Block, Sentence
from ncrelations.editions.nato_china.knowledge import EDITORIAL, Theme
from ncrelations.editions.nato_china.report_source import fold_report
from ncrelations.editions.nato_china.voices import Voice
from ncrelations.errors import NoSuchPlace

ENTITIES = pytest.mark.parametrize("entity", ncr.entities(), ids=lambda each: each.name)
KINDS = {"person", "organisation", "place", "agreement", "event"}


def strings(value: object) -> Iterator[str]:
    """Every string in a TOML value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)


def table(name: str) -> dict[str, Any]:
    """An editorial file."""
    return tomllib.loads((EDITORIAL / name).read_text("utf-8"))


@ENTITIES
def test_every_form_occurs(entity: Entity) -> None:
    """Each spelling said to be the documents' stands in a block, and as a whole word."""
    for form in entity.forms:
        pattern = re.compile(rf"(?<!\w){re.escape(form)}(?!\w)")
        assert any(pattern.search(block.text) for document in ncr.documents() for block in document.blocks), form


@ENTITIES
def test_every_entity_is_mentioned(entity: Entity) -> None:
    """No entity stands in the index that the documents do not mention."""
    assert entity.mentions
    assert entity.kind in KINDS


@ENTITIES
def test_no_alias_is_a_form(entity: Entity) -> None:
    """Aliases are what the documents do not print, so that "aliases" can be labelled editorial."""
    assert set(entity.aliases) & set(entity.forms) == set()


@ENTITIES
def test_mentions_are_slices(entity: Entity) -> None:
    """The source at a mention's span folds to its text, inside its sentence; mentions come in order."""
    for mention in entity.mentions:
        source = mention.sentence.document.source
        assert fold_report(source[mention.span.start : mention.span.end]) == mention.text
        assert mention.text in mention.sentence.text
        assert mention.sentence.span.contains(mention.span)
    places = [(mention.sentence.document is ncr.article, mention.span) for mention in entity.mentions]
    assert places == sorted(set(places))


@ENTITIES
def test_a_mention_is_one_of_the_forms(entity: Entity) -> None:
    """A mention reads as a form of the entity, or of one that names it too ("Taiwan Strait" names Taiwan)."""
    known = {form for each in ncr.entities() if each is entity or entity.name in each.also for form in each.forms}
    assert {mention.text for mention in entity.mentions} <= known


@ENTITIES
def test_an_entity_is_found_by_each_of_its_names(entity: Entity) -> None:
    """Every name of an entity leads to an entity that has this name, its own name to itself."""
    assert ncr.entity(entity.name) is entity
    for name in entity.names:
        assert name.casefold() in [known.casefold() for known in ncr.entity(name).names]


def test_names_are_unique() -> None:
    """No two entities share a name, and no form belongs to two."""
    names = [entity.name for entity in ncr.entities()]
    forms = [form for entity in ncr.entities() for form in entity.forms]
    assert sorted({name for name in names if names.count(name) > 1}) == []
    assert sorted({form for form in forms if forms.count(form) > 1}) == []


def test_also_names_entities() -> None:
    """`also` points to entities that exist."""
    names = {entity.name for entity in ncr.entities()}
    assert {other for entity in ncr.entities() for other in entity.also} <= names


def test_all_kinds_occur() -> None:
    """There are people, organisations, places, agreements and events."""
    assert {entity.kind for entity in ncr.entities()} == KINDS


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("DPRK", "North Korea"),
        ("North Korea", "North Korea"),
        ("Pyongyang", "North Korea"),
        ("PLA", "People’s Liberation Army"),
        ("People's Liberation Army", "People’s Liberation Army"),
        ("BRI", "Belt and Road Initiative"),
        ("ISIS-K", "ISIS-K"),
        ("ISIS K", "ISIS-K"),
        ("CAI", "EU–China Comprehensive Agreement on Investment"),
        ("SHADE", "Shared Awareness and Deconfliction Forum"),
        ("WHO", "World Health Organization"),
        ("US", "United States"),
        ("U.S.", "United States"),
        ("bisognero", "Claudio Bisogniero"),
        ("Bisogniero", "Claudio Bisogniero"),
        ("geoana", "Mircea Geoană"),
        ("stoltenberg", "Jens Stoltenberg"),
    ],
)
def test_aliases_in_questions(name: str, expected: str) -> None:
    """A question names an entity by any of its names, with or without accents, typographic quotes and hyphens."""
    (found,) = CORPUS.entities.named_in(f"tell me of {name} please")
    assert found.entity.name == expected
    assert f"tell me of {name} please"[found.start : found.end] == name


WORDS_TOO = ["who met them", "tell us more", "is it so", "what is the plan", "Who knows?", "by the sea"]


@pytest.mark.parametrize("question", WORDS_TOO)
def test_words_that_are_acronyms_too(question: str) -> None:
    """In small letters "who", "us", "is", "plan" and "sea" are words, not organisations."""
    assert CORPUS.entities.named_in(question) == ()


def test_the_longest_name_wins() -> None:
    """Of overlapping names the longest is meant."""
    assert [each.entity.name for each in CORPUS.entities.named_in("the South China Sea")] == ["South China Sea"]
    assert [each.entity.name for each in CORPUS.entities.named_in("NATO and the EU in the Gulf of Aden")] == [
        "NATO",
        "European Union",
        "Gulf of Aden",
    ]


def test_north_korea_is_mentioned_as_dprk() -> None:
    """Mentions of an entity are found under each of its spellings."""
    assert {"North Korea", "DPRK"} <= {mention.text for mention in ncr.entity("North Korea").mentions}


def test_a_broken_name_is_one_mention() -> None:
    """A name broken over lines at its hyphen, or between words, is found and reads as one."""
    found = [mention for entity in ncr.entities() for mention in entity.mentions]
    raw = {each.sentence.document.source[each.span.start : each.span.end]: each.text for each in found}
    broken = {piece: text for piece, text in raw.items() if "\n" in piece}
    assert {" ".join(piece.split()) for piece in broken} - set(broken.values()), "none is broken at a hyphen"
    assert all("\n" not in text and "- " not in text for text in broken.values())


def test_mentioned_in_a_block() -> None:
    """The mentions of a block are those of all entities that stand in it."""
    block = ncr.resolve("report/VI.1/p1")
    assert isinstance(block, Block)
    found = CORPUS.entities.mentioned(block)
    assert "Gulf of Aden" in {mention.entity for mention in found}
    assert all(block.span.contains(mention.span) for mention in found)


@pytest.mark.parametrize(
    ("name", "first"),
    [("Stoltenburg", "Stoltenberg"), ("Huawai", "Huawei"), ("Norht Korea", "North Korea"), ("AUKUSS", "AUKUS")],
)
def test_an_unknown_name_is_answered_with_the_nearest(name: str, first: str) -> None:
    """A name that no entity has is refused with the nearest names, best first."""
    with pytest.raises(NoSuchPlace, match=f"there is no entity '{name}'; did you mean {first}") as caught:
        ncr.entity(name)
    assert caught.value.kind == "entity"


@pytest.mark.parametrize("name", ["", "\x1b[2J", "x" * 10_000, "\ud800"])
def test_a_hostile_name_is_refused(name: str) -> None:
    """Nothing unprintable comes back in the message."""
    with pytest.raises(NoSuchPlace) as caught:
        ncr.entity(name)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 300


# ------------------------------------------------------------------ editorial files


@pytest.mark.parametrize("name", ["themes.toml", "positions.toml", "records.toml"])
def test_editorial_citations_resolve(name: str) -> None:
    """Every citation in an editorial file names a block or sentence, and quotes it verbatim where it quotes."""
    cited = [text for text in strings(table(name)) if re.match(r"(?:report|article)/", text)]
    assert cited
    for text in cited:
        citation, _, words = text.partition(": ")
        place = ncr.resolve(citation)
        assert isinstance(place, Sentence | Block)
        assert words in place.text, text


def test_notes_of_themes_cite_what_exists() -> None:
    """Citations inside editors' notes resolve as well."""
    for theme in ncr.themes():
        for citation in re.findall(r"(?:report|article)/[\w./-]*\w", theme.note or ""):
            ncr.resolve(citation)


THEMES = pytest.mark.parametrize("theme", ncr.themes(), ids=lambda theme: theme.id)


@THEMES
def test_themes_have_the_right_voices(theme: Theme) -> None:
    """Under each voice of a theme stand only sentences in that voice, each once; at least one voice speaks."""
    for voice in Voice:
        sentences = theme.of(voice)
        assert all(sentence.voice is voice for sentence in sentences), voice
        assert len({sentence.citation for sentence in sentences}) == len(sentences)
    assert any(theme.of(voice) for voice in Voice)


@THEMES
def test_themes_are_labelled_editorial(theme: Theme) -> None:
    """What editors pair is marked as theirs, and a silent side is explained in a note."""
    assert theme.to_dict()["editorial"] is True
    assert theme.keywords
    assert all(keyword == keyword.lower() for keyword in theme.keywords)
    assert len(set(theme.keywords)) == len(theme.keywords)


def test_theme_ids_are_unique() -> None:
    """No two themes share an id."""
    ids = [theme.id for theme in ncr.themes()]
    assert len(set(ids)) == len(ids)


def test_positions_are_in_other_voices() -> None:
    """Positions are passages in the experts' or the author's voice: a side's own perceptions need no pointer."""
    sides = table("positions.toml")
    assert set(sides) == {"nato", "china", "both"}
    for citations in sides.values():
        assert len(set(citations)) == len(citations)
        for citation in citations:
            place = ncr.resolve(citation)
            assert isinstance(place, Block)
            assert place.voice in (Voice.EXPERTS, Voice.AUTHOR)


def test_metonyms_are_canonical() -> None:
    """Powers under other names become one name for matching; capitals that are places stay."""
    replaced = CORPUS.metonyms.replaced
    assert replaced("nothing of the kind") == "nothing of the kind"
    assert replaced(replaced("Does the bloc fear Beijing?")) == replaced("Does the bloc fear Beijing?")
    assert "Beijing" in replaced("the talks in Beijing")
