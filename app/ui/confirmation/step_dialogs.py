"""What the court did: it took the application, and it decided."""

from datetime import date

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.confirming.confirmation import (
    ConfirmationOutcome,
    ConfirmationView,
    DecisionInput,
    DocketInput,
)
from app.services.confirmation.applying import decide_confirmation, docket_confirmation
from app.ui.kit.card import words
from app.ui.kit.date_edit import DateEditor
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import choice, line, text
from app.ui.kit.form import Field, Form
from app.ui.tasks import Tasks
from app.ui.theme import px

_WIDTH = 540


class DocketDialog(Dialog):
    """登记法院受理: its case number and the day."""

    def __init__(
        self, tasks: Tasks, row: ConfirmationView, today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("登记法院受理"), self.tr("登记"), tasks=tasks, parent=parent)
        self.setMinimumWidth(px(_WIDTH))
        self.row = row
        self.form: Form[DocketInput] = Form(
            DocketInput,
            [
                Field("docket_no", self.tr("案号"), line(self.tr("法院的案号"), 80), required=True),
                Field("docketed_on", self.tr("受理日期"), DateEditor, required=True),
            ],
            columns=1,
        )
        self.add(self.form)
        told = words(self.tr("法院自立案之日起三十日内办结；由院长批准可以延长。"), "sub")
        told.setWordWrap(True)
        self.add(told)
        self.form.fill(DocketInput("", today))

    @override
    def submit(self) -> None:
        """Write it down."""
        wanted = self.form.value()
        if wanted is not None:
            self.act(docket_confirmation, self.row.id, wanted, self.row.row_version)


class DecideDialog(Dialog):
    """登记结果: the ruling, or why there was none."""

    def __init__(
        self, tasks: Tasks, row: ConfirmationView, today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("登记司法确认结果"), self.tr("登记"), tasks=tasks, parent=parent)
        self.setMinimumWidth(px(_WIDTH))
        self.row = row
        self.form: Form[DecisionInput] = Form(
            DecisionInput,
            [
                Field("outcome", self.tr("结果"), choice(ConfirmationOutcome), required=True),
                Field("document_no", self.tr("文号"), line(self.tr("裁定书的文号"), 80)),
                Field("decided_on", self.tr("日期"), DateEditor, required=True),
                Field("note", self.tr("理由"), text(3)),
            ],
            columns=1,
        )
        self.add(self.form)
        self.rule = words("", "sub")
        self.rule.setWordWrap(True)
        self.add(self.rule)
        self.form.field("outcome").edited.connect(self._show_rule)
        ruled = row.docketed_on is not None
        first = ConfirmationOutcome.VALID if ruled else ConfirmationOutcome.NOT_ACCEPTED
        self.form.fill(DecisionInput(first, "", today))
        self._show_rule()

    def _show_rule(self) -> None:
        rules = {
            ConfirmationOutcome.VALID: self.tr("裁定有效的，一方不履行，对方可以申请强制执行。"),
            ConfirmationOutcome.REJECTED: self.tr(
                "裁定驳回的，当事人可以变更协议、重新调解，或者起诉。请告知当事人。"
            ),
            ConfirmationOutcome.NOT_ACCEPTED: self.tr(
                "不予受理的，期限内可以补齐材料再申请，也可以重新调解或者起诉。请告知当事人。"
            ),
            ConfirmationOutcome.WITHDRAWN: self.tr("撤回以后，期限内可以再申请。"),
        }
        self.rule.setText(rules[self.form.field("outcome").value()])

    @override
    def submit(self) -> None:
        """Write it down."""
        wanted = self.form.value()
        if wanted is not None:
            self.act(decide_confirmation, self.row.id, wanted, self.row.row_version)
