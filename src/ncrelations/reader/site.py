"""The pages of the reader: templates filled from a library, and the files they need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ncrelations.document.citation import Citation, nearest, printable
from ncrelations.document.entities import Entity
from ncrelations.document.themes import Theme
from ncrelations.document.tree import Block, Document, Page, Section, Sentence
from ncrelations.document.voice import Voice
from ncrelations.editions.nato_china.edition import edition
from ncrelations.editions.nato_china.records import Milestone
from ncrelations.errors import NCRelationsError, NoSuchPlace
from ncrelations.library import Library
from ncrelations.reader.captions import printed_date
from ncrelations.reader.edition_pages import captions_for, milestones_of
from ncrelations.reader.links import Names, href, slug
from ncrelations.reader.search_data import script, search_data, tint
from ncrelations.reader.timeline import drawing, when_and_where
from ncrelations.render.svg import timeline_svg

_ASSETS = Path(__file__).with_name("assets")
_DATA, _TIMELINE = "assets/data.js", "timeline.svg"

KINDS = {
    "person": "People",
    "organisation": "Organisations and peoples",
    "place": "Places",
    "agreement": "Agreements, publications and concepts",
    "event": "Events",
}
"""The kinds of entities, as headings."""


def write(folder: Path, library: Library | None = None) -> tuple[Path, ...]:
    """Write the whole reader of a library, by default of the packaged edition; the files written.

    The folder is made where it is missing. The same library gives the same bytes. Other files of the folder are
    left alone.
    """
    written = []
    for name, data in Site(library or edition()).files():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode())
        written.append(path)
    return tuple(written)


def page(wanted: Sequence[Document], library: Library | None = None) -> str:
    """Some documents of a library as one page that holds its style and script; it has no search."""
    return Site(library or edition()).filled("single", documents=wanted, page="single")


class Site:
    """The reader of one library: its files, each made when it is wanted."""

    def __init__(self, library: Library) -> None:
        self.library, self.corpus = library, library.corpus
        self.milestones = milestones_of(library)
        self.captions = captions_for(library)
        self._environment = self._prepared()

    @property
    def pages(self) -> dict[str, str]:
        """The pages beside those of the documents, with what the navigation calls them."""
        there = {
            "index": (True, self.captions.home),
            "themes": (bool(self.corpus.themes), "Themes"),
            "timeline": (bool(self.milestones), "Timeline"),
            "entities": (bool(self.corpus.entities.all), "Names"),
        }
        return {name: label for name, (wanted, label) in there.items() if wanted}

    def files(self) -> Iterator[tuple[str, str]]:
        """Every file with its path; `NCRelationsError` where a document has the name of another page."""
        yield from ((path, self._file(path)) for path in self.paths())

    def file(self, path: str) -> str:
        """One file. Raises `NoSuchPlace` for a path that is none."""
        paths = self.paths()
        if path not in paths:
            raise NoSuchPlace("page", printable(path), nearest(path, paths))
        return self._file(path)

    def paths(self) -> list[str]:
        """The paths of all files."""
        ids = [document.id for document in self.library.documents()]
        if taken := [id for id in ids if id in self.pages]:
            raise NCRelationsError(f"the reader has a page {taken[0]!r} of its own; give the document another id")
        pages = [f"{name}.html" for name in (*self.pages, *ids)]
        drawn = [_TIMELINE] if self.milestones else []
        return [*pages, _DATA, *drawn, *(f"assets/{asset.name}" for asset in sorted(_ASSETS.iterdir()))]

    def _file(self, path: str) -> str:
        name = path.removesuffix(".html")
        if name in self.pages:
            return self.filled(name, documents=self.library.documents(), page=name)
        if name != path:
            return self.filled("document", document=self.corpus.document(name), page=name)
        if path == _TIMELINE:
            return timeline_svg(self.milestones)
        return script(search_data(self.library)) if path == _DATA else (_ASSETS.parent / path).read_text("utf-8")

    def filled(self, template: str, **values: Any) -> str:
        """A page."""
        return self._environment.get_template(f"{template}.html.j2").render(values)

    def _prepared(self) -> Environment:
        loader = PackageLoader("ncrelations.reader")
        environment = Environment(
            loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        names = Names(self.corpus)
        environment.filters |= {
            "href": href,
            "slug": slug,
            "pieces": names.pieces,
            "tint": self._tint,
            "day": printed_date,
        }
        environment.globals |= {
            "words": self.captions,
            "pages": self.pages,
            "ids": {document.id: _called(document) for document in self.library.documents()},
            "voices": self.corpus.voices,
            "themes": self.corpus.themes,
            "sides": [side.voice for side in self.corpus.sides] or self.corpus.voices,
            "others_on": self._others_on,
            "kinds": self._kinds(),
            "entities_of": self._entities_of,
            "milestones": self.milestones,
            "see": self._see,
            "pages_begun": _PagesBegun(),
            **_GLOBALS,
        }
        return environment

    def _others_on(self, theme: Theme) -> list[Sentence]:
        """What is said on a theme by others than the sides, where there are sides."""
        others = self.corpus.narrators if self.corpus.sides else ()
        return [sentence for each in others for sentence in theme.of(each.voice)]

    def _tint(self, voice: Voice) -> int:
        return tint(voice.value, self.corpus)

    def _kinds(self) -> dict[str, str]:
        """The kinds of entities that there are, as headings: the known ones first."""
        found = dict.fromkeys([*KINDS, *(each.kind for each in self.corpus.entities.all)])
        return {kind: KINDS.get(kind, kind.capitalize()) for kind in found if self._entities_of(kind)}

    def _entities_of(self, kind: str) -> list[Entity]:
        return sorted(
            (each for each in self.corpus.entities.all if each.kind == kind), key=lambda each: each.name.casefold()
        )

    def _see(self, block: Block) -> list[Milestone]:
        """Editorial: the milestones that a block tells more about."""
        return [each for each in self.milestones if any(s.citation.of_block == block.citation for s in each.see)]


def _called(document: Document) -> str:
    """What the navigation calls a document."""
    return document.id.replace("-", " ").capitalize()


def _asset(name: str) -> Markup:
    """A file of ours, to stand in a page as it is."""
    return Markup((_ASSETS / name).read_text("utf-8"))  # noqa: S704  # our own style and script, not text of a source


def _groups(section: Section) -> list[tuple[bool, list[Block]]]:
    """A section's blocks as the source sets them: runs of paragraphs, and lists."""
    runs = groupby(section.blocks, key=lambda block: block.kind != "paragraph")
    return [(listed, list(blocks)) for listed, blocks in runs]


class _PagesBegun:
    """The pages of a file that begin with a block or since the one before it."""

    def __init__(self) -> None:
        self._of: dict[str, dict[Citation, list[Page]]] = {}

    def __call__(self, block: Block) -> list[Page]:
        document = block.document
        if not document.tree.pages:
            return []
        if document.id not in self._of:
            self._of[document.id] = dict(_pages_by_block(document))
        return self._of[document.id].get(block.citation, [])


def _pages_by_block(document: Document) -> Iterator[tuple[Citation, list[Page]]]:
    pages, blocks = list(document.tree.pages), sorted(document.blocks, key=lambda block: block.span)
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        begun = pages if following is None else list(takewhile(lambda page: page.start <= block.span.start, pages))  # noqa: B023 -- used up at once
        pages = pages[len(begun) :]
        if begun:
            yield block.citation, begun


def _mentions_by_sentence(entity: Entity) -> dict[Sentence, int]:
    """The sentences that name an entity, in order, with how often."""
    counts: dict[Sentence, int] = {}
    for mention in entity.mentions:
        counts[mention.sentence] = counts.get(mention.sentence, 0) + 1
    return counts


_GLOBALS = {
    "asset": _asset,
    "drawing": drawing,
    "when_and_where": when_and_where,
    "groups": _groups,
    "mentions_by_sentence": _mentions_by_sentence,
}
"""What every template may use, whatever the library."""
