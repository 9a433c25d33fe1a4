"""Draw the pictures of docs/pictures/reader/ and of the notebook's cards: `python -m reader.pictures` in tests/."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import ncrelations as ncr
from ncrelations import reader
from ncrelations.render.notebook import card
from ncrelations.render.values import Value
from reader.browser import browser, tab

FOLDER = Path(__file__).parents[2] / "docs" / "pictures" / "reader"

PAGES = (
    ("index", "index.html", "light"),
    ("section", "report.html#report/VI.1", "light"),
    ("search", "index.html?q=Why does China distrust AUKUS?", "dark"),
    ("refused", "index.html?q=football league results", "light"),
    ("themes", "themes.html#theme-technology", "dark"),
    ("timeline", "timeline.html", "light"),
)
"""Name, address and colours of each page."""

PICTURES = tuple(
    (f"{name}-{width}-{scheme}", address, width, scheme) for name, address, scheme in PAGES for width in (390, 1280)
)
"""Name, address, width and colours of each picture: a phone and a desk."""

CARDS = FOLDER.parent
"""Where the pictures of the cards stand."""


def main() -> None:
    """Draw them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, browser() as running:
        reader.write(Path(folder))
        for name, address, width, scheme in PICTURES:
            with tab(running, Path(folder).as_uri(), width, scheme) as opened:
                opened.open(address)
                if "?q=" in address:
                    opened.page.wait_for_selector("#results li")
                _keep(opened.page.screenshot(), FOLDER / f"{name}.png")
        for name, value in _values().items():
            for scheme in ("light", "dark") if name == "notebook" else ("light",):
                with tab(running, "", 760, scheme) as opened:
                    opened.page.set_viewport_size({"width": 760, "height": 200})
                    opened.page.set_content(_notebook(value))
                    ending = "-dark" if scheme == "dark" else ""
                    _keep(opened.page.screenshot(full_page=True), CARDS / f"{name}{ending}.png", colours=256)


def _values() -> dict[str, Value]:
    """The values whose cards are drawn."""
    return {
        "notebook": ncr.ask("Why does China distrust AUKUS?", 2),
        "notebook-section": ncr.resolve("report/VI.1"),
        "notebook-document": ncr.article,
        "notebook-comparison": ncr.compare("Huawei", 1),
    }


def _notebook(value: Value) -> str:
    """A page with a card, in the colours of the system."""
    return f'<html style="color-scheme: light dark"><body style="margin: 12px">{card(value)}</body></html>'


def _keep(picture: bytes, path: Path, colours: int = 128) -> None:
    from PIL import Image  # which comes with the documentation's tools

    drawn = Image.open(io.BytesIO(picture)).convert("RGB")
    kept = drawn.quantize(colours, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    kept.save(path, optimize=True)


if __name__ == "__main__":
    main()
