"""What every scheme promises: the same calls, canonical forms that rest, columns that judge as cells do, masks that hide."""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Callable
from datetime import date
from importlib import import_module
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ownerbook.identifiers
from ownerbook.identifiers import damage, masks
from ownerbook.identifiers.verdict import Status, Verdict

TODAY = date(2026, 10, 31)
TOOLS = {"columns", "counties", "damage", "dashed", "document", "house_format", "masks", "mod11", "number_text", "numerals", "phone_text", "verdict"}
"""Modules that are no scheme of their own; `document` chooses among schemes."""
NAMES = [m.name for m in pkgutil.iter_modules(ownerbook.identifiers.__path__) if m.name not in TOOLS]
SCHEMES = [import_module(f"ownerbook.identifiers.{name}") for name in NAMES]
_SEEDS = """
11010519491231002X 110105491231002 810000199408230021 932682198501010017 PAK310080010103 H1234567801 HA1234567 1234567801(B) E12345678
军字第1234567号 南字第012345号 91110000600037341L 440301103097413 京（2020）朝不动产权第0012345号 京（0020）朝不动产权第0012345号
京房权证朝字第123456号 110105001001GB00001F00010001 24112000000012345678 044001900111-12345678 13800001234 0755-82345678-801
0755-82345678*801 +85291234567 0086-10-62345678 1-2-301 3栋2单元1501室 A座1203 S-012 P-B1-088 YG-3-2-1501-01 YG-3-2-1501-1 张三 欧阳娜娜
买买提·艾力 张三已故（） 张三、李四 张三：13800001234；租客13900001234 SMITH,JOHN 某某科技有限公司 89.5㎡ 1,234.5 50% 1/3 0.123456789 三分之一
共同共有 2024-03-05 2024年3月5日 ２０２４－３－５ 20240305 25-1-31 45356 长期 110105********002X 138****1234 13800001234* 一栋二单元三〇一室
"""
SEEDS = _SEEDS.split()
ODD = " \t\n\u200b\u3000\ufeff－—~〇零一二十百栋单元室号#/、，；,;:：()（）*＊.·•．%％+转xX×Х\u0660²①\ud800\U00020000\ue00001９ＨＸ年月日第"


@st.composite
def nearly(draw: st.DrawFn) -> str:
    """Texts near to right values of any scheme: some places changed, dropped, put in, or another value joined on."""
    text = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(0, 4))):
        at, what = draw(st.integers(0, len(text))), draw(st.sampled_from(["", draw(st.sampled_from(SEEDS)), *ODD]))
        text = text[:at] + what + text[at + draw(st.integers(0, 1)) :]
    return text


texts = nearly() | st.text(max_size=30) | st.text(st.characters(codec=None), max_size=12)


def dated(call: Callable[..., object]) -> dict[str, date]:
    return {"today": TODAY} if "today" in inspect.signature(call).parameters else {}


def judge(scheme: ModuleType, text: str) -> Verdict:
    verdict = scheme.check(text, **dated(scheme.check))
    assert isinstance(verdict, Verdict)
    return verdict


@pytest.mark.parametrize("scheme", SCHEMES, ids=NAMES)
def test_every_scheme_can_parse_check_compare_mask_and_judge_a_column(scheme: ModuleType) -> None:
    for call in ("parse", "check", "canonical", "mask", "check_column"):
        assert callable(getattr(scheme, call)), call
    assert scheme.REASONS[0] == ""
    assert len(set(scheme.REASONS)) == len(scheme.REASONS)


@pytest.mark.parametrize("scheme", SCHEMES, ids=NAMES)
@given(text=texts)
def test_a_judgement_has_its_reason_and_its_canonical_form_rests(scheme: ModuleType, text: str) -> None:
    verdict = judge(scheme, text)
    assert verdict.reason in scheme.REASONS
    assert verdict.status is Status.VALID or verdict.reason
    assert verdict.canonical or verdict.status is not Status.VALID
    form = scheme.canonical(text) or ""  # of an unreadable house number None
    if form:
        assert scheme.canonical(form) == form
        assert judge(scheme, form).status is not Status.INVALID or verdict.status is Status.INVALID or scheme.__name__.endswith("phone")


@pytest.mark.parametrize("scheme", SCHEMES, ids=NAMES)
@given(text=texts)
def test_a_suggestion_means_what_was_read_and_is_not_corrected_again(scheme: ModuleType, text: str) -> None:
    verdict = judge(scheme, text)
    if verdict.suggestion is not None:
        again = judge(scheme, verdict.suggestion)
        assert again.status is not Status.INVALID
        assert again.suggestion in (None, verdict.suggestion)
        assert verdict.canonical in ("", again.canonical)


@pytest.mark.parametrize("scheme", SCHEMES, ids=NAMES)
@given(column=st.lists(texts, max_size=8))
def test_a_column_is_judged_as_its_cells_are(scheme: ModuleType, column: list[str]) -> None:
    statuses, reasons, *rest = scheme.check_column(column, **dated(scheme.check_column))
    verdicts = [judge(scheme, text) for text in column]
    assert statuses.tolist() == [verdict.status for verdict in verdicts]
    assert [scheme.REASONS[code] for code in reasons.tolist()] == [verdict.reason for verdict in verdicts]
    if rest and isinstance(rest[0], list):
        assert rest[0] == [verdict.canonical for verdict in verdicts]


@pytest.mark.parametrize("scheme", SCHEMES, ids=NAMES)
@given(text=texts)
def test_anything_can_be_parsed_and_masked(scheme: ModuleType, text: str) -> None:
    scheme.parse(text)
    assert isinstance(scheme.mask(text), str)


@given(texts)
def test_no_mask_of_a_phone_or_document_leaves_more_than_four_digits_together(text: str) -> None:
    for mask in (masks.phone, masks.document):
        assert re.search(r"\d{5}", damage.fold(mask(text))) is None


@given(texts)
def test_no_number_of_eleven_digits_comes_through_the_mask_of_free_text(text: str) -> None:
    hidden = masks.auto(text)
    assert re.search(r"(?<![0-9A-Za-z])[0-9]{11,}(?![0-9A-Za-z])", hidden) is None
