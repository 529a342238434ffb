"""Columns as found that are fetched when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ownerbook.schema.cells import Cells


class LazyCells(dict[str, Cells]):
    """By field the column; each is made once, when it is first asked for. Names and their order are known from the start."""

    def __init__(self, makers: Mapping[str, Callable[[], Cells]]) -> None:
        super().__init__(dict.fromkeys(makers))  # type: ignore[arg-type]  # the names alone, in their order
        self._makers = dict(makers)

    def __getitem__(self, field: str) -> Cells:
        if field in self._makers:
            self[field] = self._makers[field]()
            del self._makers[field]
        return super().__getitem__(field)

    def get(self, field: str, default: Any = None) -> Any:
        """The column of a field, or the default."""
        return self[field] if field in self else default  # noqa: SIM401  this is that get

    def values(self) -> Any:
        """All columns."""
        self._all()
        return super().values()

    def items(self) -> Any:
        """All fields and columns."""
        self._all()
        return super().items()

    def _all(self) -> None:
        for field in list(self._makers):
            self[field]
