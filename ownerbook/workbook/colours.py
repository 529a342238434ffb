"""Colours as a workbook names them: plainly, by a number of the old palette, or by a place in its theme."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable

from ownerbook.workbook.xml_parts import Attributes, local, parse, small

# The palette of numbers 8–63; 0–7 repeat 8–15 (ECMA-376 part 1, 18.8.27).
_PALETTE = (
    "000000FFFFFFFF000000FF000000FFFFFF00FF00FF00FFFF800000008000000080808000800080008080C0C0C0808080"
    "9999FF993366FFFFCCCCFFFF660066FF80800066CCCCCCFF000080FF00FFFFFF0000FFFF8000808000000080800000FF"
    "00CCFFCCFFFFCCFFCCFFFF9999CCFFFF99CCCC99FFFFCC993366FF33CCCC99CC00FFCC00FF9900FF6600666699969696"
    "003366339966003300333300993300993366333399333333"
)
_HEX = re.compile(r"(?:[0-9A-F]{2}){3,4}")
# The order in which cells count the theme's colours: light before dark, unlike the theme itself.
_ORDER = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink")


def theme_colours(chunks: Iterable[bytes]) -> list[str]:
    """The twelve colours of a theme part as RRGGBB, in the order of cells; empty where it says none."""
    found: dict[str, str] = {}
    current = ""

    def start(name: str, attributes: Attributes) -> None:
        nonlocal current
        tag = local(name)
        if tag in _ORDER:
            current = tag
        elif current and tag in ("srgbClr", "sysClr"):
            found.setdefault(current, attributes.get("lastClr") or attributes.get("val", ""))

    def end(name: str) -> None:
        nonlocal current
        if local(name) == current:
            current = ""

    parse(chunks, start, end)
    return [found.get(k, "").upper() for k in _ORDER]


def argb(attributes: Attributes, theme: list[str]) -> str | None:
    """A colour element as AARRGGBB, or None where it is automatic or cannot be resolved."""
    place, n = small(attributes.get("theme")), small(attributes.get("indexed"))
    if "rgb" in attributes:
        plain = attributes["rgb"].upper()
    elif place is not None:
        plain = theme[place] if place < len(theme) else ""
    elif n is not None and n < 64:
        n -= 8 if n >= 8 else 0
        plain = _PALETTE[6 * n : 6 * n + 6]
    else:
        return None
    if not _HEX.fullmatch(plain):
        return None
    try:
        return _tinted(plain if len(plain) == 8 else "FF" + plain, float(attributes.get("tint", "0") or 0))
    except (ValueError, OverflowError):
        return None


def _tinted(colour: str, tint: float) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (2, 4, 6))
    if tint == 0:
        return colour
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return colour[:2] + "".join(f"{round(255 * x):02X}" for x in colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light)), saturation))
