"""Whom to ask, and where a link leads: the small values that both files share."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.content.model import Contact
from bot.content.record import Record
from bot.content.sheet import Path, Sheet

_EMAIL = re.compile(r"[^@\s<>,;:]+@[^@\s<>,;:]+\.[a-zA-Z]{2,}")
_SPELT_OUT = re.compile(
    r"([\w.+-]+)(?: ?@ ?| at | ?[\[(] ?at ?[\])] ?)([\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,})", re.IGNORECASE
)
_LINK = re.compile(r"https?://(?!https?:)[^\s<>\"]+\.[^\s<>\"]+|https?://localhost\S*")


def contact(sheet: Sheet, record: Record) -> Contact | None:
    """Build a contact; None when nothing was written."""
    values = {name: record.text(name) for name in ("name", "email", "phone", "page", "hours", "channel")}
    bare = values["email"]
    is_bare = bare is not None and sheet.node(record.path) is sheet.node((*record.path, "email"))
    if bare and is_bare:
        values |= {"email": None, _kind(bare): bare.lstrip("#")}
    places = {name: record.path if is_bare else (*record.path, name) for name in values}
    if values["email"] and not _EMAIL.fullmatch(values["email"]):
        meant = _spelt_out(values["email"])
        wanted = f"; write  {meant}" if meant else ", such as  help@school.edu"
        message = f'{sheet.label(places["email"])}"{values["email"]}" is not an e-mail address{wanted}'
        sheet.error(places["email"], message, fix=sheet.with_word(places["email"], values["email"], meant))
        return None
    if values["page"] and not link(sheet, places["page"], values["page"]):
        return None
    return Contact(**values) if any(values.values()) else None


def _kind(bare: str) -> str:
    if ("@" in bare and " " not in bare and not bare.startswith("@")) or _spelt_out(bare):
        return "email"
    if bare.startswith(("http://", "https://", "www.")):
        return "page"
    return "channel" if bare.startswith("#") else "name"


def _spelt_out(text: str) -> str | None:
    """Find the address in `help at school.edu` or `help @school.edu`."""
    match = _SPELT_OUT.fullmatch(text)
    return f"{match[1]}@{match[2]}" if match else None


def link(sheet: Sheet, path: Path, text: str | None) -> str | None:
    """Check that a text is a link."""
    if text is None or _LINK.fullmatch(text):
        return text
    bare = re.sub(r"^(?:https?:/*)+", "", text)
    better = f"https://{bare}" if re.fullmatch(r"(?:www\.)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?", bare) else None
    example = better or "https://learn.school.edu/course"
    message = f'{sheet.label(path)}"{text}" is not a link. Write it like  {example}'
    sheet.error(path, message, fix=sheet.with_word(path, text, better))
    return None


def links(sheet: Sheet, record: Record) -> Mapping[str, str]:
    """Build the links of a course or a question, by what their buttons say."""
    found: dict[str, str] = {}
    for name, text in record.named("links").items():
        path = (*record.path, "links", name)
        if text is not None and _LINK.fullmatch(name):
            sheet.error(path, f"links: the name comes first, and then the link: write  {text}: {name}")
        elif text is None:
            sheet.error(path, f'links: "{name}" has no link. Write it like  {name}: https://learn.school.edu/course')
        elif checked := link(sheet, path, text):
            found[name] = checked
    return found
