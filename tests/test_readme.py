"""README tells the truth: its commands exist, its configuration is accepted, its defaults are the defaults."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cyclopts import App

from collector.service.cli import make_app
from collector.service.settings import Settings, load_settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONFIGURATIONS = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
SHELL = [line for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.splitlines() if line.strip()]


def commands(app: App, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Every command with its group's name before it."""
    inner = [name for name in app if not name.startswith("-")]
    if not inner:
        yield " ".join(path)
    for name in inner:
        yield from commands(app[name], (*path, name))


def test_the_list_of_commands_is_the_programs() -> None:
    listed = re.findall(r"^\| `vestnik ([a-z ]+)` \|", README, re.MULTILINE)
    assert sorted(listed) == sorted(commands(make_app()))


def test_the_two_commands_that_set_everything_up_stand_first() -> None:
    assert [line.split("#")[0].strip() for line in SHELL[:2]] == ["make run", "make test"]


@pytest.mark.parametrize("line", [line for line in SHELL if line.startswith("make ")])
def test_make_knows_its_targets(line: str) -> None:
    words = shlex.split(line, comments=True)
    dry = subprocess.run([words[0], "--dry-run", *words[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert dry.returncode == 0, dry.stderr
    assert re.search(rf"^{words[1]}:.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("line", [line for line in SHELL if "vestnik " in line])
def test_command_lines_end_well(line: str) -> None:
    vestnik = str(Path(sys.executable).with_name("vestnik"))
    ended = subprocess.run(["sh", "-c", line.replace("vestnik ", f"{vestnik} ", 1)], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "ШОС" in ended.stdout


@pytest.mark.parametrize("configuration", CONFIGURATIONS)
def test_configurations_are_accepted(configuration: str, tmp_path: Path) -> None:
    file = tmp_path / "vestnik.toml"
    file.write_text(configuration, encoding="utf-8")
    assert load_settings(file).watch


def test_what_it_calls_defaults_are_the_defaults(tmp_path: Path) -> None:
    file = tmp_path / "vestnik.toml"
    file.write_text(CONFIGURATIONS[-1], encoding="utf-8")
    told = load_settings(file)
    for table in ("service", "network", "cadence", "outbox", "retention", "backup", "archive"):
        assert getattr(told, table) == getattr(Settings.model_validate({}), table)


def test_everything_that_can_be_set_is_told() -> None:
    told = tomllib.loads(re.sub(r"^# (\w+ = )", r"\1", CONFIGURATIONS[-1], flags=re.MULTILINE))
    for table, field in Settings.model_fields.items():
        model = field.annotation if hasattr(field.annotation, "model_fields") else _value(field.annotation)
        written = told[table] if hasattr(field.annotation, "model_fields") else _merged(told[table])
        missing = set(model.model_fields) - set(written) - {"database_url_file", "url_file", "proxy_file", "headers_file", "use"}
        assert not missing, f"[{table}] {missing}"


def test_the_addresses_it_names_are_served() -> None:
    routes = (ROOT / "feeds" / "web" / "app.py").read_text(encoding="utf-8")
    for path in re.findall(r"`(/[a-z./]+)`", README):
        assert f'"{path}"' in routes or (ROOT / path.strip("/")).exists()


def _value(annotation: Any) -> Any:
    """The model of a table of tables."""
    return annotation.__args__[1]


def _merged(tables: dict[str, dict[str, object]]) -> dict[str, object]:
    return {key: value for table in tables.values() for key, value in table.items()}
