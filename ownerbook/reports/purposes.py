"""Exports by purpose: which columns leave the house for what, and which of them in full. This is the only place that says so.

Personal Information Protection Law art. 6: no more than the purpose needs. What is not named here does not leave; of what is named, names and
numbers are masked unless the purpose cannot be met without them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ownerbook.schema.words import Text


@dataclass(frozen=True, slots=True)
class Purpose:
    """sheets: by sheet the columns that leave. full: those shown in full (sheet.column). current: of 业主 only 现业主, of 家庭成员 only 在住."""

    name: Text
    about: Text
    sheets: Mapping[str, tuple[str, ...]]
    full: frozenset[str] = frozenset()
    current: bool = True


_HOUSES = ("house_no", "building", "unit", "room")
PURPOSES: tuple[Purpose, ...] = (
    Purpose(
        Text("客服", "service"),
        Text("回访、接待：现业主的姓名和电话，不含证件、地址", "calls and visits: names and phones of current owners, no documents, no addresses"),
        {"houses": (*_HOUSES, "use", "status"), "owners": ("house_no", "name", "kind", "phone", "phone2", "primary", "status")},
        frozenset({"owners.name", "owners.phone", "owners.phone2"}),
    ),
    Purpose(
        Text("维修", "repairs"),
        Text("上门维修：房屋和联系电话，姓名只留姓", "repairs: houses and phones, surnames only"),
        {"houses": (*_HOUSES, "use", "status"), "owners": ("house_no", "name", "phone", "primary", "status")},
        frozenset({"owners.phone"}),
    ),
    Purpose(
        Text("收费", "billing"),
        Text("计费：面积、用途、业主姓名和份额，不含电话、证件", "billing: areas, uses, names and shares; no phones, no documents"),
        {"houses": (*_HOUSES, "floor_area", "use", "status"), "owners": ("owner_no", "house_no", "name", "kind", "share", "owned_from", "status")},
        frozenset({"owners.name"}),
    ),
    Purpose(
        Text("审计", "audit"),
        Text("核对档案管理：档案、借阅、审核、处置，个人信息都打码", "files, loans, audits, disposals; all personal data masked"),
        {
            "files": ("file_no", "house_no", "created_on", "created_by", "location", "confidentiality", "retention", "status", "audited_on"),
            "loans": ("loan_no", "file_no", "borrower", "borrower_kind", "applied_on", "decision", "lent_on", "due_on", "returned_on", "condition"),
            "audits": ("audit_no", "file_no", "audited_on", "auditor", "kind", "result", "rectify_by", "rectified_on", "verified_on"),
            "disposals": ("disposal_no", "file_no", "kind", "appraised_on", "approved_on", "executed_on"),
        },
        current=False,
    ),
)  # fmt: skip


def named(name: str) -> Purpose | None:
    """The purpose of a name in either language."""
    return next((p for p in PURPOSES if name.strip() in (p.name.zh, p.name.en)), None)
