"""I02: the house inside the 档号 is not the file's 房号."""

from collections.abc import Iterator

from ownerbook.rules import file_numbers
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="I02",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="confirm",
    title=Text("档号与房号不一致", "File number of another house"),
    message=Text("档号 {found} 里的房号是 {inside}，本行房号是 {house}", "file number {found} is of house {inside}, the row is of {house}"),
    why=Text("档号里写着另一套房，按档号就会取错档案。", "A number that names another house leads to the wrong file."),
    fix=Text(
        "核对是档号编错还是房号填错，改正错的一个；房屋改过号的，在「变更」登记。",
        "Correct whichever is wrong; if the house was renumbered, enter that on 变更.",
    ),
    needs=file_numbers.NEEDS + " files.owner_no owners.owner_no? owners.house_no?",
    wrong="""
        房屋: 房号
        1-1-101
        1-1-102
        S-012

        业主: 业主编号 | 房号
        Y1 | 1-1-101

        档案: 档号 | 房号 | 业主编号 | 建档日期
        «YG-1-1-102-01» | 1-1-101 | Y1 | 2020-01-01
        «YG-9-9-909-02» | 1-1-102 | Y2 | 2020-01-01
        «YG-1-1-103-01» | S-012 | Y2 | 2025-01-01

        变更: 变更单号 | 对象表 | 对象编号 | 变更字段 | 新值 | 更新日期
        B1 | 房屋 | 1-1-103 | 房号 | S-012 | 2024-05-06
        B2 | 房屋 | 9-9-909 | 房号 | 1-1-102 |
    """,
    right="""
        房屋: 房号
        1-1-101
        1-1-102
        S-012

        档案: 档号 | 房号 | 业主编号 | 建档日期
        YG-1-1-101-01 | 1栋1单元101室 | Y1 | 2020-01-01
        YG-01-01-0101-02 | 1-1-101 | Y1 | 2020-01-01
        YG-S-012-01 | S-12 | Y1 | 2020-01-01
        YG-7-7-707-01 | 1-1-102 | Y1 | 2020-01-01
        YG-1-1-101-03 | 9-9-909 | Y1 | 2020-01-01
        YG-1-1-101-04 | d:2001-02-03 | Y1 | 2020-01-01
        档案一 | 1-1-101 | Y1 | 2020-01-01
        YG-1-1-101-05 | | Y1 | 2020-01-01

        变更: 变更单号 | 对象表 | 对象编号 | 变更字段 | 新值 | 更新日期
        B1 | 房屋 | 7-7-707 | 房号 | 8-8-808 | 2024-05-06
        B2 | 房屋 | 8-8-808 | 房号 | 1-1-102 | 2025-05-06
    """,
)


def find(v: View) -> Iterator[Hit]:
    """The house inside the number is a copy, so the number is the place."""
    f, form = v.files, v.policy.file_format
    numbers = file_numbers.FileNumbers.of(v)
    used = {int(i) for i in f.file_no.ids}

    def right(row: int) -> str | None:
        """Where the owner has the row's house too, only the number can be wrong."""
        if not v.has("owners.house_no"):
            return None
        owner = int(f.ref("owner_no").row[row])
        if owner < 0 or v.owners.house_no.ids[owner] != f.house_no.ids[row]:
            return None
        text = form.write(f.house_no.text(row), f"{int(numbers.serial[row]):02d}")
        return None if v.id_of(text) in used else text

    def inside(row: int) -> dict[str, object]:
        parts = form.parse(f.file_no.text(row))
        return {"inside": parts.house if parts else "", "house": f.house_no.text(row)}

    yield Hit("files", rows(numbers.disagrees & f.first), "file_no", inside, right)
