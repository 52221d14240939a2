"""How often one person may ask."""

from __future__ import annotations

import math
from datetime import datetime

from discord.ext import commands

QUESTIONS = 5
SECONDS = 20


class Pace:
    """Counts questions per person; forgets a person who has been quiet for as long as the count runs."""

    def __init__(self) -> None:
        self._asked = commands.CooldownMapping[int].from_cooldown(QUESTIONS, SECONDS, lambda person: person)
        self._told = commands.CooldownMapping[int].from_cooldown(1, SECONDS, lambda person: person)

    def wait(self, person: int, now: datetime) -> int:
        """Count a question. 0: go ahead; else the whole seconds that the person has to wait."""
        return math.ceil(self._asked.update_rate_limit(person, now.timestamp()) or 0)

    def may_tell(self, person: int, now: datetime) -> bool:
        """Whether to say that somebody is too fast: once, not at each of a hundred messages."""
        return not self._told.update_rate_limit(person, now.timestamp())
