"""O01: nobody holds 档案经办 today."""

from collections.abc import Iterator

import numpy as np

from ownerbook.register.declare import CLERK
from ownerbook.rules.card import HEADER, Card, Hit, Stage
from ownerbook.rules.view import View
from ownerbook.schema.words import Text

CARD = Card(
    code="O01",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("没有在职的档案经办人", "No archivist"),
    message=Text("「{sheet}」表里没有今天在职且有档案经办权限的人", "nobody on {sheet} is employed today and holds 档案经办"),
    why=Text("档案须有专人经办，人走了要交接给下一位。", "Files need an archivist, and a leaver hands over to the next."),
    fix=Text("指定档案经办人，在「人员」表写明权限。", "Appoint one and enter the right on 人员."),
    needs="staff staff.staff_no staff.rights staff.joined_on staff.left_on today",
    wrong=(
        """
        今天 2026-10-31

        人员: «工号» | 权限 | 入职日期 | 离职日期
        G001 | 档案经办 | 2014-03-01 | 2026-10-30
        G002 | 审核 | 2014-03-01 |
        G003 | 档案经办(2014-03-01至2026-10-30) | 2014-03-01 |
        """,
        """
        人员: «工号» | 权限 | 入职日期 | 离职日期
        """,
    ),
    right=(
        """
        今天 2026-10-31

        人员: 工号 | 权限 | 入职日期 | 离职日期
        G001 | 审核、档案经办 | 2014-03-01 | 2026-10-31
        """,
        """
        今天 2026-10-31

        人员: 工号 | 权限 | 入职日期 | 离职日期
        G001 | 管档案 | 2014-03-01 |
        """,
    ),
)


def find(v: View) -> Iterator[Hit]:
    """The sheet as a whole lacks the person; a right that cannot be read may be the one."""
    today, persons, rights = v.today, v.persons, v.staff.rights
    employed = (persons.joined <= today) & (persons.left >= today)
    holds = np.array([any(a <= today <= b for a, b in spans) for spans in persons.spans(CLERK)], bool)
    unread = rights.filled & ~rights.ok
    if not (employed & (holds | unread)).any():
        yield Hit("staff", [HEADER], "staff_no")
