"""Write the generated pages: `python -m docsite.write` in tests/. A test compares them with what would be written."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from pathlib import Path

from docsite import diagram, reference
from ncrelations.texts.whole_files import PARSED

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
        PARSED: "".join(map(_parsed, _tables())),
    }


def _tables() -> list[Path]:
    """The tables that a question in English reads."""
    package = PARSED.parents[1]
    named = ("questions/world_names.toml", "languages/tables/common.toml", "texts/en/notes.toml", "texts/en/shown.toml")
    return [*map(package.joinpath, named), *sorted(package.glob("editions/*/editorial/*.toml"))]


def _parsed(table: Path) -> str:
    """A line of `parsed_tables.txt`."""
    data = table.read_bytes()
    said = json.dumps(tomllib.loads(data.decode("utf-8")), ensure_ascii=False, separators=(",", ":"))
    return f"{hashlib.sha256(data).hexdigest()} {said}\n"


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
