"""Asks why an agreement is not signed any more."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.agreements import AgreementView
from app.services.agreements.writing import abandon_agreement
from app.ui.kit.card import words
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import line
from app.ui.kit.form import Field, Form
from app.ui.tasks import Tasks
from app.ui.theme import px


@dataclass(frozen=True, slots=True)
class _Why:
    """Why nobody signs."""

    reason: str


class AbandonDialog(Dialog):
    """作罢: the agreement stays among the others with its number, but nobody signs it."""

    def __init__(self, tasks: Tasks, agreement: AgreementView, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("协议作罢"), self.tr("作罢"), tasks=tasks, danger=True, parent=parent)
        self.setMinimumWidth(px(520))
        self._agreement = agreement
        told = words(self.tr("这份协议不再签署，已取的编号保留。原来生效的协议不受影响。"), "sub")
        told.setWordWrap(True)
        self.add(told)
        hint = self.tr("如：一方不同意变更")
        self.form: Form[_Why] = Form(
            _Why, [Field("reason", self.tr("原因"), line(hint, 200), required=True)], columns=1
        )
        self.add(self.form)

    @override
    def submit(self) -> None:
        """Give it up with the reason."""
        given = self.form.value()
        if given is not None:
            self.act(abandon_agreement, self._agreement.id, given.reason, self._agreement.row_version)
