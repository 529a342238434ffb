"""What a column of a ledger can be: a column of the register, or one of the things that ledgers hold and the register does not."""

from __future__ import annotations

from functools import lru_cache

from ownerbook.register.sheets import BY_FIELD, SHEETS
from ownerbook.schema.kinds import CellKind
from ownerbook.schema.sheet import Column
from ownerbook.schema.words import Text

OWN: dict[str, Text] = {
    "own.serial": Text("序号", "running number"),
    "own.community": Text("小区、项目", "community"),
    "own.floor": Text("楼层", "floor"),
    "own.building": Text("楼宇与房屋的其他情况", "more about the building"),
    "own.sex": Text("性别", "sex"),
    "own.birth": Text("生日、年龄", "birth, age"),
    "own.personal": Text("民族、职业等个人情况", "personal details"),
    "own.person_kind": Text("住户类型", "kind of resident"),
    "own.count": Text("人数", "how many people"),
    "own.contact": Text("联系人、紧急联系人", "contact person"),
    "own.agent": Text("代理人", "agent"),
    "own.visit": Text("走访", "visits"),
    "own.parking": Text("车位", "parking"),
    "own.vehicle": Text("车辆、车牌", "vehicles"),
    "own.fee": Text("费用、押金", "fees"),
    "own.rent": Text("租金、租期", "lease"),
    "own.shop": Text("商铺店名、经营", "shop"),
    "own.contract": Text("合同", "contracts"),
    "own.renovation": Text("装修", "renovation"),
    "own.quality": Text("房屋质量、整改", "defects"),
    "own.meter": Text("水电表", "meters"),
    "own.keys": Text("钥匙、门禁卡", "keys and cards"),
    "own.sign": Text("签字", "signatures"),
    "own.archive": Text("档案著录项", "archival description"),
    "own.system": Text("系统字段", "system fields"),
    "own.check": Text("是否类标记", "yes-no marks"),
    "own.former": Text("原业主", "former owner"),
    "own.other": Text("其他", "other"),
}
"""Columns left alone: they stay staff's own, and are named so that staff see they were understood."""

_HOME = ("houses", "owners", "household")
_NO_LEDGER = ("policy", "calendar", "waivers", "incidents", "requests", "satisfaction", "room_checks")  # nobody kept these before us
FAMILIES: dict[str, tuple[str, ...]] = {"property": _HOME} | {s.field: (s.field,) for s in SHEETS if s.field not in (*_HOME, *_NO_LEDGER)}
"""Sheets that one ledger may feed at once: a ledger of houses feeds three."""

UNKNOWN = ""
"""The field of a column of which nothing is known."""
LEAVE = "不采用"
SEP = "·"


def family_of(field: str) -> str:
    """The family of sheets that a field belongs to, '' for what the register has no column for."""
    sheet = field.partition(".")[0]
    return "property" if sheet in FAMILIES["property"] else sheet if sheet in FAMILIES else ""


def column_of(field: str) -> Column | None:
    """The declared column of a field, None for what the register has no column for."""
    sheet, _, name = field.partition(".")
    declared = BY_FIELD.get(sheet)
    return declared.by_field.get(name) if declared else None


def kind_of(field: str) -> CellKind | None:
    """The kind of cell of a field."""
    column = column_of(field)
    return column.kind if column else None


def label(field: str) -> str:
    """How a field is called in the mapping: 业主·姓名, 不采用·性别, 不采用."""
    column = column_of(field)
    if column is not None:
        return f"{BY_FIELD[field.partition('.')[0]].name}{SEP}{column.header.zh}"
    own = OWN.get(field)
    return f"{LEAVE}{SEP}{own.zh}" if own else LEAVE


@lru_cache(maxsize=1)
def by_label() -> dict[str, str]:
    """Every label that the mapping may hold → its field. The order is that of the drop-down."""
    out: dict[str, str] = {}
    for sheets in FAMILIES.values():
        for sheet in sheets:
            for column in BY_FIELD[sheet].columns:
                field = f"{sheet}.{column.field}"
                out[label(field)] = field
    out[LEAVE] = UNKNOWN
    for own in OWN:
        out[label(own)] = own
    return out


def is_register(field: str) -> bool:
    """Whether the field is a column of the register."""
    return column_of(field) is not None
