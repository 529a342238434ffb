"""What only the file shows and nobody should guess at: hidden rows, merges, strike-outs, colours, pictures, formulas, errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from ownerbook.adopt.grid import Grid
from ownerbook.adopt.heads import Heading
from ownerbook.schema.cells import Flag, Kind
from ownerbook.schema.finding import column_letters
from ownerbook.schema.words import Text
from ownerbook.workbook.book import Book

_BLANK_FILLS = {"FFFFFFFF", "00FFFFFF", "FF000000"}
_NAMES = {
    "FFFFFF00": "黄",
    "FFFF0000": "红",
    "FF00B050": "绿",
    "FF92D050": "浅绿",
    "FFFFC000": "橙",
    "FF00B0F0": "浅蓝",
    "FF0070C0": "蓝",
    "FF00FF00": "绿",
}


def observe(grid: Grid, heading: Heading | None, roles: Mapping[int, str], book: Book, *, limits: bool = True) -> list[Text]:
    """One sentence for each thing seen. limits: also what a format does not show."""
    data = {r for r, role in roles.items() if role == "data"}
    out: list[Text] = []

    def say(zh: str, en: str) -> None:
        out.append(Text(zh, en))

    tab = grid.tab
    if tab.hidden:
        say("这张表是隐藏的，照常读取", "the tab is hidden; it was read all the same")
    hidden = [r for r in tab.hidden_rows.tolist() if r in data]
    if hidden:
        how, en = ("被筛选或隐藏", "filtered or hidden") if tab.filtered else ("隐藏", "hidden")
        say(
            f"有 {len(hidden)} 行{how}（第 {hidden[0]} 行起），照常读取",
            f"{len(hidden)} rows are {en} (from row {hidden[0]} on); they were read all the same",
        )
    columns = [c for c in tab.hidden_columns.tolist() if heading is not None and c in heading.heads]
    if columns:
        say(
            f"隐藏的列：{'、'.join(map(column_letters, columns))}，照常读取",
            f"hidden columns: {', '.join(map(column_letters, columns))}; read all the same",
        )
    merges = [m for m in tab.merges if heading is not None and m[0] > heading.last and m[2] > m[0] and m[0] in roles]
    if merges:
        rows = sum(m[2] - m[0] + 1 for m in merges)
        say(
            f"{len(merges)} 处合并单元格（共 {rows} 行）已按首格向下填充",
            f"{len(merges)} merges ({rows} rows) were filled down from the first cell",
        )
    _flags(grid, data, say)
    _looks(grid, data, heading, say)
    if limits and book.values_only:
        say(
            "这个文件里看不到公式、隐藏行、删除线和底色；要看，请另存为 .xlsx",
            "formulas, hidden rows, strike-outs and fills cannot be seen in this file; save as .xlsx to have them read",
        )
    if book.external:
        say(
            "引用了外部文件：" + "、".join(sorted(set(book.external.values()))[:3]),
            "refers to other files: " + ", ".join(sorted(set(book.external.values()))[:3]),
        )
    return out


def _flags(grid: Grid, data: set[int], say: Callable[[str, str], None]) -> None:
    cells = [c for c in grid if c.row in data]

    def told(zh: str, en: str, which: list[str]) -> None:
        if which:
            shown = "、".join(which[:3]) + (" 等" if len(which) > 3 else "")
            say(f"{zh} {len(which)} 格：{shown}", f"{en}: {len(which)} cells ({', '.join(which[:3])}{' …' if len(which) > 3 else ''})")

    def at(flag: Flag) -> list[str]:
        return [f"{column_letters(c.column)}{c.row}" for c in cells if c.flag & flag]

    told("单元格内嵌图片（WPS）", "pictures in cells (WPS)", at(Flag.PICTURE))
    told(
        "公式没有结果，请用 Excel 打开保存一次",
        "formulas without a result; open and save in Excel",
        [a for a in at(Flag.NO_CACHE) if a not in set(at(Flag.PICTURE))],
    )
    told(
        "公式（按结果读取）",
        "formulas (their results were read)",
        [f"{column_letters(c.column)}{c.row}" for c in cells if c.flag & Flag.FORMULA and not c.flag & (Flag.NO_CACHE | Flag.PICTURE)],
    )
    told("错误值", "error values", [f"{column_letters(c.column)}{c.row}" for c in cells if c.kind == Kind.ERROR])
    struck = [c for c in cells if c.flag & Flag.STRIKE or grid.styles[c.style].strike]
    rows = sorted({c.row for c in struck})
    if rows:
        say(
            f"{len(rows)} 行有删除线（第 {'、'.join(map(str, rows[:5]))} 行{'等' if len(rows) > 5 else ''}）：是否视为已注销，请自行确认",
            f"{len(rows)} rows are struck out (rows {', '.join(map(str, rows[:5]))}): whether they are void is yours to say",
        )


def _looks(grid: Grid, data: set[int], heading: Heading | None, say: Callable[[str, str], None]) -> None:
    """Fills that single out some rows: colours used as a status."""
    fills: Counter[str] = Counter()
    rows: dict[str, set[int]] = {}
    for cell in grid:
        if cell.row in data:
            fill = grid.styles[cell.style].fill
            if fill and fill.upper() not in _BLANK_FILLS:
                fills[fill.upper()] += 1
                rows.setdefault(fill.upper(), set()).add(cell.row)
    some = {f: r for f, r in rows.items() if len(r) < 0.8 * max(1, len(data))}
    if some:
        told = "、".join(f"{_NAMES.get(f, '#' + f[2:])} {len(r)} 行" for f, r in sorted(some.items(), key=lambda x: -len(x[1]))[:6])
        say(
            f"用底色区分了行：{told}；颜色的含义没有猜测，请加一列写明",
            f"fills single out rows: {told}; what they mean was not guessed, add a column that says it",
        )
