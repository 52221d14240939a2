#!/usr/bin/env python3
"""Start Schoolbell from a fresh clone: set up its own packages in .venv when needed, then do what was asked.

    python3 start.py                     try the bot on a page in the browser: no token, no account
    python3 start.py ask "a question"    answer a question in this terminal
    python3 start.py check               judge faq.yaml and courses.yaml
    python3 start.py schema              write the schemas that editors check the two files with
    python3 start.py run                 run the bot on Discord (DISCORD_TOKEN=...)
    python3 start.py test                run the tests

Everything after the command is handed on:  python3 start.py ask --help  tells more.
"""

# Old Pythons must be able to read this file in order to say that they are too old: no newer syntax than 3.6.
import sys

if sys.version_info < (3, 11):  # noqa: UP036 # see above
    sys.exit("Schoolbell needs Python 3.11 or newer, and this is {}.{}.".format(*sys.version_info))

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "schoolbell.txt"
"""Written last: which packages are installed, from which lists. Without it the folder is half made."""

EXTRAS = {"run": {"report"}, "try": {"try"}, "test": {"try", "report", "dev"}}
"""What a command needs besides the packages that the bot itself runs on."""


def main(arguments: list[str]) -> int:
    if arguments[:1] in (["-h"], ["--help"]):
        print(__doc__.strip())
        return 0
    command = arguments[0] if arguments and not arguments[0].startswith("-") else "try"
    rest = arguments[1:] if arguments[:1] == [command] else arguments
    try:
        prepare(EXTRAS.get(command, set()))
    except SetupError as failed:
        print(f"start.py: {failed}", file=sys.stderr)
        return 1
    if command == "test":
        return hand_over(["-m", "pytest", *rest])
    return hand_over(["-m", "bot", command, *from_here(rest)])


def from_here(arguments: list[str]) -> list[str]:
    """Make a relative --content absolute, because the bot runs in its own folder."""
    result = list(arguments)
    for index, argument in enumerate(arguments):
        if argument.startswith("--content="):
            result[index] = f"--content={Path(argument.partition('=')[2]).absolute()}"
        elif argument == "--content" and index + 1 < len(arguments):
            result[index + 1] = str(Path(arguments[index + 1]).absolute())
    return result


class SetupError(Exception):
    """The packages could not be set up; the message is the one sentence that says what to do."""


def prepare(extras: set[str]) -> None:
    """Make .venv hold what `extras` need; nothing is run when it does already.

    Raises SetupError if that is not possible.
    """
    wanted = digest()
    installed, present = read_stamp()
    if installed == wanted and extras <= present:
        return
    try:
        if installed is None:
            create()
        STAMP.unlink(missing_ok=True)  # an interrupted pip leaves no claim that all is well
        try:
            install(extras | present)
        except SetupError:
            write_stamp("failed", present)  # pip has tidied up: the next start tries again, and need not begin anew
            raise
        write_stamp(wanted, extras | present)
    except OSError as error:
        raise SetupError(f"cannot write {error.filename or VENV}: {error.strerror}.") from error


def digest() -> str:
    """Name the state of the two lists of packages; it changes when either is edited."""
    lists = (ROOT / "pyproject.toml").read_bytes() + (ROOT / "constraints.txt").read_bytes()
    return hashlib.sha256(lists).hexdigest()


def read_stamp() -> tuple[str | None, set[str]]:
    """Return the digest and the extras that are installed, or None and no extras if .venv has to be made anew."""
    try:
        settings = (VENV / "pyvenv.cfg").read_text(encoding="utf-8")
        base = next(line.partition("=")[2].strip() for line in settings.splitlines() if line.startswith("executable"))
        if not Path(base).exists() or not PYTHON.exists():  # the Python it was made with has been removed or replaced
            return None, set()
        wanted, *extras = STAMP.read_text(encoding="utf-8").split()
    except (OSError, ValueError, StopIteration):
        return None, set()
    return wanted, set(extras)


def write_stamp(state: str, extras: set[str]) -> None:
    STAMP.write_text("\n".join([state, *sorted(extras)]), encoding="utf-8")


def create() -> None:
    from importlib.util import find_spec

    if find_spec("venv") is None or find_spec("ensurepip") is None:
        raise SetupError(
            "this Python lacks its venv module; install it (on Debian and Ubuntu: sudo apt install python3-venv)"
            " and start again."
        )
    import subprocess
    import venv

    tell("Setting up .venv (only the first time, about a minute) ...")
    try:
        venv.create(VENV, clear=True, symlinks=os.name != "nt", with_pip=True)
    except subprocess.CalledProcessError as error:
        raise SetupError(f"this Python could not make a virtual environment: {last_line(error.output)}") from error


def install(extras: set[str]) -> None:
    import subprocess

    wanted = requirements(extras)
    tell(f"Installing {', '.join(sorted({'bot', *extras}))}: {len(wanted)} packages and what they need ...")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    result = subprocess.run(
        [*pip, "--constraint", str(ROOT / "constraints.txt"), *wanted],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if result.returncode and "Retry(total=0," in result.stdout:  # offline, pip goes on to speak of conflicting versions
        raise SetupError(
            "the packages cannot be fetched, because their index cannot be reached; go online and try again."
        )
    if result.returncode:
        raise SetupError(f"the packages could not be installed: {last_line(result.stdout)}")


def requirements(extras: set[str]) -> list[str]:
    """List what pyproject.toml asks for. The project itself is not installed: it runs from its own folder."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    listed = [*project["dependencies"]]
    for extra in sorted(extras):
        listed += project["optional-dependencies"][extra]
    return [requirement for requirement in listed if not requirement.startswith(project["name"] + "[")]


def last_line(output: bytes | str | None) -> str:
    """Find the line of a tool's output that says what went wrong."""
    text = output.decode(errors="replace") if isinstance(output, bytes) else output or ""
    lines = [line.strip() for line in text.splitlines() if line.strip() and "ResolutionImpossible" not in line]
    errors = [line for line in lines if line.startswith("ERROR")]
    return (errors or lines or ["no reason given"])[-1]


def tell(progress: str) -> None:
    print(progress, file=sys.stderr, flush=True)  # standard output belongs to the command


def hand_over(arguments: list[str]) -> int:
    """Run .venv's Python in the project's folder. Where the system can, this process becomes that one."""
    command = [str(PYTHON), *arguments]
    os.chdir(ROOT)
    if os.name != "nt":
        os.execv(PYTHON, command)  # noqa: S606 # signals and the exit code need nobody in between
    import subprocess

    with subprocess.Popen(command) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue  # the bot has heard it too, and is closing


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
