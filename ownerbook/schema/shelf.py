"""What was worked out before, as the rooms that work things out may ask for it; `ownerbook.storage.shelf` keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from numpy.typing import NDArray


class Torn(Exception):
    """Something kept is no longer what it was, and that was seen too late to work it out anew on the spot: begin again without what is kept."""


class Parcel(Protocol):
    """Something kept: plain words about it, and arrays that are fetched one by one."""

    @property
    def meta(self) -> Mapping[str, Any]:
        """What was kept beside the arrays."""

    def array(self, name: str) -> NDArray[Any]:
        """An array as it was kept, not to be written to. Raises `Torn`."""


class Shelf(Protocol):
    """Where things are kept under the fingerprint of all that they were made from."""

    @property
    def hash_key(self) -> int:
        """The key under which texts are hashed of which anything is kept here, 64 bits."""

    def take(self, key: str) -> Parcel | None:
        """What is kept under a key; None where there is nothing, or no longer what it was."""

    def put(self, key: str, meta: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
        """Keep something. Where that cannot be done, nothing is said."""
