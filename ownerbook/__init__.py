"""ownerbook: keeps the workbooks of a community's owner files (业主档案) true.

In a notebook: `ownerbook.open_register("工作区")`, then `register.frame("借阅")` and `ownerbook.overdue_loans(register, today)`; docs/library.md.
"""

from typing import Any

__version__ = "0.1.0"
_PUBLIC = (
    "open_register",
    "overdue_loans",
    "current_loans",
    "pending_audits",
    "open_rectifications",
    "missing_papers",
    "retention_due",
    "due_items",
    "problems",
    "month_figures",
)


def __getattr__(name: str) -> Any:
    """The public calls, loaded when they are first asked for: `import ownerbook` stays cheap."""
    if name in _PUBLIC:
        from importlib import import_module

        return getattr(import_module("ownerbook.jobs.library"), name)
    raise AttributeError(f"module 'ownerbook' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_PUBLIC])
