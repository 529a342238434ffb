"""The search over all bytes misses no text that has to be looked at."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from ownerbook.register.oddities import oddities
from ownerbook.register.texts import _SUSPECT, Care
from ownerbook.schema.cells import Pool

SIGNS = "0123x.-—–/－／无暂 '’‘＇`\n\t\x00\x7f\x80\xa0\xad\u1680\u180e\u2000\u200f\u2028\u202f\u205f\u206f\u3000\ufeff\ufff9一龥鿿㐀（）·，、、。A\U00020000\ue000"
TEXTS = st.lists(st.one_of(st.text(st.sampled_from(SIGNS), max_size=6), st.text(max_size=8)), max_size=30)


@given(TEXTS)
@example(["1.0", "10", "100", "1.00", "0", ".0"])
@example(["", "无", "暂无", "有无", "--", "——", "- 1"])
def test_every_text_that_the_careful_search_finds_is_marked(texts: list[str]) -> None:
    pool = Pool()
    pool.extend_texts(texts)
    odd = oddities(pool)
    for i, text in enumerate(texts):
        for care in Care:
            marked = odd.identifier[i] if care is Care.IDENTIFIER else odd.words[i]
            assert marked or not (_SUSPECT[care].search(text) or "\n" in text), (care, text)
        assert bool(odd.ends_in_x[i]) == text.endswith("x")


def test_ordinary_texts_are_not_marked() -> None:
    pool = Pool()
    pool.extend_texts(["1-1-101", "YG-1-1-101-01", "110101195501010017", "张三", "李四·王", "13800000100", "1号楼（东）", "三室两厅"])
    odd = oddities(pool)
    assert not odd.identifier.any()
    assert not odd.words.any()
