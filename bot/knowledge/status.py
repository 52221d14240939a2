"""What to tell staff about the two files: what is wrong and where, or that it is mended and what has changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.content.problems import Level, Problem

TITLE = "**faq.yaml and courses.yaml**"
BROKEN = "⚠️"
ERRORS = f"{BROKEN} {{files}} cannot be used as it is. Until it is mended, I answer from its last good version."
TAKEN_UP = "Taken up from the other file: {summary}."
FIXED = "✅ Fixed: {summary}."
UPDATED = "✅ Taken up: {summary}."
FINE = "✅ Both are fine."
NO_CHANGE = "nothing that students see has changed"
WARNINGS = "Please have a look:"
EXAMPLES = "These examples give another answer than expected:"
MORE = "… and {count} more. All of them:  python3 start.py check"

LONGEST = 1900  # letters; Discord takes 2,000
MANY = 8


@dataclass(frozen=True, kw_only=True)
class Status:
    """A text in Discord Markdown, and whether one of the files cannot be used at the moment."""

    text: str
    broken: bool


def status(
    problems: Sequence[Problem], failed_examples: Sequence[Problem], summary: str | None, *, was_broken: bool = False
) -> Status:
    """Word the state of the files. `summary` says what has been taken up; None means that nothing was just read."""
    errors = [problem for problem in problems if problem.level is Level.ERROR]
    warnings = [problem for problem in problems if problem.level is Level.WARNING]
    lines = [TITLE]
    if errors:
        files = " and ".join(dict.fromkeys(problem.file for problem in errors))
        lines += [ERRORS.format(files=files), *_listed(errors)]
        lines += [TAKEN_UP.format(summary=summary)] if summary else []
    elif summary is None:
        lines += [FINE]
    else:
        lines += [(FIXED if was_broken else UPDATED).format(summary=summary or NO_CHANGE)]
    if warnings and not errors:
        lines += [WARNINGS, *_listed(warnings)]
    if failed_examples and not errors:
        lines += [EXAMPLES, *_listed(failed_examples)]
    return Status(text=_cut("\n".join(lines)), broken=bool(errors))


def _listed(problems: Sequence[Problem]) -> Iterator[str]:
    """Show problems as code, in which nothing that staff wrote is taken for Markdown or for a mention."""
    shown = "\n".join(str(problem) for problem in problems[:MANY])
    if len(problems) > MANY:
        shown += f"\n{MORE.format(count=len(problems) - MANY)}"
    yield f"```\n{shown.replace('```', chr(39) * 3)}\n```"


def _cut(text: str) -> str:
    """Keep within a message; a block of code that is cut is closed."""
    if len(text) <= LONGEST:
        return text
    kept = text[:LONGEST].rsplit("\n", 1)[0]
    return f"{kept}\n…\n```" if kept.count("```") % 2 else f"{kept}\n…"
