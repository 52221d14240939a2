"""Channels and roles of Discord, which the files name as people see them: `pm-101`, `PM-101 students`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.content.fields import OneText
from bot.content.nodes import Node, Text
from bot.content.problems import Place
from bot.content.sheet import Path, Sheet

_NUMBER = re.compile(r"<[#@&!]*\d+>|\d{15,20}|https?://(?:\w+\.)?discord(?:app)?\.com/\S+")
_EVERYBODY = ("everyone", "here")
_NOTE = re.compile(r"\s*(?P<note>#\s+(?P<name>[\w-]*[\d-][\w-]*))\s*$")


@dataclass(frozen=True, kw_only=True)
class DiscordName(OneText):
    """The name of a channel or a role. `sign` is what Discord shows before it, and people write in spite of all."""

    noun: str
    sign: str
    example: str

    def read(self, sheet: Sheet, node: Node, path: Path) -> str | None:
        text = super().read(sheet, node, path)
        if text is None:
            self._tell_lost_name(sheet, node, path)
            return None
        name = text.lstrip("#@").strip()
        if _NUMBER.fullmatch(text):
            message = f'"{text}" is a number or a link of Discord. Write the name of the {self.noun}'
            sheet.error(path, f"{sheet.label(path)}{message}, such as  {self.example}")
            return None
        if self.sign == "@" and name.casefold() in _EVERYBODY:
            message = f'"{text}" would call everybody on the server. Name a role of the course'
            sheet.error(path, f"{sheet.label(path)}{message}, such as  {self.example}")
            return None
        if self.sign == "#" and "," in name:
            message = f'"{text}" names more than one channel, and one belongs here'
            sheet.error(path, f"{sheet.label(path)}{message}")
            return None
        if self.sign == "#" and re.search(r"\s", name):
            hyphened = re.sub(r"\s+", "-", re.sub(r"\s+(?:[#(]|//|--).*", "", name.lower()))
            message = f'a channel has no blanks in its name, as a rule. Is  {hyphened}  meant instead of "{text}"?'
            sheet.warning(path, f"{sheet.label(path)}{message}", fix=sheet.with_word(path, text, hyphened))
        return name or None

    def _tell_lost_name(self, sheet: Sheet, node: Node, path: Path) -> None:
        """`channel: # pm-101` is nothing with a note."""
        if not isinstance(node, Text) or node.value:
            return
        line = sheet.line(node.end.line)
        lost = _NOTE.fullmatch(line[node.end.column - 1 :])
        if lost is not None and self.sign == "#":
            start = node.end.column - 1 + lost.start("note")
            message = f'"{lost["note"]}" counts as a note, because of the #; write it without the #'
            fix = line[:start] + lost["name"]
            sheet.error(Place(line=node.end.line, column=start + 1), f"{sheet.label(path)}{message}", fix=fix)
