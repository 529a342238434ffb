"""B08: invisible characters stand in the value."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="B08",
    severity="notice",
    stage=Stage.DAMAGE,
    repair="auto",
    title=Text("含看不见的字符", "Invisible characters"),
    message=Text("「{header}」里有看不见的字符或换行", "{header} holds invisible characters or line breaks"),
    why=Text("看不见的字符使查找、比较都对不上。", "What cannot be seen makes searches and comparisons fail."),
    fix=Text("清除这些字符，内容不变。", "Remove them; the content stays."),
    reasons=("invisible",),
    wrong="""
        业主: 业主编号 | 姓名 | 联系电话
        «Y\u200b1» | «张\u200b三丰» | «138\u00a00000\u00a01234»
        «Y⏎2» | «张⏎三丰» | 13800001234

        人员: 工号 | 姓名 | 岗位 | 权限
        G1 | 张三 | «档案⏎管理员» | «档案经办⏎审核»
    """,
    right="""
        业主: 业主编号 | 姓名 | 联系电话 | 通讯地址 | 备注
        Y1 | 张三丰 | 138 0000 1234 | 某路1号⏎某单元 | 第一行⏎第二行
        Y2 | 张\u3000三 | \u200b1380000123 | |

        制度: 参数 | 值 | 说明
        项目代码 | YG | 第一行⏎第二行
    """,
)
