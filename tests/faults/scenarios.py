"""Commands that change something, each with a community small enough to be tried a thousand times.

A scenario prepares a folder once (`prepare`), and names the command that is then stopped, starved or refused in copies of it.
Staff's register lies in two workbooks, so that what is written together can be seen to be.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import openpyxl

sys.path.insert(0, str(Path(__file__).parent.parent / "jobs"))
from deadline_registers import tables  # noqa: E402
from registers import ticked, write  # noqa: E402
from test_houses_handed_over import fill  # noqa: E402

BOOKS = ("登记簿.xlsx", "台账.xlsx")
NOW = "2026-10-31T09:00:00"
Ask = Callable[..., str]
"""Runs a command in the folder that is being prepared; gives what it printed."""


@dataclass(frozen=True)
class Scenario:
    """name; prepare: makes the folder ready, with `ask(*words)`; words: the command, run in the workspace.

    writes: whether the register's workbooks are another afterwards. status: of the command where nothing goes wrong; again: where it is
    asked once more. later: when that is, where the lease of a dead process must run out first.
    """

    name: str
    words: Sequence[str]
    prepare: Callable[[Path, Ask], None] = lambda root, ask: None
    writes: bool = False
    status: tuple[int, ...] = (0,)
    again: tuple[int, ...] = (0, 1)
    env: dict[str, str] = field(default_factory=dict)
    later: str = ""


def community(root: Path, consent: dict[str, object] | None = None, **more: list[dict[str, object]]) -> None:
    """The register in two workbooks. consent: what the first owner has beside; more: sheets of the second workbook."""
    held = tables() | more
    held["业主"][0] |= consent or {}
    held["位置"].append({**held["位置"][0], "位置编号": "A01-01-01-02", "盒号": "02"})
    upper = {s: held.pop(s) for s in ("房屋", "业主", "档案", "材料", "位置", "人员", "制度", "培训")}
    write(root, upper, BOOKS[0])
    write(root, held, BOOKS[1])
    (root / "ownerbook.toml").write_text('[workspace]\nname = "试验"\n[reconcile]\nby = "G002"\nauto = ["联系电话"]\n', "utf-8")
    (root / "收件箱").mkdir(exist_ok=True)


def typed(path: Path, sheet: str, key: str, values: dict[str, object]) -> None:
    """Somebody types values into the row of a key."""
    book = openpyxl.load_workbook(path)
    tab = book[sheet]
    heads = [c.value for c in tab[1]]
    row = next(r for r in range(2, tab.max_row + 1) if tab.cell(r, 1).value == key)
    for header, value in values.items():
        tab.cell(row, heads.index(header) + 1).value = value
    book.save(path)


def _copy_came_back(root: Path, ask: Ask) -> None:
    ask("copy", "--to", "钱一", "--out", str(root.parent / "副本"))
    came = next((root.parent / "副本").rglob("*登记簿*.xlsx"))
    typed(came, "业主", "Y002", {"联系电话": "13900009999"})
    typed(came, "档案", "YG-1-1-301-01", {"题名": "改过的题名", "保管期限": "30年"})
    shutil.copy(came, root / "收件箱" / "副本.xlsx")


def _plan_chosen(root: Path, ask: Ask) -> None:
    _copy_came_back(root, ask)
    ask("reconcile")
    plan = next((root / "检查结果").glob("变更方案*.xlsx"))
    book = openpyxl.load_workbook(plan)
    tab = book["变更方案"]
    top = next(r for r in range(1, 12) if "处理" in [c.value for c in tab[r]])
    heads = [c.value for c in tab[top]]
    for row in range(top + 1, tab.max_row + 1):
        if tab.cell(row, heads.index("编号") + 1).value:
            tab.cell(row, heads.index("处理") + 1).value = "采用"
            tab.cell(row, heads.index("采用人") + 1).value = "G002"
    book.save(root / "收件箱" / plan.name)
    plan.unlink()


def _applied(root: Path, ask: Ask) -> None:
    _plan_chosen(root, ask)
    ask("reconcile")


def _applied_later(root: Path, ask: Ask) -> None:
    _plan_chosen(root, ask)
    ask("reconcile", now="2026-10-31T10:00:00")


def _audited(root: Path, ask: Ask) -> None:
    path = root.parent / "审核清单.xlsx"
    ask("form", "审核清单", "--count", "4", "--auditor", "G002", "-o", str(path))
    ticked(path)


def _ledger(root: Path, ask: Ask) -> None:
    book = openpyxl.Workbook()
    tab = book.active
    tab.append(["楼号", "单元", "房号", "户主姓名", "手机", "面积"])
    for n in range(1, 30):
        tab.append([3, 1, f"{n}01", "周" + "甲乙丙丁戊己庚辛壬癸"[n % 10], f"1390000{n:04d}", 80 + n])
    path = root.parent / "台账_旧.xlsx"
    book.save(path)
    ask("adopt", str(path), "-o", str(root.parent / "对照表.xlsx"))


def _sold(root: Path, ask: Ask) -> None:
    """A house is sold: the form is made and filled in."""
    ask("transfer", "1-1-301", "--reason", "买卖")
    form = next((root / "检查结果").glob("业主登记表*.xlsx"))
    book = openpyxl.load_workbook(form)
    tab = book.worksheets[0]
    values = {"name": "吴新", "kind": "自然人", "id_type": "护照", "id_no": "E99990001", "phone": "13900000701", "consent": "已签"}
    owner = {f"owner.1 {f}": v for f, v in values.items()} | {"office clerk": "G001", "office appraiser": "G002", "head since": "2026-10-30"}
    for row in tab.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and "@" in cell.value:
                group, *fields = cell.value.split(" ")
                for f in fields:
                    name, _, column = f.partition("@")
                    if (key := f"{group} {name.partition('.')[2]}") in owner:
                        tab.cell(cell.row, int(column)).value = owner[key]
    for n in range(1, 8):
        at = next(r[0].row for r in tab.iter_rows() if r[0].value == n)
        kind = tab.cell(at, 2).value
        marks = next(str(c.value) for c in tab[at] if isinstance(c.value, str) and "@" in c.value)
        places = {m.partition("@")[0].partition(".")[2]: int(m.partition("@")[2]) for m in marks.split(" ")[1:]}
        for name, value in (
            ("form", "复印件" if "复印" in str(kind) else "原件"),
            ("pages", 2),
            ("copies", 1),
            ("checked_by", "G001"),
            ("status", "齐全"),
        ):
            tab.cell(at, places[name]).value = value
    book.save(root.parent / "买卖.xlsx")


def _handed_over(root: Path, ask: Ask) -> None:
    """A developer's list of six houses."""
    fill(root.parent / "交房清单.xlsx", [{"房号": f"2-1-{n}01"} for n in range(1, 7)])


def _let(root: Path, ask: Ask) -> None:
    """A house with a tenant."""
    lives = {"成员编号": "CY001", "房号": "1-1-301", "姓名": "周租", "与业主关系": "租户", "登记日期": date(2026, 8, 11), "居住状态": "在住"}
    community(root, 家庭成员=[lives])


def _withdrawn(root: Path, ask: Ask) -> None:
    """An owner takes back a consent; the answer takes out what it was given for."""
    asked = {"请求编号": "QQ001", "业主编号": "Y001", "类型": "撤回同意", "提出日期": date(2026, 10, 20), "答复期限": date(2026, 11, 4)}
    own = asked | {"请求编号": "QQ002", "类型": "查阅"}
    community(root, {"个性化服务需求": "送件上门", "需求同意日期": date(2026, 8, 10)}, 权利请求=[asked, own])


def _divided(root: Path, ask: Ask) -> None:
    ask(*DIVIDE)


def _disk(root: Path, ask: Ask) -> None:
    (root.parent / "备份").mkdir()


def _backed_up(root: Path, ask: Ask) -> None:
    _disk(root, ask)
    ask("backup", "--to", "../备份", "--same-disk")


_PASSWORD = {"OWNERBOOK_BACKUP_PASSWORD": "一个很长的备份密码2026"}
LEND = ("lend", "YG-1-1-301-01", "--borrower", "赵丁", "--phone", "13900000003", "--purpose", "办证", "--reviewer", "G002", "--clerk", "G001")
DIVIDE = ("house", "divide", "1-1-301", "1-1-301", "1-1-302", "--area", "50,40", "--yes", "--by", "G001", "--agreed", "G002")
SCENARIOS: list[Scenario] = [
    Scenario("check", ("check",), status=(0, 1)),
    Scenario("check-xlsx", ("check", "--format", "xlsx"), status=(0, 1)),
    Scenario("lend", (*LEND, "--write"), writes=True),
    Scenario("renew", ("renew", "JY003", "--write"), lambda root, ask: ask(*LEND, "--write") and None, writes=True),
    Scenario("return", ("return", "JY001", "--receiver", "钱一", "--write"), writes=True),
    Scenario("filled", ("filled", "../审核清单.xlsx", "--by", "G002", "--write"), _audited, writes=True),
    Scenario("copy", ("copy", "--to", "钱一", "--out", "../副本"), again=(0, 2)),  # the copies may lie there already
    Scenario("form", ("form", "催还通知")),
    Scenario("reconcile", ("reconcile",), _copy_came_back, status=(1,)),
    Scenario("apply", ("reconcile",), _plan_chosen, writes=True),
    Scenario("auto", ("reconcile", "--auto"), _copy_came_back, writes=True, status=(0, 1)),
    Scenario("undo", ("undo", "7.1"), _applied, status=(0,)),
    Scenario("restore", ("restore", "--at", "2026-10-31T09:30", "--write"), _applied_later, writes=True),
    Scenario("amend", ("amend", "登记簿.xlsx", "业主!H3=13900008888", "--write"), writes=True),
    Scenario("transfer", ("transfer", "../买卖.xlsx", "--yes", "--by", "G001", "--agreed", "G002"), _sold, writes=True),
    Scenario("renumber", ("house", "renumber", "1-1-301", "1-1-302", "--yes", "--by", "G002"), writes=True),
    Scenario("handover", ("register", "../交房清单.xlsx", "--yes", "--by", "G002"), _handed_over, writes=True),
    Scenario("divide", DIVIDE, writes=True),
    Scenario(
        "join",
        ("house", "join", "1-1-301", "1-1-302", "--into", "1-1-301", "--evidence", "CL0010", "--yes", "--by", "G001", "--agreed", "G002"),
        _divided,
        writes=True,
    ),
    Scenario("move", ("cabinet", "move", "YG-1-1-301-01", "--to", "A01-01-01-02", "--yes", "--by", "G002"), writes=True),
    Scenario("tenant", ("tenant", "1-1-301", "--left", "CY001", "--yes", "--by", "G001", "--agreed", "G002"), _let, writes=True, status=(0, 1)),
    Scenario("answer", ("request", "answer", "QQ001", "--yes", "--by", "G002"), _withdrawn, writes=True, again=(0, 2)),
    Scenario("extract", ("request", "extract", "QQ002", "--out", "../本人.xlsx"), _withdrawn, again=(0, 2)),
    Scenario("seal", ("seal", "--delete", "--yes", "--by", "G002"), _applied, writes=True, status=(1,)),
    Scenario("backup", ("backup", "--to", "../备份", "--same-disk"), _disk, again=(0,), env=_PASSWORD),
    Scenario("bring-back", ("restore", "--from-backup", "../备份", "--into", "../恢复"), _backed_up, again=(0, 2), env=_PASSWORD),
    Scenario("nightly", ("nightly",), status=(0, 1), later="2026-10-31T09:30:00"),
    Scenario("report", ("report", "--month", "2026-09"), status=(0, 1)),
    Scenario("find-reveal", ("find", "1-1-201", "--reveal", "--reason", "试", "--by", "G001")),
    Scenario("export", ("export", "--for", "客服", "--to", "张三", "--reason", "回访", "-o", "../客服.xlsx"), again=(0, 2)),
    Scenario("adopt-confirm", ("adopt", "--confirm", "../对照表.xlsx"), _ledger),
    Scenario("init", ("init", "../新小区")),
    Scenario("template", ("template", "业主登记表", "--house", "1-1-201"), status=(0,)),
]
