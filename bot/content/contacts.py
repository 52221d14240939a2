"""Whom to ask, and where a link leads: the small values that both files share."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.content.blocks import Record
from bot.content.model import Contact
from bot.content.sheet import Path, Sheet

_EMAIL = re.compile(r"[^@\s<>,;:]+@[^@\s<>,;:]+\.[a-zA-Z]{2,}")
_LINK = re.compile(r"https?://[^\s<>\"]+\.[^\s<>\"]+|https?://localhost\S*")


def contact(sheet: Sheet, record: Record) -> Contact | None:
    """Build a contact; None when nothing was written."""
    values = {name: record.text(name) for name in ("name", "email", "phone", "page", "hours", "channel")}
    bare = values["email"]
    if bare and sheet.node(record.path) is sheet.node((*record.path, "email")):
        values |= {"email": None, _kind(bare): bare.lstrip("#")}
    if values["email"] and not _EMAIL.fullmatch(values["email"]):
        sheet.error(
            (*record.path, "email"), f'email: "{values["email"]}" is not an e-mail address, such as  help@school.edu'
        )
        return None
    if values["page"] and not link(sheet, (*record.path, "page"), values["page"]):
        return None
    return Contact(**values) if any(values.values()) else None


def _kind(bare: str) -> str:
    if "@" in bare and " " not in bare and not bare.startswith("@"):
        return "email"
    if bare.startswith(("http://", "https://")):
        return "page"
    return "channel" if bare.startswith("#") else "name"


def link(sheet: Sheet, path: Path, text: str | None) -> str | None:
    """Check that a text is a link."""
    if text is None or _LINK.fullmatch(text):
        return text
    better = f"https://{text}" if re.fullmatch(r"(?:www\.)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?", text) else None
    example = better or "https://learn.school.edu/course"
    sheet.error(path, f'{sheet.label(path)}"{text}" is not a link. Write it like  {example}')
    return None


def links(sheet: Sheet, record: Record) -> Mapping[str, str]:
    """Build the links of a course or a question, by what their buttons say."""
    found: dict[str, str] = {}
    for name, text in record.named("links").items():
        path = (*record.path, "links", name)
        if text is None:
            sheet.error(path, f'links: "{name}" has no link. Write it like  {name}: https://learn.school.edu/course')
        elif checked := link(sheet, path, text):
            found[name] = checked
    return found
