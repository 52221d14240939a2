"""How long it takes to judge the two files, and how long a reload keeps the event loop from its work.

python -m benchmarks.reloading

Questions are asked all the while, as students would. Processor time is given where only the work counts; delays are
those of a loop that wants to run every 5 ms, with nothing else going on and during reloads.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count, cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.assistant import Assistant
from bot.knowledge.library import Library, load

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 10, 5, 16, tzinfo=UTC)
RELOADS = 8
TICK = 0.005


def main() -> None:
    """Print the figures for the shipped files, and for 300 kB of courses."""
    for many in (False, True):
        with TemporaryDirectory() as name:
            folder = Path(name)
            for file in ("faq.yaml", "courses.yaml"):
                shutil.copy(ROOT / file, folder)
            if many:
                (folder / "courses.yaml").write_text(_large(), encoding="utf-8")
            size = sum((folder / file).stat().st_size for file in ("faq.yaml", "courses.yaml"))
            times = [_check(folder) for _ in range(5)]
            print(f"{size / 1000:.0f} kB: judged in {min(times):.3f} to {max(times):.3f} s of processor time")
            asyncio.run(_reload(folder))


def _check(folder: Path) -> float:
    started = time.process_time()
    load(folder)
    return time.process_time() - started


async def _reload(folder: Path) -> None:
    library = Library(folder, folder / "state")
    knowledge = library.open().knowledge
    assert knowledge is not None
    assistant = Assistant(knowledge)
    delays: list[float] = []
    tasks = [asyncio.create_task(_tick(delays)), asyncio.create_task(_ask(assistant))]
    await asyncio.sleep(3)
    print(f"  at rest         {_told(delays)}")
    delays.clear()
    faq, courses = ((folder / name).read_text(encoding="utf-8") for name in ("faq.yaml", "courses.yaml"))
    started = time.perf_counter()
    for number in range(RELOADS):
        (folder / "faq.yaml").write_text(f"{faq}# {number}\n", encoding="utf-8")
        (folder / "courses.yaml").write_text(courses.replace("18:00-19:30", f"18:0{number}-19:30"), encoding="utf-8")
        assert await asyncio.to_thread(library.poll) is None
        reloaded = await asyncio.to_thread(library.poll)
        assert reloaded is not None
        assistant.knowledge = reloaded.knowledge
    taken = (time.perf_counter() - started) / RELOADS
    await asyncio.sleep(2 * TICK)
    print(f"  during reloads  {_told(delays)}; a reload takes {taken:.2f} s")
    for task in tasks:
        task.cancel()


async def _tick(delays: list[float]) -> None:
    while True:
        before = time.perf_counter()
        await asyncio.sleep(TICK)
        delays.append(time.perf_counter() - before - TICK)


async def _ask(assistant: Assistant) -> None:
    for entry in cycle(tuple(assistant.knowledge.entries.values())):
        assistant.ask(entry.question, now=NOW)
        await asyncio.sleep(0.05)


def _told(delays: Sequence[float]) -> str:
    ordered = sorted(delays)
    median, late = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]
    return f"median {median * 1000:.1f} ms, 99 % below {late * 1000:.1f} ms, longest {ordered[-1] * 1000:.1f} ms"


def _large() -> str:
    """Copy the shipped courses, each with names of its own, until there are 300 kB of them."""
    head, courses = (ROOT / "courses.yaml").read_text(encoding="utf-8").split("\ncourses:\n")
    courses = re.sub(r" +also_called: .*\n", "", courses)
    text = f"{head}\ncourses:\n"
    for number in count():
        if len(text) >= 300_000:
            return text
        text += re.sub(r"((?:code|channel|role): \w+-\d+)", rf"\g<1>{number}", courses) + "\n"
    raise AssertionError


if __name__ == "__main__":
    main()
