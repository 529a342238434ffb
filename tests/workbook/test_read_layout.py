"""Rows that have a plain layout are read as their tags say; rows that have none go by their tags."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ownerbook.schema.cells import Pool
from ownerbook.workbook import scan_cells
from ownerbook.workbook.scan_attributes import Endings, RowEndings
from ownerbook.workbook.scan_cells import CellScan
from ownerbook.workbook.scan_layout import lay_out
from ownerbook.workbook.scan_places import Stretch
from ownerbook.workbook.scan_tags import NotPlain
from ownerbook.workbook.scan_words import PAD

VALUES = ["0", "7", "12345678", "123456789", "-1.5", "45000.25", "1E-7", "123456789012345678901234", "", "x", "1 ", "<", "&lt;"]
ENDINGS = ["", ' s="1"', ' t="s"', ' s="2" t="s"', ' t="str"', ' t="b"', ' s="1" ', ' t="inlineStr"']
CONTENTS = ["<v>{}</v></c>", "<v>{}</v> </c>", "<v/></c>", "</c>", "<f>A1</f><v>{}</v></c>", "<is><t>{}</t></is></c>", "<v a='1'>{}</v></c>"]
GAPS = st.sampled_from(["", "", "", "", "", " ", "\n", "<c/>", "<!--c-->", "</row>"])
CELL = st.tuples(
    st.integers(1, 3),
    st.sampled_from(ENDINGS),
    st.one_of(st.just(CONTENTS[0]), st.just(CONTENTS[0]), st.just("/"), st.sampled_from(CONTENTS)),
    st.one_of(st.sampled_from(VALUES[:6]), st.sampled_from(VALUES)),
    GAPS,
)
ROW = st.tuples(
    st.sampled_from(["", "", ' spans="1:3"', ' hidden="1"', ' ht="15.75" customHeight="1" x14ac:dyDescent="0.25"', ">"]),
    st.lists(CELL, max_size=4),
    GAPS,
)


def xml_of(rows: list[Any]) -> bytes:
    """Rows as a sheet may hold them, rightly or wrongly."""
    out = []
    for n, (attributes, cells, gap) in enumerate(rows, 1):
        col = 0
        out.append(f'<row r="{n}"{attributes}>')
        for step, ending, content, value, behind in cells:
            col += step
            name = chr(64 + col) if col <= 26 else f"A{chr(64 + col - 26)}"
            out.append(f'<c r="{name}{n}"{ending}' + ("/>" if content == "/" else ">" + content.format(value)) + behind)
        out.append(f"</row>{gap}")
    return "".join(out).encode()


def outcome(data: bytes, *, with_layout: bool) -> Any:
    """All that a scan gives, or that it gives up."""
    pool = Pool()
    scan = CellScan(pool, False)
    if not with_layout:
        scan._failures = scan_cells._MOST_FAILURES
    try:
        found = scan.scan(data + bytes(PAD), len(data))
    except NotPlain:
        return None
    if found is None:
        return scan.hidden_rows
    parts = [a.tolist() for a in (found.row, found.col, found.kind, found.value, found.style, found.flag)]
    return parts, scan.hidden_rows, scan.formulas.kept, pool.texts(np.arange(len(pool)))


@given(st.lists(ROW, min_size=1, max_size=5))
def test_a_layout_tells_what_the_tags_tell(rows: list[Any]) -> None:
    data = xml_of(rows)
    assert outcome(data, with_layout=True) == outcome(data, with_layout=False)


def laid_out(data: bytes) -> bool:
    """Whether rows have a layout."""
    return lay_out(Stretch.of(data + bytes(PAD), len(data)), Endings(), RowEndings()) is not None


def test_rows_of_numbers_and_shared_strings_have_a_layout_and_others_none() -> None:
    cell = (1, ' s="1" t="s"', CONTENTS[0], "12", "")
    assert laid_out(xml_of([("", [cell, (2, "", CONTENTS[0], "45000.123456789", ""), (1, ' s="3"', "/", "", "")], "")] * 40))
    for odd in ((1, ' t="str"', CONTENTS[0], "一", ""), (1, "", CONTENTS[4], "1", ""), (1, "", CONTENTS[0], "1", " ")):
        assert not laid_out(xml_of([("", [cell, odd], "")]))
    assert not laid_out(b'<row r="1"></row>')
