"""docs/identifiers.md says what the schemes do: its examples run, and every reason and scheme stands on it."""

from __future__ import annotations

import doctest
import pkgutil
import re
from importlib import import_module
from pathlib import Path

import ownerbook.identifiers

PAGE = Path(__file__).parents[2] / "docs" / "identifiers.md"
TOOLS = {"columns", "counties", "dashed", "house_format", "masks", "mod11", "number_text", "numerals", "phone_text", "verdict"}
TEXT = PAGE.read_text("utf-8")
SCHEMES = [m.name for m in pkgutil.iter_modules(ownerbook.identifiers.__path__) if m.name not in TOOLS]


def test_the_examples_of_the_page_run_and_give_what_is_printed() -> None:
    examples = "\n".join(re.findall(r"^```pycon\n(.*?)^```", TEXT, re.M | re.S))
    test = doctest.DocTestParser().get_doctest(examples, {}, PAGE.name, str(PAGE), 0)
    said: list[str] = []
    results = doctest.DocTestRunner(verbose=False).run(test, out=said.append)
    assert results.attempted > 60
    assert results.failed == 0, "".join(said)


def test_every_scheme_has_an_example_and_a_row() -> None:
    for name in SCHEMES:
        assert f"{name}." in "".join(re.findall(r"^>>> (.*)$", TEXT, re.M)), name
        assert TEXT.count(f"`{name}`") >= 2, name


def test_every_reason_is_explained_in_both_languages_and_none_is_left_over() -> None:
    explained = set(re.findall(r"^\| `([a-z0-9-]+)` \| [^|]+ \| [^|]+ \|$", TEXT, re.M))
    given = {reason for name in SCHEMES for reason in getattr(import_module(f"ownerbook.identifiers.{name}"), "REASONS", ())} - {""}
    assert explained == given
