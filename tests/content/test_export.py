"""The schemas for editors: as committed, content with what the reader accepts, and strict with names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator  # type: ignore[import-untyped]  # ships no types

from bot.content.export import json_schemas

ROOT = Path(__file__).parents[2]
SCHEMAS = json_schemas()


def marked(name: str, text: str) -> list[str]:
    """Return the paths at which an editor marks this file."""
    # To the editor `yes` is a text and `2026-09-08` too, to PyYAML they are not: let it take all for texts.
    data: Any = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 # builds nothing but texts, lists and dicts
    errors = Draft7Validator(SCHEMAS[name]).iter_errors(data)
    return sorted("/".join(map(str, error.absolute_path)) for error in errors)


def shipped(name: str) -> str:
    return (ROOT / f"{name}.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_committed_schemas_are_those_of_the_fields(name: str) -> None:
    committed = json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert committed == SCHEMAS[name], "write them anew:  python3 start.py schema"


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_shipped_files_point_to_their_schema_and_have_no_mark(name: str) -> None:
    assert shipped(name).startswith(f"# yaml-language-server: $schema=./schemas/{name}.schema.json\n")
    assert marked(name, shipped(name)) == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_field_is_explained(name: str) -> None:
    def unexplained(schema: Any, path: str) -> list[str]:
        if isinstance(schema, list):
            return [found for item in schema for found in unexplained(item, path)]
        if not isinstance(schema, dict):
            return []
        fields = schema.get("properties", {})
        bare = [f"{path}/{field}" for field, value in fields.items() if not value.get("description")]
        return bare + [found for key, value in schema.items() for found in unexplained(value, f"{path}/{key}")]

    assert unexplained(SCHEMAS[name], name) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("faq", "    also_asked:", "    Also asked:"),
        ("faq", "  - question: Do", "  - Question: Do"),
        ("faq", "show: [format", "show: [Next Session, format"),
        ("courses", "  asynchronous:\n    also_called", "  Async:\n    also_called"),
        ("courses", "[hr, human resources]", "hr"),
        ("courses", "          - 13 Oct 2026: Instructor at a conference", "          - 13 Oct 2026"),
        ("courses", "          - 13 Oct 2026: Instructor", "          13 Oct 2026: Instructor"),
    ],
)
def test_what_the_reader_accepts_is_not_marked(name: str, old: str, new: str) -> None:
    assert old in shipped(name)
    assert marked(name, shipped(name).replace(old, new, 1)) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "path"),
    [
        ("faq", "    answer: |", "    anser: |", "questions/0"),
        ("faq", "needs: course", "needs: term", "questions/"),
        ("faq", "show: [", "show: [shedule, ", "questions/"),
        ("courses", "    instructor: Dana", "    teacher: Dana", "courses/0"),
        ("courses", "    title: Project Management Foundations\n", "", "courses/0"),
        ("courses", "optional: yes", "optional: maybe", "courses/5/live_sessions/0/optional"),
        ("courses", "  name: School", "  nmae: School", "school"),
    ],
)
def test_a_wrong_name_or_word_is_marked(name: str, old: str, new: str, path: str) -> None:
    assert old in shipped(name)
    found = marked(name, shipped(name).replace(old, new, 1))
    assert len(found) == 1
    assert found[0].startswith(path)
