"""Names that lead out when they are checked and in when they are visited: nobody private is ever connected to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hostile.resolver import NAMES

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What came of asking for every name, in a network of its own with a name server that lies."""
    made = subprocess.run(["unshare", "--net", "--mount", "true"], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("this user may not make network and mount namespaces")
    inside = ["unshare", "--net", "--mount", sys.executable, "-m", "hostile.rebinding", str(tmp_path_factory.mktemp("names"))]
    environment = os.environ | {"PYTHONPATH": f"{HERE}{os.pathsep}{HERE.parent}"}
    ended = subprocess.run(inside, cwd=HERE.parent, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    outcomes: dict[str, Any] = json.loads(ended.stdout)
    return outcomes


def test_no_name_leads_to_a_private_address(told: dict[str, Any]) -> None:
    assert told["visitors"] == 0


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_leads_within_is_never_read(told: dict[str, Any], name: str) -> None:
    outcomes = told["outcomes"][name]
    assert {outcome.partition(":")[0] for outcome in outcomes} <= {"read", "refused", "name", "temporary"}
    assert ("read" in outcomes) == NAMES[name].read, outcomes


def test_a_sound_name_is_read_every_time(told: dict[str, Any]) -> None:
    assert set(told["outcomes"]["sound.example.by"]) == {"read"}


@pytest.mark.parametrize("name", ["rebound.example.by", "within.example.by", "mapped.example.by", "alias.example.by"])
def test_it_is_said_that_a_name_leads_to_a_private_address(told: dict[str, Any], name: str) -> None:
    assert any("private address" in outcome for outcome in told["outcomes"][name])
