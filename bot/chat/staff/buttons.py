"""All that staff can press."""

from __future__ import annotations

from bot.chat.staff import moves, notify, preview
from bot.chat.staff.gate import StaffPressed

BUTTONS: tuple[type[StaffPressed], ...] = (*preview.BUTTONS, *notify.BUTTONS, *moves.BUTTONS)
