"""One reader a family of kinds: cells as found become values and remarks."""

from __future__ import annotations

from ownerbook.register.readers import choices, days, documents, houses, measures, numbers, people, phones, words

__all__ = ["choices", "days", "documents", "houses", "measures", "numbers", "people", "phones", "words"]
