"""What comes from outside is kept alike by both databases, or refused alike."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, UniqueConstraint, insert, select
from sqlalchemy.exc import IntegrityError, StatementError

from storage.database import Database, open_database
from storage.keys import LONGEST_KEY, short_key, storable
from storage.schema import Hashes, Key, Moment, Published, Words

TRIAL = Table(
    "trial",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("family", Words),
    Column("key", Key),
    Column("words", Words),
    Column("moment", Moment),
    Column("published", Published),
    Column("hashes", Hashes),
    UniqueConstraint("family", "key"),
)
ANY_TEXT = st.text(st.characters(exclude_categories=()) | st.sampled_from("\0\ud800\udc00\udfff\ufffe"), max_size=60)
NOISE = random.Random(5).randbytes(2000).hex()
LONG = "".join(chr(0x430 + number * number % 32) for number in range(4096))
"""8 KB of UTF-8. What repeats itself PostgreSQL compresses before it measures, so noise is the hardest."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, databases: Any) -> Iterator[Database]:
    opened = open_database(databases.make(request.param))
    with opened.write() as connection:
        TRIAL.metadata.create_all(connection)
    yield opened
    opened.close()


def kept(database: Database, name: str, value: Any) -> Any:
    """What comes back of a value."""
    with database.write() as connection:
        key = connection.execute(insert(TRIAL).values(**{name: value})).inserted_primary_key
        assert key is not None
        return connection.scalar(select(TRIAL.c[name]).where(TRIAL.c.id == key[0]))


@pytest.mark.parametrize(
    ("given_", "comes_back"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("a\0b\0", "ab", id="NUL, which PostgreSQL refuses"),
        pytest.param("\0", "", id="NUL alone"),
        pytest.param("Ў\0\ud83d", "Ў\ufffd", id="NUL and half of a character"),
        pytest.param("\ud83d\ude00", "\U0001f600", id="two halves that belong together"),
        pytest.param("\ude00\ud83d", "\ufffd\ufffd", id="two halves in the wrong order"),
        pytest.param("\ufeffx\u2028\x0b\x7f\x85", "\ufeffx\u2028\x0b\x7f\x85", id="other odd characters stay"),
        pytest.param(LONG * 100, LONG * 100, id="800 KB"),
    ],
)
def test_text_comes_back(database: Database, given_: str, comes_back: str) -> None:
    assert kept(database, "words", given_) == comes_back


@given(text=ANY_TEXT)
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_back_as_it_is_said_to_be_kept(database: Database, text: str) -> None:
    assert kept(database, "words", text) == storable(text)


@given(text=ANY_TEXT)
def test_what_can_be_kept_is_kept_as_it_is(text: str) -> None:
    once = storable(text)
    assert storable(once) == once
    once.encode()
    if "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text):
        assert once == text


# --- keys ----------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "key",
    [
        pytest.param(LONG, id="8 KB"),
        pytest.param(NOISE[:LONGEST_KEY], id="as long as may be"),
        pytest.param(NOISE[: LONGEST_KEY + 1], id="a byte longer"),
        pytest.param("щ" * (LONGEST_KEY // 2) + "\0", id="as long as may be without its NUL"),
    ],
)
def test_a_key_of_any_length_is_found_again(database: Database, key: str) -> None:
    with database.write() as connection:
        connection.execute(insert(TRIAL).values(family="f" * 255, key=key))
    with database.read() as connection:
        assert connection.scalar(select(TRIAL.c.key).where(TRIAL.c.family == "f" * 255, TRIAL.c.key == key)) == short_key(key)
        assert connection.scalar(select(TRIAL.c.key).where(TRIAL.c.key.in_([key, "other"]))) == short_key(key)
    with pytest.raises(IntegrityError), database.write() as connection:
        connection.execute(insert(TRIAL).values(family="f" * 255, key=key))


def test_keys_that_differ_only_at_their_ends_are_two(database: Database) -> None:
    with database.write() as connection:
        connection.execute(insert(TRIAL), [{"family": "ends", "key": f"{LONG}{number}"} for number in range(2)])
        assert len(connection.execute(select(TRIAL.c.key).where(TRIAL.c.family == "ends")).all()) == 2


@given(key=ANY_TEXT | ANY_TEXT.map(lambda text: text * 80), other=ANY_TEXT.map(lambda text: text * 80))
@example(key="щ" * 1001, other="щ" * 1002)
def test_a_short_key_is_short_and_shortened_once(key: str, other: str) -> None:
    short = short_key(key)
    assert short_key(short) == short
    assert len(short.encode()) <= LONGEST_KEY
    if storable(key) != storable(other):
        assert short != short_key(other)
    if len(storable(key).encode()) <= LONGEST_KEY:
        assert short == storable(key)


# --- times and the rest --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["moment"])
def test_a_time_without_a_zone_is_refused(database: Database, name: str) -> None:
    with pytest.raises(StatementError, match="a naive time was about to be stored"):
        kept(database, name, datetime(2026, 11, 2, 9, 0))  # noqa: DTZ001  (that is the point)


@given(
    moment=st.datetimes(
        datetime(1900, 1, 2),  # noqa: DTZ001
        datetime(9998, 1, 1),  # noqa: DTZ001
        timezones=st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
    )
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_time_comes_back_as_the_same_moment_in_utc(database: Database, moment: datetime) -> None:
    found = kept(database, "moment", moment)
    assert (found, found.tzinfo) == (moment, UTC)


@pytest.mark.parametrize(
    "published",
    [
        pytest.param(datetime(2026, 11, 2, tzinfo=UTC).date(), id="a date"),
        pytest.param(datetime(2026, 11, 2, 9, 5, tzinfo=timezone(timedelta(hours=3))), id="a time with its own offset"),
        pytest.param(None, id="none"),
    ],
)
def test_a_date_of_publication_comes_back(database: Database, published: Any) -> None:
    found = kept(database, "published", published)
    assert (found, getattr(found, "tzinfo", None)) == (published, getattr(published, "tzinfo", None))


@given(hashes=st.sets(st.integers(0, 2**63 - 1), max_size=30))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_set_of_hashes_comes_back_rising(database: Database, hashes: set[int]) -> None:
    assert kept(database, "hashes", hashes) == tuple(sorted(hashes))
