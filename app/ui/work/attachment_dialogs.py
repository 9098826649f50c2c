"""Adding files to a case, each with a title, and changing title and heading of one that is there."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget
from typing_extensions import override

from app.domain.papers.attachments import (
    TITLE,
    AddOutcome,
    AttachmentCategory,
    AttachmentInput,
    AttachmentRow,
    CaseFiles,
    FilePlace,
    NewFile,
)
from app.services.attachments.adding import add_attachments
from app.services.attachments.keeping import change_attachment
from app.ui.kit.card import words
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import ChoiceEditor, choice, line
from app.ui.kit.form import Field, Form
from app.ui.kit.progress import WorkProgress
from app.ui.room import Scrolled
from app.ui.tasks import Tasks
from app.ui.theme import Tone, px
from app.ui.words.labels import label
from app.ui.words.messages import sentence

_ROW_HEIGHT = 38
_ROWS_SHOWN = 7


def _links(files: CaseFiles, *names: str) -> list[Field]:
    evidence = [(row.id, f"{row.seq}　{row.name}") for row in files.evidence]
    return [
        Field("category", names[0], choice(AttachmentCategory), required=True),
        Field("evidence_id", names[1], lambda: ChoiceEditor(evidence, blank=True)),
        Field("subject_id", names[2], lambda: ChoiceEditor(files.papers, blank=True)),
    ]


class AddFilesDialog(Dialog):
    """Titles of the chosen files and where they belong; afterwards what was not taken, and why."""

    def __init__(
        self,
        tasks: Tasks,
        files: CaseFiles,
        chosen: Sequence[NewFile],
        place: FilePlace,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", "", tasks=tasks, parent=parent)
        self.set_heading(self.tr("添加 {count} 个附件").format(count=len(chosen)))
        self.submit_button.setText(self.tr("添加"))
        self.setMinimumWidth(px(640))
        self.added = 0
        self._chosen = chosen
        self._finished = False
        self._told: Callable[[AddOutcome], object] | None = None
        links = _links(files, self.tr("归入"), self.tr("所属证据"), self.tr("扫描自文书"))
        self.form = Form(FilePlace, links, columns=2)
        self.form.fill(place)
        self.titles = [self._title(file) for file in chosen]
        self.progress = WorkProgress()
        self.add(self.form)
        self._list = self._rows()
        self.add(self._list, 1)
        self.add(self.progress)

    def when_added(self, told: Callable[[AddOutcome], object]) -> None:
        """Who hears what became of the files."""
        self._told = told

    def _title(self, file: NewFile) -> QLineEdit:
        made = QLineEdit(file.title)
        made.setMaxLength(TITLE)
        made.setPlaceholderText(self.tr("留空则用“归入”的名称"))
        made.setAccessibleName(self.tr("{name} 的名称").format(name=file.name))
        return made

    def _rows(self) -> QWidget:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 6, 0)
        grid.setColumnStretch(1, 1)
        for at, (file, title) in enumerate(zip(self._chosen, self.titles, strict=True)):
            name = words("", "sub")
            name.setTextFormat(Qt.TextFormat.PlainText)
            name.setText(name.fontMetrics().elidedText(file.name, Qt.TextElideMode.ElideMiddle, px(210)))
            name.setToolTip(file.name)
            grid.addWidget(name, at, 0)
            grid.addWidget(title, at, 1)
        grid.setRowStretch(len(self._chosen), 1)
        scrolled = Scrolled(inner)
        scrolled.setMinimumHeight(px(_ROW_HEIGHT) * min(len(self._chosen), _ROWS_SHOWN) + px(4))
        return scrolled

    @override
    def submit(self) -> None:
        place = self.form.value()
        if self._finished or self.tasks is None:
            self.accept()
            return
        if place is None:
            return
        self.banner.hide()
        self.set_busy(True)
        self.cancel_button.setEnabled(False)
        request = self.tasks.run_long(add_attachments, place, self._files(place))
        self.progress.follow(request, self.tr("正在检查和加密…"))
        request.then(self._done, cancelled=self._stopped, done=self._ended, owner=self)

    def _files(self, place: FilePlace) -> list[NewFile]:
        """The files with their titles; those without one are numbered under their heading."""
        many, plain = len(self._chosen) > 1, label(place.category)
        return [
            replace(file, title=title.text().strip() or (f"{plain}{at}" if many else plain))
            for at, (file, title) in enumerate(zip(self._chosen, self.titles, strict=True), 1)
        ]

    def _ended(self) -> None:
        self.progress.finish()
        self.set_busy(False)
        self.cancel_button.setEnabled(True)

    def _stopped(self) -> None:
        self.banner.say(self.tr("已停止，没有添加任何附件。"), Tone.PLAIN)

    def _done(self, outcome: AddOutcome) -> None:
        self.added = len(outcome.added)
        if self._told is not None:
            self._told(outcome)
        if not outcome.refused:
            self.accept()
            return
        self._finished = True
        said = self.tr("已添加 {added} 个，{refused} 个没有添加：")
        lines = [f"{one.name}：{sentence(one.refused)}" for one in outcome.refused]
        head = said.format(added=self.added, refused=len(outcome.refused))
        self.banner.say("\n".join([head, *lines]), Tone.WARN if self.added else Tone.BAD, lasting=True)
        self.form.hide()
        self._list.hide()
        self.submit_button.setText(self.tr("知道了"))
        self.submit_button.setFocus()
        self.cancel_button.hide()
        self.body.addStretch(1)
        self.resize(self.width(), self.minimumSizeHint().height())


class ChangeAttachmentDialog(Dialog):
    """Title, heading and links of an attachment."""

    def __init__(
        self, tasks: Tasks, files: CaseFiles, row: AttachmentRow, parent: QWidget | None = None
    ) -> None:
        super().__init__("", "", tasks=tasks, parent=parent)
        self.set_heading(self.tr("附件名称和归类"))
        self.submit_button.setText(self.tr("保存"))
        self.setMinimumWidth(px(520))
        self._row = row
        links = _links(files, self.tr("归入"), self.tr("所属证据"), self.tr("扫描自文书"))
        fields = [Field("title", self.tr("名称"), line(limit=TITLE), required=True), *links]
        self.form = Form(AttachmentInput, fields, columns=1)
        self.form.fill(AttachmentInput(row.title, row.category, row.evidence_id, row.subject_id))
        self.add(self.form)

    @override
    def submit(self) -> None:
        wanted = self.form.value()
        if wanted is not None:
            self.act(change_attachment, self._row.id, wanted, self._row.row_version)
