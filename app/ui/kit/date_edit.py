"""A date typed the Chinese ways or picked from a calendar."""

from datetime import date
from typing import Any

from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QLineEdit
from typing_extensions import override

from app.ui.icons import icon
from app.ui.kit.editors import LineEditor, UnreadableError
from app.ui.kit.typed import read_date
from app.ui.theme import colour, px


def date_words(day: date) -> str:
    """A date as shown: 2026年3月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


class DateEditor(LineEditor):
    """Typed text becomes a date; the calendar opens with the button or with the down key."""

    def __init__(self, *, placeholder: str = "") -> None:
        super().__init__(placeholder=placeholder)
        self._calendar: QCalendarWidget | None = None
        self._open = QAction(icon("calendar-days", "sub", 16), self.tr("打开日历"), self)
        self._open.triggered.connect(self.open_calendar)
        self.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)

    @override
    def value(self) -> date | None:
        if not self.text().strip():
            return None
        read = read_date(self.text())
        if read is None:
            raise UnreadableError("bad_date")
        return read

    @override
    def set_value(self, value: Any) -> None:
        self.setText("" if value is None else date_words(value))

    def open_calendar(self) -> None:
        """Show the month under the field."""
        calendar = self._calendar or self._make_calendar()
        read = read_date(self.text())
        if read is not None:
            calendar.setSelectedDate(QDate(read.year, read.month, read.day))
        calendar.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        calendar.show()
        calendar.setFocus()

    def _make_calendar(self) -> QCalendarWidget:
        calendar = QCalendarWidget(self)
        calendar.setWindowFlag(Qt.WindowType.Popup)
        calendar.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        plain = QTextCharFormat()
        plain.setForeground(colour("text"))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):  # red is kept for errors and deadlines
            calendar.setWeekdayTextFormat(day, plain)
        calendar.setMinimumSize(px(290), px(250))
        calendar.setAccessibleName(self.tr("日历"))
        calendar.clicked.connect(self._picked)
        calendar.activated.connect(self._picked)
        self._calendar = calendar
        return calendar

    def _picked(self, day: QDate) -> None:
        self.set_value(date(day.year(), day.month(), day.day()))
        if self._calendar is not None:
            self._calendar.hide()
        self.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        read = read_date(self.text())
        if read is not None and self.text() != date_words(read):
            self.set_value(read)
        super().focusOutEvent(event)
