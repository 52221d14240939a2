"""What the project promises as a whole: its words match what it does."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import discord
import pytest
from simcord import Env

import bot
from bot.assistant import Assistant
from bot.chat.client import create
from bot.content import schema
from bot.content.blocks import Block
from bot.content.courses import read_courses
from bot.content.faq import read_faq
from bot.settings import Settings
from bot.store.database import Database

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = {name: value for name, value in vars(schema).items() if isinstance(value, Block)}


def yaml_block(containing: str) -> str:
    """Return the first YAML example of the README in which these words stand."""
    blocks: list[str] = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    return next(block for block in blocks if containing in block)


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS.keys())
def test_every_field_of_the_files_is_in_the_readme(block: Block) -> None:
    rows = [f"| `{field.name}` | {'yes' if field.required else ''} | {field.help} |" for field in block.fields]
    assert "\n".join(["|---|---|---|", *rows]) + "\n\n" in README


def test_the_right_example_is_right() -> None:
    reading = read_faq(yaml_block("id: parking").encode())
    assert (reading.value and reading.value.entries[0].id, reading.problems) == ("parking", ())


def test_the_example_of_a_course_is_right() -> None:
    course = yaml_block("code: FIN-130").removeprefix("courses:\n")
    reading = read_courses(((ROOT / "courses.yaml").read_text(encoding="utf-8") + course).encode())
    assert reading.problems == ()
    assert reading.value
    assert len(reading.value.courses[-1].live_sessions) == 1


def test_the_wrong_example_gives_the_message_that_the_readme_shows() -> None:
    [problem] = read_faq(yaml_block("answer: Please note:").encode()).problems
    assert f"```\n{problem}\n```" in README


async def test_every_command_is_in_the_readme_and_no_two_share_a_name(assistant: Assistant, database: Database) -> None:
    client = create(assistant, Settings(), lambda: datetime.now(UTC), database=database)
    env = Env(client)
    await env.start()
    commands = client.tree.get_commands()
    await env.shutdown()
    assert len({command.name for command in commands}) == len(commands) > 5
    for command in (leaf for one in commands for leaf in getattr(one, "commands", [one])):
        menu = isinstance(command, discord.app_commands.ContextMenu)
        assert f"**{command.name}**" in README if menu else f"| `/{command.qualified_name}` |" in README


def test_every_setting_is_in_the_readme() -> None:
    for name in Settings.model_fields:
        assert f"| `{name.upper()}` |" in README


def test_the_invitation_asks_for_what_the_readme_says() -> None:
    asked = re.search(r"permissions=(\d+)", README)
    listed = re.search(r"It asks for: (.*?)\.\n", README, re.DOTALL)
    assert asked
    assert listed
    names = re.sub(r"\(.*?\)", "", listed[1]).split(",")
    wanted = discord.Permissions(**{"_".join(name.lower().split()): True for name in names})
    assert int(asked[1]) == wanted.value


def test_the_links_of_the_readme_lead_somewhere() -> None:
    targets = re.findall(r"(?:\]\(|src=\")(?!https?:)([^)\"#]*)(?:#([^)]*))?[)\"]", README)
    headings = {re.sub(r"[^\w -]", "", line.lstrip("# ")).lower().replace(" ", "-") for line in README.splitlines()}
    assert all((ROOT / path).exists() and (not anchor or anchor in headings) for path, anchor in targets)


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == bot.__version__
    assert f"{bot.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_package_is_pinned_exactly_and_names_no_address() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert all(re.fullmatch(r"[a-z0-9.-]+==[0-9][a-z0-9.]*", pin) for pin in pins)
    pinned = {pin.partition("==")[0] for pin in pins}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *project["optional-dependencies"]["try"],
        *project["optional-dependencies"]["report"],
        *project["optional-dependencies"]["dev"],
    ]
    names = {re.split(r"[\[<>=]", requirement.lower())[0] for requirement in wanted}
    assert names - {"schoolbell"} <= pinned
