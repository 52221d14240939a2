"""The fields of both files as JSON schemas, with which an editor completes names, explains them and marks unknown ones.

A schema marks nothing that the reader accepts; what only the reader can tell, such as a date in the wrong term, is left
to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from bot.content import schema
from bot.content.blocks import Block, Blocks
from bot.content.choices import Choice, Choices
from bot.content.fields import Dated, Field, Kind, ManyTexts, Named, OneText

TITLES = {"faq": "Questions and answers", "courses": "Courses, terms and formats"}

_DRAFT = "http://json-schema.org/draft-07/schema#"  # the newest that the YAML extension of VS Code knows
_TEXT = ("string", "number", "boolean")  # `code: 101` and `optional: true` are texts to us

Schema: TypeAlias = dict[str, Any]


def json_schemas() -> dict[str, Schema]:
    """Make the schema of each file, by the file's name without its ending."""
    tops = {"faq": schema.FAQ, "courses": schema.COURSES}
    return {name: {"$schema": _DRAFT, "title": TITLES[name], **_block(top, "object")} for name, top in tops.items()}


def _value(kind: Kind, *nothing: str) -> Schema:
    """Describe what may stand after a field's colon; `nothing` is "null" where it may be left empty."""
    match kind:
        case OneText():
            return {"type": [*_TEXT, *nothing]}
        case ManyTexts():
            return {"type": [*_TEXT, "array", *nothing], "items": {"type": [*_TEXT]}}
        case Choice():
            return {"anyOf": [*_words(kind), *({"type": name} for name in nothing)]}
        case Choices(choice=choice):
            several = {"type": "string", "pattern": f"^ *{_one_of(choice)} *(, *{_one_of(choice)} *)*$"}
            listed = {"type": "array", "items": {"anyOf": _words(choice)}}
            return {"anyOf": [*_words(choice), several, listed, *({"type": name} for name in nothing)]}
        case Named(kind=inner):
            pairs: Schema = {"additionalProperties": _value(inner, "null")}
            return {"type": ["object", "array", *nothing], **pairs, "items": {"type": "object", **pairs}}
        case Dated():
            pairs = {"additionalProperties": {"type": [*_TEXT, "null"]}}
            item = {"type": [*_TEXT, "object"], **pairs}
            return {"type": [*_TEXT, "object", "array", *nothing], **pairs, "items": item}
        case Block(bare=bare):
            return _block(kind, "object", *(_TEXT if bare else ()), *nothing)
        case Blocks(block=block):
            return {"type": ["array", *nothing], "items": _block(block, "object", "null")}
    message = f"{type(kind).__name__} has no form in JSON schema yet"
    raise TypeError(message)


def _block(block: Block, *types: str) -> Schema:
    """Describe a block. Where a name is spelt in a way of its own, the reader alone judges its value and what lacks."""
    described: Schema = {
        "type": [*types],
        "properties": {field.name: _field(field) for field in block.fields},
        "patternProperties": {_other_spellings(block.fields): {}},
        "additionalProperties": False,
    }
    if required := [field.name for field in block.fields if field.required]:
        described["if"] = {"type": "object", "propertyNames": {"enum": [field.name for field in block.fields]}}
        described["then"] = {"required": required}
    return described


def _field(field: Field) -> Schema:
    return {"description": field.help, **_value(field.kind, *(() if field.required else ("null",)))}


def _words(choice: Choice) -> list[Schema]:
    """Offer the documented words, and accept all others that are understood."""
    others: list[Schema] = [{"type": "string", "pattern": f"^ *{_one_of(choice)} *$"}]
    if True in choice.words.values():
        others.append({"type": "boolean"})
    return [{"enum": list(choice.shown)}, *others]


def _one_of(choice: Choice) -> str:
    return f"({'|'.join(_spelt(word) for word in choice.words)})"


def _other_spellings(fields: Sequence[Field]) -> str:
    """Match the names of fields in every spelling but the documented one."""
    documented = "|".join(field.name for field in fields)
    known = "|".join(_spelt(name) for field in fields for name in (field.name, *field.also))
    return f"^(?!({documented})$)({known})$"


def _spelt(name: str) -> str:
    """Match a name in capitals or not, with anything but letters and digits in between: `Also asked`, `also-asked`."""
    letters = [f"[{letter}{letter.upper()}]" if letter.isalpha() else letter for letter in name if letter.isalnum()]
    return "[^a-zA-Z0-9]*".join(letters)
