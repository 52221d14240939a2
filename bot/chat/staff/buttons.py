"""All that staff can press."""

from __future__ import annotations

from bot.chat.staff import inbox, moves, new_answer, notify, preview, replying, wording
from bot.chat.staff.gate import StaffPressed

BUTTONS: tuple[type[StaffPressed], ...] = (
    *preview.BUTTONS,
    *notify.BUTTONS,
    *moves.BUTTONS,
    *inbox.BUTTONS,
    *wording.BUTTONS,
    *new_answer.BUTTONS,
    *replying.BUTTONS,
)
