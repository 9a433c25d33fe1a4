"""Write the generated pages: `python -m docsite.write` in tests/. A test compares them with what would be written."""

from __future__ import annotations

import re
from pathlib import Path

from docsite import diagram, reference

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


def generated() -> dict[Path, str]:
    """Every file that is generated, wholly or between its marks, with what it has to be."""
    return {
        DOCS / "reference" / "api.md": reference.api_page(),
        DOCS / "reference" / "errors.md": reference.error_page(),
        DOCS / "reference" / "cli.md": reference.cli_page(),
        DOCS / "reference" / "settings.md": _between("reference/settings.md", reference.settings_table()),
        DOCS / "pictures" / "imports.svg": diagram.picture(),
        DOCS / "architecture.md": _between("architecture.md", diagram.order_block()),
    }


def _between(page: str, text: str) -> str:
    """The page with `text` between its marks."""
    old = (DOCS / page).read_text("utf-8")
    begin, end = "<!-- generated: make docs -->", "<!-- end -->"
    new, count = re.subn(f"(?s)({begin}\n).*?({end})", lambda m: f"{m[1]}\n{text}\n\n{m[2]}", old)
    if count != 1:
        raise LookupError(f"docs/{page} has {count} places between {begin} and {end}, not one")
    return new


def main() -> None:
    """Write them all."""
    for path, text in generated().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
