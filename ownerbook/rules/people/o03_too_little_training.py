"""O03: an archivist with too few hours of training last year."""

from collections.abc import Iterator

import numpy as np

from ownerbook.deadlines import training
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View
from ownerbook.schema.words import Text

CARD = Card(
    code="O03",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("培训未达标", "Too little training"),
    message=Text("{year} 年参加培训 {hours} 学时，制度要求 {wanted} 学时", "{hours} hours of training in {year}, policy asks for {wanted}"),
    why=Text("档案经办人每年须受培训，才知道怎样整理和保密。", "Archivists are trained every year in arranging and in confidentiality."),
    fix=Text("安排补训；漏记的培训补登。", "Arrange training, or enter what was left out."),
    needs=training.NEEDS + " today",
    elsewhere=True,
    wrong="""
        今天 2026-10-31

        人员: 工号 | 姓名 | 权限 | 入职日期 | 离职日期
        «G001» | 王芳 | 档案经办 | 2014-03-01 |
        «G002» | 李强 | 档案经办 | 2025-01-01 |
        G003 | 张敏 | 审核 | 2014-03-01 |

        培训: 培训编号 | 培训日期 | 学时 | 参加人
        P1 | 2025-03-16 | 4 | G001、G002
        P2 | 2025-09-16 | 3.5 | 王芳
        P3 | 2026-03-16 | 8 | G001、G002、G003
    """,
    right="""
        今天 2026-10-31

        人员: 工号 | 姓名 | 权限 | 入职日期 | 离职日期
        G001 | 王芳 | 档案经办 | 2014-03-01 |
        G002 | 李强 | 档案经办 | 2025-01-02 |
        G003 | 张敏 | 档案经办(2025-02-01至2026-12-31) | 2014-03-01 |
        G004 | 陈洁 | 档案经办 | 2014-03-01 | 2025-12-30
        G005 | 刘洋 | 档案经办 | 2014-03-01 | 2026-05-01
        G006 | 赵军 | 档案经办 | 2014-03-01 |
        G007 | 孙悦 | 档案经办 | |
        G008 | 胡杰 | 档案经办 | 2026-02-01 | 2026-01-01

        培训: 培训编号 | 培训日期 | 学时 | 参加人
        P1 | 2025-01-01 | 4 | G001,G006
        P2 | 2025-12-31 | 4 | G001 王芳
        P3 | 2025-12-31 | 4 | 某甲
    """,
)


def find(v: View) -> Iterator[Hit]:
    """The trainings are missing elsewhere; the last full calendar year is judged."""
    year = int(np.datetime64(v.today, "D").astype("datetime64[Y]").astype(int)) + 1970 - 1
    short = training.too_little_training(v, year, v.today)
    wanted = float(v.policy.training_hours)

    def values(row: int) -> dict[str, object]:
        return {"year": year, "hours": f"{short.hours[row]:g}", "wanted": f"{wanted:g}"}

    yield Hit("staff", short.rows, "staff_no", values)
