"""Instalments: together exactly the amount, a month apart whatever the months' lengths."""

from datetime import date

import pytest

from app.domain.values.instalments import Every, Rest, instalment_days, split_amount


@pytest.mark.parametrize("total", [100, 1_000_000, 1_230_050, 99, 10**14 - 1])
@pytest.mark.parametrize("parts", [1, 2, 3, 7, 24])
@pytest.mark.parametrize("rest", list(Rest))
def test_the_parts_make_up_the_amount_to_the_fen(total: int, parts: int, rest: Rest) -> None:
    sums = split_amount(total, parts, rest)
    assert (sum(sums), len(sums), min(sums) > 0) == (total, parts, True)
    equal = sums[1:] if rest is Rest.FIRST else sums[:-1]
    assert len(set(equal)) <= 1


def test_equal_parts_are_whole_yuan_where_that_is_possible() -> None:
    assert split_amount(1_000_000, 3) == (333_300, 333_300, 333_400)
    assert split_amount(1_000_050, 3, Rest.FIRST) == (333_450, 333_300, 333_300)
    assert split_amount(10, 4) == (2, 2, 2, 4)


@pytest.mark.parametrize(("total", "parts"), [(3, 4), (100, 0), (100, 121)])
def test_nothing_is_split_into_parts_of_nothing(total: int, parts: int) -> None:
    with pytest.raises(ValueError, match="split"):
        split_amount(total, parts)


def test_a_short_month_has_its_last_day_and_the_next_its_own() -> None:
    days = instalment_days(date(2026, 12, 31), 4)
    assert days == (date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31))
    assert instalment_days(date(2026, 9, 10), 3, Every.DAYS, 15)[-1] == date(2026, 10, 10)
