"""Draw the pictures of docs/pictures/reader/: `python -m reader.pictures` in tests/."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from PIL import Image

from ncrelations import reader
from reader.browser import browser, tab

FOLDER = Path(__file__).parents[2] / "docs" / "pictures" / "reader"

PICTURES = (
    ("search-390-dark", "index.html?q=Why does China distrust AUKUS?", 390, "dark"),
    ("passage-1280-light", "report.html#report/IV/b7/s3", 1280, "light"),
    ("themes-1280-dark", "themes.html#theme-technology", 1280, "dark"),
    ("timeline-390-light", "timeline.html", 390, "light"),
)
"""Name, address, width and colours of each."""


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
                drawn = Image.open(io.BytesIO(opened.page.screenshot()))
                drawn.convert("RGB").quantize(128).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
