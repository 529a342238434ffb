"""Masks hide who is meant and leave what is needed to find the row."""

import pytest

from ownerbook.identifiers.masks import BY_NAME


@pytest.mark.parametrize(
    ("mask", "text", "shown"),
    [
        ("name", "张三丰", "张*"),
        ("name", "欧阳娜娜", "欧阳*"),
        ("name", "张三、李四", "张*、李*"),
        ("name", "某某商贸有限公司", "某某***"),
        ("staff", "G003 王芳", "G003 王*"),
        ("staff", "王芳(G003)、李四", "王*(G003)、李*"),
        ("staff", "G003", "G003"),
        ("phone", "13800001234", "138****1234"),
        ("phone", "0755-82345678", "****5678"),
        ("document", "132101199001011232", "**************1232"),
        ("document", "E1234567", "*****567"),
        ("house", "1-2-301", "1-2-***"),
        ("email", "zhang.san@example.com", "z***@example.com"),
        ("email", "zhang", "z***"),
        ("hidden", "张三已搬走", "张***"),
        ("hidden", "", ""),
        ("auto", "2026-10-31 交 3-2-1501 钥匙 12 把", "2026-10-31 交 3-2-1501 钥匙 12 把"),
        ("auto", "电话13800001234", "电话138****1234"),
        ("auto", "电话138-0000-1234或0755-82345678", "电话138****1234或****5678"),
        ("auto", "证132101199001011232", "证**************1232"),
        ("auto", "证H12345678", "证*****5678"),
        ("auto", "91132101123456788A", "**************788A"),
        ("auto", "档号 YG-3-2-1501-01", "档号 YG-3-2-1501-01"),
    ],
)
def test_a_mask_hides_the_person_and_shows_the_rest(mask, text, shown):
    assert BY_NAME[mask](text) == shown


@pytest.mark.parametrize("mask", sorted(BY_NAME))
@pytest.mark.parametrize("text", ["", " ", "?", "·", "*", "1", "\n", "（）", "@"])
def test_every_mask_bears_every_text(mask, text):
    assert isinstance(BY_NAME[mask](text), str)
