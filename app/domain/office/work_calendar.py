"""The working-day calendar as the settings show it, and what a file to be imported holds."""

from dataclasses import dataclass

from app.domain.values.calendar import HolidayYear


@dataclass(frozen=True, slots=True)
class CalendarView:
    """The notices known, oldest first; which of them the office imported; which years are still missing."""

    years: tuple[HolidayYear, ...]
    imported: frozenset[int]
    missing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class YearPreview:
    """One year of a file; `known`: what it would take the place of."""

    notice: HolidayYear
    known: HolidayYear | None

    @property
    def same(self) -> bool:
        """Whether the file says what is known already."""
        return self.known is not None and (self.known.off, self.known.working) == (
            self.notice.off,
            self.notice.working,
        )
