"""The small forms about one obligation: what was paid or done, a later day, a waiver, a demand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.after.performance import (
    DemandInput,
    DemandMethod,
    DutyRow,
    PostponementInput,
    ReceiptInput,
    ReceiptView,
    ReleaseInput,
)
from app.domain.agreements import ObligationKind
from app.domain.values.money import format_yuan
from app.services.after.performance import (
    postpone_obligation,
    record_demand,
    record_receipt,
    release_obligation,
    void_receipt,
)
from app.ui.kit.card import words
from app.ui.kit.date_edit import DateEditor, date_words
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import MoneyEditor, TextEditor, check, choice, line
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.tasks import Tasks
from app.ui.theme import px

_WIDTH = 520


def few_lines(lines: int) -> Callable[[], TextEditor]:
    """A text that stays as high as it begins: a dialog is not to grow with the room there is."""

    def make() -> TextEditor:
        made = TextEditor(lines=lines)
        made.setMaximumHeight(px(22) * lines + 12)
        return made

    return make


def yuan_words(fen: int | None) -> str:
    """An amount with its unit; nothing for an act."""
    if fen is None:
        return ""
    return QCoreApplication.translate("after", "{yuan} 元").format(yuan=format_yuan(fen))


def duty_words(duty: DutyRow) -> str:
    """One obligation in a line: 李䶮 → 张㛃　10,000.00 元."""
    what = duty.act if duty.kind is ObligationKind.ACT else yuan_words(duty.amount_fen)
    return f"{duty.debtor} → {duty.creditor}　{what}"


class _DutyDialog(Dialog):
    """Says on top which obligation it is about."""

    def __init__(self, title: str, submit: str, tasks: Tasks, duty: DutyRow, parent: QWidget | None) -> None:
        super().__init__(title, submit, tasks=tasks, parent=parent)
        self.setMinimumWidth(px(_WIDTH))
        self.duty = duty
        told = words(duty_words(duty), "sub")
        told.setWordWrap(True)
        self.add(told)


class ReceiptDialog(_DutyDialog):
    """登记履行: money as it comes in, or an act that is done."""

    def __init__(self, tasks: Tasks, duty: DutyRow, today: date, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("登记履行"), self.tr("登记"), tasks, duty, parent)
        money = duty.kind is ObligationKind.MONEY
        what = (
            Field("amount_fen", self.tr("金额（元）"), MoneyEditor, required=True)
            if money
            else Field("note", self.tr("做了什么"), few_lines(2), required=True)
        )
        fields = [
            Field("on", self.tr("履行日期"), DateEditor, required=True),
            what,
            Field("manner", self.tr("方式"), line(self.tr("如：转账、现金"), 100)),
            Field("proof", self.tr("凭证"), line(self.tr("如：收条、转账凭证号"), 100)),
        ]
        if money:
            fields.append(Field("note", self.tr("备注"), line(), span=FULL_ROW))
        self.form: Form[ReceiptInput] = Form(ReceiptInput, fields, columns=1)
        self.add(self.form)
        left = duty.open_fen if money else None
        self.form.fill(ReceiptInput(duty.id, today, left, duty.manner, "", "" if money else duty.act))
        if money:
            self.form.praise("amount_fen", self.tr("尚欠 {yuan} 元").format(yuan=format_yuan(duty.open_fen)))

    @override
    def submit(self) -> None:
        """Enter it; more than is owed is refused."""
        wanted = self.form.value()
        if wanted is not None:
            self.act(record_receipt, wanted)


class PostponeDialog(_DutyDialog):
    """协商延期: both sides agree to a later day."""

    def __init__(self, tasks: Tasks, duty: DutyRow, today: date, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("协商延期"), self.tr("延期"), tasks, duty, parent)
        self.form: Form[PostponementInput] = Form(
            PostponementInput,
            [
                Field("to_on", self.tr("延期至"), DateEditor, required=True),
                Field("agreed_on", self.tr("商定日期"), DateEditor, required=True),
                Field(
                    "both_agreed",
                    self.tr("双方同意"),
                    check(self.tr("履行方和接受方都同意延期")),
                    required=True,
                ),
                Field("reason", self.tr("原因"), few_lines(2)),
            ],
            columns=1,
        )
        self.add(self.form)
        self.form.fill(PostponementInput(duty.id, None, today, both_agreed=False))
        self.form.praise("to_on", self.tr("现在的期限：{day}").format(day=date_words(duty.due_on)))

    @override
    def submit(self) -> None:
        """Move the day; the signed text stays as it is."""
        wanted = self.form.value()
        if wanted is not None:
            self.act(postpone_obligation, wanted)


class ReleaseDialog(_DutyDialog):
    """免除履行: the creditor waives what is still owed."""

    def __init__(self, tasks: Tasks, duty: DutyRow, today: date, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("免除履行"), self.tr("免除"), tasks, duty, parent)
        self.form: Form[ReleaseInput] = Form(
            ReleaseInput,
            [
                Field("on", self.tr("日期"), DateEditor, required=True),
                Field("note", self.tr("理由"), line(self.tr("如：接受方自愿放弃余款"), 200), required=True),
            ],
            columns=1,
        )
        self.add(self.form)
        self.form.fill(ReleaseInput(duty.id, today))

    @override
    def submit(self) -> None:
        """Write the waiver down."""
        wanted = self.form.value()
        if wanted is not None:
            self.act(release_obligation, wanted)


class DemandDialog(_DutyDialog):
    """督促: how somebody was urged, and what the answer was."""

    def __init__(self, tasks: Tasks, duty: DutyRow, today: date, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("督促履行"), self.tr("登记"), tasks, duty, parent)
        self.form: Form[DemandInput] = Form(
            DemandInput,
            [
                Field("on", self.tr("督促日期"), DateEditor, required=True),
                Field("method", self.tr("方式"), choice(DemandMethod), required=True),
                Field("answer", self.tr("对方答复"), few_lines(3)),
            ],
            columns=1,
        )
        self.add(self.form)
        self.form.fill(DemandInput(duty.id, today, DemandMethod.PHONE))

    @override
    def submit(self) -> None:
        """Write the demand down."""
        wanted = self.form.value()
        if wanted is not None:
            self.act(record_demand, wanted)


@dataclass(frozen=True, slots=True)
class Voided:
    """Why an entry is struck."""

    reason: str


class VoidDialog(Dialog):
    """作废一笔登记: it stays in the ledger with its reason."""

    def __init__(self, tasks: Tasks, receipt: ReceiptView, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("作废这一笔"), self.tr("作废"), tasks=tasks, danger=True, parent=parent)
        self.setMinimumWidth(px(_WIDTH))
        self.receipt = receipt
        self.add(words(f"{date_words(receipt.on)}　{yuan_words(receipt.amount_fen)}".strip(), "sub"))
        self.form: Form[Voided] = Form(
            Voided,
            [Field("reason", self.tr("原因"), line(self.tr("如：金额记错"), 200), required=True)],
            columns=1,
        )
        self.add(self.form)

    @override
    def submit(self) -> None:
        """Strike the entry."""
        given = self.form.value()
        if given is not None:
            self.act(void_receipt, self.receipt.id, given.reason)
