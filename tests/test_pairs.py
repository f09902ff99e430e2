"""Labelled pairs, each with a reason: whether two sightings are one publication, or one story on two sources."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from collector.address import address_keys, family_of, host_of, is_web_address
from collector.extract.language import judge_language
from collector.identity import compare, sighting_of
from collector.service.parts import definitions
from storage.model import Content, Sighting

FOLDER = Path(__file__).parent / "data" / "pairs"
PAIRS = [json.loads(line) for file in sorted(FOLDER.glob("*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()]
FAMILIES = [family_of(site.name, site.hosts, site.node_patterns) for site in definitions(Path("no definitions of an operator's own"))]


def seen(told: dict[str, str]) -> Sighting:
    url, content = told["url"], Content(told["title"], told["text"], language=judge_language(f"{told['title']}\n{told['text']}"))
    if not is_web_address(url):
        return sighting_of("", "", (), content)
    family = next((family for family in FAMILIES if family.holds(url)), family_of(host_of(url), [host_of(url)]))
    return sighting_of(family.name, url, address_keys(url, family), content)


@pytest.mark.parametrize("pair", PAIRS, ids=[pair["id"] for pair in PAIRS])
@pytest.mark.parametrize("turned", [False, True], ids=["as they came", "the other way round"])
def test_a_pair_is_decided_as_a_person_decides_it(pair: dict[str, Any], *, turned: bool) -> None:
    one, other = (seen(pair[side]) for side in ("ba" if turned else "ab"))
    found = compare(one, other)
    assert (found.same, found.also_at) == (pair["same"], pair["also_at"]), f"{pair['reason']} But: {found.why}"
    assert found.why


def test_there_are_enough_pairs_of_every_kind() -> None:
    kinds = Counter(pair["kind"] for pair in PAIRS)
    assert len(PAIRS) >= 120
    assert min(kinds.values()) >= 12
    assert all(len(pair["reason"]) > 10 for pair in PAIRS)
