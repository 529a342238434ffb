"""Values of one sheet compared with those of another as what they mean."""

import numpy as np
import pytest

from ownerbook.register.values import at_rows, equal, read_as
from ownerbook.rules.pictures import draw


def same(column, value, header, written):
    sheet = {"owners": "业主: 业主编号 | 业主状态 | 证件类型 | ", "houses": "房屋: 房号 | 楼栋 | 单元 | "}[column[0]]
    first = {"owners": "Y1 | 原业主 | 居民身份证 | ", "houses": "1-1-101 | | | "}[column[0]]
    register = draw(f"{sheet}{header}\n{first}{value}\n\n变更: 变更单号 | 新值\nB1 | {written}").register()
    at = np.zeros(1, np.int32)
    new = read_as(register, "changes", "new", at, *column, at)
    alike, known = equal(new, at_rows(register.column(*column), at))
    return bool(alike[0]) if known[0] else None


@pytest.mark.parametrize(
    ("column", "header", "value", "written", "expected"),
    [
        (("owners", "phone"), "联系电话", "139-0000-0001", "13900000001", True),
        (("owners", "phone"), "联系电话", "139-0000-0001", "13900000002", False),
        (("owners", "phone"), "联系电话", "139-0000-0001", "不详", None),
        (("owners", "phone"), "联系电话", "已封存", "13900000001", None),
        (("owners", "phone"), "联系电话", "", "13900000001", False),
        (("owners", "phone"), "联系电话", "", "", True),
        (("owners", "share"), "产权份额", "50%", "1/2", True),
        (("owners", "share"), "产权份额", "50%", "0.5", True),
        (("owners", "share"), "产权份额", "共同共有", "共同共有", True),
        (("owners", "share"), "产权份额", "共同共有", "50%", False),
        (("owners", "registered_on"), "登记日期", "2024-03-01", "2024年3月1日", True),
        (("owners", "registered_on"), "登记日期", "2024-03-01", "2024-03-02", False),
        (("owners", "id_until"), "证件有效期至", "长期", "长期", True),
        (("owners", "email"), "电子邮箱", "A@example.com", "a@example.com", True),
        (("owners", "name"), "姓名", "王芳", "王芳", True),
        (("owners", "kind"), "业主类型", "自然人", "个人", True),
        (("houses", "floor_area"), "建筑面积", "89.50", "89.5㎡", True),
        (("houses", "status"), "房屋状态", "自住", "出租", False),
    ],
)
def test_a_new_value_is_compared_as_what_it_means(column, header, value, written, expected):
    assert same(column, value, header, written) is expected


def test_a_value_is_read_in_the_company_of_its_row():
    register = draw("""
        业主: 业主编号 | 业主类型 | 联系电话
        Y1 | 法人 | 95588
        Y2 | 自然人 | 139-0000-0001

        变更: 变更单号 | 新值
        B1 | 95588
    """).register()
    rows = np.zeros(2, np.int32)
    read = read_as(register, "changes", "new", rows, "owners", "phone", np.array([0, 1], np.int32))
    assert read.ok.tolist() == [True, False]
    alike, known = equal(read, register.column("owners", "phone"))
    assert alike.tolist() == [True, False] and known.tolist() == [True, False]
