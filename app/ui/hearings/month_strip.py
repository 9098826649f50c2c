"""The month of a date being chosen: what each day already brings, in words and by arrow keys."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from app.domain.clashes import BlockKind
from app.domain.schedule.days import DayLoad
from app.domain.values.calendar import DayKind, add_months
from app.ui.hearings.wording import weekday
from app.ui.theme import colour, font, px
from app.ui.words.finding_words import short_day
from app.ui.words.labels import label

WEEK = 7
HEAD, NAMES, CELL = 26, 20, 38
_WORKED = (DayKind.WORKDAY, DayKind.ADJUSTED_WORKDAY)


def month_span(day: date) -> tuple[date, date]:
    """The whole weeks, Monday to Sunday, that hold the month of a day."""
    first = day.replace(day=1)
    last = add_months(first, 1) - timedelta(days=1)
    return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())


class MonthStrip(QWidget):
    """Tells `chosen(day)` by click, Enter or Space, and `month_asked(day)` when it turns to another month."""

    chosen = Signal(object)
    month_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("当月安排"))
        self._loads: dict[date, DayLoad] = {}
        self._month: date | None = None
        self._day: date | None = None
        self._at: date | None = None

    def show_day(self, day: date) -> None:
        """Stand on the day of the form; asks for its month when that is not the one shown."""
        self._day = self._at = day
        self._turn_to(day)
        self._say()

    def show_loads(self, loads: Sequence[DayLoad]) -> None:
        """Show what the days bring; days of another month are not asked for any more."""
        if self._month is None or not loads or loads[0].day != month_span(self._month)[0]:
            return
        self._loads = {load.day: load for load in loads}
        self.updateGeometry()
        self._say()

    def words_of(self, day: date) -> str:
        """A day in words: 9月4日 周五 2场会 1个期限 赶集日."""
        load = self._loads.get(day)
        parts = [f"{short_day(day)} {weekday(day)}"]
        if load is not None:
            if load.hearings:
                parts.append(self.tr("{count}场会").format(count=load.hearings))
            if load.tentative:
                parts.append(self.tr("其中{count}场暂定").format(count=load.tentative))
            if load.deadlines:
                parts.append(self.tr("{count}个期限").format(count=load.deadlines))
            parts += [block.title for block in load.blocked]
            if mark := self._mark(load):
                parts.append(mark)
        return "　".join(parts)

    def at(self) -> date | None:
        """The day the keys stand on."""
        return self._at

    def rect_of(self, day: date) -> QRectF:
        """The cell of a day of the month shown."""
        assert self._month is not None  # noqa: S101 - nothing is drawn before
        offset = (day - month_span(self._month)[0]).days
        row, column = divmod(offset, WEEK)
        width = self.width() / WEEK
        return QRectF(column * width, px(HEAD + NAMES) + row * px(CELL), width, px(CELL))

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(280), px(HEAD + NAMES) + self._weeks() * px(CELL) + 1)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(240), self.sizeHint().height())

    def _weeks(self) -> int:
        if self._month is None:
            return 5
        first, last = month_span(self._month)
        return ((last - first).days + 1) // WEEK

    def _turn_to(self, day: date) -> None:
        month = day.replace(day=1)
        if month != self._month:
            self._month, self._loads = month, {}
            self.updateGeometry()
            self.month_asked.emit(month)
        self.update()

    def _say(self) -> None:
        self.setAccessibleDescription(self.words_of(self._at) if self._at else "")
        self.update()

    def _mark(self, load: DayLoad) -> str:
        if load.kind is DayKind.ADJUSTED_WORKDAY:
            return self.tr("班")
        if load.kind in (DayKind.HOLIDAY, DayKind.STATUTORY):
            return self.tr("休")
        return ""

    def _move(self, day: date) -> None:
        self._at = day
        self._turn_to(day)
        self._say()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -WEEK, Qt.Key.Key_Down: WEEK}
        months = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        key = Qt.Key(event.key())
        if self._at is None:
            super().keyPressEvent(event)
        elif key in steps:
            self._move(self._at + timedelta(days=steps[key]))
        elif key in months:
            self._move(add_months(self._at, months[key]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not event.modifiers():
            self.chosen.emit(self._at)
        else:
            super().keyPressEvent(event)

    def _hit(self, point: QPointF) -> date | None:
        if self._month is None:
            return None
        row = int((point.y() - px(HEAD + NAMES)) // px(CELL))
        column = int(point.x() // (self.width() / WEEK))
        if point.y() < px(HEAD + NAMES) or not (0 <= row < self._weeks() and 0 <= column < WEEK):
            return None
        return month_span(self._month)[0] + timedelta(days=row * WEEK + column)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self._hit(event.position())
        if day is not None:
            self._move(day)
            self.chosen.emit(day)
        elif event.position().y() < px(HEAD) and self._at is not None:
            self._move(add_months(self._at, -1 if event.position().x() < self.width() / 2 else 1))

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            day = self._hit(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.words_of(day) if day else "", self)
            return True
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._month is None:
            return
        painter = QPainter(self)
        middle = Qt.AlignmentFlag.AlignCenter
        painter.setFont(font(13, bold=True))
        painter.setPen(colour("text"))
        title = self.tr("{year}年{month}月").format(year=self._month.year, month=self._month.month)
        painter.drawText(QRectF(0, 0, self.width(), px(HEAD)), middle, f"‹　{title}　›")
        painter.setFont(font(12))
        painter.setPen(colour("sub"))
        first, last = month_span(self._month)
        for column in range(WEEK):
            box = QRectF(column * self.width() / WEEK, px(HEAD), self.width() / WEEK, px(NAMES))
            painter.drawText(box, middle, weekday(first + timedelta(days=column))[-1])
        for offset in range((last - first).days + 1):
            self._paint_day(painter, first + timedelta(days=offset))

    def _paint_day(self, painter: QPainter, day: date) -> None:
        box, load = self.rect_of(day), self._loads.get(day)
        inside = self._month is not None and day.month == self._month.month
        if load is not None and load.kind not in _WORKED:
            painter.fillRect(box, colour("bg"))
        if day == self._day:
            painter.fillRect(box, colour("select"))
        if load is not None and load.blocked:
            painter.fillRect(box, QBrush(colour("edge"), Qt.BrushStyle.BDiagPattern))
        painter.setPen(QPen(colour("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        today = load is not None and load.today
        painter.setFont(font(12, bold=today))
        painter.setPen(colour(("primary_dark" if today else "text") if inside else "sub"))
        upper = QRectF(box.left(), box.top() + 1, box.width(), box.height() / 2)
        mark = self._mark(load) if load is not None else ""
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, f"{day.day}{mark}")
        if load is not None:
            self._paint_counts(painter, box, load)
        if day == self._at and self.hasFocus():
            painter.setPen(QPen(colour("primary"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))

    def _paint_counts(self, painter: QPainter, box: QRectF, load: DayLoad) -> None:
        """How many hearings and dates; on an empty day why it is blocked."""
        words = self.tr("{count}会").format(count=load.hearings) if load.hearings else ""
        words += self.tr("{count}限").format(count=load.deadlines) if load.deadlines else ""
        if not words and load.blocked:
            block = load.blocked[0]
            words = label(block.kind)[:2] if block.kind is not BlockKind.OTHER else block.title
        painter.setFont(font(11))
        painter.setPen(colour("primary_dark" if load.hearings else "sub"))
        lower = QRectF(box.left() + 1, box.center().y() - 1, box.width() - 2, box.height() / 2)
        cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(lower.width()))
        painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, cut)
