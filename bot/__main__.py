"""The command line: run · try · ask · check · schema."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.answering.moments import spell_out
from bot.answering.outcomes import Answer, DidYouMean, Elsewhere, Outcome, Reply, Unknown, WhichCourse
from bot.assistant import Asker, Assistant
from bot.content.problems import Level, as_json, for_github
from bot.knowledge.library import Library, Loaded, check, load
from bot.timetable.wall_time import localize

if TYPE_CHECKING:  # pydantic takes a third of a second to import, which `ask` does without
    from bot.answering.knowledge_base import KnowledgeBase
    from bot.settings import Settings

OK, FAILED, USAGE = 0, 1, 2
ALL_WELL = "Both files are fine: {entries} questions, {courses} courses."
LAST_GOOD = "Until they are mended, Schoolbell answers from the last version that had no mistakes."
NOT_STARTED = "Schoolbell has not started, because the files have mistakes. Mend them and start again."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 fine, 1 the files have errors or it failed, 2 wrong use."""
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # Windows: not the ANSI code page
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone, and nobody is left to be told
        return OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="schoolbell", description="Answers students' questions from two YAML files.")
    commands = parser.add_subparsers(title="commands", required=True)

    run = commands.add_parser("run", help="start the bot on Discord (needs DISCORD_TOKEN)")
    _content_option(run, default=None)
    run.set_defaults(command=_run)

    trial = commands.add_parser("try", help="start the bot on a simulated Discord in your browser; no token needed")
    _content_option(trial, default=None)
    trial.add_argument(
        "--channel", metavar="NAME", help="show a server channel of this name instead of a direct message"
    )
    trial.add_argument(
        "--as",
        dest="role",
        choices=("student", "staff"),
        default="student",
        help="staff: see the desk in a server channel, with copies of the two files to write into",
    )
    trial.set_defaults(command=_try)

    ask = commands.add_parser("ask", help="answer a question here in the terminal")
    ask.add_argument("question", nargs="?", help="the question, in quotes")
    ask.add_argument("--course", metavar="CODE", help="the course that the question is about")
    ask.add_argument("--at", type=_moment, metavar="MOMENT", help="answer as of this moment, such as 2026-11-24T17:00")
    ask.add_argument("--json", action="store_true", help="print one JSON object instead of text")
    ask.add_argument("--batch", action="store_true", help="read one question a line, print one JSON object a line")
    _content_option(ask)
    ask.set_defaults(command=_ask)

    check = commands.add_parser("check", help="judge the two files; exit 1 if they have errors or an example fails")
    check.add_argument("--format", choices=("text", "json", "github"), default="text", help="how to print the problems")
    _content_option(check)
    check.set_defaults(command=_check)

    schema = commands.add_parser(
        "schema", help="write the schemas by which an editor knows the fields of the two files"
    )
    _content_option(schema)
    schema.set_defaults(command=_schema)
    return parser


def _content_option(parser: argparse.ArgumentParser, default: Path | None = Path()) -> None:
    """Add --content. The bot itself takes the default None, so that the setting CONTENT_DIR counts."""
    parser.add_argument("--content", type=Path, default=default, help="the folder with faq.yaml and courses.yaml")


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is not a moment. Write it like 2026-11-24T17:00') from None


# --- ask -----------------------------------------------------------------------------------------


def _ask(options: argparse.Namespace) -> int:
    if not options.batch and options.question is None:
        sys.stderr.write('What is the question? Write it in quotes:  ask "when is the next session of PM-101?"\n')
        return USAGE
    loaded = load(options.content)
    if loaded.knowledge is None:
        return _refuse(loaded)
    assistant = Assistant(loaded.knowledge)
    zone = loaded.knowledge.school.timezone
    now = options.at or _utc_now()
    now = now if now.tzinfo else localize(now, zone)
    asker = Asker(course=options.course)
    if options.course and len(assistant.suggest_courses(options.course)) != 1:
        known = ", ".join(assistant.knowledge.courses)
        sys.stderr.write(f"--course: {options.course} does not name one course. These are known: {known}\n")
        return USAGE
    for question in _lines() if options.batch else [options.question]:
        reply = assistant.ask(question, asker, now=now)
        text = spell_out(_words(reply.outcome), zone, now)
        if options.json or options.batch:
            print(json.dumps(_as_json(reply, assistant, text), ensure_ascii=False), flush=True)
        else:
            print(text)
    return OK


def _lines() -> Iterable[str]:
    for line in sys.stdin:
        yield line.rstrip("\r\n")


def _words(outcome: Outcome) -> str:
    """The whole of what a student would read, buttons included."""
    match outcome:
        case Answer(title=title, text=text, links=links, related=related):
            parts = [f"**{title}**", text]
            parts += ["\n".join(f"{link.label}: {link.url}" for link in links)] if links else []
            parts += ["See also: " + " · ".join(other.question for other in related)] if related else []
        case WhichCourse(title=title, text=text, choices=choices):
            parts = [f"**{title}**", text, "\n".join(f"- {course.code} {course.title}" for course in choices)]
        case DidYouMean(text=text, suggestions=suggestions):
            parts = [text, "\n".join(f"- {offered.question}" for offered in suggestions)]
        case Elsewhere(text=text) | Unknown(text=text):
            parts = [text]
    return "\n\n".join(parts)


def _as_json(reply: Reply, assistant: Assistant, text: str) -> dict[str, object]:
    outcome = reply.outcome
    entries = [match for match in reply.matches if match.entry in assistant.knowledge.entries]
    return {
        "outcome": _OUTCOMES[type(outcome)],
        "entry": outcome.entry if isinstance(outcome, Answer | WhichCourse) else None,
        "score": round(reply.matches[0].score, 4) if reply.matches else 0.0,
        "alternatives": [{"entry": match.entry, "score": round(match.score, 4)} for match in entries],
        "courses": list(reply.courses),
        "text": text,
    }


_OUTCOMES: dict[type[Outcome], str] = {
    Answer: "answer",
    WhichCourse: "which_course",
    DidYouMean: "did_you_mean",
    Elsewhere: "elsewhere",
    Unknown: "unknown",
}


# --- check ---------------------------------------------------------------------------------------


def _check(options: argparse.Namespace) -> int:
    loaded = check(options.content)
    problems = (*loaded.problems, *loaded.failed_examples)
    failed = any(problem.level is Level.ERROR for problem in problems)
    match options.format:
        case "json":
            print(json.dumps([as_json(problem) for problem in problems], ensure_ascii=False, indent=2))
        case "github":
            for problem in problems:
                print(for_github(problem, options.content))
        case _:
            for problem in problems:
                print(problem)
            base = loaded.knowledge
            if base is not None and not failed:
                print(ALL_WELL.format(entries=len(base.faq.entries), courses=len(base.courses)))
            for batch in _about_to_be_told(base, _utc_now()) if base is not None else ():
                print(batch)
    return FAILED if failed else OK


def _about_to_be_told(base: KnowledgeBase, now: datetime) -> Iterable[str]:
    """Say whom changed dates would reach, if what the bot has told so far is at hand."""
    from bot.settings import SettingsError, read_settings

    try:
        path = read_settings().database
    except SettingsError:  # `run` says what is wrong with it
        return
    if not path.exists():  # as nearly everywhere, where importing all that reads it would take half a second
        return
    from bot.reminders.batch_words import in_words
    from bot.reminders.board import forecast
    from bot.reminders.schedule import Schedule
    from bot.store.database import peek

    schedule = Schedule.of(base.courses.values(), base.timetable, base.school.timezone)
    for batch in peek(path, forecast, schedule, int(now.timestamp())) or ():
        yield spell_out(in_words(batch, base.courses), base.school.timezone, now).replace("**", "")


def _refuse(loaded: Loaded) -> int:
    for problem in loaded.problems:
        sys.stderr.write(f"{problem}\n")
    sys.stderr.write(f"{NOT_STARTED}\n")
    return FAILED


# --- schema --------------------------------------------------------------------------------------


def _schema(options: argparse.Namespace) -> int:
    from bot.content.export import json_schemas

    folder = options.content / "schemas"
    try:
        folder.mkdir(exist_ok=True)
        for name, schema in json_schemas().items():
            file = folder / f"{name}.schema.json"
            file.write_text(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")
            print(f"Written: {file}")
    except OSError as error:
        sys.stderr.write(f"{error.filename or folder} cannot be written: {error.strerror}.\n")
        return FAILED
    return OK


# --- the bot -------------------------------------------------------------------------------------


def _run(options: argparse.Namespace) -> int:
    from bot.chat.client import run  # importing Discord takes half a second, which only the bot needs

    return _start(options, lambda assistant, settings, library: run(assistant, settings, _utc_now, library))


def _try(options: argparse.Namespace) -> int:
    from bot.sandbox import copy_of, run

    as_staff = options.role == "staff"
    return _start(
        options,
        lambda assistant, settings, library: run(
            assistant, settings, channel=options.channel, as_staff=as_staff, now=_utc_now(), library=library
        ),
        copy_of if as_staff else None,
    )


def _start(
    options: argparse.Namespace,
    bot: Callable[[Assistant, Settings, Library], int],
    copied: Callable[[Path], AbstractContextManager[Path]] | None = None,
) -> int:
    """Start the bot on the two files, or on what `copied` makes of their folder, which keeps its last good ones too."""
    from bot.settings import SettingsError, read_settings

    try:
        settings = read_settings()
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return USAGE
    content, state = options.content or settings.content_dir, settings.state_dir
    with copied(content) if copied else nullcontext() as copy:
        return _start_on(Library(copy or content, copy or state), settings, bot)


def _start_on(library: Library, settings: Settings, bot: Callable[[Assistant, Settings, Library], int]) -> int:
    loaded = library.open()
    if loaded.knowledge is None:
        return _refuse(loaded)
    for problem in loaded.problems:
        sys.stderr.write(f"{problem}\n")
    if any(problem.level is Level.ERROR for problem in loaded.problems):
        sys.stderr.write(f"{LAST_GOOD}\n")
    return bot(Assistant(loaded.knowledge), settings, library)


def _utc_now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    sys.exit(main())
