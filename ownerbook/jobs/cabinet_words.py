"""The prints of the cabinet as forms: their kind, their Chinese name, what they are."""

from __future__ import annotations

from ownerbook.schema.words import Text

CABINET: tuple[tuple[str, str, Text], ...] = (
    ("file-cover", "档案封面", Text("每份档案一页（--file、--house、--building）", "the cover of each file (--file, --house, --building)")),
    ("contents-list", "卷内目录", Text("每份档案有什么、缺什么", "what each file holds, and what is owed")),
    ("file-spines", "卷脊标签", Text("每份档案一条", "a label for the back of each file")),
    ("box-spines", "盒脊标签", Text("每个位置一条", "a label for each box")),
    ("floor-list", "库房存放清单", Text("每个位置一行，附柜面图", "what stands where, with a plan of each cabinet")),
    ("move-list", "移架清单", Text("填档案移到哪里；填好存入收件箱", "where files go; filled in, it is read back")),
)
"""In the order in which they are offered. A box, a shelf and the cards of shelves are printed by `ownerbook cabinet` alone."""
