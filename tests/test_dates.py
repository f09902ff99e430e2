"""Dates as sites write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.extract.dates import date_in_address, is_plausible, read_date

MINSK = ZoneInfo("Europe/Minsk")
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
TEXTS = st.one_of(
    st.text(),
    st.from_regex(r"\d{1,4}[-./ ](\d{1,2}|мая|марта|May)[-./ ]\d{1,4}[T ,|]{0,2}\d{0,2}(:\d\d){0,2}([+-]\d\d:?\d\d|Z)?", fullmatch=True),
)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=MINSK)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("19.03.2018", date(2018, 3, 19)),
        ("1.2.2018", date(2018, 2, 1)),
        ("16 Марта 2018", date(2018, 3, 16)),
        ("9 апреля 2025 г.", date(2025, 4, 9)),
        ("Минск, 2 июня 2026 года", date(2026, 6, 2)),
        ("28 – 30 августа 2024 г.", date(2024, 8, 28)),
        ("17 – 18 июня 2025 г.", date(2025, 6, 17)),
        ("16-17 сентября 2019 г.", date(2019, 9, 16)),
        ("28 апреля – 3 мая 2024 г.", date(2024, 4, 28)),
        ("5 мая 2024", date(2024, 5, 5)),
        ("12 снежня 2024 г.", date(2024, 12, 12)),
        ("3 жніўня 2024", date(2024, 8, 3)),
        ("7 лютага 2025", date(2025, 2, 7)),
        ("1 траўня 2025", None),  # not the month's name in the official spelling
        ("1 мая 2025", date(2025, 5, 1)),
        ("8 November 2023", date(2023, 11, 8)),
        ("12 янв. 2024", date(2024, 1, 12)),
        ("2018-02-01 18:34", at(2018, 2, 1, 18, 34)),
        ("22.01.2019 | 17:21", at(2019, 1, 22, 17, 21)),
        ("03 сентября 2017, 13:03", at(2017, 9, 3, 13, 3)),
        ("20.11.2026 - 07:00", at(2026, 11, 20, 7, 0)),
        ("2022-07-18T11:27:12+03:00", at(2022, 7, 18, 11, 27, 12)),
        ("2022-07-18T08:27:12Z", at(2022, 7, 18, 11, 27, 12)),
        ("2022-07-18T11:27:12.123+0300", at(2022, 7, 18, 11, 27, 12)),
        ("2022-07-18", date(2022, 7, 18)),
        ("2022-11-01T00:00:00+03:00", date(2022, 11, 1)),
        ("2022-11-01 00:00", date(2022, 11, 1)),
        ("2022-11-01T00:00:01+03:00", at(2022, 11, 1, 0, 0, 1)),
    ],
)
def test_a_date_is_read_as_people_mean_it(written: str, read: date | None) -> None:
    assert read_date(written, MINSK, NOW) == read


@pytest.mark.parametrize(
    "written",
    [
        "", "вчера", "9 апреля", "март 2024", "31.02.2024", "2024-13-01", "32 мая 2024 г.", "на период до 2035 года", "10 марок 2018 года",
        "5 маяков 2020", "3 декады 2020", "Протокол № 55/25", "01.01.1970", "21.11.2027", "2030-01-01T00:00:00Z",
        "192.168.1.2024", "2024", "12.03.24",
    ],
)  # fmt: skip
def test_no_date_rather_than_a_guess(written: str) -> None:
    assert read_date(written, MINSK, NOW) is None


def test_a_date_of_tomorrow_may_be_todays_in_another_zone() -> None:
    assert read_date("21.11.2026", MINSK, NOW) == date(2026, 11, 21)
    assert read_date("22.11.2026", MINSK, NOW) is None


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("http://mpt.gov.by/ru/news/19-03-2018-2858", date(2018, 3, 19)),
        ("http://mpt.gov.by/ru/news/19-03-2018-2858?page=1", date(2018, 3, 19)),
        ("https://rus.sectsco.org/20240116/1237998.html", date(2024, 1, 16)),
        ("https://rus.sectsco.org/news/20190515/538760.html", date(2019, 5, 15)),
        ("http://mpt.gov.by/ru/news/19-03-2038-2858", None),
        ("http://mpt.gov.by/ru/news/39-03-2018-2858", None),
        ("http://mpt.gov.by/node/20240116", None),
        ("http://mpt.gov.by/ru/slug-19-03-2018", None),
        ("", None),
    ],
)
def test_a_date_in_an_address_is_that_of_the_publication(url: str, read: date | None) -> None:
    assert date_in_address(url, NOW) == read


@given(text=TEXTS)
def test_no_text_gives_an_absurd_date(text: str) -> None:
    for found in (read_date(text, MINSK, NOW), date_in_address(f"/{text}", NOW)):
        if found is not None:
            day = found.date() if isinstance(found, datetime) else found
            assert date(1995, 1, 1) <= day <= (NOW + timedelta(days=1)).date()
            assert not isinstance(found, datetime) or found.tzinfo is not None


@given(st.dates(max_value=NOW.date()))
def test_a_day_is_the_same_in_every_notation(day: date) -> None:
    expected = day if is_plausible(day, NOW) else None
    notations = (f"{day:%d.%m.%Y}", f"{day:%Y-%m-%d}", f"{day:%Y-%m-%d}T00:00:00+03:00", f"{day.day} {day:%B} {day:%Y}")
    assert {read_date(written.replace(f"{day:%Y}", f"{day.year:04}"), MINSK, NOW) for written in notations} == {expected}
