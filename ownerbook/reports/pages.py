"""The generated pages of the manual: `python -m ownerbook.reports.pages docs`.

The data dictionary, the policy's parameters, the settings and the rules are made from their declarations and checked in; a test fails
where a page is stale, and `make docs` writes them again.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from ownerbook.reports.pages_register import parameters_page, sheets_page
from ownerbook.reports.pages_rules import rule_pages
from ownerbook.reports.pages_settings import settings_page

REGISTER_PAGES: dict[str, Callable[[], str]] = {"sheets.md": sheets_page, "parameters.md": parameters_page, "settings.md": settings_page}


def pages() -> dict[str, str]:
    """Every generated page: path below docs → text."""
    return {name: make() for name, make in REGISTER_PAGES.items()} | rule_pages()


def write_pages(docs: Path) -> list[Path]:
    """Write the pages; rule pages that no rule fills any more are removed. Gives the paths written."""
    made = pages()
    rules = docs / "rules"
    if rules.is_dir():
        for old in rules.glob("*.md"):
            if f"rules/{old.name}" not in made:
                old.unlink()
    out = []
    for name, text in made.items():
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
        out.append(path)
    return out


if __name__ == "__main__":
    for written in write_pages(Path(sys.argv[1] if len(sys.argv) > 1 else "docs")):
        print(written)
