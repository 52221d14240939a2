"""The one way in which a reader of words says no."""

from __future__ import annotations


class Refusal(ValueError):  # noqa: N818 - it is an answer to the person who typed, not a fault of the program
    """What was typed cannot be taken, or could mean two things.

    The text of the exception is a sentence that says what was read and what to write instead. `lacks_year` tells that
    nothing but the year is missing, and `suggestion` is the very text to write, where there is only one.
    """

    def __init__(self, sentence: str, *, suggestion: str | None = None, lacks_year: bool = False) -> None:
        super().__init__(sentence)
        self.suggestion = suggestion
        self.lacks_year = lacks_year
