"""What the README says of the project holds."""

import re
import tomllib
from pathlib import Path

import click
import pytest

import app
from assistant.__main__ import main

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """The text under a heading of the README, up to the next."""
    return README.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def mapped_paths() -> list[str]:
    """The paths in the first column of the map; a bare name stands in the folder of the one before it."""
    paths: list[str] = []
    for row in re.findall(r"^\| (`.+?) \|", section("The map"), re.MULTILINE):
        for path in re.findall(r"`([^`]+)`", row):
            known = (ROOT / path).exists() or "/" in path or not paths
            paths.append(path if known else f"{paths[-1].rpartition('/')[0]}/{path}")
    return paths


@pytest.mark.parametrize("path", mapped_paths())
def test_every_path_of_the_map_exists(path: str) -> None:
    assert (ROOT / path).exists()


def test_the_map_names_every_module_of_the_rooms() -> None:
    named = set(mapped_paths())
    rooms = [p for room in ("corpus", "index", "assistant") for p in (ROOT / room).glob("*.py")]
    modules = {str(p.relative_to(ROOT)).replace("\\", "/") for p in rooms if p.name != "__init__.py"}
    plain = {"corpus/errors.py", "index/hits.py", "assistant/settings.py", "assistant/start.py"}
    assert modules - plain <= named


def test_every_command_that_is_shown_exists_and_every_command_is_shown() -> None:
    shown = set(re.findall(r"python -m assistant (\w+)", README)) | set(
        re.findall(r"`(promises|figures)`", section("Commands"))
    )
    assert shown == set(main.list_commands(click.Context(main)))


def test_every_option_that_is_shown_exists() -> None:
    known = {option for command in main.commands.values() for p in command.params for option in p.opts}
    known |= {option for action in app.options_parser()._actions for option in action.option_strings}
    shown = set(
        re.findall(r"--[a-z][a-z-]*", "".join(map(section, ("Commands", "Adding your own papers", "Serving others"))))
    )
    assert shown <= known


def test_ci_runs_the_readmes_own_test_command() -> None:
    assert "\npip install -r requirements-test.txt && python -m pytest\n" in README
    assert "pip install -r requirements-test.txt && python -m pytest" in (ROOT / ".ci" / "run").read_text(
        encoding="utf-8"
    )


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [d for name, group in project["optional-dependencies"].items() for d in group if name != "all"]
    wanted = {name(d) for d in [*project["dependencies"], *extras]} - {"council-papers"}
    lines = "\n".join((ROOT / f).read_text(encoding="utf-8") for f in ("requirements.txt", "requirements-test.txt"))
    pinned = {name(line) for line in lines.splitlines() if re.match(r"[\w.-]+==\S+$", line)}
    assert wanted <= pinned


def name(requirement: str) -> str:
    """A requirement's distribution, as package indexes compare names."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[=<>~!;]", requirement)[0]).lower()
