"""F10: a title number of another or older form."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="F10",
    severity="warning",
    stage=Stage.FORM,
    repair="hand",
    title=Text("不动产权证号格式有疑", "Title number of another form"),
    message=Text(
        "不动产权证号 {found} 不是「省（年）地不动产权第…号」的形式",
        "the title number {found} is not of the form 省（年）地不动产权第…号",
    ),
    why=Text("不动产证明、旧版房产证都不是现行的产权证号。", "Proofs of mortgage and certificates of before 2015 have other numbers."),
    fix=Text("对照证书核对；旧证仍有效的可办理豁免。", "Check the certificate; an older one that still holds may be waived."),
    reasons=("title",),
    wrong="""
        房屋: 房号 | 不动产权证号
        1-1-101 | «京（2020）朝不动产证明第0012345号»
        1-1-102 | «京房权证朝字第123456号»
        1-1-103 | «京（2010）朝不动产权第0012345号»
        1-1-104 | «n:123456»
    """,
    right="""
        房屋: 房号 | 不动产权证号
        1-1-101 | 京（2020）朝不动产权第0012345号
        1-1-102 | 京(2020)朝阳区不动产权第12345678号
        1-1-103 | 浙（2016）杭州市不动产权第012345号
    """,
)
