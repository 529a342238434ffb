"""Marks of ours in staff's files: a custom document property, and a hidden defined name that says the same where a program drops the first."""

from __future__ import annotations

import re

COPY = "ownerbook.copy"  # the stamp of a working copy
PROPERTIES = (COPY,)
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')


def mark_name(property_name: str) -> str:
    """The defined name that carries a property."""
    return property_name.replace(".", "_")


_BY_NAME = {mark_name(p): p for p in PROPERTIES}


def mark_property(name: str) -> str:
    """The property that a defined name carries, '' for a name of staff's own."""
    return _BY_NAME.get(name.lower(), "")


def mark_value(formula: str) -> str:
    """The text that a name stands for: `"…"`, in an .ods `of:="…"`; '' where it is anything else."""
    found = _QUOTED.search(formula)
    return found[1].replace('""', '"') if found else ""
