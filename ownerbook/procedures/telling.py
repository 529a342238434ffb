"""The page on which people read an act: its title, and its lines in the order in which they are asked about at a counter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownerbook.procedures.registration import FIRST, TENANCY
from ownerbook.reconcile.story import Story, StoryLine, joined_lines
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.procedures.taking import Taking

_ORDER = (
    "转出", "留下", "转入", "份额", "主联系人", "名下房屋", "姓名不符", "监护人", "代理人", "经办人", "迁出", "租期", "原档案", "接续档案", "新档案",
    "存放位置", "收到材料", "证明材料", "还缺材料", "借阅", "整改", "暂缓处置", "归档", "同住人", "房屋", "隐私告知", "登记人", "未采用",
)  # fmt: skip
_JOINED = ("收到材料", "房屋")
_EN = {"买卖": "sale", "继承": "inheritance", "赠与": "gift", "离婚": "divorce", "份额变更": "change of shares"}


def story_of(t: Taking) -> Story:
    """What an act comes to, of all that was told while it was made."""
    reason = t.form.reason
    if reason == FIRST:
        title = Text(f"{t.house} 业主登记", f"{t.house} registration of owners")
    elif reason == TENANCY:
        title = Text(f"{t.house} 租户登记", f"{t.house} tenants")
    else:
        title = Text(f"{t.house} 产权变更（{reason}）", f"{t.house} change of ownership ({_EN.get(reason, reason)})")
    lines = sorted(t.lines, key=lambda n: _ORDER.index(n.label.zh) if n.label.zh in _ORDER else len(_ORDER))
    return Story(title, tuple(_one_a_matter(lines)))


def _one_a_matter(lines: list[StoryLine]) -> list[StoryLine]:
    """Lines of some labels as one line each."""
    out: list[StoryLine] = []
    for one in lines:
        if out and one.label.zh in _JOINED and out[-1].label == one.label and out[-1].tone == one.tone:
            out[-1] = joined_lines(one.label, [out[-1], one], tone=one.tone)
        else:
            out.append(one)
    return out
