"""Whatever a cell holds, reading it gives a value or a remark that some card tells, and never an exception."""

from datetime import date

import numpy as np
import pytest

from ownerbook.register.register import Register
from ownerbook.register.sheets import SHEETS
from ownerbook.register.understood import BLANK, GOOD, REJECTED, SEALED
from ownerbook.rules.book import cards
from ownerbook.schema.cells import Cells, Flag, Kind, Pool, Style, Styles
from ownerbook.schema.table import Source, Table

TEXTS = (
    "", " ", "\n", "\u200b", "\u3000", "-", "——", "无", "0", "1", "00", "-1", "+1", "1.0", "1e5", "1E+17", "1.2.3", "1/0", "0/0", "50%", "∞", "½", "①", "٣", "𝟙",
    "2024-03-05", "20240305", "2024-99-99", "99999999", "1-2-3", "1栋", "栋单元室", "------", "S-", "一二三", "长期", "未定", "=1", "@a", "+", "'", "''", "’", "#REF!",
    "Err:502", "x" * 400, "九" * 400, "1" * 30, "1" * 400, "132101199001011232", "13210119900101123x", "138****1234", "张三、李四\n王五", "（）", "()", "((((", "%", "&<>\"",
    "\ud800", "\ue000", "\x00", "\u202e张", "a@b", "@", "{found}", "{}", "%s", "\\", "|", "YG-1-2-301-01", "---01", "档案经办(2024-13-01至)", "档案经办()", "、", "G1 ", "共同共有",
)  # fmt: skip
NUMBERS = (0.0, -1.0, 0.1, 1.0, 1.5, 45000.0, 45000.7, 59.0, 60.0, 61.0, 60000.5, 20240230.0, 202413.0, 1e6, 1e12, 1e15, 1e18, 1.1e17, -1e300, 1e300, 5e-324, 999999999999999.0)
PLAIN = Style()
TOLD = {reason for card in cards() for reason in card.reasons}


def odd_cells(pool, styles):
    """Every odd value once, in each way in which a file may hold it."""
    kinds, values, styled, flags = [], [], [], []

    def add(kind, value, style=PLAIN, flag=0):
        kinds.append(kind)
        values.append(value)
        styled.append(styles.number(style))
        flags.append(flag)

    for text in TEXTS:
        add(Kind.TEXT, pool.add(text))
        add(Kind.TEXT, pool.add(text), flag=Flag.FORMULA)
        add(Kind.ERROR, pool.add(text))
    for number in NUMBERS:
        for style in (Style(), Style("0%"), Style("yyyy-mm-dd", date=True), Style("m/d", date=True)):
            add(Kind.DATE if style.date else Kind.NUMBER, number, style)
        add(Kind.NUMBER, number, flag=Flag.FORMULA | Flag.EXTERNAL)
    for flag in (0, Flag.FORMULA | Flag.NO_CACHE, Flag.FORMULA | Flag.PICTURE, Flag.STRIKE, Flag.RICH, Flag.MERGED):
        add(Kind.BLANK, 0.0, flag=flag)
        add(Kind.BOOL, 1.0, flag=flag)
    return Cells(np.array(kinds, np.uint8), np.array(values, float), np.array(styled, np.int32), np.array(flags, np.uint8))


@pytest.mark.parametrize("text_only", [False, True])
@pytest.mark.parametrize("sheet", SHEETS, ids=lambda s: s.field)
def test_every_column_bears_every_odd_value(sheet, text_only):
    pool, styles = Pool(), Styles()
    cells = odd_cells(pool, styles)
    n = len(cells)
    # shifted, so that odd values meet others in a row
    columns = {c.field: Cells(*(np.roll(getattr(cells, a), 7 * i) for a in ("kind", "value", "style", "flag"))) for i, c in enumerate(sheet.columns)}
    source = Source("奇.xlsx", sheet.name, 1, {c.field: i for i, c in enumerate(sheet.columns, 1)}, text_only=text_only, date1904=text_only)
    table = Table(sheet, [source], np.arange(2, n + 2, dtype=np.int32), np.zeros(n, np.int32), columns, pool, styles)
    register = Register({sheet.field: table}, date(2026, 10, 31))
    for column in sheet.columns:
        read = register.column(sheet.field, column.field)
        assert {r.reason for r in read.remarks} <= TOLD
        assert set(read.state.tolist()) <= {BLANK, GOOD, REJECTED, SEALED}
        remarked = np.unique(np.concatenate([np.zeros(0, np.int32), *(r.rows for r in read.remarks)]))
        rejected = np.flatnonzero((read.state == REJECTED) & (read.cells.flag & Flag.MERGED == 0))  # a merge is told at its anchor
        assert np.isin(rejected, remarked).all(), "a cell was rejected in silence"
        for remark in read.remarks:
            assert len(remark.rows) == len(remark.suggestions) == len(np.unique(remark.rows))
