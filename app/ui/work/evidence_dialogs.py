"""The forms of the list of evidence: a line of it, and that an original went back."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.papers.attachments import CaseFiles, EvidenceInput, EvidenceKind, EvidenceRow
from app.services.attachments.evidence import return_original, save_evidence
from app.ui.clock import office_today
from app.ui.kit.date_edit import DateEditor
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import ChoiceEditor, NumberEditor, check, choice, line, text
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.tasks import Tasks
from app.ui.theme import px


class EvidenceDialog(Dialog):
    """One line of the list of evidence, new or to be corrected."""

    def __init__(
        self,
        tasks: Tasks,
        files: CaseFiles,
        row: EvidenceRow | None = None,
        receiver: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", "", tasks=tasks, parent=parent)
        self.set_heading(self.tr("修改证据") if row else self.tr("登记证据"))
        self.submit_button.setText(self.tr("保存"))
        self.setMinimumWidth(px(680))
        self._row = row
        self.form = Form(
            EvidenceInput,
            [
                Field("name", self.tr("证据名称"), line(limit=100), required=True, span=FULL_ROW),
                Field("kind", self.tr("种类"), choice(EvidenceKind), required=True),
                Field("received_on", self.tr("提交日期"), DateEditor, required=True),
                Field(
                    "party_id", self.tr("提供人"), lambda: ChoiceEditor(files.parties, blank=True),
                    hint=self.tr("不是当事人提供的，留空并填写来源。"),
                ),
                Field("source", self.tr("来源"), line(self.tr("如：村委会、派出所"), 100)),
                Field("copies", self.tr("份数"), NumberEditor, required=True),
                Field("pages", self.tr("页数"), NumberEditor),
                Field("original", self.tr("原件"), check(self.tr("收到的是原件，用后退还"))),
                Field(
                    "checked_by", self.tr("核对人"), line(self.tr("复印件与原件核对无异的核对人"), 50)
                ),
                Field("purpose", self.tr("证明内容"), text(3), span=FULL_ROW),
                Field("receiver", self.tr("接收人"), line(limit=50), required=True),
            ],
            columns=2,
        )  # fmt: skip
        self.form.fill(_input(files.case_id, row, receiver))
        self.add(self.form)

    @override
    def submit(self) -> None:
        wanted = self.form.value()
        if wanted is not None:
            known = (self._row.id, self._row.row_version) if self._row else (None, None)
            self.act(save_evidence, wanted, *known)


def _input(case_id: str, row: EvidenceRow | None, receiver: str) -> EvidenceInput:
    if row is None:
        return EvidenceInput(case_id, received_on=office_today(), receiver=receiver)
    return EvidenceInput(
        case_id, row.name, row.kind, row.party_id, row.source, row.copies, row.pages, row.original,
        row.checked_by, row.purpose, row.received_on, row.receiver,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReturnFields:
    """The day an original went back, and to whom."""

    returned_on: date | None
    returned_to: str


class ReturnDialog(Dialog):
    """Notes that an original was given back."""

    def __init__(self, tasks: Tasks, row: EvidenceRow, parent: QWidget | None = None) -> None:
        super().__init__("", "", tasks=tasks, parent=parent)
        self.set_heading(self.tr("退还原件：{name}").format(name=row.name))
        self.submit_button.setText(self.tr("登记退还"))
        self._row = row
        self.form = Form(
            ReturnFields,
            [
                Field("returned_on", self.tr("退还日期"), DateEditor, required=True),
                Field("returned_to", self.tr("领取人"), line(limit=50), required=True),
            ],
            columns=1,
        )
        self.form.fill(ReturnFields(office_today(), row.from_whom))
        self.add(self.form)

    @override
    def submit(self) -> None:
        fields = self.form.value()
        if fields is not None:
            row = self._row
            self.act(return_original, row.id, fields.returned_on, fields.returned_to, row.row_version)
