"""R29: a value that its parameter cannot have."""

from collections.abc import Iterator

from ownerbook.register.policy import BY_NAME
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View
from ownerbook.schema.words import Text

CARD = Card(
    code="R29",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("制度参数的值读不懂", "Unreadable value"),
    message=Text("参数「{name}」的值 {found} 读不懂，现按默认值 {default} 执行", "{found} is no value for {name}; the default {default} is used"),
    why=Text("值读不懂，规定就没有生效。", "A value that cannot be read is not in force."),
    fix=Text("按说明改写，如 1个月、30天、是、否。", "Write it as the explanation says, such as 1个月, 30天, 是, 否."),
    needs="policy policy.name policy.value",
    wrong="""
        制度: 参数 | 值
        借阅期限 | «一阵子»
        应还日遇休息日顺延 | «看情况»
        续借次数上限 | «n:1.5»
        必备材料.商铺 | «业主登记表、出生证明»
        需证明材料的字段 | «姓名、爱好»
    """,
    right="""
        制度: 参数 | 值
        借阅期限 | 10个工作日
        续借次数上限 | n:1
        区号 |
        审核周期 | 12个月
        别的 | 一阵子
        必备材料.商铺 | 业主登记表、出生证明
        材料类型.补充 | 出生证明
        需证明材料的字段 | 姓名，存放位置
    """,
)


def find(v: View) -> Iterator[Hit]:
    """The policy notes them as it is read."""
    sheet = v.sheet("policy")

    def values(row: int) -> dict[str, object]:
        name = sheet.found("name", row).strip()
        parameter = BY_NAME.get(name)
        default = parameter.default if parameter and parameter.default else Text("空", "none")
        return {"name": name, "default": default}

    yield Hit("policy", v.policy.unreadable, "value", values)
