"""Short names for declaring the register's sheets, and the columns that many of them share."""

from __future__ import annotations

from ownerbook.schema.kinds import CellKind, Choice, Day, Reference, StaffMember, Words
from ownerbook.schema.sheet import Column
from ownerbook.schema.words import Privacy, Text

CLERK = "档案经办"
LOAN_REVIEW = "借阅审批"
AUDIT = "审核"
DISPOSAL_APPROVAL = "处置批准"
RIGHTS = (CLERK, LOAN_REVIEW, AUDIT, DISPOSAL_APPROVAL)

YES_NO = Choice(
    ("是", "否"),
    {
        "√": "是",
        "✓": "是",
        "Y": "是",
        "y": "是",
        "有": "是",
        "1": "是",
        "TRUE": "是",
        "对": "是",
        "×": "否",
        "N": "否",
        "n": "否",
        "0": "否",
        "FALSE": "否",
        "不是": "否",
    },
    yes_no=True,
)
SIGNED = Choice(
    ("已签", "未签"),
    {
        "√": "已签",
        "✓": "已签",
        "Y": "已签",
        "y": "已签",
        "有": "已签",
        "是": "已签",
        "已签署": "已签",
        "签": "已签",
        "1": "已签",
        "TRUE": "已签",
        "×": "未签",
        "N": "未签",
        "n": "未签",
        "否": "未签",
        "没签": "未签",
        "未签署": "未签",
        "0": "未签",
        "FALSE": "未签",
    },
    yes_no=True,
)
ID_TYPES = Choice(
    ("居民身份证", "港澳居民来往内地通行证", "台湾居民来往大陆通行证", "港澳台居民居住证", "外国人永久居留身份证", "护照", "军官证", "统一社会信用代码"),
    {
        "身份证": "居民身份证", "二代身份证": "居民身份证", "中华人民共和国居民身份证": "居民身份证", "回乡证": "港澳居民来往内地通行证",
        "港澳通行证": "港澳居民来往内地通行证", "台胞证": "台湾居民来往大陆通行证", "居住证": "港澳台居民居住证", "永居证": "外国人永久居留身份证",
        "外国人永久居留证": "外国人永久居留身份证", "营业执照": "统一社会信用代码", "信用代码": "统一社会信用代码", "社会信用代码": "统一社会信用代码",
    },
)  # fmt: skip


def col(
    field: str,
    zh: str,
    en: str,
    kind: CellKind,
    *,
    must: bool = False,
    key: bool = False,
    privacy: Privacy = "internal",
    also: tuple[str, ...] = (),
    hint: tuple[str, str] = ("", ""),
    width: int = 14,
) -> Column:
    """A column."""
    return Column(field, Text(zh, en), kind, key, must or key, privacy, also, Text(*hint), width)


def day(
    field: str,
    zh: str,
    en: str,
    *,
    must: bool = False,
    future: bool = False,
    words: tuple[str, ...] = (),
    also: tuple[str, ...] = (),
    hint: tuple[str, str] = ("", ""),
) -> Column:
    """A date column."""
    return col(field, zh, en, Day(words=words, future=future), must=must, also=also, hint=hint, width=13)


def staff(
    field: str,
    zh: str,
    en: str,
    *,
    right: str = "",
    days: tuple[str, ...] = (),
    must: bool = False,
    agreement: bool = False,
    hint: tuple[str, str] = ("", ""),
) -> Column:
    """A column that names a member of staff."""
    return col(
        field, zh, en, StaffMember(right=right, days=days, agreement=agreement), must=must, hint=hint or ("填工号或姓名", "number or name"), width=12
    )


def ref(
    field: str, zh: str, en: str, sheet: str, *, must: bool = False, also: tuple[str, ...] = (), hint: tuple[str, str] = ("", ""), width: int = 14
) -> Column:
    """A column that refers to another sheet's key."""
    return col(field, zh, en, Reference(sheet), must=must, also=also, hint=hint, width=width)


def house() -> Column:
    """房号, referring to 房屋."""
    return ref(
        "house_no",
        "房号",
        "House no.",
        "houses",
        must=True,
        also=("房屋编号", "房间号", "房间编号", "门牌号"),
        hint=("与「房屋」表一致，如 3-2-1501", "as on 房屋, such as 3-2-1501"),
    )


def file(must: bool = True) -> Column:
    """档号, referring to 档案."""
    return ref("file_no", "档号", "File no.", "files", must=must, also=("档案号", "档案编号"), width=20, hint=("与「档案」表一致", "as on 档案"))


def note() -> Column:
    """备注."""
    return col("note", "备注", "Note", Words(lines=True, free=True), privacy="personal", also=("备注说明", "备注信息"), width=24)
