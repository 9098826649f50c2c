"""The four numbers of the day; each leads to its part of the worklist."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from app.domain.lists import HearingCount, TodayView, ToDecide, ToPerform
from app.domain.today import WorkPart
from app.ui.theme import Tone, font, px
from app.ui.today.counter import Counter
from app.ui.words.due_words import day_words

_BESIDE = 62  # picture, margins and spacing of a counter


class CounterBar(QWidget):
    """Tells `chosen(part)` when a number is clicked."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counters: dict[WorkPart, Counter] = {
            WorkPart.LATE: Counter("clock-alert", self.tr("逾期"), Tone.BAD),
            WorkPart.TODAY: Counter("users", self.tr("今天"), Tone.INFO),
            WorkPart.DECIDE: Counter("inbox", self.tr("待受理"), Tone.WARN),
            WorkPart.AFTER: Counter("handshake", self.tr("履行回访"), Tone.GOOD),
        }
        self._view: TodayView | None = None
        self._counts: dict[WorkPart, int] = {}
        self._today: date | None = None
        self._shown: dict[WorkPart, tuple[int, str]] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        for part, counter in self._counters.items():
            self._row.addWidget(counter, 1)
            counter.clicked.connect(lambda _=False, part=part: self.chosen.emit(part))

    def counter(self, part: WorkPart) -> Counter:
        """The counter of a part."""
        return self._counters[part]

    def show_view(self, view: TodayView, today: date) -> None:
        """Take in why the numbers matter."""
        self._view, self._today = view, today
        self._tell()

    def show_counts(self, counts: dict[WorkPart, int]) -> None:
        """Show how many lines each part has."""
        self._counts = counts
        self._tell()

    def _tell(self) -> None:
        view, today = self._view, self._today
        if view is None or today is None or not self._counts:
            return
        reasons = {
            WorkPart.LATE: self._near(self._counts[WorkPart.NEAR]),
            WorkPart.TODAY: self._halves(view.hearings),
            WorkPart.DECIDE: self._oldest(view.to_decide, today),
            WorkPart.AFTER: self._owed(view.to_perform),
        }
        self._shown = {part: (self._counts[part], reason) for part, reason in reasons.items()}
        self._fit()

    def reason(self, part: WorkPart) -> str:
        """The line under a number, in full."""
        return self._shown[part][1] if part in self._shown else ""

    def _oldest(self, waiting: ToDecide, today: date) -> str:
        if waiting.oldest_on is None:
            return self.tr("没有等待受理的案件")
        return self.tr("最早：{day}登记").format(day=day_words(waiting.oldest_on, today))

    def _halves(self, count: HearingCount) -> str:
        if not count.morning and not count.afternoon:
            return self.tr("今天没有调解会")
        words = self.tr("调解会：上午{morning}场　下午{afternoon}场")
        return words.format(morning=count.morning, afternoon=count.afternoon)

    def _near(self, count: int) -> str:
        if not count:
            return self.tr("近期没有到期的事项")
        return self.tr("临近到期 {count} 项").format(count=count)

    def _owed(self, owed: ToPerform) -> str:
        if not owed.count:
            return self.tr("没有待履行的协议")
        said = [self.tr("逾期{count}件").format(count=owed.past_due)] if owed.past_due else []
        if owed.this_week:
            said.append(self.tr("本周应履行{count}件").format(count=owed.this_week))
        return "　".join(said) or self.tr("本周没有到期的")

    def _fit(self) -> None:
        """Cut each line to its counter with …; the whole of it is in the tool tip."""
        metrics = QFontMetrics(font(13))
        for part, (count, reason) in self._shown.items():
            counter = self._counters[part]
            room = counter.width() - px(_BESIDE)
            counter.show_count(count, metrics.elidedText(reason, Qt.TextElideMode.ElideRight, room))
            counter.setToolTip(reason)
            counter.setAccessibleDescription(reason)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._row.activate()
        self._fit()
