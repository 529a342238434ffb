"""Which texts are only a word for nothing is found without making a string of each; and equal texts that lie apart are one."""

import random

import numpy as np

from ownerbook.register.sheets import BY_FIELD
from ownerbook.register.texts import Care, texts_of
from ownerbook.schema.cells import Cells, Kind, Pool, Styles
from ownerbook.schema.table import Source, Table
from ownerbook.workbook import dense


def test_the_quick_look_finds_what_a_look_at_each_text_finds():
    rng = random.Random(1)
    signs = list("-—/无暂－／–没有空 \t\u3000\xa0\u2003\u2028\x1c\x85是材x1\n")
    texts = ["".join(rng.choices(signs, k=rng.randrange(0, 5))) for _ in range(20_000)] + sorted(dense._NOTHING)
    pool = Pool()
    pool.extend_texts(texts)
    wanted = [len(t.encode()) <= dense._LONGEST_NOTHING and t.strip() in dense._NOTHING for t in texts]
    assert dense._says_nothing(pool).tolist() == wanted


def test_a_column_whose_cells_each_have_their_text_for_themselves_has_few_distinct_ones():
    pool = Pool()
    first = pool.extend_texts(["是", "否", "是", "是", "否"])
    kind, codes = np.full(5, Kind.TEXT, np.uint8), np.arange(first, first + 5, dtype=np.float64)
    cells = Cells(kind, codes, np.zeros(5, np.int32), np.zeros(5, np.uint8))
    source = Source("a.xlsx", "业主", 1, {"primary": 1})
    table = Table(BY_FIELD["owners"], [source], np.arange(2, 7, dtype=np.int32), np.zeros(5, np.int32), {"primary": cells}, pool, Styles())
    texts = texts_of(table, "primary", Care.WORDS)
    assert texts.found == ["是", "否"]
    assert texts.each_row() == ["是", "否", "是", "是", "否"]
