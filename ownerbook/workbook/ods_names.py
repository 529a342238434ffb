"""Names of OpenDocument elements and attributes, as the parser gives them: namespace, a blank, the local name."""

from __future__ import annotations

_OPEN = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TABLE, TEXT, STYLE, NUMBER, META = (f"{_OPEN}{n}:1.0 " for n in ("office", "table", "text", "style", "datastyle", "meta"))
FO = f"{_OPEN}xsl-fo-compatible:1.0 "
CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "

AUTOMATIC = OFFICE + "automatic-styles"
BODY = OFFICE + "body"


def count(said: str | None) -> int:
    """How often something is repeated, or how far it spans: 1 where the file does not say, or says nonsense."""
    said = (said or "").strip()
    if not said.isascii() or not said.isdigit():
        return 1
    return max(1, int(said[:10]))
