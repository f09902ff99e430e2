"""Owns: dates as sites write them: in words, in numbers, told from today, and in addresses. No date rather than a guess."""

from collector.extract.dates.addresses import date_in_address, month_in_address
from collector.extract.dates.fields import read_date, read_field
from collector.extract.dates.notations import Written, dates_in
from collector.extract.dates.plausible import is_plausible

__all__ = ["Written", "date_in_address", "dates_in", "is_plausible", "month_in_address", "read_date", "read_field"]
