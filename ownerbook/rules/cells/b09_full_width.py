"""B09: full-width digits or letters in a number or date."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="B09",
    severity="notice",
    stage=Stage.DAMAGE,
    repair="auto",
    title=Text("号码里有全角字符", "Full-width characters in a number"),
    message=Text("「{header}」{found} 里有全角字符", "{header} {found} holds full-width characters"),
    why=Text("全角和半角看起来一样，查找时对不上。", "Full and half width look alike, and searches do not match."),
    fix=Text("改为半角。", "Change them to half width."),
    reasons=("full-width",),
    wrong="""
        业主: 业主编号 | 证件类型 | 证件号码 | 联系电话
        «Ｙ１» | 港澳居民来往内地通行证 | «Ｈ１２３４５６７８» | «１３８００００１２３４»

        房屋: 房号 | 建筑面积
        «１－２－３０１» | «t:８９.５»
    """,
    right="""
        业主: 业主编号 | 姓名 | 证件类型 | 证件号码 | 联系电话 | 通讯地址
        Y1 | Ａ公司 | 港澳居民来往内地通行证 | H12345678 | 13800001234 | 某路１号
        Y2 | 张三 | 居民身份证 | １２３ | １３８０００ | 某路（东）
    """,
)
