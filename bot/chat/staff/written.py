"""An edit of faq.yaml in Discord: what it would change before it is written, and what came of writing it."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import discord
from discord import ui

from bot.chat import custom_ids
from bot.chat.cards import Button, clip, cut, layout
from bot.chat.escape import escape_lines
from bot.chat.forms import sentence
from bot.chat.pressing import Gone
from bot.chat.replies import Interaction
from bot.chat.staff.faq_file import Change, FaqFile
from bot.chat.staff.inbox import BACK, IGNORE, REPLY
from bot.content.edit import Edited
from bot.content.refusal import Refusal
from bot.knowledge.saving import Saved, ToPaste
from bot.staff.effect import Effect

DIFF = "**{file}, line {line}:**\n```diff\n{diff}\n```"
EFFECT = "**What it changes**\n{effect}"
CAREFUL = "⚠️ **What it changes.** Have a look before you write it:\n{effect}"
WRITTEN = "✅ **Written into {file}, line {line}.** I answer with it within seconds."
ANSWER_WHO_ASKED = "Who asked is not told by this: *Reply* tells them, *Ignore* takes the question out of the inbox."
TO_PASTE = "**{why}** Put these lines in at line {line}, and save:"
OVER_ONE = "**{why}** Put these lines in place of line {line}, and save:"
OVER_SOME = "**{why}** Put these lines in place of lines {line} to {last}, and save:"
LINES = "{head}\n```yaml\n{lines}\n```"
LINES_IN_FILE = "{head} they are in the file below."
FILE = "lines-to-put-in.yaml"
NO_FILE = "I was started without watching the files, so I cannot write into them."
WRITE = "Write it"
CHANGE = "Change"
LONGEST_DIFF, LONGEST_EFFECT = 1_400, 1_300
LONGEST_LINES = 3_000
FENCE = "```"


def faq_file(interaction: Interaction) -> FaqFile:
    """The file in which staff write; raises Gone where there is none."""
    if interaction.client.faq_file is None:
        raise Gone(NO_FILE)
    return interaction.client.faq_file


async def judged(interaction: Interaction, change: Change) -> tuple[Edited, Effect]:
    """Find what an edit would change; raises Gone with a sentence."""
    try:
        return await faq_file(interaction).judged(change, interaction.client.assistant.knowledge)
    except Refusal as refusal:
        raise Gone(sentence(refusal)) from None


def proposed(
    head: Sequence[str], edited: Edited, found: Effect, buttons: Sequence[Button], question: int
) -> ui.LayoutView:
    """Lay out an edit before it is written."""
    effect = EFFECT if found.is_harmless else CAREFUL
    back: Button = ui.Button(label=BACK, custom_id=custom_ids.of_question("inbox-of", question))
    return layout(
        [
            *head,
            DIFF.format(file=edited.file, line=edited.line, diff=_code(edited.diff)),
            clip(effect.format(effect=escape_lines(str(found))), LONGEST_EFFECT),
        ],
        rows=[[*buttons, back]],
    )


async def write(interaction: Interaction, change: Change, question: int) -> ui.LayoutView:
    """Write an edit, and lay out what came of it; raises Gone with a sentence."""
    try:
        edited, came = await faq_file(interaction).write(change)
    except Refusal as refusal:
        raise Gone(sentence(refusal)) from None
    if isinstance(came, Saved):
        text = WRITTEN.format(file=edited.file, line=came.line)
    else:
        text = await _to_paste(interaction, edited, came)
    buttons: list[Button] = [
        ui.Button(label=REPLY, custom_id=custom_ids.of_question("reply", question)),
        ui.Button(label=IGNORE, custom_id=custom_ids.of_question("ignore", question)),
        ui.Button(label=BACK, custom_id=custom_ids.inbox(0)),
    ]
    return layout([text, ANSWER_WHO_ASKED], rows=[buttons])


async def _to_paste(interaction: Interaction, edited: Edited, came: ToPaste) -> str:
    """Say which lines to put in where; those that a card cannot show as they are come in a file."""
    sentence = (TO_PASTE, OVER_ONE, OVER_SOME)[min(len(edited.old), 2)]
    head = sentence.format(why=came.why, line=came.line, last=came.line + len(edited.old) - 1)
    lines = "\n".join(edited.new)
    if len(lines) <= LONGEST_LINES and FENCE not in lines:
        return LINES.format(head=head, lines=lines)
    await interaction.followup.send(file=discord.File(BytesIO(f"{lines}\n".encode()), FILE), ephemeral=True)
    return LINES_IN_FILE.format(head=head)


def _code(text: str) -> str:
    """Keep a text within its block of code."""
    return cut(text.replace(FENCE, "'''"), LONGEST_DIFF)
