"""Dates as sites write them: a table of cases with a reason each, and what holds for any text."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.extract.dates import date_in_address, is_plausible, month_in_address, read_date, read_field

MINSK = ZoneInfo("Europe/Minsk")
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
CASES = tomllib.loads((Path(__file__).parent / "data" / "dates.toml").read_text(encoding="utf-8"))
TEXTS = st.one_of(
    st.text(),
    st.from_regex(
        r"\d{1,4}[-./ ](\d{1,2}|мая|марта|May|XII)[-./ ]\d{1,4}[T ,|]{0,2}\d{0,2}(:\d\d){0,2}([+-]\d\d:?\d\d|Z)?", fullmatch=True
    ),
    st.from_regex(r"(сегодня|вчера|учора|today)?,? ?\d{0,3} ?(дня|часов|hours|марта|May|сакавіка)? ?(назад|таму|ago)?", fullmatch=True),
)
DAYS = st.dates(min_value=date(1995, 1, 1), max_value=NOW.date())
RUSSIAN = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()  # noqa: SIM905
BELARUSIAN = "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня".split()  # noqa: SIM905
FORMS = {
    "dots": lambda day: f"{day:%d.%m.%Y}",
    "ISO": lambda day: f"{day:%Y-%m-%d}",
    "ISO at midnight": lambda day: f"{day:%Y-%m-%d}T00:00:00+03:00",
    "slashes": lambda day: f"{day:%d/%m/%Y}",
    "English": lambda day: f"{day.day} {day:%B} {day:%Y}",
    "American": lambda day: f"{day:%B} {day.day}, {day:%Y}",
    "Russian": lambda day: f"{day.day} {RUSSIAN[day.month - 1]} {day.year} г.",
    "Belarusian": lambda day: f"{day.day} {BELARUSIAN[day.month - 1]} {day.year} года",
    "RFC 822": lambda day: f"{day:%a, %d %b %Y}",
}


def cases(kind: str) -> pytest.MarkDecorator:
    rows = CASES[kind]
    names = "written, known, meant" if len(rows[0]) == 4 else "written, meant"
    return pytest.mark.parametrize(names, [row[:-1] for row in rows], ids=[f"{row[-1]}: {row[0]}" for row in rows])


def meant_by(meant: str) -> date | None:
    if "T" not in meant:
        return date.fromisoformat(meant) if meant else None
    moment = datetime.fromisoformat(meant)
    return moment if moment.tzinfo else moment.replace(tzinfo=MINSK)


def day_of(found: date) -> date:
    return found.date() if isinstance(found, datetime) else found


def test_there_are_enough_cases_and_none_twice() -> None:
    written = [(kind, *row[:-2]) for kind, rows in CASES.items() for row in rows]
    assert len(written) == len(set(written)) >= 150


@cases("whole")
def test_a_date_is_read_as_people_mean_it(written: str, meant: str) -> None:
    found = read_date(written, MINSK, NOW)
    assert (found, type(found)) == (meant_by(meant), type(meant_by(meant)))


@cases("field")
def test_a_field_of_a_date_is_read_from_the_day_on_which_it_is_read(written: str, meant: str) -> None:
    found = read_field(written, MINSK, NOW)
    assert (found, type(found)) == (meant_by(meant), type(meant_by(meant)))


@cases("near")
def test_a_missing_year_is_that_of_what_is_known_otherwise(written: str, known: str, meant: str) -> None:
    assert read_field(written, MINSK, NOW, date.fromisoformat(known)) == meant_by(meant)


@cases("american")
def test_only_americans_write_the_month_first(written: str, meant: str) -> None:
    assert read_date(written, MINSK, NOW, month_first=True) == meant_by(meant)


@cases("address")
def test_a_date_in_an_address_is_that_of_the_publication(written: str, meant: str) -> None:
    assert date_in_address(written, NOW) == meant_by(meant)


@cases("month")
def test_a_month_in_an_address_is_known_without_a_day(written: str, meant: str) -> None:
    assert month_in_address(written, NOW) == meant_by(meant)


@given(text=TEXTS)
def test_no_text_gives_an_absurd_date(text: str) -> None:
    found = [read_date(text, MINSK, NOW), read_field(text, MINSK, NOW), read_field(text, MINSK, NOW, date(2020, 2, 29))]
    for one in [*found, date_in_address(f"/{text}", NOW), month_in_address(f"/{text}", NOW)]:
        if one is not None:
            assert date(1995, 1, 1) <= day_of(one) <= (NOW + timedelta(days=1)).date()
            assert not isinstance(one, datetime) or one.tzinfo is not None


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@given(day=DAYS)
def test_a_day_is_the_same_in_every_notation(form: object, day: date) -> None:
    assert read_date(form(day), MINSK, NOW) == day  # type: ignore[operator]


@given(day=st.dates(max_value=date(1994, 12, 31)))
def test_what_is_older_than_the_web_is_refused(day: date) -> None:
    assert not is_plausible(day, NOW)
    assert read_date(f"{day:%d.%m.}{day.year:04}", MINSK, NOW) is None


@given(moment=st.datetimes(min_value=datetime(1995, 1, 2), max_value=datetime(2026, 11, 20)), zone=st.integers(-720, 840))  # noqa: DTZ001
def test_a_moment_with_its_zone_is_the_same_moment(moment: datetime, zone: int) -> None:
    sign, minutes = "-" if zone < 0 else "+", abs(zone)
    aware = moment.replace(microsecond=0, second=1)
    found = read_date(f"{aware:%Y-%m-%dT%H:%M:%S}{sign}{minutes // 60:02}:{minutes % 60:02}", MINSK, NOW)
    assert isinstance(found, datetime)
    assert found.astimezone(UTC).replace(tzinfo=None) == aware - timedelta(minutes=zone)


@given(
    day=DAYS,
    before=st.sampled_from(["", "Минск, ", "Новости | ", "Опубликовано: ", "\u00a0\n\t"]),
    after=st.sampled_from(["", " | Общество", " Просмотров: 173", " \n", ". Минск"]),
)
def test_what_stands_around_a_date_changes_nothing(day: date, before: str, after: str) -> None:
    assert read_field(f"{before}{day:%d.%m.%Y}{after}", MINSK, NOW) == day


@given(day=DAYS)
def test_a_day_without_its_year_is_the_latest_that_is_past_or_the_nearest_to_what_is_known(day: date) -> None:
    written = f"{day.day} {RUSSIAN[day.month - 1]}"
    latest = read_field(written, MINSK, NOW)
    assert latest is not None
    assert (latest.month, latest.day) == (day.month, day.day)
    assert latest > NOW.date() - timedelta(days=366 * (4 if (day.month, day.day) == (2, 29) else 1))
    assert read_field(written, MINSK, NOW, day) == day
