"""The container files, as someone who types `docker compose up` depends on them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
import yaml  # type: ignore[import-untyped]

ROOT = Path(__file__).parent.parent

DURATION = {"type": "string", "pattern": "^([0-9]+(us|ms|s|m|h))+$"}
SIZE = {"type": "string", "pattern": "^[0-9]+[bkmg]$"}
WORDS = {"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": True}
HEALTHCHECK = {
    "type": "object",
    "additionalProperties": False,
    "required": ["test"],
    "properties": {
        "test": {"type": "array", "items": {"type": "string"}, "prefixItems": [{"enum": ["CMD", "CMD-SHELL", "NONE"]}]},
        "interval": DURATION,
        "timeout": DURATION,
        "start_period": DURATION,
        "retries": {"type": "integer", "minimum": 1},
    },
}
LOGGING = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "driver": {"type": "string"},
        "options": {
            "type": "object",
            "additionalProperties": False,
            # The driver takes text alone: a bare number is refused.
            "properties": {"max-size": SIZE, "max-file": {"type": "string", "pattern": "^[0-9]+$"}},
        },
    },
}
SERVICE = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "build": {"type": "string"},
        "image": {"type": "string"},
        "restart": {"enum": ["no", "always", "on-failure", "unless-stopped"]},
        "init": {"type": "boolean"},
        "stop_grace_period": DURATION,
        "ports": WORDS,
        "environment": {"type": "object", "patternProperties": {"^[A-Z][A-Z0-9_]*$": {"type": "string"}}, "additionalProperties": False},
        "volumes": WORDS,
        "read_only": {"type": "boolean"},
        "tmpfs": WORDS,
        "cap_drop": WORDS,
        "security_opt": WORDS,
        "pids_limit": {"type": "integer"},
        "healthcheck": HEALTHCHECK,
        "logging": LOGGING,
    },
}
COMPOSE = {
    "$comment": "The parts of the Compose specification that the file uses, and no others.",
    "type": "object",
    "additionalProperties": False,
    "required": ["services"],
    "properties": {
        "services": {"type": "object", "additionalProperties": SERVICE, "minProperties": 1},
        "volumes": {"type": "object", "additionalProperties": {"type": "null"}},
    },
}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return read


@pytest.fixture(scope="module")
def vestnik(compose: dict[str, Any]) -> dict[str, Any]:
    service: dict[str, Any] = compose["services"]["vestnik"]
    return service


def instructions(name: str) -> list[str]:
    """The arguments of a Dockerfile instruction, in its last stage."""
    final = re.split(r"(?m)^FROM ", (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " "))[-1]
    return re.findall(rf"(?m)^{name} +(.*)$", final)


def image_environment() -> dict[str, str]:
    return dict(setting.split("=", 1) for line in instructions("ENV") for setting in shlex.split(line))


def mounts(vestnik: dict[str, Any]) -> dict[str, str]:
    """What is mounted, by the place where the container sees it."""
    return {mount.split(":")[1]: mount for mount in vestnik["volumes"]}


def test_the_file_keeps_to_the_compose_specification(compose: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(COMPOSE)
    assert list(jsonschema.Draft202012Validator(COMPOSE).iter_errors(compose)) == []


@pytest.mark.parametrize(
    ("key", "value"), [("prots", ["1:1"]), ("restart", "sometimes"), ("stop_grace_period", 15), ("environment", {"A": True})]
)
def test_a_mistake_in_the_file_would_be_found(compose: dict[str, Any], vestnik: dict[str, Any], key: str, value: object) -> None:
    wrong = compose | {"services": {"vestnik": vestnik | {key: value}}}
    assert list(jsonschema.Draft202012Validator(COMPOSE).iter_errors(wrong))


def test_one_service_is_published_on_this_machine_alone_and_says_that_address(compose: dict[str, Any], vestnik: dict[str, Any]) -> None:
    assert list(compose["services"]) == ["vestnik"]
    (published,) = vestnik["ports"]
    host, outside, inside = published.split(":")
    assert host == "127.0.0.1"
    assert vestnik["environment"]["VESTNIK_SERVICE__BASE_URL"] == f"http://127.0.0.1:{outside}"
    assert vestnik["environment"]["VESTNIK_SERVICE__LISTEN"] == f"0.0.0.0:{inside}"
    assert instructions("EXPOSE") == [inside]


def test_data_outlives_the_container_in_a_named_volume_where_the_image_keeps_it(compose: dict[str, Any], vestnik: dict[str, Any]) -> None:
    data = image_environment()["VESTNIK_SERVICE__DATA_DIR"]
    name = mounts(vestnik)[data].split(":")[0]
    assert name in compose["volumes"]


def test_settings_are_a_read_only_folder_where_the_image_looks_for_them(vestnik: dict[str, Any]) -> None:
    (folder,) = instructions("WORKDIR")
    assert mounts(vestnik)[folder] == f"./config:{folder}:ro"


def test_the_container_may_do_no_more_than_it_must(vestnik: dict[str, Any]) -> None:
    assert vestnik["read_only"] is True
    assert vestnik["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in vestnik["security_opt"]
    (user,) = instructions("USER")
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user), "a number, so that the orchestrator can tell that it is not root"
    # The root is read-only: bytecode can't be written, and home has to be where writing is possible.
    assert image_environment()["PYTHONDONTWRITEBYTECODE"] == "1"
    assert image_environment()["HOME"] == image_environment()["VESTNIK_SERVICE__DATA_DIR"]


def test_it_starts_again_by_itself_and_its_health_is_watched_by_the_programs_own_command(vestnik: dict[str, Any]) -> None:
    assert vestnik["restart"] == "unless-stopped"
    assert vestnik["healthcheck"]["test"] == ["CMD", "vestnik", "healthcheck"]
    (healthcheck,) = instructions("HEALTHCHECK")
    assert healthcheck.endswith('CMD ["vestnik", "healthcheck"]')
    assert instructions("ENTRYPOINT") == ['["vestnik"]']
    assert instructions("CMD") == ['["run"]']


def test_logs_can_not_fill_the_disk(vestnik: dict[str, Any]) -> None:
    assert set(vestnik["logging"]["options"]) == {"max-size", "max-file"}


def test_the_image_is_built_from_what_the_build_context_lets_through() -> None:
    let_through = {line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")}
    copied = set()
    for line in re.findall(r"(?m)^COPY (?!--from)(.*)$", (ROOT / "Dockerfile").read_text(encoding="utf-8")):
        copied |= set(line.split()[:-1])
    assert copied == let_through
