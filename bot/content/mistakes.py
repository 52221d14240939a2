"""The everyday mistakes that make YAML give up, or read what nobody meant: the list of all, the most telling first.

Each is a function that looks at one line, and knows its sentence and the line as it was probably meant. It may be
wrong: `search` asks only near a place where something is amiss, and believes only a mistake whose mending helps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.content import mistakes_in_quotes as quotes
from bot.content import mistakes_in_shape as shape
from bot.content import mistakes_in_signs as signs
from bot.content import mistakes_in_texts as texts
from bot.content.outline import Line
from bot.content.page import Mistake, Page

MOST_TELLING = 6  # of them hardly ever find anything in a good line
Detector = Callable[[Page, Line], Iterator[Mistake]]
DETECTORS: tuple[Detector, ...] = (
    signs.odd_space,
    signs.lost_space,
    signs.lost_colon,
    quotes.curly_quotes,
    quotes.open_quote,
    quotes.open_bracket,
    signs.stray_letter,
    signs.joined_lines,
    texts.foreign_note,
    texts.text_beside_mark,
    texts.lost_mark,
    texts.note_in_text,
    texts.fallen_out,
    shape.lost_dash_space,
    quotes.quoted_line,
    signs.markdown_link,
    signs.nameless_link,
    signs.special_start,
    signs.colon_in_value,
    shape.double_dash,
    shape.lost_links,
    shape.lost_name,
    shape.name_for_item,
    shape.lost_dash,
    shape.value_and_lines,
    texts.uneven_text,
    shape.extra_dash,
    signs.no_colon,
    shape.more_of_value,
    shape.wrong_indent,
    shape.below_its_own,
    texts.lost_hash,
)
