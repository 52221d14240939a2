"""faq.yaml as staff edit it from Discord: one edit at a time, judged before it is written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from bot.answering.knowledge_base import KnowledgeBase
from bot.content.edit import Edited
from bot.knowledge import saving
from bot.knowledge.saving import Saved, ToPaste
from bot.staff.effect import Effect, effect

Change: TypeAlias = Callable[[bytes], Edited]
"""An edit of the file's bytes; raises Refusal with a sentence for staff."""


class FaqFile:
    """Reading, judging and writing take some tenths of a second, so another thread does them. All raise Refusal."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._turn = asyncio.Lock()

    async def judged(self, change: Change, base: KnowledgeBase) -> tuple[Edited, Effect]:
        """Make an edit of the file as it is now without writing it, and find what it would change."""

        def judge() -> tuple[Edited, Effect]:
            edited = saving.edit(self._path, change)
            return edited, effect(base, edited)

        return await asyncio.to_thread(judge)

    async def write(self, change: Change) -> tuple[Edited, Saved | ToPaste]:
        """Make an edit of the file as it is now, and write it; or say why it is to be pasted."""

        def write() -> tuple[Edited, Saved | ToPaste]:
            edited = saving.edit(self._path, change)
            return edited, saving.save(self._path, edited)

        async with self._turn:
            return await asyncio.to_thread(write)
