"""Mistakes that YAML takes without a word: it reads something, and not what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.content import names
from bot.content.mistakes_in_texts import LIKE_A_MARK
from bot.content.nodes import Finding, Items, Node, Style, Text
from bot.content.page import LONG_DASHES, no_dash, quoted
from bot.content.problems import Place
from bot.content.sheet import Sheet

LONGEST_LOOK = 200  # lines of one text
_CURLY_PAIR = re.compile(r"[“”„].*[“”„]|‘.*’", re.DOTALL)
_CURLY_TEXT = re.compile(r"“[^“”]*”|„[^“”„]*[“”]|‘[^‘’]*’")
_LIST_SIGN = re.compile(r"(?:-(?:\s|(?=[A-Za-z]))|[•·‣◦▪●○■]\s?|\*\s)")
_LIST_LINE = re.compile(r"\s*(?:[-*•]|\d+\.)\s")
_GARBLED = re.compile("â€[™œ˜¦“”\u009d]?|Ã[\u00a0-\u00bf]|Â[\u00a0-\u00bf]")
_HARMLESS = re.compile(r"\w[\w ,.?!/()'-]*")  # of most texts, which need no closer look
_FIELDS = re.compile(r"^ *(?:(?P<name>\w+): *\|$|- (?P<first>\w+): .*\n +(?P<second>\w+):(?: |$))", re.MULTILINE)
_LONG_DASH = re.compile(rf"[{LONG_DASHES}]\s*")


def look(sheet: Sheet, root: Node, findings: list[Finding]) -> bool:
    """Leave on the sheet what YAML read differently from what a person would; False if it is no use to read on."""
    if _refuse_machinery(sheet, findings):
        return False
    _garbled(sheet)
    for text, is_name in _texts(root):
        if text.style is Style.BLOCK:
            _folded_list(sheet, text)
            _fields_in_text(sheet, text)
        if text.style is not Style.PLAIN:
            continue
        if "#" in sheet.line(text.end.line):
            _lost_after_hash(sheet, text)
        if is_name:
            _dash_in_name(sheet, text)
            _double_colon(sheet, text)
        elif "  - " in text.value and text.place.line == text.end.line:
            _joined_items(sheet, text)
        elif text.value and not (text.place.line == text.end.line and _HARMLESS.fullmatch(text.value)):
            _swallowed_lines(sheet, text)
            _half_quoted(sheet, text)
    return True


def _texts(root: Node) -> Iterator[tuple[Text, bool]]:
    """Give all texts from the top down, and tell which are names."""
    waiting: list[tuple[Node, bool]] = [(root, False)]
    while waiting:
        node, is_name = waiting.pop()
        if isinstance(node, Text):
            yield node, is_name
        elif isinstance(node, Items):
            waiting += [(item, False) for item in reversed(node.items)]
        else:
            for pair in reversed(node.pairs):
                waiting += ((pair.value, False), (pair.key, True))


def _garbled(sheet: Sheet) -> None:
    """`donâ€™t` was once `don’t`, and was read in a wrong encoding on its way here."""
    for number, line in enumerate(sheet.lines, start=1):
        found = _GARBLED.search(line)
        if found is None or line.lstrip().startswith("#"):
            continue
        message = f'"{found[0]}" was another sign before it was copied here; type it anew'
        try:
            fix = line.encode("cp1252").decode("utf-8")
        except UnicodeError:
            fix = None
        sheet.warning(Place(line=number, column=found.start() + 1), message, fix=fix)


def _folded_list(sheet: Sheet, text: Text) -> None:
    """Below a > all lines run together, those of a list too."""
    line = sheet.line(text.place.line)
    start = text.place.column - 1
    below = (
        sheet.line(number) for number in range(text.place.line + 1, min(text.end.line, text.place.line + LONGEST_LOOK))
    )
    if line.startswith(">", start) and any(_LIST_LINE.match(each) for each in below):
        message = "below a > the lines of a list run together; write | instead"
        sheet.warning(text, message, fix=f"{line[:start]}|{line[start + 1 :]}")


def _fields_in_text(sheet: Sheet, text: Text) -> None:
    """`asynchronous: |` or a whole item in a text below a |, as the line with the name above it was deleted."""
    for found in _FIELDS.finditer(text.value):
        if all(names.plain(name) in sheet.words.known for name in found.groups() if name):
            number = text.place.line + 1 + text.value.count("\n", 0, found.start())
            line = sheet.line(number)
            message = (
                "this line is read as part of the text above. Is the line with the name above it missing, or does it "
                "begin too far to the right?"
            )
            sheet.error(Place(line=number, column=len(line) - len(line.lstrip()) + 1), message)
            return


def _refuse_machinery(sheet: Sheet, findings: list[Finding]) -> bool:
    """Anchors, aliases and tags: nobody who edits these files means them. True if there are real ones."""
    told: set[str] = set()
    for finding in findings:
        line = sheet.line(finding.place.line)
        rest = line[finding.place.column - 1 :]
        start = line[: finding.place.column - 1]
        fix = start + quoted(rest.rstrip())
        message = f"a text that begins with {finding.sign} needs quotes around it"
        if _is_prose(rest):
            sheet.error(finding.place, message, fix=fix)
        elif finding.sign not in told:
            told.add(finding.sign)
            sheet.error(finding.place, f"{message}. As a sign of YAML,  {rest.split()[0]}  is not used in these files")
    return bool(told)


def _is_prose(rest: str) -> bool:
    return bool(re.match(r"\*\*|\*\w[^*,]*\*(?!\w)|[*!] ?\w+[.!?]? \w", rest))


def _lost_after_hash(sheet: Sheet, text: Text) -> None:
    """`channel: #pm-101` is nothing, and `Room #5` is `Room`: YAML reads a note from the # on."""
    rest = sheet.line(text.end.line)[text.end.column - 1 :]
    empty = not text.value and re.match(r"\s*#[^\s#]", rest)
    if not empty and not (text.value and re.match(r" #[^\s#]", rest)):
        return
    start = text.end.column - 1 + rest.index("#")
    place = Place(line=text.end.line, column=start + 1)
    lost = rest[rest.index("#") :].rstrip()
    shown = lost if len(lost) <= 30 else f"{lost[:27]}…"
    line = sheet.line(text.end.line)
    if empty and re.fullmatch(r"#[\w-]+", lost):
        message = f'"{shown}" counts as a note, because of the #; write it without the #'
        fix = line[:start] + lost[1:]
    else:
        message = f'"{shown}" counts as a note, because of the #, and is lost; put the whole value in "straight quotes"'
        begin = text.place.column - 1 if text.value and text.place.line == text.end.line else start
        fix = line[:begin] + quoted(line[begin:].rstrip())
    sheet.error(place, message, fix=fix)


def _dash_in_name(sheet: Sheet, text: Text) -> None:
    """`-13 Oct 2026: reason` is a name that begins with a hyphen, or with a longer dash."""
    line = sheet.line(text.place.line)
    start = text.place.column - 1
    sign = re.match(rf"-(?=\w)|[{LONG_DASHES}]\s*", text.value)
    if sign and not line[:start].strip(" -"):
        message = "a blank is missing after the dash" if sign[0] == "-" else no_dash(sign[0].strip())
        sheet.error(text, message, fix=f"{line[:start]}- {line[start + sign.end() :]}")


def _double_colon(sheet: Sheet, text: Text) -> None:
    """`title:: Spreadsheets` is a name that ends with a colon; links and terms would be shown with it."""
    name = text.value.rstrip(":")
    if name != text.value:
        sheet.error(text, f"there is a colon too many after  {name}", fix=sheet.replaced(text, name))


def _joined_items(sheet: Sheet, text: Text) -> None:
    """`- one thing      - another`: a line break was deleted."""
    start = sheet.line(text.place.line).find("  - ", text.place.column - 1)
    line = sheet.line(text.place.line)
    if line[: text.place.column - 1].strip() == "-" and start >= 0:
        dash = line.index("-", start)
        sheet.error(Place(line=text.place.line, column=dash + 1), "a new line must begin before this dash")


def _swallowed_lines(sheet: Sheet, text: Text) -> None:
    """A line that looks like a list item or a field, and was read as more of the text above it."""
    for number in range(text.place.line, min(text.end.line, text.place.line + LONGEST_LOOK) + 1):
        line = sheet.line(number)
        body = line.lstrip()
        indent = len(line) - len(body)
        if number == text.place.line:
            if line[: text.place.column - 1].strip(" -") and not line[: text.place.column - 1].isspace():
                continue
            body, indent = line[text.place.column - 1 :], text.place.column - 1
        place = Place(line=number, column=indent + 1)
        sign = _LIST_SIGN.match(body)
        if number == text.place.line and not line[:indent].strip():
            sign = sign or _LONG_DASH.match(body)  # further down it may well be a dash in a sentence
        field = re.match(r"([A-Za-z_ ]{2,20}):(?=\S)(?!//)", body)
        if sign and sign[0].startswith("-") and not sign[0][1:]:
            sheet.error(place, "a blank is missing after the dash", fix=f"{line[:indent]}- {body[1:]}")
        elif sign and sign[0].startswith("-") and not sheet.line(text.place.line)[: text.place.column - 1].strip():
            sheet.error(text, "the dash is missing: every item of a list begins with  - ")
        elif sign and sign[0].startswith("-") and _dash_column(sheet, text) % 2 and not indent % 2:
            first = Place(line=text.place.line, column=_dash_column(sheet, text) + 1)
            sheet.error(first, "this dash stands too far left: it must begin exactly above the dashes below it")
        elif sign and sign[0].startswith("-") and number > text.place.line:
            if not sheet.line(text.place.line)[: text.place.column - 1].strip(" -"):
                sheet.error(place, "this dash stands too far right: it must begin exactly under the dashes above it")
            else:
                message = (
                    "a list stands below this and has no name; put a line such as  also_asked:  above the list, "
                    "or, if it is all one text, write a | here and the text below it"
                )
                sheet.error(text, message)
        elif sign and not sign[0].startswith("-"):
            fix = f"{line[:indent]}- {body[sign.end() :]}"
            sheet.error(place, no_dash(sign[0].strip()), fix=fix)
        elif number > text.place.line and re.fullmatch(r"https?://\S+", body):
            sheet.error(place, f"the name is missing before the link: write  Name: {body.rstrip()}")
            sheet.settle({text.place.line})
        elif field and names.plain(field[1]) in sheet.words.known:
            fix = f"{line[:indent]}{field[1]}: {body[field.end() :]}"
            sheet.error(place, f"a blank is missing after the colon of  {field[1]}:", fix=fix)
        else:
            continue
        return


def _dash_column(sheet: Sheet, text: Text) -> int:
    line = sheet.line(text.place.line)
    return len(line) - len(line.lstrip())


def _half_quoted(sheet: Sheet, text: Text) -> None:
    """Quotes and brackets that lost their other half, or are curly, stay in the text for students to see."""
    value = text.value
    first = sheet.line(text.place.line)[text.place.column - 1 :].strip()
    if text.end.line > text.place.line and LIKE_A_MARK.fullmatch(first):
        line = sheet.line(text.place.line)[: text.place.column - 1]
        sheet.error(text, f"a text of several lines needs a | after the colon, and not  {first}", fix=f"{line}|")
    elif _CURLY_PAIR.fullmatch(value):
        message = f"the curly quotes {value[0]} {value[-1]} become part of the text; use straight ones"
        line = sheet.line(text.place.line)
        sheet.error(text, message, fix=_CURLY_TEXT.sub(lambda found: quoted(found[0][1:-1]), line))
        if not sheet.is_passage:
            sheet.settle({text.place.line})  # all of the line are mended with the first
    elif value.endswith('"') and value.count('"') == 1:
        sheet.error(text, 'the quote " at the end was never opened', fix=sheet.replaced(text, quoted(value[:-1])))
    elif re.fullmatch(r"\w{1,2}\[[^\]]*,[^\]]*\]", value):
        sheet.error(text, "something stands before the bracket; begin the list with [", fix=None)
    elif value.endswith("]") and "[" not in value:
        sheet.error(text, "the bracket ] at the end was never opened", fix=sheet.replaced(text, f"[{value}"))
