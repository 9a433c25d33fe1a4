"""The pages of the reader: templates filled from the corpus, and the files they need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ncrelations.document.entities import Entity
from ncrelations.document.tree import Block, Document, Section, Sentence
from ncrelations.editions.nato_china.public import documents, entities, report, themes
from ncrelations.editions.nato_china.records import Milestone
from ncrelations.editions.nato_china.voices import Voice
from ncrelations.reader.data import script, search_data
from ncrelations.reader.links import href, pieces, slug
from ncrelations.reader.timeline import UNDATED, drawing
from ncrelations.render.svg import timeline_svg

_ASSETS = Path(__file__).with_name("assets")
_PAGES = ("index", "themes", "timeline", "entities")

KINDS = {
    "person": "People",
    "organisation": "Organisations and peoples",
    "place": "Places",
    "agreement": "Agreements, publications and concepts",
    "event": "Events",
}
"""The kinds of entities, as headings."""


def write(folder: Path) -> tuple[Path, ...]:
    """Write the whole reader into a folder, which is made where it is missing; the files written.

    The same corpus gives the same bytes. Other files of the folder are left alone.
    """
    written = []
    for name, data in _files():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode())
        written.append(path)
    return tuple(written)


def page(wanted: Sequence[Document]) -> str:
    """Some documents as one page that holds its style and script; it has no search."""
    return _filled("single", documents=wanted, page="single")


def _files() -> Iterator[tuple[str, str]]:
    for name in _PAGES:
        yield f"{name}.html", _filled(name, documents=documents(), page=name)
    for document in documents():
        yield f"{document.id}.html", _filled("document", document=document, page=document.id)
    yield "assets/data.js", script(search_data())
    yield "timeline.svg", timeline_svg(report.milestones.milestones)
    for asset in sorted(_ASSETS.iterdir()):
        yield f"assets/{asset.name}", asset.read_text("utf-8")


def _filled(template: str, **values: Any) -> str:
    return _environment().get_template(f"{template}.html.j2").render(values)


@cache
def _environment() -> Environment:
    loader = PackageLoader("ncrelations.reader")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"href": href, "slug": slug, "pieces": pieces}
    environment.globals |= {
        "Voice": Voice,
        "UNDATED": UNDATED,
        "KINDS": KINDS,
        "asset": _asset,
        "drawing": drawing,
        "entities_of": _entities_of,
        "mentions_by_sentence": _mentions_by_sentence,
        "milestones": _milestones,
        "groups": _groups,
        "see": _see,
        "themes": themes,
    }
    return environment


def _asset(name: str) -> Markup:
    """A file of ours, to stand in a page as it is."""
    return Markup((_ASSETS / name).read_text("utf-8"))  # noqa: S704  # our own style and script, not text of a source


def _groups(section: Section) -> list[tuple[bool, list[Block]]]:
    """A section's blocks as the source sets them: runs of paragraphs, and lists."""
    runs = groupby(section.blocks, key=lambda block: block.kind != "paragraph")
    return [(listed, list(blocks)) for listed, blocks in runs]


def _milestones() -> tuple[Milestone, ...]:
    return report.milestones.milestones


def _see(block: Block) -> list[Milestone]:
    """Editorial: the milestones that a block tells more about."""
    return [each for each in _milestones() if any(s.citation.of_block == block.citation for s in each.see)]


def _entities_of(kind: str) -> list[Entity]:
    return sorted((each for each in entities() if each.kind == kind), key=lambda each: each.name.casefold())


def _mentions_by_sentence(entity: Entity) -> dict[Sentence, int]:
    """The sentences that name an entity, in order, with how often."""
    counts: dict[Sentence, int] = {}
    for mention in entity.mentions:
        counts[mention.sentence] = counts.get(mention.sentence, 0) + 1
    return counts
