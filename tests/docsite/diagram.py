"""The order of the folders, as text and as a picture, from the imports that the code really has."""

from __future__ import annotations

import ncrelations
from test_architecture import ENGINE, LAYERS, RANK, files_imported, folder, sources

BANDS = {
    "for all": ("errors", "texts"),
    "the engine": ENGINE,
    "documents": ("files", "editions", "collections"),
    "names and\nfrontends": ("__init__", "render", "reader", "service", "cli", "bots", "__main__"),
}
"""The folders by what they know, from the top of the picture to its bottom."""

WIDTH, LEFT, ROW, BOX, HEIGHT = 560, 110, 52, 118, 30

Edges = dict[str, set[str]]
"""The folders that each folder imports from."""

Places = dict[str, tuple[int, int]]
"""The middle of each folder's box."""


def order_block() -> str:
    """The folders from top to bottom."""
    names = {"__init__": "(the public names: ncrelations)"}
    order = {name: names.get(name, name) for layer in LAYERS for name in layer}
    lines = ["  ".join(order[name] for name in band) for band in BANDS.values()]
    return "```text\n" + "\n".join(lines) + "\n```"


def edges() -> Edges:
    """Which folder imports from which; the package loads its names when they are used."""
    found: Edges = {name: set() for name in RANK}
    found["__init__"] |= {home.partition(".")[0] for home in ncrelations._HOMES}
    for path in sources():
        found[folder(path)] |= {folder(file) for file in files_imported(path)} - {folder(path)}
    return found


def _order(name: str) -> tuple[int, str]:
    """The place of a folder in the order, the same at every run."""
    return RANK[name], name


def reduced(full: Edges) -> Edges:
    """Without the imports that go without saying: what is imported by something imported."""
    reach: Edges = {}
    for name in sorted(full, key=_order):
        reach[name] = full[name].union(*(reach.get(each, set()) for each in full[name]))
    return {
        name: {each for each in to if not any(each in reach[other] for other in to if other != each)}
        for name, to in full.items()
    }


def picture() -> str:
    """The diagram as SVG, in colours that can be read on white and on black."""
    full = edges()
    rows, drawn = _rows(full), reduced(full)
    places, height = _places(rows, drawn), ROW * (max(rows.values()) + 1) + 8
    lines = [_line(places[b], places[a]) for a, to in sorted(drawn.items()) for b in sorted(to)]
    boxes = [_box(name, *places[name], sorted(to, key=_order)) for name, to in full.items()]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
        ' font-family="system-ui, sans-serif" font-size="13">'
        "<title>The folders of ncrelations: each imports only from those above it</title>"
    )
    return "\n".join([head, *_bands(rows), *lines, *boxes, "</svg>"]) + "\n"


def _rows(full: Edges) -> dict[str, int]:
    """The row of each folder: below all that it imports, each band below the one before."""
    rows: dict[str, int] = {}
    for band in BANDS.values():
        first = max(rows.values(), default=-1) + 1
        for name in sorted(band, key=_order):
            rows[name] = max([first, *(rows[each] + 1 for each in full[name] if each in rows)])
    return rows


def _places(rows: dict[str, int], full: Edges) -> Places:
    """The boxes of a row side by side, each near those that it imports from."""
    places: Places = {}
    for row in sorted(set(rows.values())):
        names = [name for name in sorted(rows, key=_order) if rows[name] == row]
        above = {name: [places[each][0] for each in full[name] if each in places] for name in names}
        names.sort(key=lambda name: sum(above[name]) / max(1, len(above[name])))
        step = (WIDTH - LEFT) // len(names)
        for n, name in enumerate(names):
            places[name] = (LEFT + step // 2 + step * n, ROW * row + ROW // 2 + 4)
    return places


def _bands(rows: dict[str, int]) -> list[str]:
    """A frame around the boxes of each band, with its name."""
    found = []
    for title, band in BANDS.items():
        first, last = min(rows[name] for name in band), max(rows[name] for name in band)
        top, tall = ROW * first + 6, ROW * (last - first + 1) - 4
        words = "".join(f'<tspan x="14" dy="16">{line}</tspan>' for line in title.split("\n"))
        found.append(
            f'<rect x="4" y="{top}" width="{WIDTH - 8}" height="{tall}" rx="8" fill="none" stroke="#8a90a0"'
            f' stroke-dasharray="3 4"/><text y="{top + 6}" fill="#8a90a0">{words}</text>'
        )
    return found


def _line(start: tuple[int, int], end: tuple[int, int]) -> str:
    (x, y), (to_x, to_y) = (start[0], start[1] + HEIGHT // 2), (end[0], end[1] - HEIGHT // 2)
    bend = max(12, (to_y - y) // 2)
    return (
        f'<path d="M{x} {y}C{x} {y + bend} {to_x} {to_y - bend} {to_x} {to_y}"'
        ' fill="none" stroke="#8a90a0" stroke-width="1.3"/>'
    )


def _box(name: str, x: int, y: int, imported: list[str]) -> str:
    shown = {"__init__": "ncrelations"}.get(name, name)
    known = f"{shown} imports from {', '.join(imported) or 'none of the others'}"
    return (
        f"<g><title>{known}</title>"
        f'<rect x="{x - BOX // 2}" y="{y - HEIGHT // 2}" width="{BOX}" height="{HEIGHT}" rx="6" fill="#3f5a8a"/>'
        f'<text x="{x}" y="{y + 5}" text-anchor="middle" fill="#fff">{shown}</text></g>'
    )
