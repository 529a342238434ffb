"""Amend a workbook: the bytes and the edits in, the bytes and a receipt out, or every reason against it."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ownerbook.workbook.amend.edits import Edit
from ownerbook.workbook.amend.encryption import Sealed, unsealed
from ownerbook.workbook.amend.planned import Plan
from ownerbook.workbook.amend.planning import plan
from ownerbook.workbook.amend.proof import prove
from ownerbook.workbook.amend.receipt import Receipt
from ownerbook.workbook.amend.refusal import Refused, Stop, not_a_workbook, refusal
from ownerbook.workbook.amend.repack import repack
from ownerbook.workbook.amend.xml_bytes import spliced
from ownerbook.workbook.package import OLE2, Member, Package, PackageError


@dataclass(frozen=True, slots=True)
class Amended:
    """The amended workbook and what was done to it. Unchanged bytes are the very ones that came in."""

    data: bytes
    receipt: Receipt


def amend(data: bytes, edits: Sequence[Edit], *, password: str | None = None, scrub: bool | None = None) -> Amended:
    """Apply all edits, or none.

    `password` opens an encrypted workbook, which is encrypted with it again. `scrub` says whether an old text that nothing
    shows any more is blanked in the shared strings: None for identifiers only. Raises `Refused` with all reasons.
    """
    before = hashlib.sha256(data).hexdigest()
    seal: Sealed | None = None
    inner = data
    try:
        if data[:8] == OLE2:
            seal = unsealed(data, password)
            inner = seal.package
        package = Package(inner).amendable()
        planned = plan(package, edits, scrub)
        if not planned.changes:
            package.verify()
            return Amended(data, Receipt(before, before, (), (), 0, tuple(planned.notes), None))
        result = carried_out(planned)
        package.verify()
        proof = prove(planned, result)
        final = seal.sealed(result) if seal else result
    except PackageError as error:
        raise Refused([not_a_workbook(error, data)]) from None
    except Stop as stop:
        raise Refused([refusal("", stop.reason, stop.detail)]) from None
    except (UnicodeError, RecursionError) as error:  # bytes that are no text, elements without end
        raise Refused([refusal("", "structure", type(error).__name__)]) from None
    after = hashlib.sha256(final).hexdigest()
    receipt = Receipt(before, after, tuple(planned.changes), tuple(planned.dropped), planned.scrubbed, tuple(planned.notes), proof)
    return Amended(final, replace(receipt, encrypted=seal is not None))


def carried_out(planned: Plan) -> bytes:
    """The package with a plan's splices made; not yet proved."""
    out = io.BytesIO()
    repack(planned.package, {m: _content(planned, m) for m in planned.splices}, out)
    return out.getvalue()


def _content(planned: Plan, member: Member) -> Iterable[bytes]:
    splices = planned.splices[member]
    text = planned.texts.get(member)
    if text is None:
        return spliced(planned.package.stream(member), splices)
    return text.encoded(spliced(text.chunks(), splices))
