"""Title certificates, unit codes and invoices."""

from __future__ import annotations

from datetime import date

import pytest

from ownerbook.identifiers import invoice, title_certificate
from ownerbook.identifiers.verdict import Status

TODAY = date(2026, 10, 31)
V, L, S, I = Status.VALID, Status.LEGACY, Status.SUSPECT, Status.INVALID  # noqa: E741

TITLES = [
    ("京（2020）朝阳区不动产权第0000001号", V, ""),
    ("京(2020)朝阳区不动产权第0000001号", V, ""),
    ("京（2020）朝不动产权第0000001号", V, ""),
    ("沪（2021）浦字不动产权第000001号", V, ""),
    ("甬（2016）余姚市不动产权第0000001号", V, ""),
    ("粤（2019）深圳市不动产权第00000001号", V, ""),
    ("津（2020）和平区不动产权第1000001号", V, ""),
    ("苏 (2015) 南京市 不动产权 第 0000001 号", V, ""),
    ("京（2026）朝阳区不动产权第0000001号", V, ""),
    ("京（2014）朝阳区不动产权第0000001号", I, "year"),
    ("京（2027）朝阳区不动产权第0000001号", I, "year-future"),
    ("京（2020）朝阳区不动产权第00001号", I, "serial"),
    ("京（2020）朝阳区不动产权第000000001号", I, "serial"),
    ("京〔2020〕朝阳区不动产权第0000001号", S, "brackets"),
    ("京[2020]朝阳区不动产权第0000001号", S, "brackets"),
    ("京（2020）朝阳区不动产证明第0000001号", I, "proof"),
    ("京（2020）朝阳区不动产权证明第0000001号", I, "proof"),
    ("京（2020）朝阳区不动产权第0000001", I, "shape"),
    ("京（2020）朝阳区不动产权0000001号", I, "shape"),
    ("京（2020）不动产权第0000001号", I, "shape"),
    ("（2020）朝阳区不动产权第0000001号", I, "shape"),
    ("京（20）朝阳区不动产权第0000001号", I, "shape"),
    ("京2020朝阳区不动产权第0000001号", I, "shape"),
    ("京（2020）朝阳区不动产权第A000001号", I, "shape"),
    ("0000001", I, "shape"),
    ("", I, "shape"),
    ("办理中", I, "shape"),
    ("X京房权证朝字第000001号", L, "legacy-form"),
    ("京房权证朝私字第000001号", L, "legacy-form"),
    ("沪房地浦字（2010）第000001号", L, "legacy-form"),
    ("深房地字第0000001号", L, "legacy-form"),
    ("京朝国用（2003）第0001号", L, "legacy-form"),
    ("房权证", I, "shape"),
    ("京（2020）朝阳区不动产权第***0001号", I, "masked"),
    ("京（2020）朝阳区不动产权第0000001号、京（2020）朝阳区不动产权第0000002号", I, "several"),
]

UNITS = [
    ("110105 003002 GB00001 F00010001", V, ""),
    ("110105003002GB00001F00010001", V, ""),
    ("110105003002gb00001f00010001", V, ""),
    ("110105003002GB00001W00000000", V, ""),
    ("119999003002GB00001F00010001", S, "county"),
    ("110105003002GB00001F0001000", I, "shape"),
    ("110105003002GB00001F000100011", I, "shape"),
    ("1101050030020B00001F00010001", I, "shape"),
    ("110105003002GB00001100010001", I, "shape"),
    ("", I, "shape"),
    ("110105003002GB*****F00010001", I, "masked"),
    ("110105003002GB00001F00010001/110105003002GB00001F00010002", I, "several"),
]

INVOICES = [
    ("24110000000000000001", "", V, ""),
    ("24 11 0000 0000 0000 0001", "", V, ""),
    ("26440000000000000001", "", V, ""),
    ("27110000000000000001", "", S, "year"),
    ("20110000000000000001", "", S, "year"),
    ("24990000000000000001", "", S, "province"),
    ("24110000000000000001", "1100123456", S, "code"),
    ("2411000000000000000", "", I, "length"),
    ("241100000000000000011", "", I, "length"),
    ("12345678", "", S, "code-missing"),
    ("00123456", "", S, "code-missing"),
    ("12345678", "1100123456", V, ""),
    ("12345678", "011002300111", V, ""),
    ("12345678", "011002700111", S, "year"),
    ("12345678", "111002300111", I, "code"),
    ("12345678", "11001234", I, "code"),
    ("1100123456-12345678", "", V, ""),
    ("01100230011112345678", "", V, ""),
    ("1234567", "", I, "length"),
    ("123456", "1100123456", I, "length"),
    ("No12345678", "", I, "characters"),
    ("", "", I, "length"),
    ("1234****", "", I, "masked"),
    ("12345678", "1100******", I, "masked"),
    ("12345678、23456789", "", I, "several"),
]


@pytest.mark.parametrize(("text", "status", "reason"), TITLES)
def test_title_certificates(text: str, status: Status, reason: str) -> None:
    verdict = title_certificate.check(text, today=TODAY)
    assert (verdict.status, verdict.reason) == (status, reason)


@pytest.mark.parametrize(("text", "status", "reason"), UNITS)
def test_unit_codes(text: str, status: Status, reason: str) -> None:
    verdict = title_certificate.check_unit(text, today=TODAY)
    assert (verdict.status, verdict.reason) == (status, reason)


@pytest.mark.parametrize(("text", "code", "status", "reason"), INVOICES)
def test_invoices(text: str, code: str, status: Status, reason: str) -> None:
    verdict = invoice.check(text, today=TODAY, code=code)
    assert (verdict.status, verdict.reason) == (status, reason)


def test_brackets_and_spaces_make_no_other_certificate() -> None:
    written = "京（2020）朝阳区不动产权第0000001号"
    assert title_certificate.canonical("京 (2020) 朝阳区不动产权第0000001号") == written
    assert title_certificate.canonical("京〔2020〕朝阳区不动产权第0000001号") == written
    assert title_certificate.canonical(written) == written


def test_a_certificate_that_lacks_a_fixed_word_is_suggested_with_it() -> None:
    assert title_certificate.check("京(2020)朝阳区不动产权第0000001", today=TODAY).suggestion == "京（2020）朝阳区不动产权第0000001号"


def test_without_a_day_no_year_is_too_late() -> None:
    assert title_certificate.check("京（2099）朝阳区不动产权第0000001号", today=None).status is V
    assert invoice.check("99110000000000000001", today=None).status is V


def test_the_parts_of_certificates_units_and_invoices() -> None:
    title = title_certificate.parse("沪（2021）浦字不动产权第000001号")
    unit = title_certificate.parse_unit("110105 003002 GB00001 F00010001")
    paper = invoice.parse("12345678", "011002300111")
    assert title is not None and tuple(title) == ("沪", 2021, "浦字", "000001")
    assert unit is not None and tuple(unit) == ("110105", "003", "002", "GB00001", "F00010001")
    assert paper is not None and tuple(paper) == ("12345678", "011002300111", 2023)
    assert title_certificate.parse("京房权证朝字第000001号") is None


def test_invoices_are_compared_with_their_code() -> None:
    assert invoice.canonical("1100123456 12345678") == invoice.canonical("1100123456-12345678") == "1100123456-12345678"
