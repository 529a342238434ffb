"""XML parts, read with expat: no document type, no entities of the file's own, namespaces resolved."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from xml.parsers import expat

from ownerbook.workbook.trouble import Trouble

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MAIN_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)

LONGEST_TOKEN = 16 << 20  # bytes of one tag, comment or instruction: expat holds all of it

Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def parse(chunks: Iterable[bytes], start: Start, end: End | None = None, text: Text | None = None) -> None:
    """Run a part through the handlers. Names arrive as `namespace local`, or `local` where there is no namespace.

    Raises `Trouble`: `bomb` for a document type (it can only be meant to blow up), `damaged` for what is not XML. `bomb` too where a tag,
    a comment or an instruction has no end within `LONGEST_TOKEN`.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    fed = 0
    for chunk in chunks:  # not inside a try: what goes wrong in making the chunks is not this part's fault
        _feed(parser, chunk, False)
        fed += len(chunk)
        if fed - parser.CurrentByteIndex > LONGEST_TOKEN + len(chunk):
            raise Trouble("bomb", f"XML: {(fed - parser.CurrentByteIndex) >> 20} MiB without an end")
    _feed(parser, b"", True)


def _feed(parser: expat.XMLParserType, chunk: bytes, last: bool) -> None:
    try:
        parser.Parse(chunk, last)
    except (expat.ExpatError, LookupError, ValueError) as e:
        if e.__traceback__ is not None and e.__traceback__.tb_next is not None:
            raise  # from a handler: not what the part says, but a fault of ours
        raise Trouble("damaged", f"XML: {e}") from e


def _refuse(*_: object) -> None:
    raise Trouble("bomb", "DOCTYPE")


def local(name: str) -> str:
    """The name without its namespace."""
    return name.rpartition(" ")[2]


@lru_cache(maxsize=1024)
def main_name(name: str) -> str:
    """The local name of a spreadsheet element, transitional or strict; empty for an element of anything else."""
    space, _, rest = name.rpartition(" ")
    return rest if space in (MAIN, MAIN_STRICT) else ""


def relation(attributes: Attributes, name: str = "id") -> str:
    """The relationship attribute (`r:id`), or empty."""
    for space in _RELATIONS:
        value = attributes.get(f"{space} {name}")
        if value is not None:
            return value
    return ""


def true(value: str | None) -> bool:
    """Whether an XML boolean is set."""
    return value is not None and value.strip() in ("1", "true", "on")


def small(text: str | None) -> int | None:
    """A whole number of at most nine digits; None for anything else."""
    text = (text or "").strip()
    return int(text) if text.isdecimal() and len(text) < 10 else None
