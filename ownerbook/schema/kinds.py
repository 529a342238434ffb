"""The kinds of cell that a column may hold. A kind says what a value is; how it is read stands in `register.understanding`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class CellKind:
    """What a column holds; `text_format` says that its cells must be text cells (identifiers, never numbers)."""

    @property
    def text_format(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Words(CellKind):
    """Free text; `lines` allows line breaks, `free` also a leading + or - (notes)."""

    lines: bool = False
    free: bool = False


@dataclass(frozen=True, slots=True)
class _Identifier(CellKind):
    @property
    def text_format(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Number(_Identifier):
    """A number that names a thing (a key of ours, a box): text, compared without regard to width and case of blanks."""


@dataclass(frozen=True, slots=True)
class HouseNumber(_Identifier):
    """房号, by the policy's 房号格式."""


@dataclass(frozen=True, slots=True)
class FileNumber(_Identifier):
    """档号, by the policy's 档号格式."""


@dataclass(frozen=True, slots=True)
class DocumentNumber(_Identifier):
    """证件号码, checked by the type that another column of the row names."""

    type_field: str = "id_type"


@dataclass(frozen=True, slots=True)
class TitleNumber(_Identifier):
    """不动产权证号."""


@dataclass(frozen=True, slots=True)
class PhoneNumber(_Identifier):
    """A phone; short numbers such as 95xxx and 400 are right for a company."""

    kind_field: str = ""


@dataclass(frozen=True, slots=True)
class Name(CellKind):
    """A person or, where the row says so, a company. `loose`: whoever it was, also several, in words (业主本人, 张三(代))."""

    kind_field: str = ""
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Email(CellKind):
    """An electronic address."""


@dataclass(frozen=True, slots=True)
class Measure(CellKind):
    """A number with a unit; `above` and `least` bound it, `whole` asks for an integer."""

    unit: str = ""
    above: float | None = None
    least: float | None = None
    most: float | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Share(CellKind):
    """产权份额: percent, fraction, or 共同共有."""


@dataclass(frozen=True, slots=True)
class Day(CellKind):
    """A date; `words` are the words allowed instead (长期, 未定), `future` says that it may lie after the day of the check."""

    words: tuple[str, ...] = ()
    future: bool = False


@dataclass(frozen=True, slots=True)
class Month(_Identifier):
    """A month, 2026-10."""


@dataclass(frozen=True, slots=True)
class Choice(CellKind):
    """One of the listed values; `synonyms` are known other words for them. `policy` names the parameter that lists (more) values."""

    values: tuple[str, ...]
    synonyms: Mapping[str, str] = field(default_factory=dict)
    policy: str = ""
    several: bool = False  # separated by 、
    yes_no: bool = False  # √ Y 是 have their own code (B14)
    relation: bool = False  # 与业主关系 has its own code (D09)

    def __hash__(self) -> int:
        return hash(self.values)


@dataclass(frozen=True, slots=True)
class Reference(_Identifier):
    """The key of another sheet."""

    sheet: str


@dataclass(frozen=True, slots=True)
class StaffMember(CellKind):
    """A person of 人员, by number, name or both.

    right: the right that the act needs; days: the columns that date the act, the first filled one counts;
    agreement: the confidentiality agreement is needed even without a right (witnesses).
    """

    right: str = ""
    days: tuple[str, ...] = ()
    agreement: bool = False
    several: bool = False


@dataclass(frozen=True, slots=True)
class Rights(CellKind):
    """权限: rights separated by 、, each with an optional span."""


@dataclass(frozen=True, slots=True)
class ScanPath(CellKind):
    """A path relative to the workspace."""


@dataclass(frozen=True, slots=True)
class Fingerprint(_Identifier):
    """A SHA-256 in hexadecimal."""


@dataclass(frozen=True, slots=True)
class PolicyValue(CellKind):
    """值 of a 参数: read by the policy."""
