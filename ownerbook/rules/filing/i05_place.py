"""I05: a file without a place, or in one that 位置 does not hold."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="I05",
    severity="error",
    stage=Stage.REFERENCE,
    repair="hand",
    title=Text("存放位置为空或不存在", "No such place"),
    message=Text("存放位置{what}", "the place {what}"),
    why=Text("没有位置就取不到档案。", "Without its place a file cannot be fetched."),
    fix=Text("填写「位置」表里有的位置编号；新设的位置先登记。", "Enter a number that 位置 holds; register new places first."),
    needs="files.location files.status locations.location_no? locations.room? locations.cabinet? locations.shelf? locations.box?",
    wrong="""
        位置: 位置编号
        A01-01-01-01

        档案: 档号 | 存放位置 | 档案状态
        YG-1-1-101-01 | «Z99-01-01-01» | 在库
        YG-1-1-102-01 | «» | 已归档
        YG-1-1-103-01 | «Z99-01-01-01» | 已销毁
    """,
    right=(
        """
        位置: 位置编号
        A01-01-01-01
        A01-01-01-02
        A01-01-01-02

        档案: 档号 | 存放位置 | 档案状态
        YG-1-1-101-01 | A01-01-01-01 | 在库
        YG-1-1-102-01 | | 已销毁
        YG-1-1-103-01 | | 已移交
        YG-1-1-104-01 | A01-01-01-02 | 在库
        YG-1-1-105-01 | | 不明
        YG-1-1-106-01 | e:#N/A | 在库
        """,
        """
        位置: 位置编号 | 档案室 | 柜号 | 层 | 盒号
        | A01 | 01 | 01 | 01
        A01-01-01-03 | A01 | 01 | 01 | 02
        A01-01-01-03 | A01 | 01 | 01 | 03

        档案: 档号 | 存放位置 | 档案状态
        YG-1-1-101-01 | A01-01-01-01 | 在库
        YG-1-1-102-01 | A01-01-01-02 | 在库
        YG-1-1-103-01 | A01-01-01-03 | 在库
        """,
    ),
)
PARTS = ("room", "cabinet", "shelf", "box")


def find(v: View) -> Iterator[Hit]:
    """Blank only when 已移交 or 已销毁; a status that cannot be read concludes nothing.

    A place whose 位置编号 is blank, damaged or doubled is told at 位置: a file that names what its parts say is in no doubt.
    """
    f = v.files
    bare = f.location.blank & f.status.ok & ~f.status.is_("已移交", "已销毁")

    def blank(row: int) -> dict[str, object]:
        status = v.files.found("status", row)
        return {"what": Text(f"没有填写，而档案状态是 {status}", f"is blank while the status is {status}")}

    def unknown(row: int) -> dict[str, object]:
        place = v.files.found("location", row)
        return {"what": Text(f" {place} 在「位置」表里没有", f"{place} is not on 位置")}

    yield Hit("files", rows(bare), "location", blank)
    if v.has("locations.location_no"):
        missing = rows(f.ref("location").missing)
        said = _said_by_parts(v) if len(missing) else set()
        yield Hit("files", [r for r in missing.tolist() if f.location.text(r) not in said], "location", unknown)


def _said_by_parts(v: View) -> set[str]:
    """What 室-柜-层-盒 say of the places whose own number cannot be relied on."""
    s = v.locations
    unusable = rows(~s.location_no.ok | s.keys.is_doubled(s.location_no.ids))
    parts = [getattr(s, field) for field in PARTS if v.has(f"locations.{field}")]
    return {"-".join(p.text(r) for p in parts if p.ok[r]) for r in unusable.tolist()}
