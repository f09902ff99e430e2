"""What the judged cases are held against: others' ways to find words get a fair language of queries, and the table counts right."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.watches.boolean import asks
from bench.watches.cases import exact, first_parses, stems, table


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("a b", True),
        ("a z", False),
        ("z OR a", True),
        ("z ИЛИ a AND b", True),
        ("(z OR a) z", False),
        ("a -z", True),
        ("-b a", False),
        ("a NOT (b OR z)", False),
        ("a НЕ (z b)", True),
        ('"a b"', True),
        ("«b a»", False),
        ('a -"b a"', True),
        ("a-b", True),
        ("b-a", False),
        ('"b c"', False),
    ],
)
def test_the_small_language_says_what_any_reader_of_queries_says(query: str, found: bool) -> None:
    assert asks(query, exact)([["a", "b"], ["c"]]) is found


def test_each_way_sees_words_as_its_makers_meant() -> None:
    assert exact("Связи, 5G!") == ["связи", "5g"]
    assert stems("связи agreements") == stems("связью agreement")
    assert first_parses("людей") == ["человек"]


def test_the_table_counts_right_answers_for_and_against(tmp_path: Path) -> None:
    (tmp_path / "kind.toml").write_text(
        """
        case = [
          { query = "связь", title = "", text = "Связь", match = true, reason = "" },
          { query = "связь", title = "", text = "О связи", match = true, reason = "" },
          { query = "связь", title = "", text = "Почта", match = false, reason = "" },
        ]
        """,
        encoding="utf-8",
    )
    (tmp_path / "refused.toml").write_text('case = [{ query = "-связь", refused = true, reason = "" }]', encoding="utf-8")
    lines = [" ".join(line.split()) for line in table(tmp_path).splitlines()]
    assert lines[1] == "kind 1/2 + 1/1 = 2/3 2/2 + 1/1 = 3/3 2/2 + 1/1 = 3/3 2/2 + 1/1 = 3/3"
    assert lines[-1] == "refused - - - 0/0 + 1/1 = 1/1"
