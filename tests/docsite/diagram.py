"""The order of the modules, as text and as a picture, from the imports that the code really has."""

from __future__ import annotations

import ncrelations
from test_architecture import LAYERS, RANK, owner, sources, targets

WIDTH, ROW, BOX, HEIGHT = 560, 52, 118, 30

Edges = dict[str, set[str]]
"""The modules that each module imports from."""


def order_block() -> str:
    """The layers from top to bottom."""
    names = {"__init__": "(the public names: ncrelations)"}
    return "```text\n" + "\n".join("  ".join(names.get(each, each) for each in layer) for layer in LAYERS) + "\n```"


def edges() -> Edges:
    """Who imports whom, packages of several files taken as one; the package loads its names when they are used."""
    found: Edges = {module: set() for module in RANK}
    found["__init__"] |= set(ncrelations._HOMES)
    for path in filter(lambda each: owner(each) in RANK, sources()):
        found[owner(path)] |= {target for target in targets(path) if target != owner(path)}
    return found


def reduced(full: Edges) -> Edges:
    """Without the imports that go without saying: what is imported by something imported."""
    reach: Edges = {}
    for module in sorted(full, key=RANK.__getitem__):
        reach[module] = full[module].union(*(reach.get(each, set()) for each in full[module]))
    return {
        m: {each for each in to if not any(each in reach[other] for other in to if other != each)}
        for m, to in full.items()
    }


def picture() -> str:
    """The diagram as SVG, in colours that can be read on white and on black."""
    places = _places()
    height = ROW * len(LAYERS) + 8
    lines = [_line(places[b], places[a]) for a, to in sorted(reduced(edges()).items()) for b in sorted(to)]
    boxes = [_box(name, *places[name], sorted(to)) for name, to in edges().items()]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
        ' font-family="system-ui, sans-serif" font-size="13">'
        "<title>The modules of ncrelations: each imports only from those above it</title>"
    )
    return "\n".join([head, *lines, *boxes, "</svg>"]) + "\n"


def _places() -> dict[str, tuple[int, int]]:
    """The middle of each module's box; single modules alternate a little, so that long lines show."""
    places: dict[str, tuple[int, int]] = {}
    for rank, layer in enumerate(LAYERS):
        step = WIDTH // len(layer)
        shift = (0, 95, -95)[rank % 3] if len(layer) == 1 else 0
        for n, name in enumerate(layer):
            places[name] = (step // 2 + step * n + shift, ROW * rank + ROW // 2)
    return places


def _line(start: tuple[int, int], end: tuple[int, int]) -> str:
    (x, y), (to_x, to_y) = (start[0], start[1] + HEIGHT // 2), (end[0], end[1] - HEIGHT // 2)
    bend = max(12, (to_y - y) // 2)
    return (
        f'<path d="M{x} {y}C{x} {y + bend} {to_x} {to_y - bend} {to_x} {to_y}"'
        ' fill="none" stroke="#8a90a0" stroke-width="1.3"/>'
    )


def _box(name: str, x: int, y: int, imported: list[str]) -> str:
    shown = {"__init__": "ncrelations"}.get(name, name)
    known = f"{shown} imports {', '.join(imported) or 'none of the others'}"
    return (
        f"<g><title>{known}</title>"
        f'<rect x="{x - BOX // 2}" y="{y - HEIGHT // 2}" width="{BOX}" height="{HEIGHT}" rx="6" fill="#3f5a8a"/>'
        f'<text x="{x}" y="{y + 5}" text-anchor="middle" fill="#fff">{shown}</text></g>'
    )
