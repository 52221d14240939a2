"""Mistakes in quotes and brackets: curly, not closed, closed too early, or in the wrong place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.content import names
from bot.content.outline import Line, Role
from bot.content.page import Mistake, Page, quoted

COMMA_TOO_MANY = "there is a comma too many"
NOT_CLOSED = "that opens here is not closed"
CURLY = "“”„‟«»"


def open_quote(page: Page, line: Line) -> Iterator[Mistake]:
    """A quote that is opened and not closed, or closed too early."""
    value = line.value
    if line.role is not Role.LINE or not value or value[0] not in "\"'":
        return
    quote, inner = value[0], value[1:]
    closing = _closing(value)
    column = line.value_start
    head = line.text[:column]
    if closing is None:
        yield from _closed_below(page, line)
        message = f"the quote {quote} {NOT_CLOSED}"
        comment = re.search(r"\s+# .*$", inner)
        kept, tail = (inner[: comment.start()], inner[comment.start() :]) if comment else (inner, "")
        kept = kept.removesuffix("”").removesuffix("’").removesuffix("'" if quote == '"' else '"')
        yield Mistake(
            number=line.number,
            column=column,
            message=message,
            mended={line.number: f"{head}{quote}{kept}{quote}{tail}"},
        )
        yield Mistake(
            number=line.number, column=column, message=message, mended={line.number: head + quoted(value)}, offer=False
        )
        if re.match(r"[\w ]+: ", inner):
            yield Mistake(number=line.number, column=column, message=message, mended={line.number: head + inner})
        return
    after = value[closing + 1 :]
    if "\\" in value[:closing] and quote == '"':
        message = "a backslash inside \"quotes\" is read as a sign of its own; use 'single quotes'"
        text = f"{head}'{value[1:closing]}'{after}"
        yield Mistake(
            number=line.number, column=column + value.index("\\"), message=message, mended={line.number: text}
        )
    if after.strip() and not re.match(r"\s+#|\s*:(\s|$)", after):
        ends = value.endswith(quote)
        whole = value.strip(quote) if ends else value
        message = f"the quote {quote} closes before the value ends; put the whole value in one pair of quotes"
        yield Mistake(
            number=line.number, column=column + closing, message=message, mended={line.number: head + quoted(whole)}
        )


def _closed_below(page: Page, line: Line) -> Iterator[Mistake]:
    """The text was broken into two lines, and its end stands at the left edge."""
    below = page.after(line)
    quote = line.value[0]
    if below is None or below.indent > line.indent or below.name is not None or below.dashed:
        return
    if below.body.endswith(quote) and below.body.count(quote) == 1:
        message = f"the quote {quote} {NOT_CLOSED} on its line; write the whole text on one line"
        mended = {line.number: f"{line.text.rstrip()} {below.body}", below.number: ""}
        yield Mistake(number=line.number, column=line.value_start, message=message, mended=mended, offer=False)


def _closing(value: str) -> int | None:
    """Find where the quote with which a value begins is closed."""
    index = 1
    while index < len(value):
        if value[0] == '"' and value[index] == "\\":
            index += 1
        elif value[index] == value[0]:
            if value[0] == "'" and value[index + 1 : index + 2] == "'":
                index += 1
            else:
                return index
        index += 1
    return None


def curly_quotes(page: Page, line: Line) -> Iterator[Mistake]:
    """“Curly” quotes, typed by a word processor, are letters to YAML."""
    if line.role is not Role.LINE or not line.value or line.value[0] not in CURLY:
        return
    inner = line.value.strip(CURLY + '"')
    message = f"the curly quote {line.value[0]} is a letter like any other here; use a straight one"
    text = line.text[: line.value_start] + quoted(inner)
    yield Mistake(number=line.number, column=line.value_start, message=message, mended={line.number: text})


def open_bracket(page: Page, line: Line) -> Iterator[Mistake]:
    """`[log in, login` without its end, or with one end too many."""
    value = line.value
    if line.role is not Role.LINE or not value or value[0] not in "[{":
        return
    closing = {"[": "]", "{": "}"}[value[0]]
    comment = re.search(r"\s+# .*$", value)
    kept, tail = (value[: comment.start()], value[comment.start() :]) if comment else (value, "")
    bare = re.sub(r"\"[^\"]*\"|'[^']*'", lambda match: "x" * len(match[0]), kept)
    head = line.text[: line.value_start]
    if loose := re.search(r"(?<!\w)[\"']|[\"'](?!\w)", bare):
        message = f"the quote {loose[0]} inside the brackets is not closed"
        text = f"{head}{kept[: loose.start()]}{kept[loose.end() :]}{tail}"
        yield Mistake(number=line.number, column=line.value_start, message=message, mended={line.number: text})
    if doubled := re.search(r",\s*(?=,)", bare):
        text = f"{head}{kept[: doubled.start()]}{kept[doubled.end() :]}{tail}"
        column = line.value_start + doubled.end()
        yield Mistake(number=line.number, column=column, message=COMMA_TOO_MANY, mended={line.number: text})
    if bare.count(value[0]) > bare.count(closing):
        message = f"the bracket {value[0]} {NOT_CLOSED}"
        text = f"{head}{kept.rstrip(',')}{closing}{tail}"
        yield Mistake(number=line.number, column=line.value_start, message=message, mended={line.number: text})
    elif bare.count(value[0]) < bare.count(closing):
        message = f"there is one {closing} too many"
        last = kept.rindex(closing)
        text = f"{head}{kept[:last]}{kept[last + 1 :]}{tail}"
        yield Mistake(number=line.number, column=line.value_start + last, message=message, mended={line.number: text})


def quoted_line(page: Page, line: Line) -> Iterator[Mistake]:
    """`"title: Project"`, where the quotes belong around the value."""
    match = re.fullmatch(r"([\"'])(?P<name>[\w -]{1,20}): (?P<value>.*)\1", line.body)
    if line.role is Role.LINE and match and names.plain(match["name"]) in page.known:
        message = f"the quotes are around the whole line; put them around the value, after  {match['name']}:"
        text = f"{line.text[: line.start]}{match['name']}: {quoted(match['value'])}"
        yield Mistake(number=line.number, column=line.start, message=message, mended={line.number: text})
