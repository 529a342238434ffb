"""Number formats: the built-in ones a file names only by number, and whether a format shows a date.

Numbers 27–36 and 50–58 depend on the language of the program; the Chinese ones are used here (ECMA-376 part 1,
18.8.30, zh-cn), because a register of another language does not use them.
"""

from __future__ import annotations

import re
from functools import lru_cache

_YM, _MD, _YMD = 'yyyy"年"m"月"', 'm"月"d"日"', 'yyyy"年"m"月"d"日"'
_HM, _HMS = 'h"时"mm"分"', 'h"时"mm"分"ss"秒"'

BUILT_IN: dict[int, str] = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"\\-#,##0',
    6: '"¥"#,##0;[Red]"¥"\\-#,##0',
    7: '"¥"#,##0.00;"¥"\\-#,##0.00',
    8: '"¥"#,##0.00;[Red]"¥"\\-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: _YM,
    28: _MD,
    29: _MD,
    30: "m-d-yy",
    31: _YMD,
    32: _HM,
    33: _HMS,
    34: "上午/下午" + _HM,
    35: "上午/下午" + _HMS,
    36: _YM,
    37: "#,##0;-#,##0",
    38: "#,##0;[Red]-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    50: _YM,
    51: _MD,
    52: _YM,
    53: _MD,
    54: _MD,
    55: "上午/下午" + _HM,
    56: "上午/下午" + _HMS,
    57: _YM,
    58: _MD,
}

_LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]|AM/PM|A/P|General|Standard|G/通用格式', re.IGNORECASE | re.DOTALL)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_EXPONENT = re.compile(r"e[+-]", re.IGNORECASE)


@lru_cache(maxsize=4096)
def shows_date(code: str) -> bool:
    """Whether a format shows a day, a month or a year. One that shows only a time of day does not."""
    elapsed = _ELAPSED.search(code) is not None
    for section in code.split(";"):
        letters = set(_EXPONENT.sub("", _LITERAL.sub("", section)).lower())
        if letters & set("yd") or "aaa" in section.lower():
            return True
        if letters & set("eg") and "0" not in letters:  # the year as East Asian formats may write it
            return True
        if "m" in letters and not elapsed and not letters & set("hs"):
            return True
    return False
