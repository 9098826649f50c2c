"""The four numbers of the day; each leads to its part of the worklist."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from app.domain.lists import DueSoon, HearingCount, TodayView, ToDecide, ToPerform, WorkFilter
from app.ui.theme import Tone, font, px
from app.ui.today.counter import Counter
from app.ui.today.work_source import Narrow, Part
from app.ui.words.due_words import day_words

_BESIDE = 62  # picture, margins and spacing of a counter


class CounterBar(QWidget):
    """Tells `chosen(part)` when a number is clicked."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counters: dict[Part, Counter] = {
            WorkFilter.TO_DECIDE: Counter("inbox", self.tr("待受理"), Tone.WARN),
            Narrow.HEARD: Counter("users", self.tr("今日调解"), Tone.INFO),
            Narrow.NEAR: Counter("clock-alert", self.tr("7日内到期"), Tone.BAD),
            WorkFilter.TO_PERFORM: Counter("handshake", self.tr("已生效待履行"), Tone.GOOD),
        }
        self._shown: dict[Part, tuple[int, str]] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        for part, counter in self._counters.items():
            self._row.addWidget(counter, 1)
            counter.clicked.connect(lambda _=False, part=part: self.chosen.emit(part))

    def counter(self, part: Part) -> Counter:
        """The counter of a part."""
        return self._counters[part]

    def show_view(self, view: TodayView, today: date) -> None:
        """Show the numbers and why they matter."""
        hearings = view.hearings
        self._shown = {
            WorkFilter.TO_DECIDE: (view.to_decide.count, self._oldest(view.to_decide, today)),
            Narrow.HEARD: (hearings.morning + hearings.afternoon, self._halves(hearings)),
            Narrow.NEAR: (view.due_soon.count, self._nearest(view.due_soon, today)),
            WorkFilter.TO_PERFORM: (view.to_perform.count, self._owed(view.to_perform)),
        }
        self._fit()

    def reason(self, part: Part) -> str:
        """The line under a number, in full."""
        return self._shown[part][1] if part in self._shown else ""

    def _oldest(self, waiting: ToDecide, today: date) -> str:
        if waiting.oldest_on is None:
            return self.tr("没有等待受理的案件")
        return self.tr("最早：{day}登记").format(day=day_words(waiting.oldest_on, today))

    def _halves(self, count: HearingCount) -> str:
        if not count.morning and not count.afternoon:
            return self.tr("今天没有安排")
        words = self.tr("上午{morning}场　下午{afternoon}场")
        return words.format(morning=count.morning, afternoon=count.afternoon)

    def _nearest(self, due: DueSoon, today: date) -> str:
        if due.nearest_on is None:
            return self.tr("近期没有到期的案件")
        said = [self.tr("逾期{count}件").format(count=due.overdue)] if due.overdue else []
        if due.nearest_on >= today:
            words = self.tr("最近：{day}（{parties}）") if not said else self.tr("最近{day}（{parties}）")
            said.append(words.format(day=day_words(due.nearest_on, today), parties=due.nearest_parties))
        return "　".join(said)

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
