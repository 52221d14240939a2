"""The everyday mistakes that make YAML give up, each with its sentence and with the line as it was probably meant.

A detector looks at one line. It may be wrong: `syntax` asks only near the place where YAML gave up, and believes only
a mistake whose mending helps.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from functools import cached_property

from bot.content import names
from bot.content.outline import Line, Role, leading_name

_ODD_SPACES = "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000"
_ODD_INDENT = re.compile(rf"^[ ]*[\t{_ODD_SPACES}][ \t{_ODD_SPACES}]*")
_ODD_SPACE_AFTER = re.compile(rf"(?P<sign>[:-])(?P<space>[ ]?[{_ODD_SPACES}][ {_ODD_SPACES}]*)")
_CONFLICT = re.compile(r"(?:<{7}|\|{7}|={7}|>{7})(?:\s|$)")
_CURLY = "“”„‟«»"
_SEPARATOR = re.compile(r"\s*(?:=>?|;|：|︰|\.\.|->?(?=\s)|–|—|,|\.(?=\s))\s*")
_BULLET = re.compile(r"(?P<bullet>[•·‣◦▪●*+–—](?=\s)|[•·‣◦▪●–—])\s*")
MANY_TABS = 3
LONGEST_NAME = 3  # words; what is longer before a colon is a sentence
_SPECIAL_START = "@`%&*!|>{[,?]}"


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """`column` counts from 0. `mended` holds new lines by number; `offer` says that its own is fit to be shown.

    `loses` says that mending left something out, so that what is missing now is no mistake of the writer's. `sure` says
    that it is a better word on a single problem than what the fields say of it.
    """

    number: int
    column: int
    message: str
    mended: dict[int, str]
    offer: bool = True
    loses: bool = False
    sure: bool = False


@dataclass(frozen=True)
class Page:
    """The file's lines, what each is, and the plain names of all fields."""

    lines: list[str]
    outline: list[Line]
    known: Set[str]

    @cached_property
    def columns(self) -> dict[int, list[int]]:
        """For each line, the columns at which the lists and names around it began, the nearest first."""
        columns: dict[int, list[int]] = {}
        opened: list[int] = []
        for line in self.outline:
            columns[line.number] = list(reversed(opened))
            if line.role is Role.LINE:
                opened = [column for column in opened if column < line.indent]
                opened.append(line.indent)
                if line.dashed:
                    opened.append(line.start)
        return columns

    def before(self, line: Line) -> Line | None:
        """Find the last line above that is neither empty nor text."""
        above = reversed(self.outline[: line.number - 1])
        return next((other for other in above if other.role is Role.LINE), None)

    def sibling(self, line: Line) -> Line | None:
        """Find the next line that does not hang below this one, give or take a space."""
        below = self.after(line)
        if below is None or below.indent <= line.indent:
            return None
        later = (other for other in self.outline[below.number :] if other.role is Role.LINE)
        return next((other for other in later if other.indent < below.indent), None)

    def after(self, line: Line) -> Line | None:
        """Find the next line below that is not empty."""
        return next((other for other in self.outline[line.number :] if other.role is not Role.EMPTY), None)


def quoted(text: str) -> str:
    """Put a text in the quotes that it does not hold itself."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


# --- over the whole page, before YAML sees it -----------------------------------------------------


def whole_page(page: Page) -> Iterator[list[Mistake]]:
    """Find what must be out of the way first: a half-done merge, a second document, Tabs.

    Each mistake comes with the ways in which it can be mended.
    """
    yield from ([mistake] for mistake in _conflicts(page))
    yield from ([mistake] for mistake in _further_documents(page))
    yield from _tabs(page)


def _conflicts(page: Page) -> Iterator[Mistake]:
    """Two versions of one passage, left by a merge: keep the first of them, and tell it once."""
    opened: int | None = None
    second = False
    mended: dict[int, str] = {}
    for number, text in enumerate(page.lines, start=1):
        mark = _CONFLICT.match(text)
        if mark is None:
            if opened is not None and second:
                mended[number] = ""
            continue
        if opened is None:
            opened = number
        mended[number] = ""
        second = not text.startswith(("<", ">"))
        if text.startswith(">"):
            yield _conflict(opened, mended)
            opened, second, mended = None, False, {}
    if opened is not None:
        mended = {number: text for number, text in mended.items() if _CONFLICT.match(page.lines[number - 1])}
        yield _conflict(opened, mended)


def _conflict(number: int, mended: dict[int, str]) -> Mistake:
    message = (
        "a merge left two versions here. Keep the lines that are right, and delete the others together with the lines "
        "<<<<<<<, ======= and >>>>>>>"
    )
    return Mistake(number=number, column=0, message=message, mended=dict(mended), offer=False)


def _further_documents(page: Page) -> Iterator[Mistake]:
    """`---` between two parts would make two files of one."""
    begun = False
    for line in page.outline:
        mark = re.match(r"(?:---|\.\.\.)(?:\s|$)", line.text)
        if mark and begun and (mark[0].startswith("-") or page.after(line)):
            message = f"a second document begins here; delete the line  {mark[0].strip()}"
            yield Mistake(number=line.number, column=0, message=message, mended={line.number: ""}, offer=False)
        begun = begun or (line.role is Role.LINE and not line.text.startswith("%"))


def _tabs(page: Page) -> Iterator[list[Mistake]]:
    """Tabs at the beginning of lines, each told; or told once where the whole file is indented with them."""
    tabbed = [line for line in page.outline if line.role is not Role.EMPTY and "\t" in _indent(line.text)]
    if all(line.role is Role.TEXT for line in tabbed):
        return
    if len(tabbed) > MANY_TABS:
        message = (
            f"the line begins with a Tab (and {len(tabbed) - 1} more lines); indent with spaces, two for each step"
        )
        column = tabbed[0].text.index("\t")
        widths = [{line.number: _with_spaces(line, width) for line in tabbed} for width in (2, 4, 8)]
        yield [Mistake(number=tabbed[0].number, column=column, message=message, mended=mended) for mended in widths]
        return
    message = "the line begins with a Tab; indent with spaces, two for each step"
    for line in tabbed:
        below = page.after(line)
        depths = [*page.columns[line.number], *([below.indent] if below else []), line.block_indent]
        depths += [len(_indent(_with_spaces(line, width))) for width in (2, 4, 8)]
        yield [
            Mistake(
                number=line.number,
                column=line.text.index("\t"),
                message=message,
                mended={line.number: " " * depth + line.text.lstrip()},
            )
            for depth in dict.fromkeys(depths)
        ]


def _indent(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]


def _with_spaces(line: Line, width: int) -> str:
    return _indent(line.text).expandtabs(width) + line.text.lstrip()


# --- one line at a time, near the place where YAML gave up ----------------------------------------


def odd_space(page: Page, line: Line) -> Iterator[Mistake]:
    """A no-break space, which looks like a blank and is a letter to YAML: in the indent, or after a colon or dash."""
    indent = _ODD_INDENT.match(line.text)
    message = "a no-break space stands here (it looks like a blank and is none); delete it and type a blank"
    if indent and any(sign in indent[0] for sign in _ODD_SPACES):
        column = next(index for index, sign in enumerate(line.text) if sign in _ODD_SPACES)
        for depth in {len(indent[0]), *page.columns[line.number], line.block_indent}:
            yield Mistake(
                number=line.number,
                column=column,
                message=message,
                mended={line.number: " " * depth + line.text.lstrip()},
            )
    after = _ODD_SPACE_AFTER.search(line.text)
    if after and line.role is Role.LINE:
        text = line.text[: after.start("space")] + " " + line.text[after.end() :]
        yield Mistake(number=line.number, column=after.start("space"), message=message, mended={line.number: text})


def lost_space(page: Page, line: Line) -> Iterator[Mistake]:
    """`title:Project` is one word to YAML."""
    if line.name is not None and names.plain(line.name) in page.known:
        return
    match = re.match(r"(?P<name>[^:\"'\[{]{1,40}):(?!//)(?P<rest>\S.*)", line.body)
    if line.role is Role.TEXT or match is None or names.plain(match["name"]) not in page.known:
        return
    text = f"{line.text[: line.start]}{match['name']}: {match['rest']}"
    message = f"a blank is missing after the colon of  {match['name']}:"
    yield Mistake(
        number=line.number, column=line.start + match.end("name"), message=message, mended={line.number: text}
    )


def lost_colon(page: Page, line: Line) -> Iterator[Mistake]:
    """`title Project`, `title = Project`, or `deadlines` alone above its list."""
    if line.role in (Role.EMPTY, Role.TEXT) or (line.name is not None and names.plain(line.name) in page.known):
        return
    length = leading_name(line.body, page.known)
    if length is None or line.body[length:].startswith(":"):
        return
    name, rest = line.body[:length], line.body[length:]
    other = _SEPARATOR.match(rest)
    if other and other.end() > 0:
        sign = other[0].strip()
        message, rest = f'"{sign}" stands where the colon of  {name}:  belongs', rest[other.end() :]
    else:
        message = f"the colon is missing after  {name}"
    text = f"{line.text[: line.start]}{name}: {rest.lstrip()}".rstrip()
    yield Mistake(number=line.number, column=line.start + length, message=message, mended={line.number: text})


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
        message = f"the quote {quote} that opens here is not closed"
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
        whole = value[1:-1] if ends else value
        message = f"the quote {quote} closes before the value ends; put the whole value in one pair of quotes"
        yield Mistake(
            number=line.number, column=column + closing, message=message, mended={line.number: head + quoted(whole)}
        )


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
    if line.role is not Role.LINE or not line.value or line.value[0] not in _CURLY:
        return
    inner = line.value.strip(_CURLY + '"')
    message = f"the curly quote {line.value[0]} is a letter like any other here; use a straight one"
    text = line.text[: line.value_start] + quoted(inner)
    yield Mistake(number=line.number, column=line.value_start, message=message, mended={line.number: text})


def colon_in_value(page: Page, line: Line) -> Iterator[Mistake]:
    """`question: What is the difference: async or sync?` has one colon too many."""
    value = line.value
    if line.role is not Role.LINE or not re.search(r":(\s|$)", value) or value[0] in "\"'[{|>" + _CURLY:
        return
    colon = re.search(r":(\s|$)", value)
    assert colon is not None  # noqa: S101 - it was found a moment ago
    column = line.value_start
    if value.endswith('"') and value.count('"') == 1:
        message, value = 'the quote " at the end was never opened', value[:-1]
        column = line.value_start + len(value)
    else:
        message = 'the value has a colon in it; put the value in "straight quotes"'
        column += colon.start()
    if line.name is None and names.plain(re.split(r":", value)[0]) in page.known:
        return
    text = line.text[: line.value_start] + quoted(value)
    yield Mistake(number=line.number, column=column, message=message, mended={line.number: text})


def text_beside_mark(page: Page, line: Line) -> Iterator[Mistake]:
    """`answer: | Yes.` The text belongs below."""
    match = re.match(r"[|>](?P<text>.*\S)", line.value)
    if line.role is not Role.LINE or not match or line.name is None:
        return
    message = f"text stands beside the {line.value[0]} ; write it on the next lines, indented two more spaces"
    text = f"{line.text[: line.value_start]}|"
    yield Mistake(
        number=line.number, column=line.value_start + 1, message=message, mended={line.number: text}, offer=False
    )
    alone = line.text[: line.value_start] + quoted(line.value.lstrip("|> "))
    yield Mistake(number=line.number, column=line.value_start + 1, message=message, mended={line.number: alone})


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
    if bare.count(value[0]) > bare.count(closing):
        message = f"the bracket {value[0]} that opens here is not closed"
        text = f"{head}{kept.rstrip(',')}{closing}{tail}"
        yield Mistake(number=line.number, column=line.value_start, message=message, mended={line.number: text})
    elif bare.count(value[0]) < bare.count(closing):
        message = f"there is one {closing} too many"
        last = kept.rindex(closing)
        text = f"{head}{kept[:last]}{kept[last + 1 :]}{tail}"
        yield Mistake(number=line.number, column=line.value_start + last, message=message, mended={line.number: text})


def special_start(page: Page, line: Line) -> Iterator[Mistake]:
    """A text that begins with a sign that means something to YAML: `**Yes**`, `@office`, `[Apply](…)`, `{contact}`."""
    value = line.value
    if line.role is not Role.LINE or not value or value[0] not in _SPECIAL_START:
        return
    if value[0] in "|>" and line.name is not None:
        return
    message = f"a text that begins with {value[0]} needs quotes around it"
    text = line.text[: line.value_start] + quoted(value)
    yield Mistake(number=line.number, column=line.value_start, message=message, mended={line.number: text})


def fallen_out(page: Page, line: Line) -> Iterator[Mistake]:
    """Text at the left edge, below a `|` that it belongs to."""
    if line.role is not Role.STRAY:
        return
    owner = page.before(line)
    name = f"{owner.name}: " if owner and owner.name else ""
    message = f"this text stands too far left to belong to  {name}| ; indent it like the lines around it"
    mended = {line.number: " " * line.block_indent + line.body}
    for other in page.outline[line.number :]:
        if other.role is not Role.STRAY:
            break
        mended[other.number] = " " * other.block_indent + other.body
    yield Mistake(number=line.number, column=line.indent, message=message, mended=mended, sure=True)


def _may_be_named(page: Page, line: Line) -> bool:
    """Tell whether a line below a `|` may be none of its text: it begins with a field's name and a colon."""
    length = leading_name(line.body, page.known)
    return length is not None and line.body[length:].startswith(":")


def uneven_text(page: Page, line: Line) -> Iterator[Mistake]:
    """The first line of a text tells where all of it begins; another line may not begin further left."""
    if line.role is not Role.TEXT or line.indent >= line.block_indent:
        return
    texts: list[Line] = []
    for other in reversed(page.outline[: line.number - 1]):
        if other.role is Role.LINE:
            break
        texts.append(other)
    first = next((other for other in reversed(texts) if other.role is Role.TEXT), line)
    message = "the text begins further right here than below; begin all of its lines at the same place"
    mended = {first.number: " " * line.indent + first.body}
    at_first = Mistake(number=first.number, column=first.indent, message=message, mended=mended)
    message = "this line of text begins further left than its first line; begin all of its lines at the same place"
    mended = {line.number: " " * line.block_indent + line.body}
    for other in page.outline[line.number :]:
        if other.role is not Role.TEXT or other.indent >= line.block_indent:
            break
        mended[other.number] = " " * line.block_indent + other.body
    at_this = Mistake(number=line.number, column=line.indent, message=message, mended=mended)
    yield from (at_first, at_this) if first.indent % 2 and not line.indent % 2 else (at_this, at_first)


def lost_dash_space(page: Page, line: Line) -> Iterator[Mistake]:
    """`-code: PM-101` lacks a blank, and `• item` its dash."""
    if line.role not in (Role.LINE, Role.STRAY):
        return
    if match := re.match(r"-(?=[^\s-])", line.body):
        message, column = "a blank is missing after the dash", line.start + 1
        text = f"{line.text[: line.start]}- {line.body[match.end() :]}"
        yield Mistake(number=line.number, column=column, message=message, mended={line.number: text})
    elif match := _BULLET.match(line.body):
        message = f"begin a list item with a dash and a blank, not with {match['bullet']}"
        text = f"{line.text[: line.start]}- {line.body[match.end() :]}"
        yield Mistake(number=line.number, column=line.start, message=message, mended={line.number: text})


def lost_dash(page: Page, line: Line) -> Iterator[Mistake]:
    """A list item, or the first line of a course or a question, whose dash was forgotten."""
    if line.role is not Role.LINE or line.dashed:
        return
    if line.name is None:
        near = [other for other in page.outline[max(0, line.number - 3) : line.number + 2] if other.dashed]
    else:
        near = [other for other in page.outline if other.dashed and other.name == line.name]
        near += [
            other for other in page.outline[line.number : line.number + 12] if other.start == line.start > other.indent
        ]
    message = "the dash is missing: every item of a list begins with  - "
    for column in dict.fromkeys(other.indent for other in near):
        mended = {line.number: f"{' ' * column}- {line.body}"}
        yield Mistake(number=line.number, column=line.indent, message=message, mended=mended)


def wrong_indent(page: Page, line: Line) -> Iterator[Mistake]:
    """A line that begins a little left or right of the lines it belongs with."""
    above, below = page.before(line), page.after(line)
    if line.role not in (Role.LINE, Role.TEXT) or (line.role is Role.TEXT and not _may_be_named(page, line)):
        return
    if line.indent == 0 and line.name is not None and not line.value and names.plain(line.name) in page.known:
        return  # the name of a whole section
    columns = {*page.columns[line.number]}
    if above is not None:
        columns |= {above.start + 2, above.indent}
    if below is not None:
        columns |= {below.indent, below.indent - (line.start - line.indent)}
    if (sibling := page.sibling(line)) is not None:
        columns.add(sibling.indent)
    shifts = {column - line.indent for column in columns}
    for shift in sorted(shifts - {0}, key=abs):
        if abs(shift) > 8 or line.indent + shift < 0:
            continue
        side = "left" if shift > 0 else "right"
        count = f"{abs(shift)} space{'s' if abs(shift) > 1 else ''}"
        message = f"the line begins {count} too far to the {side}; begin it exactly under the lines it belongs with"
        mended = {line.number: " " * (line.indent + shift) + line.text.lstrip()}
        yield Mistake(number=line.number, column=line.indent, message=message, mended=mended)


def lost_mark(page: Page, line: Line) -> Iterator[Mistake]:
    """`answer:` above a text of several lines, without its |."""
    below = page.after(line)
    if line.role is not Role.LINE or line.name is None or line.value or below is None or below.indent <= line.start:
        return
    if below.dashed or (below.name is not None and len(below.name.split()) <= LONGEST_NAME):
        return
    message = f"a text of several lines needs a | after  {line.name}:"
    column = line.value_start
    yield Mistake(number=line.number, column=column, message=message, mended={line.number: f"{line.text.rstrip()} |"})


def value_and_lines(page: Page, line: Line) -> Iterator[Mistake]:
    """`contact: The office` with further lines below it: it can be one or the other."""
    below = page.after(line)
    if line.role is not Role.LINE or line.name is None or not line.value or below is None or below.indent <= line.start:
        return
    shown = line.value if len(line.value) <= 30 else f"{line.value[:27]}…"
    message = (
        f'"{shown}" stands beside  {line.name}: , and more lines stand below it; give it a line and a name of its own'
    )
    mended = {line.number: line.text[: line.value_start].rstrip()}
    yield Mistake(number=line.number, column=line.value_start, message=message, mended=mended, offer=False, loses=True)


def lost_name(page: Page, line: Line) -> Iterator[Mistake]:
    """`- What is it?` where every other item begins `- question:`."""
    if line.role is not Role.LINE or not line.dashed or line.name is not None:
        return
    others = {other.name: None for other in page.outline if other.dashed and other.name and other.indent == line.indent}
    for name in others:
        message = f"the name is missing: write  - {name}: …"
        text = f"{line.text[: line.start]}{name}: {line.body}"
        yield Mistake(number=line.number, column=line.start, message=message, mended={line.number: text})


def extra_dash(page: Page, line: Line) -> Iterator[Mistake]:
    """A dash before a line that belongs to the item above."""
    if line.role is not Role.LINE or not line.dashed or line.name is None or names.plain(line.name) not in page.known:
        return
    text = " " * line.start + line.body
    message = "this line needs no dash: it belongs to the item above"
    yield Mistake(number=line.number, column=line.indent, message=message, mended={line.number: text})


def lost_hash(page: Page, line: Line) -> Iterator[Mistake]:
    """A line of the writer's own notes, or of decoration, without a #."""
    if line.role not in (Role.LINE, Role.STRAY) or line.name is not None or (line.dashed and line.body):
        return
    stands_alone = line.number == 1 or page.outline[line.number - 2].role is Role.EMPTY or line.indent == 0
    if not stands_alone or not re.match(r"\w|[-=*_~]{3}", line.text.lstrip()):
        return
    text = f"{line.text[: line.indent]}# {line.text.lstrip()}"
    message = "a note to yourself must begin with a #"
    yield Mistake(number=line.number, column=line.indent, message=message, mended={line.number: text})


def no_colon(page: Page, line: Line) -> Iterator[Mistake]:
    """A line without any colon among lines with one: `Course site https://…`, `Fall 2026` above its dates."""
    if line.role is not Role.LINE or line.name is not None or line.dashed or not line.body[:1].isalnum():
        return
    below = page.after(line)
    message = "the line has no colon; write it as  name: value"
    places = [re.search(r"\s+(?=https?://)", line.body), re.search(r"\s+", line.body)]
    if below is not None and below.indent > line.indent:
        places.insert(0, re.search(r"\s*$", line.body))
    for place in places:
        if place is not None:
            text = f"{line.text[: line.start]}{line.body[: place.start()]}: {line.body[place.end() :]}".rstrip()
            offer = place is not places[-1]
            yield Mistake(
                number=line.number, column=line.start, message=message, mended={line.number: text}, offer=offer
            )


Detector = Callable[[Page, Line], Iterator[Mistake]]
DETECTORS: tuple[Detector, ...] = (
    odd_space,
    lost_space,
    lost_colon,
    curly_quotes,
    open_quote,
    open_bracket,
    text_beside_mark,
    lost_mark,
    fallen_out,
    lost_dash_space,
    special_start,
    colon_in_value,
    lost_name,
    lost_dash,
    value_and_lines,
    wrong_indent,
    uneven_text,
    extra_dash,
    no_colon,
    lost_hash,
)
