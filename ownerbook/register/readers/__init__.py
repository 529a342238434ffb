"""One reader a family of kinds: cells as found become values and remarks."""

from __future__ import annotations

from ownerbook.register.readers import choices, days, documents, houses, measures, people, words

__all__ = ["choices", "days", "documents", "houses", "measures", "people", "words"]
