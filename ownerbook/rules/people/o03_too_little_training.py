"""O03: an archivist with too few hours of training last year."""

from collections.abc import Iterator

import numpy as np

from ownerbook.register.declare import CLERK
from ownerbook.register.persons import FINE
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View
from ownerbook.schema.cells import Bools, Ints
from ownerbook.schema.words import Text

CARD = Card(
    code="O03",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("培训未达标", "Too little training"),
    message=Text("{year} 年参加培训 {hours} 学时,制度要求 {wanted} 学时", "{hours} hours of training in {year}, policy asks for {wanted}"),
    why=Text("档案经办人每年须受培训,才知道怎样整理和保密。", "Archivists are trained every year in arranging and in confidentiality."),
    fix=Text("安排补训;漏记的培训补登。", "Arrange training, or enter what was left out."),
    needs="staff staff.staff_no staff.rights staff.joined_on staff.left_on "
    "training.training_no training.held_on training.hours training.attendees policy today",
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

        培训: 培训编号 | 培训日期 | 学时 | 参加人
        P1 | 2025-01-01 | 4 | G001,G006
        P2 | 2025-12-31 | 4 | G001 王芳
        P3 | 2025-12-31 | 4 | 某甲
    """,
)


def find(v: View) -> Iterator[Hit]:
    """The trainings are missing elsewhere. A training whose people or hours cannot all be read may be the missing one."""
    persons, training, wanted = v.persons, v.training, float(v.policy.training_hours)
    year = int(np.datetime64(v.today, "D").astype("datetime64[Y]").astype(int)) + 1970 - 1
    first, last = (int(np.datetime64(text, "D").astype(int)) for text in (f"{year}-01-01", f"{year}-12-31"))
    held = training.held_on
    that_year = held.ok & (held.days >= first) & (held.days <= last)
    clear = that_year & training.hours.ok
    hours = np.where(clear, np.nan_to_num(training.hours.numbers), 0.0)
    named = training.named("attendees")
    known = (named.trouble == FINE) & (named.person >= 0)
    has = np.bincount(named.person[known], weights=hours[named.row[known]], minlength=len(v.staff))
    loose = _loose(training.attendees.ok, named.row[~known])
    spare = float(hours[loose].sum())
    doubtful = np.zeros(len(v.staff), bool)
    doubtful[named.person[known & ~clear[named.row] & (~held.ok[named.row] | that_year[named.row])]] = True
    if (loose & ~clear & (~held.ok | that_year)).any():
        return
    through = (persons.joined <= first) & (persons.left >= max(last, v.today))
    through &= np.array([any(a <= first and last <= b for a, b in spans) for spans in persons.spans(CLERK)], bool)
    short = through & v.staff.first & v.staff.staff_no.ok & ~doubtful & (has + spare < wanted)

    def values(row: int) -> dict[str, object]:
        return {"year": year, "hours": f"{has[row]:g}", "wanted": f"{wanted:g}"}

    yield Hit("staff", np.flatnonzero(short).astype(np.int32), "staff_no", values)


def _loose(readable: Bools, unknown: Ints) -> Bools:
    """Trainings of which it cannot be told who all took part."""
    out = ~readable
    out[unknown] = True
    return out
