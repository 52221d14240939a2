"""Study partners as a student sees them: always privately, and without a ping."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.chat import custom_ids
from bot.chat.cards import Button, clip, layout
from bot.chat.escape import escape
from bot.content.model import Course

TITLE = "### Study partners: {course}"
INVITATION = (
    "Would you like to study together with others? Join, and the students of {course} in {term} who have joined too "
    "see your name, and you see theirs. Nobody else sees it, and nobody is pinged.\n"
    "-# When one of you opens a private thread in {channel}, everybody who has joined is in it; staff can look in. You "
    "can leave at any time."
)
ALONE = "You have joined. Nobody else has so far: look in again in a few days, or tell your classmates about it."
TOGETHER = "You have joined, and so have:\n{names}"
NAME = "- {name} · {mention}"
MORE = "- …and {count} more"
THREAD = "You meet in {thread}."
NOTE = "-# {note}"
JOIN = "Join"
LEAVE = "Leave"
OPEN_THREAD = "Open a private thread"
TO_THREAD = "Take me to the thread"
LEFT = "You have left the study partners of {course}, and nobody sees your name there any more."
STILL_IN_THREAD = "{text} But I was not able to take you out of {thread}: please leave it there yourself."
MANY_NAMES = 40


def invitation(course: Course, channel: discord.TextChannel) -> ui.LayoutView:
    """Say what joining means, before anything is stored."""
    text = INVITATION.format(course=course.code, term=course.term.name, channel=channel.mention)
    join = _button(JOIN, "join", course.code, discord.ButtonStyle.primary)
    return layout([TITLE.format(course=course.code), text], rows=[[join]])


def partners_card(
    course: str, others: Sequence[discord.Member], thread: discord.Thread | None, note: str = ""
) -> ui.LayoutView:
    """Show a student who has joined the others who have, and where they meet."""
    lines = [NAME.format(name=escape(one.display_name, 40), mention=one.mention) for one in others[:MANY_NAMES]]
    if len(others) > MANY_NAMES:
        lines.append(MORE.format(count=len(others) - MANY_NAMES))
    texts = [
        TITLE.format(course=course),
        clip(TOGETHER.format(names="\n".join(lines))) if others else ALONE,
        THREAD.format(thread=thread.mention) if thread else "",
        NOTE.format(note=note) if note else "",
    ]
    meet = [_button(TO_THREAD if thread else OPEN_THREAD, "thread", course)] if others or thread else []
    return layout(texts, rows=[[*meet, _button(LEAVE, "leave", course)]])


def shut_out(course: str, why: str) -> ui.LayoutView:
    """Say why a student who has joined sees nobody, with the way out."""
    return layout([TITLE.format(course=course), why], rows=[[_button(LEAVE, "leave", course)]])


def left_card(course: str, still_in: int | None) -> ui.LayoutView:
    """Say that a student has left, with the way back."""
    text = LEFT.format(course=course)
    if still_in:
        text = STILL_IN_THREAD.format(text=text, thread=f"<#{still_in}>")
    return layout([text], rows=[[_button(JOIN, "join", course)]])


def _button(label: str, step: str, course: str, style: discord.ButtonStyle = discord.ButtonStyle.secondary) -> Button:
    return ui.Button(label=label, custom_id=custom_ids.partners(step, course), style=style)
