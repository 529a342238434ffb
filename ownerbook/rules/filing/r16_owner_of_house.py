"""R16: the owner of a file is not an owner of its house."""

from collections.abc import Iterator

from ownerbook.rules import file_numbers
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows, take
from ownerbook.schema.words import Text

CARD = Card(
    code="R16",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("档案的业主不是该房业主", "File of another house's owner"),
    message=Text("业主 {found} 登记在 {theirs}，不是 {house} 的业主", "owner {found} is of house {theirs}, not of {house}"),
    why=Text("档案按一户一档建立，业主与房屋须对得上。", "A file is of one house and one of its owners."),
    fix=Text("核对业主编号或房号。", "Check the owner number and the house number."),
    needs=file_numbers.NEEDS + " files.owner_no owners.owner_no owners.house_no",
    wrong="""
        业主: 业主编号 | 房号
        Y1 | 1-1-101
        Y2 | 1-1-102

        档案: 档号 | 房号 | 业主编号
        YG-1-1-101-01 | 1-1-101 | «Y2»
    """,
    right="""
        房屋: 房号
        1-1-101
        1-1-102

        业主: 业主编号 | 房号
        Y1 | 1-1-101
        Y2 | 9-9-909
        Y3 | 1-1-102
        Y3 | 1-1-102

        档案: 档号 | 房号 | 业主编号
        YG-1-1-101-01 | 1栋1单元101 | Y1
        YG-1-1-101-02 | 1-1-101 | Y2
        YG-1-1-101-03 | 1-1-101 | Y3
        YG-1-1-101-04 | 1-1-101 | Y9
        YG-9-9-909-01 | 9-9-909 | Y1
        YG-1-1-101-05 | 1-1-102 | Y1
    """,
)


def find(v: View) -> Iterator[Hit]:
    """A house that is not on 房屋 is told there; where 档号 and owner agree against 房号, I02 says so once."""
    f, o = v.files, v.owners
    owner = f.ref("owner_no").row
    theirs = take(o.house_no.ids, owner)
    wrong = (theirs >= 0) & f.house_no.ok & (theirs != f.house_no.ids) & f.first
    if v.has("houses.house_no"):
        astray = o.ref("house_no").missing
        wrong &= ~f.ref("house_no").missing & ~((owner >= 0) & astray[owner])
    if wrong.any():
        numbers = file_numbers.FileNumbers.of(v)
        wrong &= ~(numbers.disagrees & (numbers.house == theirs))
    yield Hit("files", rows(wrong), "owner_no", lambda r: {"theirs": v.text_of(int(theirs[r])), "house": f.house_no.text(r)})
