"""A community from empty workbooks, by forms alone: handed over, let, sold, inherited, parted; after each step the check is clean or says what is owed."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from ownerbook.cli.main import main  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
REGISTER, LEDGER = "业主档案登记簿.xlsx", "档案管理台账.xlsx"
PAPERS = ("业主登记表", "身份证件复印件", "购房合同", "购房发票", "房屋交接验收单", "隐私告知书", "变更证明")
SURNAMES = "赵钱孙李周吴郑王冯陈"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def number(n: int) -> str:
    """A resident ID that adds up, of a county code that was withdrawn before such numbers were given out."""
    body = f"110102198001{1 + n // 1000:02d}{n % 1000:03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


class Office:
    """The people of a community and their desk."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self._env, self._out = root, monkeypatch, capsys

    def ask(self, day: str, *words: str) -> str:
        """A command on a day; gives what it said."""
        self._env.setenv("OWNERBOOK_NOW", f"{day}T09:00:00")
        self._out.readouterr()
        status = main([*words])
        out, err = self._out.readouterr()
        assert status in (0, 1), (words, out, err)
        return out + err

    def codes(self, day: str) -> list[str]:
        """The rules that the check names on a day."""
        import json

        return sorted(p["code"] for p in json.loads(self.ask(day, "check", "--format", "json"))["problems"])

    def printed(self, name: str) -> Path:
        """The newest workbook of a name."""
        return max((self.root / "检查结果").rglob(name), key=lambda p: (p.stat().st_mtime_ns, p.name))

    def rows(self, book: str, sheet: str) -> list[dict[str, object]]:
        """The rows of a sheet as staff see them."""
        read = list(openpyxl.load_workbook(self.root / book)[sheet].iter_rows(values_only=True))
        return [dict(zip(read[0], r, strict=True)) for r in read[1:] if r[0]]

    def typed(self, book: str, sheet: str, *rows: dict[str, object]) -> None:
        """Staff type rows under the last."""
        path = self.root / book
        opened = openpyxl.load_workbook(path)
        tab = opened[sheet]
        heads = [c.value for c in tab[1]]
        at = next(r for r in range(2, tab.max_row + 2) if not tab.cell(r, 1).value)
        for n, row in enumerate(rows):
            for header, value in row.items():
                tab.cell(at + n, heads.index(header) + 1).value = value
        opened.save(path)

    def filled(self, form: Path, values: dict[str, object], name: str = "") -> Path:
        """A form filled in by its hidden marks, and put into the inbox; without a name beside the workspace."""
        book = openpyxl.load_workbook(form)
        tab = book.worksheets[0]
        where: dict[str, tuple[int, int]] = {}
        for line in tab.iter_rows():
            for c in line:
                if isinstance(c.value, str) and "@" in c.value:
                    group, *fields = c.value.split(" ")
                    where |= {f"{group}.{f.partition('@')[0].partition('.')[2]}": (c.row, int(f.partition("@")[2])) for f in fields}
        for field, value in values.items():
            tab.cell(*where[field]).value = value
        path = self.root / "收件箱" / name if name else self.root.parent / "表.xlsx"
        book.save(path)
        return path

    def agreed(self, day: str) -> str:
        """The manager takes everything in the plan, and puts it into the inbox."""
        plan = self.printed("变更方案*.xlsx")
        book = openpyxl.load_workbook(plan)
        tab = book["变更方案"]
        top = next(r for r in range(1, 15) if "处理" in [c.value for c in tab[r]])
        heads = [c.value for c in tab[top]]
        for row in range(top + 1, tab.max_row + 1):
            if tab.cell(row, heads.index("编号") + 1).value:
                tab.cell(row, heads.index("处理") + 1).value = "采用"
                tab.cell(row, heads.index("采用人") + 1).value = "G003"
        book.save(self.root / "收件箱" / plan.name)
        return self.ask(day, "reconcile", "--by", "G001")


def papers(*kinds: str) -> dict[str, object]:
    """What came with a form."""
    out: dict[str, object] = {}
    for n, kind in enumerate(PAPERS, 1):
        if kind in kinds:
            copied = "复印" in kind
            out |= {f"paper.{n}.form": "复印件" if copied else "原件", f"paper.{n}.pages": 2, f"paper.{n}.copies": 1, f"paper.{n}.status": "齐全"}
            out |= {f"paper.{n}.checked_by": "G001"} if copied else {}
    return out


def owner(n: int, name: str, day: date, **more: object) -> dict[str, object]:
    """An owner on a form."""
    return {
        "owner.1.name": name,
        "owner.1.kind": "自然人",
        "owner.1.id_type": "居民身份证",
        "owner.1.id_no": number(n),
        "owner.1.phone": f"1390000{n:04d}",
        "owner.1.consent": "已签",
        "owner.1.consent_on": day,
        "owner.1.declared": "已签",
        **more,
    }


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Office:
    """A workspace as `init` makes it, with its staff, its shelves and its rules typed in."""
    root = tmp_path / "花园"
    monkeypatch.setenv("OWNERBOOK_NOW", "2026-01-05T09:00:00")
    assert main(["init", str(root), "--name", "花园"]) == 0
    monkeypatch.chdir(root)
    out = Office(root, monkeypatch, capsys)
    since = date(2025, 12, 1)
    people = (("G001", "钱一", "档案经办"), ("G002", "孙二", "借阅审批、审核"), ("G003", "李三", "处置批准、审核"), ("G004", "周四", "档案经办"))
    out.typed(LEDGER, "人员", *({"工号": n, "姓名": name, "岗位": "物业", "权限": r, "入职日期": since, "保密协议签订日期": since} for n, name, r in people))
    out.typed(LEDGER, "培训", {"培训编号": "PX1", "培训日期": date(2026, 1, 4), "培训主题": "档案整理", "学时": 8, "讲师": "李三", "参加人": "G001、G002、G003、G004"})
    out.typed(REGISTER, "位置", *({"位置编号": f"A01-01-01-{b:02d}", "档案室": "A01", "柜号": "01", "层": "01", "盒号": f"{b:02d}", "容量": 4} for b in range(1, 6)))
    book = openpyxl.load_workbook(root / LEDGER)
    policy = book["制度"]
    for row in policy.iter_rows(min_row=2):
        row[1].value = {"项目代码": "HY", "制度版本": "V1", "批准人": "李三", "生效日期": date(2026, 1, 1)}.get(row[0].value, row[1].value)
    book.save(root / LEDGER)
    return out


def handed_over(office: Office) -> str:
    """The developer's list: nine houses sold, the tenth not; one invoice is still to come, one house has two owners."""
    office.ask("2026-01-09", "form", "开发商交房清单", "--count", "10")
    path = office.printed("开发商交房清单*.xlsx")
    book = openpyxl.load_workbook(path)
    tab = book.active
    for label, value in {"开发商": "花园置业", "登记人": "G001", "登记日期": date(2026, 1, 10), "取得日期": date(2026, 1, 8), "核对人": "G001"}.items():
        cell = next(c for row in tab.iter_rows(max_row=5) for c in row if c.value == label)
        right = next((m.max_col + 1 for m in tab.merged_cells.ranges if cell.coordinate in m), cell.column + 1)
        tab.cell(cell.row, right).value = value
    top = next(r for r in range(1, 12) if tab.cell(r, 1).value and str(tab.cell(r, 1).value).startswith("房号"))
    heads = {str(c.value).split("\n")[0]: c.column for c in tab[top] if c.value}
    for n in range(1, 11):
        values: dict[str, object] = {"房号": f"1-1-{n}01", "房屋用途": "住宅", "建筑面积": 90 + n, "套内面积": 75 + n}
        if n < 10:
            values |= {"签约日期": date(2025, 11, 3), "交房日期": date(2026, 1, 8), "业主姓名": SURNAMES[n] + "甲", "业主类型": "自然人", "证件类型": "居民身份证"}
            values |= {"证件号码": number(n), "联系电话": f"1390000{n:04d}", "告知书签订": "已签", "材料：身份证件复印件": 1, "材料：购房合同": 12}
            values |= {f"材料：{p}": 2 for p in ("业主登记表", "购房发票", "房屋交接验收单", "隐私告知书") if (n, p) != (3, "购房发票")}
        if n == 5:
            values |= {"业主姓名": "王甲、李乙", "证件号码": f"{number(5)}、{number(55)}", "联系电话": "13900000005、13900000055", "产权份额": "50%、50%"}
        for header, value in values.items():
            tab.cell(top + n, heads[header]).value = value
    book.save(office.root / "收件箱" / "交房.xlsx")
    return office.ask("2026-01-10", "reconcile")


def test_a_year_from_empty_workbooks(office):
    assert office.codes("2026-01-05") == []

    shown = handed_over(office)
    assert "名单 10 户" in shown and "购房发票 1 户" in shown and "新建房屋 10 套" in shown
    office.agreed("2026-01-10")
    assert office.codes("2026-01-11") == [] and len(office.rows(REGISTER, "业主")) == 10 and len(office.rows(REGISTER, "档案")) == 9
    assert "购房发票" in office.ask("2026-01-11", "missing")
    assert office.printed("业主登记回执*.xlsx") and office.printed("卷脊标签*.xlsx")

    # sold in March: the manager agrees in the plan
    office.ask("2026-03-02", "transfer", "1-1-201", "--reason", "买卖")
    new = owner(71, "吴新", date(2026, 3, 2), **{"member.1.name": "吴小", "member.1.relation": "子女"})
    office.filled(office.printed("业主登记表-1-1-201*.xlsx"), {"head.day": date(2026, 3, 2), "head.since": date(2026, 2, 27), "head.status": "自住", "office.clerk": "G001", "office.appraiser": "G002", **new, **papers(*PAPERS)}, "买卖.xlsx")
    shown = office.ask("2026-03-02", "reconcile")
    assert "买卖" in shown and "HY-1-1-201-02" in shown and "提请归档" in shown and number(71) not in shown
    assert office.rows(REGISTER, "业主")[1]["业主状态"] == "现业主"
    office.agreed("2026-03-02")
    owners = {o["业主编号"]: o for o in office.rows(REGISTER, "业主") if o["房号"] == "1-1-201"}
    assert sorted(str(o["业主状态"]) for o in owners.values()) == ["原业主", "现业主"]
    assert office.rows(LEDGER, "处置")[0]["处置方式"] == "归档"
    assert set(office.codes("2026-03-03")) == {"H01", "H09"}  # the invoice of 1-1-301, owed since January

    # inherited in March by two, while the file is lent; the papers are not complete
    lend = ("lend", "HY-1-1-401-01", "--borrower", f"{SURNAMES[4]}甲", "--phone", "13900000004", "--purpose", "办证", "--reviewer", "G002", "--clerk", "G001", "--write")
    office.ask("2026-03-05", *lend)
    office.ask("2026-03-10", "transfer", "1-1-401", "--reason", "继承")
    second = {"owner.2.name": "周女", "owner.2.id_type": "居民身份证", "owner.2.id_no": number(74), "owner.2.phone": "13900000074", "owner.2.share": "50%", "owner.2.primary": "否", "owner.2.consent": "已签"}
    heirs = owner(72, "周子", date(2026, 3, 10), **{"owner.1.share": "50%", "owner.1.primary": "是"}, **second)
    form = office.filled(office.printed("业主登记表-1-1-401*.xlsx"), {"head.day": date(2026, 3, 10), "head.since": date(2026, 3, 5), "current.1.going": "转出", "office.clerk": "G001", "office.appraiser": "G002", **heirs, **papers("业主登记表", "身份证件复印件", "隐私告知书", "变更证明")})
    shown = office.ask("2026-03-10", "transfer", str(form), "--yes", "--by", "G001", "--agreed", "G003")
    assert "正借出" in shown and "还缺材料：购房合同、购房发票、房屋交接验收单" in shown and "已写入" in shown
    assert office.ask("2026-03-10", "transfer", str(form), "--yes", "--by", "G001", "--agreed", "G003").count("已写入") == 0
    assert set(office.codes("2026-03-11")) == {"H01", "H09"}

    # a tenant comes in April, the owners part in May, the tenant leaves in June
    office.ask("2026-04-01", "tenant", "1-1-501")
    tenant = {"member.1.name": "马租", "member.1.phone": "13900000081", "head.day": date(2026, 4, 1), "head.lease_from": date(2026, 4, 1), "head.lease_to": date(2027, 3, 31), "office.clerk": "G001"}
    office.filled(office.printed("租户登记表*.xlsx"), tenant, "租户.xlsx")
    office.ask("2026-04-01", "reconcile")
    office.agreed("2026-04-01")
    assert next(h for h in office.rows(REGISTER, "房屋") if h["房号"] == "1-1-501")["房屋状态"] == "出租"
    office.ask("2026-05-06", "transfer", "1-1-501", "--reason", "离婚")
    parted = {"head.day": date(2026, 5, 6), "head.since": date(2026, 5, 4), "current.1.going": "留下", "current.1.share": "100%", "current.2.going": "转出", "office.clerk": "G001"}
    form = office.filled(office.printed("业主登记表-1-1-501*.xlsx"), parted | papers("业主登记表", "变更证明"))
    shown = office.ask("2026-05-06", "transfer", str(form), "--yes", "--by", "G001", "--agreed", "G003")
    assert "买卖不破租赁" in shown and "还没有选择的 1 项" in shown
    member = next(m for m in office.rows(REGISTER, "家庭成员") if m["姓名"] == "马租")
    assert member["居住状态"] == "在住"
    office.ask("2026-06-02", "tenant", "1-1-501", "--left", str(member["成员编号"]), "--yes", "--by", "G001", "--agreed", "G003")
    assert next(m for m in office.rows(REGISTER, "家庭成员") if m["姓名"] == "马租")["居住状态"] == "迁出"

    # a house gets another number; its file keeps its own
    office.ask("2026-06-10", "house", "renumber", "1-1-601", "1-1-602", "--yes", "--by", "G001", "--agreed", "G003")
    file = next(f for f in office.rows(REGISTER, "档案") if f["房号"] == "1-1-602")
    assert file["档号"] == "HY-1-1-601-01" and "1-1-602" in office.ask("2026-06-11", "find", "1-1-601")

    # what is left is what is owed: papers, files not arranged, audits not made, the loan that ran out
    assert set(office.codes("2026-06-12")) <= {"H01", "H09", "L01", "K01"}
    for change in office.rows(LEDGER, "变更"):
        assert change["申请人"] and change["审核人"] == "G003" and change["经办人"] == "G001", change
        if change["变更字段"] in ("业主状态", "产权份额"):
            assert change["证明材料"], change
    assert "全部完好" in office.ask("2026-06-12", "verify")


def test_forms_that_cannot_be_taken_are_told_and_write_nothing(office):
    handed_over(office)
    office.agreed("2026-01-10")
    office.ask("2026-02-01", "register", "--house", "1-1-1001")
    form = office.printed("业主登记表-1-1-1001*.xlsx")
    before = {b: (office.root / b).read_bytes() for b in (REGISTER, LEDGER)}
    sold = {"head.day": date(2026, 2, 1), "head.contract_on": date(2026, 1, 20), "head.handover_on": date(2026, 1, 30), "office.clerk": "G001"}
    office.filled(form, {"owner.1.name": "钱半"}, "半填.xlsx")
    office.filled(form, {"head.house_no": "9-9-901", **sold, **owner(91, "赵无", date(2026, 2, 1))}, "无此房.xlsx")
    office.filled(form, {**sold, "head.day": date(2027, 2, 1), **owner(92, "赵远", date(2026, 2, 1))}, "以后.xlsx")
    shown = office.ask("2026-02-01", "reconcile")
    assert "没有写证件类型" in shown and "没有 9-9-901" in shown and "在今天之后" in shown
    wrong = number(93)[:-1] + ("0" if number(93)[-1] != "0" else "1")
    path = office.filled(form, {**sold, **owner(93, "赵错", date(2026, 2, 1)), "owner.1.id_no": wrong, **papers(*PAPERS[:6])})
    shown = office.ask("2026-02-02", "register", str(path), "--yes", "--by", "G001", "--agreed", "G003")
    assert "校验位" in shown and wrong not in shown
    assert {b: (office.root / b).read_bytes() for b in (REGISTER, LEDGER)} == before
