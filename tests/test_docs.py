"""What the documents say is tried: commands exist, Python runs, links lead somewhere."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from ownerbook.cli.main import COMMANDS

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *ROOT.glob("docs/**/*.md")])
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.M | re.S)


def blocks(page, language):
    return [body for name, body in FENCE.findall(page.read_text("utf-8")) if name == language]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_to_files_lead_somewhere(page):
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), f"{page.name} points to {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_commands_that_are_named_exist(page):
    for block in blocks(page, "sh"):
        for words in re.findall(r"^(?:\.venv/bin/)?ownerbook ([a-z|-]+)", block, re.M):
            assert set(words.split("|")) <= set(COMMANDS), f"{page.name}: ownerbook {words}"


def test_every_command_is_named_in_the_readme():
    text = (ROOT / "README.md").read_text("utf-8")
    named = {word for words in re.findall(r"ownerbook ([a-z|-]+)", text) for word in words.split("|")} | set(re.findall(r"make (\w+)", text))
    assert set(COMMANDS) - named == set()


def test_the_library_example_of_the_readme_runs(tmp_path, monkeypatch, capsys):
    import shutil

    sample = ROOT / "sheets" / "示例小区"
    shutil.copytree(sample, tmp_path / "sheets" / "示例小区")
    monkeypatch.chdir(tmp_path)
    (example,) = blocks(ROOT / "README.md", "python")
    exec(compile(example, "README.md", "exec"), {})
    assert capsys.readouterr().out.count("\n") == 5


def test_the_rule_of_the_manual_does_what_its_pictures_show():
    from ownerbook.rules.judge import judge
    from ownerbook.rules.pictures import draw

    (source,) = [b for b in blocks(ROOT / "docs" / "extending.md", "python") if "CARD" in b]
    module: dict = {}
    exec(compile(source, "extending.md", "exec"), module)
    card = replace(module["CARD"], find=module["find"])
    for picture in (draw(card.wrong), draw(card.right)):
        found = judge(picture.register(), [card])
        assert {(f.place.row - 2, f.header) for f in found} == {(row, "单元") for _, row, _ in picture.marks}


def test_the_column_of_the_manual_can_be_declared_and_is_read_and_offered(tmp_path):
    from ownerbook.register.declare import col
    from ownerbook.register.houses import HOUSES
    from ownerbook.reports.templates import write_template
    from ownerbook.schema.cells import Pool, Styles
    from ownerbook.schema.kinds import Words
    from ownerbook.workbook.headers import match
    from ownerbook.workbook.reading import read_book

    (source,) = [b for b in blocks(ROOT / "docs" / "extending.md", "python") if "parking" in b]
    column = eval(source.strip().rstrip(","), {"col": col, "Words": Words})
    sheet = replace(HOUSES, columns=(*HOUSES.columns, column))
    assert match(sheet, 1, {1: "房号", 2: "车位"}).columns["parking"] == 2
    book = read_book(write_template(tmp_path / "空.xlsx", [sheet]), pool=(pool := Pool()), styles=Styles())
    cells = next(t for t in book.tabs if t.name == "房屋").cells
    assert "车位号" in pool.texts(cells.value[cells.kind == 1].astype(int))


def test_the_changelog_names_the_version():
    from ownerbook import __version__

    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
