"""K02: 应还日期 is blank once lent, or not the day that follows from the policy."""

from collections.abc import Iterator

from ownerbook.deadlines import loans
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="K02",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="confirm",
    title=Text("应还日期与期限不符", "Due day differs from the policy"),
    message=Text("{what}，按{term}应为 {due}", "{what}; by {term} it is {due}"),
    why=Text(
        "应还日期不对，催还就会早了或晚了（民法典第二百零二、二百零三条）。",
        "With a wrong day reminders come early or late (Civil Code arts. 202, 203).",
    ),
    fix=Text("改为 {due}；约定提前归还的，在备注说明。", "Make it {due}; if an earlier day was agreed, say so in the note."),
    needs=loans.NEEDS,
    wrong=(
        """
        今天 2026-03-01

        借阅: 借阅单号 | 借出日期 | 应还日期 | 续借次数 | 归还日期 | 备注
        J1 | 2026-01-31 | «2026-03-02» | | 2026-02-28 |
        J2 | 2026-01-16 | «2026-02-16» | | 2026-02-16 |
        J3 | 2026-02-01 | «» | | 2026-02-16 |
        J4 | 2026-02-10 | «2026-03-05» | 0 | |
        J5 | 2026-01-31 | «2026-04-30» | 1 | | 延期
        """,
        """
        借阅: 借阅单号 | 借出日期 | 应还日期 | 归还日期
        J1 | 2026-09-01 | «2026-10-08» | 2026-09-20
        J2 | 2026-02-28 | 2026-03-30 | 2026-03-20

        制度: 参数 | 值
        借阅期限 | 30天
        应还日遇休息日顺延 | 否
        生效日期 | 2026-02-28
        """,
    ),
    right=(
        """
        今天 2026-04-01

        借阅: 借阅单号 | 审核日期 | 借出日期 | 应还日期 | 续借次数 | 归还日期 | 备注
        J1 | 2026-01-30 | 2026-01-31 | 2026-02-28 | | |
        J2 | 2026-01-16 | 2026-01-16 | 2026-02-24 | 0 | |
        J3 | 2026-01-31 | 2026-01-31 | 2026-03-31 | 1 | |
        J4 | 2026-02-10 | 2026-02-10 | 2026-02-20 | | 2026-02-20 | 约定十天
        J5 | | | | | |
        J6 | 2026-02-10 | 2026-02-10 | 下月 | | |
        J7 | 2026-02-10 | 2026-02-10 | 2026-03-10 | 4 | |
        J8 | 2026-02-10 | 2026-02-10 | 2026-03-20 | 一次 | |
        J9 | 2026-02-10 | 2026-02-01 | 2026-03-10 | | |
        """,
        """
        今天 2026-12-20

        借阅: 借阅单号 | 借出日期 | 应还日期
        J1 | 2026-12-10 | 2027-01-11
        J2 | 2026-12-10 |
        J3 | 2026-11-30 | 2026-12-31

        制度: 参数 | 值
        生效日期 | 2026-03-01
        """,
        """
        借阅: 借阅单号 | 借出日期 | 应还日期 | 归还日期
        J1 | 2026-02-28 | 2026-05-01 | 2026-03-20
        J2 | 2026-02-28 | | 2026-03-20
        J3 | 2026-09-24 | 2026-10-15 | 2026-10-10

        制度: 参数 | 值
        借阅期限 | 10个工作日
        生效日期 | 2026-03-01
        """,
    ),
)


def find(v: View) -> Iterator[Hit]:
    """Told also of loans that came back. Silent where the day of lending or the renewals are in doubt, and on provisional days."""
    when, term, entered = loans.due(v, v.calendar), v.policy.loan_term, v.loans.due_on

    def values(row: int) -> dict[str, object]:
        what = Text("已借出而没有应还日期", "lent without a due day")
        if entered.ok[row]:
            day = iso(entered.days[row])
            what = Text(f"应还日期 {day}", f"due on {day}")
        return {"what": what, "term": Text(f"借阅期限 {term}", f"the term {term}"), "due": iso(when.policy[row])}

    yield Hit("loans", rows(when.wrong), "due_on", values, lambda r: iso(when.policy[r]))
