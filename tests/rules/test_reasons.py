"""Whatever a reader may say of a cell, exactly one card tells it."""

import ast
from collections import Counter
from pathlib import Path

import pytest

import ownerbook.register.readers as readers
from ownerbook.identifiers import company_name, dates, document, person_name, phone
from ownerbook.identifiers.verdict import Status, Verdict
from ownerbook.register import understanding
from ownerbook.register.readers.days import _REASONS as DATE_REASONS
from ownerbook.register.readers.documents import OTHER_TYPE, reason_key
from ownerbook.register.readers.phones import _reason as phone_reason
from ownerbook.rules.book import cards

CALLS = {"reject", "remark", "reject_kinds"}
KEYWORDS = {"lost"}


def literals(source: str) -> set[str]:
    """The reasons that a reader names outright: in calls that remark, and as the first of a pair (reason, suggestion)."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in CALLS:
                found |= {a.value for a in node.args[:2] if isinstance(a, ast.Constant) and isinstance(a.value, str)}
            found |= {k.value.value for k in node.keywords if k.arg in KEYWORDS and isinstance(k.value, ast.Constant)}
        elif isinstance(node, ast.Tuple) and len(node.elts) == 2 and isinstance(node.elts[0], ast.Constant) and isinstance(node.elts[0].value, str):
            found.add(node.elts[0].value)
        elif isinstance(node, ast.FunctionDef):
            found |= {d.value for d in (*node.args.kw_defaults, *node.args.defaults) if isinstance(d, ast.Constant) and isinstance(d.value, str)}
    return found


def emitted() -> set[str]:
    """All reason keys of all readers."""
    found: set[str] = set()
    for path in [*Path(readers.__file__).parent.glob("*.py"), Path(understanding.__file__)]:
        found |= literals(path.read_text("utf-8"))
    found |= {"synonym-yes-no", "synonym-relation"}
    found |= set(understanding.HARMLESS)
    found |= set(DATE_REASONS.values())
    found |= {f"name-{r}" for module in (person_name, company_name) for r in module.REASONS if r}
    for canonical in ("", "13800001234"):
        found |= {phone_reason(Verdict(Status.SUSPECT, r, canonical)) for r in phone.REASONS if r}
    for id_type, scheme in document._SCHEMES.items():
        for reason in set(scheme.reasons) - {"", OTHER_TYPE}:
            found |= {reason_key(id_type, reason, status) for status in (Status.SUSPECT, Status.INVALID)}
    return {reason for reason in found if reason.isascii() and reason}


TOLD = Counter(reason for card in cards() for reason in card.reasons)


@pytest.mark.parametrize("reason", sorted(emitted()))
def test_every_reason_has_one_card(reason):
    expected = 2 if reason == "required" else 1  # a blank 保管期限 has a kind of its own (M01)
    assert TOLD[reason] == expected


def test_no_card_waits_for_a_reason_that_nobody_gives():
    assert set(TOLD) - emitted() == set()


def test_every_reading_of_a_date_is_right_or_remarked():
    right = {"", "written", "digits", "serial", "long-term"}
    assert set(dates.REASONS) - right - set(DATE_REASONS) == {"format"}  # told as unreadable
