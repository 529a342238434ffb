"""Somebody who can write to the shared folder changes a plan behind the others' backs: it is refused and named, never carried out."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "jobs"))
from registers import sheets, workspace  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402
from ownerbook.jobs.acting import act  # noqa: E402
from ownerbook.jobs.noting import note  # noqa: E402
from ownerbook.jobs.workspace import open_workspace  # noqa: E402
from ownerbook.procedures.rows import Writing  # noqa: E402
from ownerbook.reconcile.change import Origin  # noqa: E402
from ownerbook.storage import plans  # noqa: E402
from ownerbook.storage.journal import Journal  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
DAY, AT = date(2026, 10, 31), datetime(2026, 10, 31, 9, 0, tzinfo=UTC)
BOOK = "登记簿.xlsx"


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("OWNERBOOK_NOW", "2026-10-31T09:00:00")
    return workspace(tmp_path / "小区", sheets(3))


def asked(root: Path, *, bundle: str = "") -> Path:
    """A plan of two cells: the second owner's phone, the third file's term. Gives its workbook."""
    space = open_workspace([root], Path.cwd())
    noted = note(space, DAY, at=AT, write=True)
    write = Writing(noted.read.register, Origin("act", "试办"), "1-1-201", bundle)
    changes = [write.cell("owners", 1, "phone2", "13900009999"), write.cell("files", 2, "retention", "30年")]
    made = act(space, noted, [c for c in changes if c], DAY, at=AT, name="试办方案")
    assert made.path is not None
    return made.path


def record(root: Path) -> Path:
    (path,) = plans.folder(root).glob("*.json")
    return path


def chosen(path: Path, who: str = "G002", **cells: object) -> Path:
    """All of a plan workbook is taken; cells: what else is written, by address."""
    book = openpyxl.load_workbook(path)
    tab = book["变更方案"]
    for row in range(5, tab.max_row + 1):
        tab.cell(row, 16, "采用")
        tab.cell(row, 18, who)
    for where, value in cells.items():
        tab[where] = value
    book.save(path)
    return path


def value_edited(body):
    """What is written is changed, what people saw is left."""
    body["plan"]["changes"][0]["theirs"]["value"] = "13900006666"


def asked_by_another(body):
    body["plan"]["changes"][0]["origin"]["who"] = "孙二"


def called_a_question(body):
    body["plan"]["changes"][1]["verdict"] = "question"


def taken_apart(body):
    body["plan"]["changes"][1]["bundle"] = "another"


def with_evidence(body):
    body["plan"]["changes"][0]["evidence"] = "CL0010"


def other_row(body):
    body["plan"]["changes"][0]["row"] = 0


def told_otherwise(body):
    body["plan"]["changes"][0]["why"] = ["照旧", "as before"]


def by_law(body):
    """It says that the law had it rewritten, so that its name need not fit."""
    value_edited(body)
    body["plan"]["changes"][0]["theirs"]["text"] = "13900006666"
    body["redacted"] = True


@pytest.mark.parametrize("edited", [value_edited, asked_by_another, called_a_question, taken_apart, with_evidence, other_row, told_otherwise, by_law])
def test_a_plan_edited_where_it_is_kept_is_refused_and_named_and_nothing_is_written(root, capsys, edited):
    path, kept = chosen(asked(root, bundle="b")), record(root)
    body = json.loads(kept.read_bytes())
    edited(body)
    kept.write_text(json.dumps(body, ensure_ascii=False), "utf-8")
    before = (root / BOOK).read_bytes()
    assert main(["verify", "--in", str(root)]) == 1
    assert kept.stem[:8] in capsys.readouterr().out
    assert main(["reconcile", "--apply", str(path), "--by", "G002", "--in", str(root)]) == 1
    assert "与日志不符" in capsys.readouterr().err
    assert (root / BOOK).read_bytes() == before


def test_a_plan_that_was_not_made_here_is_not_obeyed_though_it_lies_among_the_plans(root, tmp_path, capsys):
    """Another community's plan, its record copied over and its workbook handed in here."""
    other = workspace(tmp_path / "别处", sheets(3))
    path, kept = chosen(asked(other)), record(other)
    note(open_workspace([root], Path.cwd()), DAY, at=AT, write=True)
    plans.folder(root).mkdir(parents=True)
    (plans.folder(root) / kept.name).write_bytes(kept.read_bytes())
    before = (root / BOOK).read_bytes()
    assert main(["reconcile", "--apply", str(path), "--by", "G002", "--in", str(root)]) == 1
    assert "与日志不符" in capsys.readouterr().err and (root / BOOK).read_bytes() == before
    assert main(["verify", "--in", str(root)]) == 1
    assert kept.stem in capsys.readouterr().out


def test_a_plan_of_another_community_is_unknown_here(root, tmp_path, capsys):
    other = workspace(tmp_path / "别处", sheets(3))
    path = chosen(asked(other))
    before = (root / BOOK).read_bytes()
    assert main(["reconcile", "--apply", str(path), "--by", "G002", "--in", str(root)]) == 1
    assert "没有编号" in capsys.readouterr().err and (root / BOOK).read_bytes() == before


def test_choices_whose_hidden_ids_were_exchanged_are_refused_line_by_line(root, capsys):
    """As where only the columns that people see were sorted."""
    path = asked(root)
    tab = openpyxl.load_workbook(path)["变更方案"]
    chosen(path, S5=tab["S6"].value, S6=tab["S5"].value)
    before = (root / BOOK).read_bytes()
    assert main(["reconcile", "--apply", str(path), "--by", "G002", "--in", str(root)]) == 1
    said = capsys.readouterr().err
    assert "第 5 行" in said and "第 6 行" in said and "另一项" in said
    assert (root / BOOK).read_bytes() == before


@pytest.mark.parametrize("who", ["G001", "李四", "G999", "=1+1", ""])
def test_who_has_no_right_to_agree_agrees_to_nothing(root, capsys, who):
    path = chosen(asked(root), who)
    before = (root / BOOK).read_bytes()
    assert main(["reconcile", "--apply", str(path), "--by", "G001", "--in", str(root)]) == 1
    assert "没有写入" in capsys.readouterr().err and (root / BOOK).read_bytes() == before


def test_a_plan_that_was_taken_away_is_missed_where_files_went_into_it_and_only_there(root, capsys):
    """A stop between the journal and the plan takes nothing away: what came in is still in the inbox."""
    asked(root)
    record(root).unlink()
    main(["reconcile", "--in", str(root)])
    assert "存档" not in capsys.readouterr().out
    plan = str(Journal(root).newest("planned").data["plan"])
    Journal(root).append(
        "inbox", {"file": "来件.xlsx", "fingerprint": "0", "to": "收件箱/已处理/来件.xlsx", "plan": plan, "kind": "form", "base": {}}, at=AT
    )
    main(["reconcile", "--in", str(root)])
    assert "收件箱/已处理/来件.xlsx" in capsys.readouterr().out


def test_a_plan_that_nobody_touched_is_carried_out_and_verified(root, capsys):
    path = chosen(asked(root))
    assert main(["verify", "--in", str(root)]) == 0
    assert main(["reconcile", "--apply", str(path), "--by", "G002", "--in", str(root)]) == 0
    assert openpyxl.load_workbook(root / BOOK)["档案"]["I4"].value != "永久"
    assert main(["verify", "--in", str(root)]) == 0
