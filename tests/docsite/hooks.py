"""What MkDocs adds while it builds: the reader, and the pages that stand at the root of the project.

The pages of docs/ have the links of a repository: to the sources, with the citation as title, and to the root's pages.
On the site these lead into the reader and to the site's own pages.
"""

from __future__ import annotations

import re
import tempfile
from importlib import import_module
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[2]
PAGES = {"CONTRIBUTING.md": "contributing.md", "CHANGELOG.md": "changelog.md"}

_TO_SOURCE = re.compile(r'\]\((?:\.\./)+src/ncrelations/editions/nato_china/sources(?:/(\w+)\.txt)? "([^"]+)"\)')
_TO_ROOT = re.compile(rf"\]\((?:\.\./)+({'|'.join(map(re.escape, PAGES))})")

_FOLDER = tempfile.TemporaryDirectory(prefix="ncrelations-reader-")
"""Where the reader is written; MkDocs copies it from there, and so knows its files when it checks links."""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the reader and the root's pages; without a reader the build fails."""
    folder = Path(_FOLDER.name)
    import_module("ncrelations.reader").write(folder / "reader")
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        uri = path.relative_to(folder).as_posix()
        files.append(File(uri, str(folder), config.site_dir, config.use_directory_urls))
    for source, uri in PAGES.items():
        content = re.sub(r"\]\(docs/", "](", (ROOT / source).read_text("utf-8"))
        files.append(File.generated(config, uri, content=content))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """A page with the links of the site in place of those of the repository."""
    del config, files
    up = "../" * page.file.src_uri.count("/")
    linked = _TO_SOURCE.sub(lambda found: f"]({up}reader/{_in_the_reader(*found.groups())})", markdown)
    return _TO_ROOT.sub(lambda found: f"]({up}{PAGES[found[1]]}", linked)


def _in_the_reader(document: str | None, citation: str) -> str:
    return f"{document}.html#{citation}" if document else "index.html"


def on_post_build(config: MkDocsConfig) -> None:
    """Remove the copy of the reader that MkDocs has taken."""
    assert (Path(config.site_dir) / "reader" / "index.html").exists()
    _FOLDER.cleanup()
