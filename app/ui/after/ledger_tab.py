"""履行台账: every obligation with what is still owed, and beside it what was entered for the chosen one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.after.performance import OWING, DutyRow, DutyState, PerformanceView
from app.domain.agreements import ObligationKind
from app.domain.flow import CaseStatus
from app.domain.values.money import format_yuan
from app.ui.after.duty_panel import DutyPanel
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import remark, words
from app.ui.kit.date_edit import date_words
from app.ui.kit.row_view import SmallTable
from app.ui.kit.table import RIGHT, Column
from app.ui.room import Scrolled
from app.ui.theme import Tone, px
from app.ui.words.due_words import SOON_DAYS, day_words
from app.ui.words.labels import label

_TONES = {
    DutyState.OPEN: Tone.INFO,
    DutyState.PARTLY: Tone.INFO,
    DutyState.OVERDUE: Tone.BAD,
    DutyState.PERFORMED: Tone.GOOD,
    DutyState.RELEASED: Tone.PLAIN,
}
_SIDE, _NARROW_SIDE, _NARROW = 280, 236, 1100
_CREDITOR, _AMOUNT, _RECEIVED = 2, 5, 6
_BREAKABLE = (CaseStatus.EFFECTIVE, CaseStatus.PERFORMING)


class LedgerTab(QWidget):
    """Tells what is asked: `asked(name, duty or None)`; names are those of the buttons."""

    asked = Signal(str, object)
    void_asked = Signal(object)  # ReceiptView

    def __init__(self, may_write: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may_write = may_write
        self._ledger: PerformanceView | None = None
        self.buttons = {
            "receipt": self._button("receipt", self.tr("登记履行"), "check", Weight.PRIMARY),
            "demand": self._button("demand", self.tr("督促"), "bell"),
            "postpone": self._button("postpone", self.tr("协商延期"), "calendar-plus"),
            "release": self._button("release", self.tr("免除"), "ban"),
            "at_once": self._button("at_once", self.tr("全部履行完毕"), "circle-check"),
            "breach": self._button("breach", self.tr("认定未履行"), "triangle-alert"),
            "way": self._button("way", self.tr("未履行的处理"), "gavel"),
        }
        self.table: SmallTable[DutyRow] = SmallTable(
            self._columns(), title=self.tr("履行台账"), empty=self.tr("没有生效的协议，还没有要履行的事项。")
        )
        self.table.picked.connect(lambda _: self._show_chosen())
        self.table.opened.connect(lambda duty: self._ask("receipt"))
        self.panel = DutyPanel()
        self.panel.void_asked.connect(self.void_asked)
        self._sum = words("", "sub")
        self._sum.setWordWrap(True)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(2)
        self._build()

    def _button(self, name: str, text: str, picture: str, weight: Weight = Weight.PLAIN) -> QPushButton:
        return button(text, lambda: self._ask(name), picture=picture, weight=weight)

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for made in self.buttons.values():
            row.addWidget(made)
        row.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.table, 1)
        left.addWidget(self._sum)
        self._beside = Scrolled(self.panel)
        across = QHBoxLayout()
        across.setSpacing(14)
        across.addLayout(left, 1)
        across.addWidget(self._beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(10)
        column.addLayout(row)
        column.addLayout(self._notes)
        column.addLayout(across, 1)

    def _columns(self) -> list[Column[DutyRow]]:
        tone = _TONES
        return [
            Column(self.tr("项"), lambda duty: str(duty.seq), 48, RIGHT),
            Column(self.tr("履行方"), lambda duty: duty.debtor, 80),
            Column(self.tr("接受方"), lambda duty: duty.creditor, 80),
            Column(self.tr("内容"), _what, 110, stretch=True),
            Column(self.tr("期限"), self._due, 146, tone=self._due_tone),
            Column(self.tr("应付（元）"), lambda duty: _yuan(duty, duty.amount_fen), 102, RIGHT),
            Column(self.tr("已付（元）"), lambda duty: _yuan(duty, duty.received_fen), 102, RIGHT),
            Column(self.tr("尚欠（元）"), lambda duty: _yuan(duty, duty.open_fen), 102, RIGHT, bold=True),
            Column(self.tr("状态"), lambda duty: label(duty.state), 84, tone=lambda duty: tone[duty.state],
                   chip=True),
        ]  # fmt: skip

    def show_ledger(self, ledger: PerformanceView) -> None:
        """Show the obligations and the sums; the chosen one stays chosen."""
        kept = self.chosen()
        self._ledger = ledger
        self.table.show_records(ledger.duties)
        at = next((n for n, duty in enumerate(ledger.duties) if kept and duty.id == kept.id), None)
        first = next((n for n, duty in enumerate(ledger.duties) if duty.owed), 0)
        if ledger.duties:
            self.table.go_to(first if at is None else at)
        self._sum.setText(self._sums(ledger))
        self._say_notes(ledger)
        self._show_chosen()

    def chosen(self) -> DutyRow | None:
        """The obligation of the current row."""
        place = self.table.table.id_at(self.table.currentIndex().row())
        duties = self._ledger.duties if self._ledger else ()
        return duties[place] if isinstance(place, int) and place < len(duties) else None

    def _sums(self, ledger: PerformanceView) -> str:
        duties = [duty for duty in ledger.duties if duty.state is not DutyState.RELEASED]
        done = sum(duty.state is DutyState.PERFORMED for duty in duties)
        parts = [self.tr("共 {count} 项，已履行 {done} 项").format(count=len(duties), done=done)]
        if money := [duty for duty in duties if duty.kind is ObligationKind.MONEY]:
            owed, paid = sum(duty.amount_fen or 0 for duty in money), sum(duty.received_fen for duty in money)
            sums = self.tr("应付 {owed} 元，已付 {paid} 元，尚欠 {left} 元")
            left = format_yuan(owed - paid)
            parts.append(sums.format(owed=format_yuan(owed), paid=format_yuan(paid), left=left))
        return "；".join(parts) if duties else ""

    def _say_notes(self, ledger: PerformanceView) -> None:
        while (item := self._notes.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for breach in ledger.breaches[-1:]:
            said = self.tr("{day}认定未履行：{facts}").format(day=date_words(breach.on), facts=breach.facts)
            open_now = ledger.status is CaseStatus.BREACHED
            self._notes.addWidget(remark(said, Tone.BAD if open_now else Tone.PLAIN))
            if breach.way is not None and breach.way_on is not None:
                way = f"{date_words(breach.way_on)}　{label(breach.way)}　{breach.way_note}".strip()
                self._notes.addWidget(remark(way, Tone.INFO))

    def _show_chosen(self) -> None:
        ledger, duty = self._ledger, self.chosen()
        writable = ledger is not None and ledger.writable and self._may_write
        self.panel.show_duty(duty, writable=writable and ledger is not None and _may_void(ledger.status))
        if ledger is None:
            return
        owing = writable and ledger.status in OWING
        for name in ("receipt", "demand", "postpone", "release"):
            self.buttons[name].setVisible(owing)
            self.buttons[name].setEnabled(duty is not None and duty.owed)
        self.buttons["at_once"].setVisible(writable and ledger.status in (*_BREAKABLE, CaseStatus.BREACHED))
        late = any(one.state is DutyState.OVERDUE for one in ledger.duties)
        self.buttons["breach"].setVisible(writable and ledger.status in _BREAKABLE)
        self.buttons["breach"].setEnabled(late)
        self.buttons["breach"].setToolTip("" if late else self.tr("没有逾期未履行的事项"))
        breached = writable and ledger.status is CaseStatus.BREACHED
        self.buttons["way"].setVisible(breached)
        self.buttons["release"].setHidden(not owing or breached)

    def _ask(self, name: str) -> None:
        made = self.buttons[name]
        if made.isEnabled() and not made.isHidden():
            self.asked.emit(name, self.chosen())

    def _due(self, duty: DutyRow) -> str:
        today = self._ledger.today if self._ledger else duty.due_on
        day = day_words(duty.due_on, today)
        if not duty.owed:
            return day
        if duty.days_late:
            return self.tr("{day}（逾期{days}天）").format(day=day, days=duty.days_late)
        left = (duty.due_on - today).days
        return self.tr("{day}（剩{days}天）").format(day=day, days=left) if left <= SOON_DAYS else day

    def _due_tone(self, duty: DutyRow) -> Tone | None:
        today = self._ledger.today if self._ledger else duty.due_on
        if not duty.owed:
            return Tone.PLAIN
        if duty.days_late:
            return Tone.BAD
        return Tone.WARN if (duty.due_on - today).days <= SOON_DAYS else None

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < px(_NARROW)
        self._beside.setFixedWidth(px(_NARROW_SIDE if narrow else _SIDE))
        self._beside.setAlignment(Qt.AlignmentFlag.AlignTop)
        for column in (_CREDITOR, _AMOUNT, _RECEIVED):
            self.table.setColumnHidden(column, narrow)


def _may_void(status: CaseStatus) -> bool:
    return status in OWING or status is CaseStatus.PERFORMED


def _what(duty: DutyRow) -> str:
    return duty.act if duty.kind is ObligationKind.ACT else duty.manner


def _yuan(duty: DutyRow, fen: int | None) -> str:
    return format_yuan(fen or 0) if duty.kind is ObligationKind.MONEY else ""
