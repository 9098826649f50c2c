"""回访: the visits after an agreement, and the whole of the chosen one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.after.performance import VISITED_IN, FollowUpView, PerformanceView, Satisfaction
from app.domain.flow import CaseStatus
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import Card, remark, words
from app.ui.kit.date_edit import date_words
from app.ui.kit.row_view import SmallTable
from app.ui.kit.table import Column
from app.ui.theme import Tone
from app.ui.words.labels import label

_TONES = {
    Satisfaction.VERY: Tone.GOOD,
    Satisfaction.GOOD: Tone.GOOD,
    Satisfaction.FAIR: Tone.INFO,
    Satisfaction.NONE: Tone.BAD,
}


class VisitsTab(QWidget):
    """Tells that a visit is to be entered, or that none is needed."""

    visit_asked = Signal()
    skip_asked = Signal()

    def __init__(self, may_write: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may_write = may_write
        self.visit_button = button(
            self.tr("登记回访"), self.visit_asked.emit, picture="phone", weight=Weight.PRIMARY
        )
        self.skip_button = button(self.tr("不需回访"), self.skip_asked.emit)
        self.table: SmallTable[FollowUpView] = SmallTable(
            self._columns(), title=self.tr("回访记录"), empty=self.tr("还没有回访。")
        )
        self.table.picked.connect(self._picked)
        self._skipped = QVBoxLayout()
        self._detail = words("")
        self._detail.setWordWrap(True)
        self._card = Card(margin=12)
        self._card.add(self._detail)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.visit_button)
        row.addWidget(self.skip_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(10)
        column.addLayout(row)
        column.addLayout(self._skipped)
        column.addWidget(self.table, 1)
        column.addWidget(self._card)

    def _columns(self) -> list[Column[FollowUpView]]:
        return [
            Column(self.tr("日期"), lambda one: date_words(one.day), 130),
            Column(self.tr("方式"), lambda one: label(one.method), 72),
            Column(self.tr("回访对象"), lambda one: one.party, 110),
            Column(self.tr("履行情况"), lambda one: one.performance, 160, stretch=True),
            Column(self.tr("满意度"), lambda one: label(one.satisfaction), 100,
                   tone=lambda one: _TONES[one.satisfaction], chip=True),
            Column(self.tr("回访人"), lambda one: one.visitors, 110),
            Column(self.tr("下次回访"), lambda one: date_words(one.next_on) if one.next_on else "", 130),
        ]  # fmt: skip

    def show_ledger(self, ledger: PerformanceView) -> None:
        """Show the visits; the last one is chosen."""
        writable = self._may_write and ledger.writable
        self.visit_button.setVisible(writable and ledger.status in VISITED_IN)
        performed = ledger.status is CaseStatus.PERFORMED
        self.skip_button.setVisible(writable and performed and ledger.may_skip_follow_up)
        self.table.show_records(ledger.follow_ups)
        if ledger.follow_ups:
            self.table.go_to(len(ledger.follow_ups) - 1)
        while (item := self._skipped.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if ledger.no_follow_up:
            told = self.tr("不需回访：{why}").format(why=ledger.no_follow_up)
            self._skipped.addWidget(remark(told, Tone.INFO))
        self._picked(ledger.follow_ups[-1] if ledger.follow_ups else None)

    def detail(self) -> str:
        """The whole of the chosen visit as shown."""
        return self._detail.text()

    def _picked(self, one: FollowUpView | None) -> None:
        self._card.setVisible(one is not None)
        if one is None:
            return
        parts = (
            (self.tr("履行情况"), one.performance),
            (self.tr("履行中的争议"), one.new_dispute),
            (self.tr("隐患"), one.risks),
            (self.tr("采取的措施"), one.measures),
        )
        self._detail.setText("\n".join(f"{name}：{told}" for name, told in parts if told))
