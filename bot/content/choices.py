"""Kinds of fields with a few words to choose from, such as the formats, or yes and no."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.content import names
from bot.content.fields import ManyTexts, OneText
from bot.content.nodes import Node, Text
from bot.content.sheet import Path, Sheet


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One of a few words, each with the value it stands for. `words` holds every accepted spelling, in plain form."""

    words: Mapping[str, Any]
    shown: tuple[str, ...]

    def read(self, sheet: Sheet, node: Node, path: Path) -> Any:
        text = OneText().read(sheet, node, path)
        return None if text is None else self.choose(sheet, text, path)

    def choose(self, sheet: Sheet, text: str, path: Path) -> Any:
        if (plain := names.plain(text)) in self.words:
            return self.words[plain]
        meant = names.nearest(text, self.shown)
        node = sheet.node(path)
        fix = sheet.replaced(node, meant) if meant and isinstance(node, Text) and node.value.strip() == text else None
        guess = f"; did you mean  {meant} ?" if meant else ""
        sheet.error(path, f'{sheet.label(path)}"{text}" is not one of  {names.listed(self.shown)}{guess}', fix=fix)
        return None


@dataclass(frozen=True, kw_only=True)
class Choices:
    """A list of such words, which may be comma text."""

    choice: Choice

    def read(self, sheet: Sheet, node: Node, path: Path) -> tuple[Any, ...] | None:
        texts = ManyTexts(commas=True).read(sheet, node, path) or ()
        chosen = [self._choose(sheet, text, (*path, index)) for index, text in enumerate(texts)]
        return tuple(dict.fromkeys(value for value in chosen if value is not None))

    def _choose(self, sheet: Sheet, text: str, path: Path) -> Any:
        """Choose one; tell of several without commas."""
        if names.plain(text) not in self.choice.words:
            for between in (r"\s+and\s+|\s*[/;&]\s*", r"\s+"):
                several = re.split(between, text)
                if len(several) > 1 and all(names.plain(part) in self.choice.words for part in several):
                    sheet.error(path, f"{sheet.label(path)}put commas between them: write  [{', '.join(several)}]")
                    return None
        return self.choice.choose(sheet, text, path)


YES_NO = Choice(
    words={"yes": True, "true": True, "on": True, "y": True, "no": False, "false": False, "off": False, "n": False},
    shown=("yes", "no"),
)
