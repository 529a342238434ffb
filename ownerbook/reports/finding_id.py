"""Ids by which the answers of a problem workbook find their way back, whatever rows have moved."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence

from ownerbook.schema.finding import Finding


def finding_id(finding: Finding, ordinal: int = 0, *, secret: bytes = b"") -> str:
    """Twelve hexadecimal digits of SHA-256 over the problem's identity and its number among equal ones.

    With the workspace's secret it is an HMAC, so that nobody can guess a record from an id.
    """
    text = "\x1f".join((*finding.identity, str(ordinal))).encode("utf-8", "surrogatepass")
    digest = hmac.new(secret, text, hashlib.sha256) if secret else hashlib.sha256(text)
    return digest.hexdigest()[:12]


def finding_ids(findings: Sequence[Finding], *, secret: bytes = b"") -> list[str]:
    """The id of each problem; several of one identity are numbered in the order of their places."""
    seen: dict[tuple[str, str, str, str], int] = {}
    out = [""] * len(findings)
    for i in sorted(range(len(findings)), key=lambda i: (findings[i].order, i)):
        identity = findings[i].identity
        n = seen.get(identity, 0)
        seen[identity] = n + 1
        out[i] = finding_id(findings[i], n, secret=secret)
    return out


def workspace_mark(secret: bytes) -> str:
    """By which a problem workbook says whose it is; '' without a secret."""
    return hmac.new(secret, b"workspace", hashlib.sha256).hexdigest()[:12] if secret else ""


def workbook_mark(secret: bytes, name: str) -> str:
    """By which a line says in which workbook its problem stands, whatever that is called; '' without a secret or a workbook."""
    return hmac.new(secret, b"workbook\x00" + name.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:8] if secret and name else ""


def note_mark(secret: bytes, note: str) -> str:
    """By which a line says which note was printed beside 待核实, so that it is not taken for an answer; '' without a secret."""
    plain = " ".join(note.split()).encode("utf-8", "surrogatepass")
    return hmac.new(secret, b"note\x00" + plain, hashlib.sha256).hexdigest()[:8] if secret else ""
