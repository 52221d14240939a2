"""Writes an edit of one of the two files: whole or not at all, and never over somebody else's."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.content.edit import Edited
from bot.content.refusal import Refusal
from bot.knowledge.shelf import contents

CHECKOUT = "{file} is kept in a git repository, so the change belongs there."
READ_ONLY = "{file} may not be changed from here."
NOT_WRITTEN = "{file} could not be written ({why})."
CHANGED = "{file} has just been changed by somebody else. Nothing was written; please try again."


@dataclass(frozen=True, kw_only=True)
class Saved:
    """The file now says it, from this line on; the bot takes it up within seconds."""

    line: int


@dataclass(frozen=True, kw_only=True)
class ToPaste:
    """The file is as it was: `why` is a sentence, and the edit's lines are to be put in by hand, at `line`."""

    why: str
    line: int


def edit(path: Path, change: Callable[[bytes], Edited]) -> Edited:
    """Make an edit of the file as it is now, without writing it; raises Refusal."""
    data = contents(path)
    if not isinstance(data, bytes):
        raise Refusal(data.message)
    return change(data)


def save(path: Path, edited: Edited) -> Saved | ToPaste:
    """Put an edit in the file's place; raises Refusal if the file is no longer the one that was edited.

    It is written beside the file and then renamed, so that whoever reads, and whatever is killed, finds the old file or
    the new one. Where the folder is in a git repository, or may not be written, the lines are to be pasted instead.
    """
    path = path.resolve()  # a link stays a link
    if why := _unwritable(path):
        return ToPaste(why=why.format(file=path.name), line=edited.line)
    if contents(path) != edited.before:
        raise Refusal(CHANGED.format(file=path.name))
    unfinished = path.with_name(f".{path.name}.new")
    try:
        with unfinished.open("wb") as file:
            file.write(edited.after)
            file.flush()
            os.fsync(file.fileno())
        unfinished.chmod(stat.S_IMODE(path.stat().st_mode))
        if contents(path) != edited.before:
            unfinished.unlink()
            raise Refusal(CHANGED.format(file=path.name))
        unfinished.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        return ToPaste(why=NOT_WRITTEN.format(file=path.name, why=error.strerror), line=edited.line)
    return Saved(line=edited.line)


def _unwritable(path: Path) -> str | None:
    if any((folder / ".git").exists() for folder in path.parents):
        return CHECKOUT
    try:
        writable = path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) and os.access(path, os.W_OK)
    except OSError:
        writable = False
    return None if writable else READ_ONLY


def _sync_folder(folder: Path) -> None:
    """Make the new name outlast a power cut, where folders can be opened for that (not on Windows)."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
