"""Asks for the reason before a hearing is called off."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.hearings import HearingView
from app.services.hearings.scheduling import cancel_hearing
from app.ui.hearings.wording import weekday
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import line
from app.ui.kit.form import Field, Form
from app.ui.tasks import Tasks
from app.ui.words.finding_words import short_day


@dataclass(frozen=True, slots=True)
class CancelFields:
    """Why a hearing is called off."""

    reason: str


class CancelDialog(Dialog):
    """One field: the reason, which the history of the case keeps."""

    def __init__(self, hearing: HearingView, tasks: Tasks | None, parent: QWidget) -> None:
        super().__init__("", "", tasks=tasks, danger=True, parent=parent)
        self._hearing = hearing
        when = f"{short_day(hearing.day)} {weekday(hearing.day)}"
        self.set_heading(self.tr("取消{when}的安排").format(when=when))
        self.submit_button.setText(self.tr("取消安排"))
        self.cancel_button.setText(self.tr("保留"))
        self.form = Form(CancelFields, [Field("reason", self.tr("原因"), line(), required=True)], columns=1)
        self.add(self.form)

    @override
    def submit(self) -> None:
        fields = self.form.value()
        if fields is not None:
            self.act(cancel_hearing, self._hearing.id, fields.reason)
