"""A command that asks for changes: shown and kept as a plan, written only after a yes, and never by nobody."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from registers import sheets, workspace  # noqa: E402

from ownerbook.cli import act_page  # noqa: E402
from ownerbook.cli.main import main  # noqa: E402
from ownerbook.jobs.acting import Acted, act  # noqa: E402
from ownerbook.jobs.noting import note  # noqa: E402
from ownerbook.jobs.workspace import Unusable, open_workspace  # noqa: E402
from ownerbook.procedures.registration import Act  # noqa: E402
from ownerbook.procedures.rows import Writing  # noqa: E402
from ownerbook.reconcile.change import Origin  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
DAY, AT = date(2026, 10, 31), datetime(2026, 10, 31, 9, 0, tzinfo=UTC)


@pytest.fixture
def root(tmp_path):
    return workspace(tmp_path / "小区", sheets(2))


def asked(root: Path, **options: object) -> Acted:
    """The second file is kept for thirty years, and its owner has a second phone: one act of two cells."""
    space = open_workspace([root], Path.cwd())
    noted = note(space, DAY, at=AT, write=True)
    write = Writing(noted.read.register, Origin("act", "试办"), "1-1-201", "bundle")
    changes = [write.cell("files", 1, "retention", "30年"), write.cell("owners", 1, "phone2", "13900009999")]
    return act(space, noted, [c for c in changes if c], DAY, at=AT, name="试办方案", **options)  # type: ignore[arg-type]


def held(root: Path, sheet: str, header: str) -> object:
    tab = openpyxl.load_workbook(root / "登记簿.xlsx")[sheet]
    return tab.cell(3, [c.value for c in tab[1]].index(header) + 1).value


def test_without_a_yes_there_is_a_plan_and_the_register_is_as_it_was(root):
    before = (root / "登记簿.xlsx").read_bytes()
    made = asked(root)
    assert made.applied is None and made.path is not None and made.path.name == "试办方案_2026-10-31.xlsx"
    assert (root / "登记簿.xlsx").read_bytes() == before


def test_a_yes_writes_all_of_it_with_its_rows_of_change(root):
    made = asked(root, yes=True, by="G002")
    assert made.path is None and made.applied is not None and len(made.applied.taken) == 2
    assert held(root, "档案", "保管期限") == "30年" and held(root, "业主", "备用电话") == "13900009999"
    rows = list(openpyxl.load_workbook(root / "登记簿.xlsx")["变更"].iter_rows(min_row=2, values_only=True))
    assert len([r for r in rows if r[0]]) == 2


def test_somebody_without_the_right_writes_nothing_and_the_plan_waits(root):
    before = (root / "登记簿.xlsx").read_bytes()
    made = asked(root, yes=True, by="G001")
    assert made.applied is not None and not made.applied.taken and made.path is not None
    assert (root / "登记簿.xlsx").read_bytes() == before


def test_nobody_writes_nothing(root):
    with pytest.raises(Unusable, match="--by"):
        asked(root, yes=True)


def test_a_plan_that_waits_is_not_carried_out_over_a_register_that_moved_on(root, capsys):
    path = asked(root).path
    book = openpyxl.load_workbook(root / "登记簿.xlsx")
    book["房屋"]["A1"].comment = openpyxl.comments.Comment("改过", "甲")
    book.save(root / "登记簿.xlsx")
    before = (root / "登记簿.xlsx").read_bytes()
    plan = openpyxl.load_workbook(path)
    tab = plan["变更方案"]
    top = next(r for r in range(1, 30) if "处理" in [c.value for c in tab[r]])
    choice = [c.value for c in tab[top]].index("处理") + 1
    for row in range(top + 1, top + 3):
        tab.cell(row, choice).value = "采用"
    plan.save(path)
    assert main(["reconcile", "--in", str(root), "--apply", str(path), "--by", "G002", "--as-of", "2026-10-31"]) == 1
    assert "重新运行那条命令" in capsys.readouterr().err
    assert (root / "登记簿.xlsx").read_bytes() == before


def test_the_page_of_a_command_says_what_is_asked_and_writes_nothing_on_a_dry_run(root, capsys):
    parser = argparse.ArgumentParser()
    act_page.configure(parser)
    args = parser.parse_args(["--in", str(root), "--as-of", "2026-10-31", "--dry-run"])
    args.lang, args.lang_said = "zh", True

    def made(register, today):
        write = Writing(register, Origin("act", "试办"), "1-1-201", "b")
        change = write.cell("files", 1, "retention", "30年")
        return Act("1-1-201", [change])

    before = sorted(p.name for p in root.rglob("*"))
    assert act_page.run(args, "试办方案", made) == 0
    out = capsys.readouterr().out
    assert "永久 → 30年" in out and "1 项" in out
    assert sorted(p.name for p in root.rglob("*")) == before
