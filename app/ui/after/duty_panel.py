"""What was entered for one obligation: payments, later days, demands."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.after.performance import DutyRow, ReceiptView
from app.domain.agreements import ObligationKind
from app.domain.values.money import format_yuan
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import Card, remark, words
from app.ui.kit.date_edit import date_words
from app.ui.theme import Tone
from app.ui.words.labels import label


class DutyPanel(Card):
    """Lines about the chosen obligation; tells which entry is to be struck."""

    void_asked = Signal(object)  # ReceiptView

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margin=12, parent=parent)
        self._content = QWidget()
        self.add(self._content)
        self.body.addStretch(1)
        self._said: list[str] = []

    def said(self) -> list[str]:
        """The lines shown."""
        return list(self._said)

    def show_duty(self, duty: DutyRow | None, *, writable: bool) -> None:
        """Show this obligation, or that none is chosen."""
        old, self._content = self._content, QWidget()
        self.body.replaceWidget(old, self._content)
        old.hide()
        old.deleteLater()
        self._said = []
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        if duty is None:
            self._line(column, self.tr("选一项，看它的履行情况。"), "sub")
            return
        self._line(column, self.tr("第{seq}项").format(seq=duty.seq), "sectionTitle")
        self._duty(column, duty)
        for receipt in duty.receipts:
            self._receipt(column, duty, receipt, writable=writable)
        if not duty.receipts:
            self._line(column, self.tr("还没有履行登记。"), "sub")
        self._followed(column, duty)

    def _duty(self, column: QVBoxLayout, duty: DutyRow) -> None:
        money = duty.kind is ObligationKind.MONEY
        what = self.tr("付 {yuan} 元").format(yuan=format_yuan(duty.amount_fen or 0)) if money else duty.act
        self._line(column, f"{duty.debtor} → {duty.creditor}")
        self._line(column, f"{what}（{duty.manner}）")
        if duty.agreement_number:
            self._line(column, duty.agreement_number, "sub")
        if duty.released_on is not None:
            told = self.tr("{day}起不再履行：{why}")
            self._remark(
                column, told.format(day=date_words(duty.released_on), why=duty.release_note), Tone.PLAIN
            )
        elif duty.performed_on is not None:
            told = self.tr("{day}履行完毕").format(day=date_words(duty.performed_on))
            self._remark(column, told, Tone.GOOD)
        elif duty.days_late:
            late = self.tr("期限 {day}，已逾期 {days} 天").format(
                day=date_words(duty.due_on), days=duty.days_late
            )
            self._remark(column, late, Tone.BAD)

    def _receipt(self, column: QVBoxLayout, duty: DutyRow, receipt: ReceiptView, *, writable: bool) -> None:
        struck = receipt.void_reason is not None
        amount = (
            ""
            if receipt.amount_fen is None
            else self.tr("{yuan} 元").format(yuan=format_yuan(receipt.amount_fen))
        )
        parts = (date_words(receipt.on), amount, receipt.manner, receipt.proof, receipt.note)
        told = "　".join(part for part in parts if part)
        if struck:
            told = self.tr("已作废：{entry}（{why}）").format(entry=told, why=receipt.void_reason)
        row = QHBoxLayout()
        row.setSpacing(6)
        self._said.append(told)
        row.addWidget(remark(told, Tone.PLAIN if struck else Tone.GOOD), 1)
        if writable and not struck and duty.released_on is None:
            made = button(self.tr("作废"), lambda: self.void_asked.emit(receipt), weight=Weight.LINK)
            made.setAccessibleName(self.tr("作废{day}的登记").format(day=date_words(receipt.on)))
            row.addWidget(made)
        column.addLayout(row)

    def _followed(self, column: QVBoxLayout, duty: DutyRow) -> None:
        for moved in duty.postponements:
            told = self.tr("{day}商定延期：{was} → {now}").format(
                day=date_words(moved.agreed_on), was=date_words(moved.from_on), now=date_words(moved.to_on)
            )
            self._remark(column, "　".join(part for part in (told, moved.reason) if part), Tone.INFO)
        for urged in duty.demands:
            told = self.tr("{day}督促（{method}）").format(
                day=date_words(urged.on), method=label(urged.method)
            )
            self._remark(column, "：".join(part for part in (told, urged.answer) if part), Tone.WARN)

    def _line(self, column: QVBoxLayout, text: str, style: str = "") -> None:
        told = words(text, style)
        told.setWordWrap(True)
        self._said.append(text)
        column.addWidget(told)

    def _remark(self, column: QVBoxLayout, text: str, tone: Tone) -> None:
        self._said.append(text)
        column.addWidget(remark(text, tone))
