"""Small registers for the tests of reconciling, and histories of people who edit them. Not a test itself."""

import os
from dataclasses import dataclass, field

from hypothesis import strategies as st

from ownerbook.reconcile.change import Origin
from ownerbook.register.meaning import meaning
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.rules.pictures import draw

COPY = Origin("copy", "副本.xlsx", who="张三")
CASES = int(os.environ.get("OWNERBOOK_LAW_CASES", "40"))
"""How many random histories a law is tried on; thousands by hand: OWNERBOOK_LAW_CASES=3000 pytest tests/reconcile."""

HOUSES = ("house_no", "floor_area", "status", "note")
OWNERS = ("owner_no", "house_no", "name", "phone", "id_no", "registered_on", "share", "note")
REST = """

变更: 变更单号 | 对象表 | 对象编号 | 变更字段 | 原值 | 新值 | 证明材料 | 申请人 | 申请日期 | 审核人 | 审核结果 | 经办人 | 更新日期
BG007 | 业主 | Y1 | 通讯地址 | 一号楼 | 二号楼 | | 李雷 | 2026-03-01 | G1 | 同意 | G1 | 2026-03-02

材料: 材料编号 | 档号
D1 | X

人员: 工号 | 姓名 | 权限 | 入职日期 | 保密协议签订日期
G1 | 张三 | 档案经办、审核 | 2020-01-01 | 2020-01-01
G2 | 张四 | 档案经办 | 2020-01-01 | 2020-01-01
"""


def register(text: str) -> Register:
    """A drawn register."""
    return draw(text).register()


@dataclass
class State:
    """A register as lists of rows, each a dict of what is drawn."""

    houses: list[dict[str, str]] = field(default_factory=list)
    owners: list[dict[str, str]] = field(default_factory=list)

    def copied(self) -> "State":
        return State([dict(r) for r in self.houses], [dict(r) for r in self.owners])

    def rows(self, sheet: str) -> list[dict[str, str]]:
        return self.houses if sheet == "houses" else self.owners

    def register(self) -> Register:
        blocks = []
        for sheet, fields in (("houses", HOUSES), ("owners", OWNERS)):
            declared = BY_FIELD[sheet]
            head = f"{declared.name}: " + " | ".join(declared.by_field[f].header.zh for f in fields)
            lines = [" | ".join(row.get(f, "") for f in fields) for row in self.rows(sheet)]
            blocks.append("\n".join([head, *lines]))
        return register("\n\n".join(blocks) + REST)


def start(size: int = 6) -> State:
    """A healthy register of some houses with one or two owners each; two of them are namesakes."""
    out = State()
    for n in range(size):
        house = f"1-{n // 2 + 1}-{101 + n}"
        out.houses.append({"house_no": house, "floor_area": str(60 + 7 * n), "status": "自住", "note": f"朝向{n}"})
        for m in range(1 + n % 2):
            number = len(out.owners) + 1
            out.owners.append(
                {
                    "owner_no": f"Y{number:03d}",
                    "house_no": house,
                    "name": "王芳" if number % 4 == 1 else f"李雷{'一二三四五六七八九十'[number % 10]}",
                    "phone": f"1390000{number:04d}",
                    "id_no": f"t:11010119{50 + number}0101{number:03d}",
                    "registered_on": f"2024-0{1 + number % 9}-1{number % 10}",
                    "share": "50%" if n % 2 else "",
                    "note": f"第{m + 1}位",
                }
            )
    return out


VALUES = {
    "floor_area": st.sampled_from(["61.5", "99", "120"]),
    "status": st.sampled_from(["自住", "出租", "空置"]),
    "note": st.sampled_from(["甲", "乙", "丙", ""]),
    "name": st.sampled_from(["韩梅", "赵敏", "王芳"]),
    "phone": st.sampled_from(["13800000001", "13800000002", "t:138-0000-0003", ""]),
    "id_no": st.sampled_from(["t:110101199901010011", "t:110101199901010038"]),
    "registered_on": st.sampled_from(["2025-05-05", "t:2025/6/6", "t:昨天"]),
    "share": st.sampled_from(["50%", "t:1/2", "t:1/3", ""]),
    "house_no": st.sampled_from(["1-1-101", "t:1栋1单元102", "1-2-103", "1-9-901"]),
}


@st.composite
def cell_edits(draw_: st.DrawFn, state: State, most: int = 6) -> list[tuple[str, int, str, str]]:
    """Edits of cells that are no keys: sheet, row, field, what is typed."""
    out = []
    for _ in range(draw_(st.integers(0, most))):
        sheet = draw_(st.sampled_from(["houses", "owners", "owners"]))
        rows = state.rows(sheet)
        at = draw_(st.integers(0, len(rows) - 1))
        f = draw_(st.sampled_from((HOUSES if sheet == "houses" else OWNERS)[1:]))
        out.append((sheet, at, f, draw_(VALUES[f])))
    return out


def typed(state: State, edits: list[tuple[str, int, str, str]]) -> State:
    """The state after edits."""
    out = state.copied()
    for sheet, at, f, value in edits:
        out.rows(sheet)[at][f] = value
    return out


@st.composite
def histories(draw_: st.DrawFn, state: State) -> State:
    """A state after whatever people do: cells typed, rows sorted, added, doubled, taken out, exchanged, keys changed."""
    out = typed(state, draw_(cell_edits(state)))
    for _ in range(draw_(st.integers(0, 3))):
        sheet = draw_(st.sampled_from(["houses", "owners", "owners"]))
        rows = out.rows(sheet)
        key = (HOUSES if sheet == "houses" else OWNERS)[0]
        act = draw_(st.sampled_from(["sort", "add", "double", "drop", "swap", "rename", "blank key", "renumber"]))
        at = draw_(st.integers(0, max(0, len(rows) - 1)))
        other = draw_(st.integers(0, max(0, len(rows) - 1)))
        if act == "sort":
            f = draw_(st.sampled_from(HOUSES if sheet == "houses" else OWNERS))
            rows.sort(key=lambda r: r.get(f, ""), reverse=draw_(st.booleans()))
        elif act == "add":
            new = {key: draw_(st.sampled_from(["Y900", "Y901", "1-8-801", ""])), "note": "新", "name": "新人", "house_no": "1-1-101"}
            rows.insert(at, new if sheet == "owners" else {key: "1-8-80" + str(draw_(st.integers(1, 3))), "floor_area": "50"})
        elif not rows:
            continue
        elif act == "double":
            rows.insert(other, dict(rows[at]))
        elif act == "drop":
            del rows[at]
        elif act == "swap":
            rows[at][key], rows[other][key] = rows[other][key], rows[at][key]
        elif act == "rename":
            rows[at][key] = draw_(st.sampled_from(["Y801", "Y802"])) if sheet == "owners" else "1-7-701"
        elif act == "blank key":
            rows[at][key] = ""
        elif sheet == "houses":
            old, rows[at][key] = rows[at][key], "1-6-60" + str(draw_(st.integers(1, 4)))
            for owner in out.owners:
                if owner["house_no"] == old:
                    owner["house_no"] = rows[at][key]
    return out


def means(r: Register, sheet: str) -> list[tuple[str, ...]]:
    """What every row of a sheet means, cell by cell, in no order."""
    return sorted(tuple(meaning(r, sheet, c.field, row) for c in BY_FIELD[sheet].columns) for row in range(len(r.tables[sheet])))
