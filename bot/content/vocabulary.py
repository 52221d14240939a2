"""Gathers the words of each file from the schema in which its fields are declared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.content import names, schema
from bot.content.blocks import Block, Blocks
from bot.content.choices import Choices
from bot.content.fields import Dated, ManyTexts, Named, OneText
from bot.content.words import Section, Shape, Words

FILES = {"faq.yaml": schema.FAQ, "courses.yaml": schema.COURSES}


def vocabulary(top: Block) -> Words:
    """Gather the words of the file whose fields `top` declares."""
    other_file, other = next((file, block) for file, block in FILES.items() if block is not top)
    return replace(_words(top), other_file=other_file, other=_words(other))


def _words(top: Block) -> Words:
    blocks = list(_blocks(top))
    homes: dict[str, list[str]] = {}
    for block in blocks:
        noun = f"top of the {block.noun}" if block is top else block.noun
        for field in block.fields:
            nouns = homes.setdefault(names.plain(field.name), [])
            nouns.extend([noun] if noun not in nouns else [])
    kinds = [(names.plain(field.name), field.kind) for block in blocks for field in block.fields]
    return Words(
        homes={name: tuple(nouns) for name, nouns in homes.items()},
        sections=_sections(top),
        lists={name for name, kind in kinds if isinstance(kind, Blocks | ManyTexts | Choices | Dated | Named)},
        blocks={name for name, kind in kinds if isinstance(kind, Block)},
        long_texts={name for name, kind in kinds if isinstance(kind, OneText) and kind.prose},
    )


def _blocks(top: Block) -> Iterator[Block]:
    """Give a block and all those in it, from the outside in."""
    waiting = [top]
    while waiting:
        block = waiting.pop(0)
        yield block
        waiting += [inner for field in block.fields if (inner := _inner(field.kind))]


def _sections(top: Block) -> dict[str, Section]:
    sections = {}
    for one in top.fields:
        inner = _inner(one.kind)
        sections[names.plain(one.name)] = Section(
            name=one.name,
            shape=_shape(one.kind),
            noun=inner.noun if inner else one.name,
            required=one.required,
            fields=frozenset(names.plain(field.name) for field in inner.fields) if inner else frozenset(),
            instead=frozenset(map(names.plain, one.instead)),
        )
    return sections


def _shape(kind: object) -> Shape:
    match kind:
        case Blocks():
            return Shape.LIST
        case Named():
            return Shape.NAMED
        case Block():
            return Shape.FIELDS
        case _:
            return Shape.ONE_VALUE


def _inner(kind: object) -> Block | None:
    while isinstance(kind, Named | Blocks):
        kind = kind.kind if isinstance(kind, Named) else kind.block
    return kind if isinstance(kind, Block) else None
