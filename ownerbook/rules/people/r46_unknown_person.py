"""R46: a person who is not on 人员."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from ownerbook.register.persons import UNKNOWN
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.people.acts import needs, troubled
from ownerbook.rules.view import View
from ownerbook.schema.words import Text

CARD = Card(
    code="R46",
    severity="error",
    stage=Stage.REFERENCE,
    repair="hand",
    title=Text("经手的人不在人员表", "Person not on 人员"),
    message=Text("{header}「{who:staff}」在「人员」表里没有", "{header} {who:staff} is not on 人员"),
    why=Text("不知是谁经手，就无从判断其权限与责任。", "If nobody knows who acted, nobody can tell whether they might."),
    fix=Text(
        "填写「人员」表里的工号或姓名；确有其人的，先在「人员」表登记。",
        "Write a number or name of 人员; enter the person there first if they exist.",
    ),
    needs=needs(),
    wrong=(
        """
        人员: 工号 | 姓名 | 入职日期
        G1 | 王芳 | 2020-01-01

        借阅: 借阅单号 | 审核人 | 审核日期 | 经办人 | 借出日期
        J1 | G1 | 2026-03-01 | «G9» | 2026-03-02
        J2 | «李雷» | | |
        J3 | «G1 李雷» | 2026-03-01 | |
        """,
        """
        人员: 工号 | 姓名 | 入职日期
        G1 | 王芳 | 2020-01-01

        培训: 培训编号 | 培训日期 | 参加人
        P1 | 2026-03-01 | «王芳、李雷»
        """,
    ),
    right=(
        """
        人员: 工号 | 姓名 | 入职日期
        G1 | 王芳 | 2020-01-01
        G2 | 韩梅 | 2020-01-01
        n:007 | 钱七 | 2020-01-01

        借阅: 借阅单号 | 审核人 | 审核日期 | 经办人 | 借出日期
        J1 | g1 | 2026-03-01 | G1 王芳 | 2026-03-02
        J2 | 王芳(G1) | | 王芳 |
        J3 | | | 无 |
        J4 | Ｇ１ | | e:#REF! |
        J5 | 007 | | n:007 |

        培训: 培训编号 | 培训日期 | 参加人
        P1 | 2026-03-01 | 王芳、G2 韩梅
        """,
        """
        人员: 工号 | 姓名 | 入职日期
        G1 | 王芳 | 2020-01-01
        G1 | 韩梅 | 2020-01-01

        借阅: 借阅单号 | 审核人 | 审核日期 | 经办人 | 借出日期
        J1 | G2 | 2026-03-01 | G2 韩梅 | 2026-03-02
        """,
        """
        人员: 工号 | 姓名 | 入职日期
        G1 | 王芳 | 2020-01-01
        G2 | | 2020-01-01

        借阅: 借阅单号 | 审核人 | 审核日期 | 经办人 | 借出日期
        J1 | 王芳 | 2026-03-01 | 韩梅 | 2026-03-02
        """,
    ),
)
_NUMBER = re.compile(r"[0-9A-Za-z-]*[0-9][0-9A-Za-z-]*", re.ASCII)


def find(v: View) -> Iterator[Hit]:
    """By number, by name or by both; a name beside another person's number is nobody.

    Where a 工号 of 人员 is doubled, blank or cannot be read, the true number of that row is unknown, and that is told there: of
    the numbers that 人员 lacks, as many as such rows, those named most often, are taken for theirs. Names likewise.
    """
    hits = list(troubled(v, UNKNOWN, lambda act, r: {"who": act.who(r)}))
    staff = v.sheet("staff")
    numbers = len(staff.keys.repeats) + int((~staff.staff_no.ok).sum())
    names = int((~staff.name.ok).sum())
    if not numbers + names:
        yield from hits
        return
    said = [[_said(hit, int(r)) for r in hit.rows] for hit in hits]
    often = Counter(s for mine in said for s in mine).most_common()
    theirs = {*[s for s, _ in often if _has_digit(s)][:numbers], *[s for s, _ in often if not _has_digit(s)][:names]}
    for hit, mine in zip(hits, said, strict=True):
        yield replace(hit, rows=[int(r) for r, s in zip(hit.rows, mine, strict=True) if s not in theirs])


def _said(hit: Hit, row: int) -> str:
    """The number in the cell, else the name."""
    assert hit.values is not None
    text = str(hit.values(row)["who"])
    found = _NUMBER.search(text)
    return found[0].upper() if found else text


def _has_digit(text: str) -> bool:
    return any(c.isdigit() for c in text)
