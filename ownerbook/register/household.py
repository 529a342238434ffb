"""家庭成员: who lives with an owner."""

from __future__ import annotations

from ownerbook.register.declare import ID_TYPES, col, day, house, note
from ownerbook.schema.kinds import Choice, DocumentNumber, Name, Number, PhoneNumber
from ownerbook.schema.sheet import Sheet
from ownerbook.schema.words import Text

RELATIONS = Choice(
    ("配偶", "子女", "父母", "兄弟姐妹", "祖孙", "其他亲属", "租户", "其他"),
    {
        "老公": "配偶", "老婆": "配偶", "丈夫": "配偶", "妻子": "配偶", "爱人": "配偶", "夫": "配偶", "妻": "配偶", "夫妻": "配偶",
        "儿子": "子女", "女儿": "子女", "儿": "子女", "女": "子女", "孩子": "子女", "父亲": "父母", "母亲": "父母", "爸爸": "父母", "妈妈": "父母",
        "父": "父母", "母": "父母", "哥哥": "兄弟姐妹", "弟弟": "兄弟姐妹", "姐姐": "兄弟姐妹", "妹妹": "兄弟姐妹", "兄弟": "兄弟姐妹", "姐妹": "兄弟姐妹",
        "爷爷": "祖孙", "奶奶": "祖孙", "外公": "祖孙", "外婆": "祖孙", "孙子": "祖孙", "孙女": "祖孙", "亲属": "其他亲属", "亲戚": "其他亲属",
        "租客": "租户", "承租人": "租户",
    },
    relation=True,
)  # fmt: skip

HOUSEHOLD = Sheet(
    "家庭成员",
    "household",
    Text("家庭成员", "Household"),
    (
        col("member_no", "成员编号", "Member no.", Number(), key=True),
        house(),
        col("name", "姓名", "Name", Name(), must=True, privacy="personal", also=("成员姓名",)),
        col("relation", "与业主关系", "Relation", RELATIONS, must=True, also=("关系", "成员关系"), width=12),
        col("id_type", "证件类型", "Document", ID_TYPES, also=("证件名称",), width=18),
        col(
            "id_no",
            "证件号码",
            "Document no.",
            DocumentNumber(),
            privacy="sensitive",
            also=("身份证号", "身份证号码", "证件号"),
            width=22,
            hint=("文本格式，不可按数字输入", "as text, never as a number"),
        ),
        col("phone", "联系电话", "Phone", PhoneNumber(), privacy="personal", also=("电话", "手机", "手机号"), width=15),
        day("registered_on", "登记日期", "Registered", must=True, also=("登记时间",)),
        col("status", "居住状态", "Status", Choice(("在住", "迁出"), {"居住": "在住", "已迁出": "迁出", "搬出": "迁出"}), must=True, width=10),
        note(),
    ),
    Text("与业主同住的家庭成员和租户；离开后状态改为 迁出，不删除。", "Family and tenants; who leaves becomes 迁出, never deleted."),
    book="业主档案登记簿.xlsx",
)
