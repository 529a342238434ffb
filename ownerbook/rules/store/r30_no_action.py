"""R30: something wrong in the store, and nothing done."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

_ITEMS = {"lock": "门锁", "fire": "消防", "damp": "防潮", "pests": "虫霉"}

CARD = Card(
    code="R30",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("异常没有处理措施", "Nothing done about it"),
    message=Text("{items}异常，却没有填写处理措施", "{items} is 异常 and no action is given"),
    why=Text("查出异常不处理，档案就有丢失、霉变的危险。", "Files are lost or spoilt where nobody acts on what was found."),
    fix=Text("填写处理措施和完成日期。", "Enter the action and when it was done."),
    needs="room_checks.lock room_checks.fire room_checks.damp room_checks.pests room_checks.action",
    wrong="""
        库房检查: 检查编号 | 门锁 | 消防 | 防潮 | 虫霉 | 处理措施
        K1 | 正常 | 异常 | 正常 | 异常 | «»
    """,
    right="""
        库房检查: 检查编号 | 门锁 | 消防 | 防潮 | 虫霉 | 处理措施
        K1 | 正常 | 异常 | 正常 | 正常 | 更换灭火器
        K2 | 正常 | 正常 | 正常 | 正常 |
        K3 | 正常 | 不详 | 正常 | 正常 |
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Required when any is 异常."""
    checks = v.room_checks
    bad = {name: getattr(checks, field).is_("异常") for field, name in _ITEMS.items()}
    any_bad = bad["门锁"] | bad["消防"] | bad["防潮"] | bad["虫霉"]
    yield Hit("room_checks", rows(any_bad & checks.action.blank), "action", lambda r: {"items": "、".join(n for n, m in bad.items() if m[r])})
