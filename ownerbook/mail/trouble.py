"""What can go wrong before a letter is handed over, in one sentence with its remedy."""

from __future__ import annotations

from ownerbook.schema.words import Text


class MailTrouble(Exception):
    """A letter cannot be made, queued or sent as things stand. The sentence holds nothing personal and no secret."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.zh)
        self.message = message
