"""C08a: a number that cannot be of the kind of document given."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="C08a",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("号码不合证件的格式", "Number not of the document's form"),
    message=Text("证件号码 {found} 不合这种证件的格式", "{found} is not of the form of this document"),
    why=Text("每种证件的号码有固定的格式。", "The numbers of each kind of document have a form of their own."),
    fix=Text("对照证件复印件核对号码和证件类型。", "Check number and kind against the copy."),
    reasons=("document-shape",),
    wrong="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 港澳居民来往内地通行证 | «H1234567»
        Y2 | 台湾居民来往大陆通行证 | «1234567»
        Y3 | 护照 | «E1»
        Y4 | 军官证 | «军号»
    """,
    right="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 港澳居民来往内地通行证 | H12345678
        Y2 | 港澳居民来往内地通行证 | H1234567800
        Y3 | 港澳居民来往内地通行证 | HA1234567
        Y4 | 台湾居民来往大陆通行证 | 01234567
        Y5 | 护照 | E12345678
        Y6 | 军官证 | 军字第1234567号
    """,
)
