"""Making up and locking a volume, adding to a locked one, and its filing with the county."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from app.domain.cases import CaseView
from app.domain.casework.inputs import ArchiveInput, ReportInput, SupplementInput
from app.domain.casework.volume_lines import VolumeLine
from app.domain.errors import Problem, Refused
from app.domain.life.codes import Retention, VolumeItem
from app.services.flow.volume_list import list_volume
from app.services.flow.volumes import add_supplement, archive_case, report_case
from app.ui.cases.flow.flow_dialog import FlowDialog
from app.ui.clock import office_today
from app.ui.kit.card import words
from app.ui.kit.date_edit import DateEditor
from app.ui.kit.editors import NumberEditor, UnreadableError, choice, line, text
from app.ui.kit.form import FULL_ROW, Field
from app.ui.room import Scrolled
from app.ui.tasks import Tasks
from app.ui.theme import Tone, px
from app.ui.words.labels import label
from app.ui.words.messages import problem_sentence

LIST_HEIGHT = 140


class ArchiveDialog(FlowDialog):
    """归档 (G13): what the volume holds, what is missing, and what lies in it on paper only."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__((self.tr("归档"), self.tr("归档并锁定")), tasks, case, parent)
        self.setMinimumWidth(px(720))
        self.pages: dict[VolumeItem, NumberEditor] = {}
        self.marks: dict[VolumeItem, str] = {}
        self.tell(self.tr("归档后卷宗不能再改。程序里没有、只在纸质卷里的，填上页数。"))
        self._list = QWidget()
        self._grid = QGridLayout(self._list)
        self._grid.setContentsMargins(0, 0, 4, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        scrolled = Scrolled(self._list)
        scrolled.setMinimumHeight(px(LIST_HEIGHT))
        self.add(scrolled, 1)
        self.form = self.make_form(
            ArchiveInput,
            [
                Field("retention", self.tr("保管期限"), choice(Retention), required=True),
                Field("made_by", self.tr("立卷人"), line(limit=50), hint=self.tr("不填为当前登录的人")),
                Field("checked_by", self.tr("检查人"), line(limit=50), required=True),
                Field(
                    "note", self.tr("卷宗说明"), text(2, self.tr("缺页、破损、补充材料等情况")), span=FULL_ROW
                ),
            ],
            columns=2,
        )
        self.form.fill(ArchiveInput(Retention.LONG, ""))
        self.submit_button.setEnabled(False)
        tasks.run(list_volume, case.id).then(self._show, owner=self)

    @override
    def submit(self) -> None:
        """Lock it."""
        given = self.form.value()
        on_paper = self._on_paper()
        if given is not None and on_paper is not None:
            wanted = ArchiveInput(given.retention, given.checked_by, given.made_by, given.note, on_paper)
            self.act(archive_case, self.case.id, wanted)

    @override
    def show_refused(self, refused: Refused) -> None:
        """Say what is missing; the list shows where."""
        super().show_refused(refused)
        self.adjustSize()

    def _on_paper(self) -> tuple[tuple[str, int], ...] | None:
        found = []
        for item, editor in self.pages.items():
            try:
                pages = editor.value()
            except UnreadableError as unreadable:
                self.banner.say(problem_sentence(Problem("on_paper", unreadable.code)), Tone.BAD)
                editor.setFocus()
                return None
            if pages:
                found.append((item.value, pages))
        return tuple(found)

    def _show(self, rows: Sequence[VolumeLine]) -> None:
        self.submit_button.setEnabled(True)
        order = sorted(rows, key=lambda row: not row.needed)
        for at, row in enumerate(order):
            mark, style = self._mark(row)
            self.marks[row.item] = mark
            self._grid.addWidget(words(mark, style), at, 0)
            self._grid.addWidget(words(label(row.item)), at, 1)
            if row.pages:
                self._grid.addWidget(words(self.tr("{n}页").format(n=row.pages), "sub"), at, 2)
            elif row.item is not VolumeItem.NOTE:
                editor = NumberEditor(placeholder=self.tr("纸质页数"))
                editor.setAccessibleName(self.tr("{item}的纸质页数").format(item=label(row.item)))
                editor.setFixedWidth(px(110))
                self.pages[row.item] = editor
                self._grid.addWidget(editor, at, 2)

    def _mark(self, row: VolumeLine) -> tuple[str, str]:
        if row.pages:
            return self.tr("✓ 有"), "good"
        return (self.tr("✗ 缺"), "problem") if row.needed else (self.tr("可无"), "sub")


class SupplementDialog(FlowDialog):
    """补充材料: said of a locked volume, with its own date."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__((self.tr("补充材料"), self.tr("补充")), tasks, case, parent)
        self.tell(self.tr("卷宗不变，补充的内容另记日期，列在办理经过里。"))
        self.form = self.make_form(
            SupplementInput, [Field("note", self.tr("补充内容"), text(5), required=True)]
        )
        self.keep_draft("supplement")

    @override
    def submit(self) -> None:
        """Add it."""
        given = self.form.value()
        if given is not None:
            self.act(add_supplement, self.case.id, given)


class ReportDialog(FlowDialog):
    """登记备案 (G14)."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__((self.tr("登记备案"), self.tr("登记")), tasks, case, parent)
        self.form = self.make_form(
            ReportInput,
            [
                Field("filing_no", self.tr("备案号"), line(limit=80), required=True),
                Field("on", self.tr("备案日期"), DateEditor),
            ],
        )
        self.form.fill(ReportInput("", office_today()))

    @override
    def submit(self) -> None:
        """Enter it."""
        given = self.form.value()
        if given is not None:
            self.act(report_case, self.case.id, given)
