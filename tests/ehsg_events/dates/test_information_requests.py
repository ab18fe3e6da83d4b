"""Requests for information: twenty working days, as section 10 of the Act counts them."""

from __future__ import annotations

from datetime import date

import pytest

from ehsg_events.dates.information_requests import due
from ehsg_events.kernel import Refused


@pytest.mark.parametrize(
    ("received", "answer_by"),
    [
        (date(2026, 3, 9), date(2026, 4, 9)),  # 17 March is free in Northern Ireland
        (date(2026, 5, 18), date(2026, 6, 17)),  # 15 June is free in Scotland
        (date(2026, 5, 17), date(2026, 6, 16)),  # a Sunday: its first day is Monday
        (date(2026, 12, 18), date(2027, 1, 21)),  # 4 January is free in Scotland
    ],
)
def test_a_bank_holiday_in_any_part_of_the_country_is_no_working_day(
    received: date, answer_by: date
) -> None:
    """Section 10(6): England's own calendar would be a day early."""
    assert due(received).answer_by == answer_by


def test_the_holidays_in_between_are_named_with_where_they_are() -> None:
    """So that whoever answers can check the day."""
    counted, holidays = due(date(2026, 3, 9)).sentences()
    assert counted == (
        "A request received on Monday 9 March 2026 is to be answered by Thursday 9 April 2026: "
        "that is the 20th working day after it."
    )
    assert holidays == (
        "Not counted, besides weekends: "
        "Tuesday 17 March 2026 (Saint Patrick's Day, in Northern Ireland); "
        "Friday 3 April 2026 (Good Friday); "
        "Monday 6 April 2026 (Easter Monday, in England, Wales and Northern Ireland)."
    )


def test_a_month_without_holidays_names_none() -> None:
    """September has none anywhere."""
    assert len(list(due(date(2026, 9, 1)).sentences())) == 1


@pytest.mark.parametrize("received", [date(2014, 12, 31), date(2028, 12, 20)])
def test_a_day_outside_the_calendar_is_refused(received: date) -> None:
    """Nor is an end outside it guessed."""
    with pytest.raises(Refused, match="outside the calendar"):
        due(received)
