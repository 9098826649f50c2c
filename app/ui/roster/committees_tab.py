"""调委会: the committees, and what each lacks with what to do about it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.roster import (
    CommitteeFinding,
    CommitteeFindingKind,
    CommitteeInput,
    CommitteeKind,
    CommitteeRow,
)
from app.services.roster.entries import save_committee
from app.ui.icons import pixmap
from app.ui.kit.card import rule, words
from app.ui.kit.date_edit import DateEditor, date_words
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import choice
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.kit.table import LEFT, Column
from app.ui.room import Scrolled
from app.ui.roster.roster_tab import Deed, RosterTab
from app.ui.tasks import Tasks
from app.ui.theme import Tone, ink_name, px
from app.ui.words.labels import label
from app.ui.words.messages import committee_sentence

_K = CommitteeFindingKind
_REMEDIES: dict[CommitteeFindingKind, Any] = {
    _K.TOO_FEW: QT_TRANSLATE_NOOP("roster", "在“调解员”里新增委员，或把聘任调解员改为委员。"),
    _K.TOO_MANY: QT_TRANSLATE_NOOP("roster", "在“调解员”里把多出的委员改为聘任，或办理离任。"),
    _K.NO_WOMAN: QT_TRANSLATE_NOOP("roster", "推选一名女委员，在“调解员”里录入，并填写性别。"),
    _K.NO_CHAIR: QT_TRANSLATE_NOOP("roster", "在“调解员”里把推选出的主任的职务改为“主任”。"),
    _K.SEVERAL_CHAIRS: QT_TRANSLATE_NOOP("roster", "只留一名主任，其余改为副主任或委员。"),
    _K.TERM_UNKNOWN: QT_TRANSLATE_NOOP("roster", "点“修改”，填写本届任期的起始日期。"),
    _K.TERM_ENDS_SOON: QT_TRANSLATE_NOOP("roster", "组织推选；换届后点“修改”，填写新的任期起始日期。"),
    _K.TERM_OVER: QT_TRANSLATE_NOOP("roster", "尽快换届；换届后点“修改”，填写新的任期起始日期。"),
}


class CommitteesTab(RosterTab[CommitteeRow]):
    """Tells which committee to enter or to change."""

    new_asked = Signal()
    edit_asked = Signal(object)  # CommitteeRow

    def __init__(self, may_write: bool) -> None:
        super().__init__("committees", may_write)
        self.table.setAccessibleName(self.tr("调委会"))
        self.table.set_empty_text(self.tr("没有调委会。"))
        self._shown: CommitteeRow | None = None
        self._content = QWidget()
        self._lines = QVBoxLayout(self._content)
        self._lines.setContentsMargins(14, 10, 14, 10)
        self._lines.setSpacing(8)
        self.add_count()
        self.add_deed(Deed(lambda _: self.tr("修改"), self.edit_asked.emit))
        self.add_new(self.tr("新增调委会"), self.new_asked.emit)
        if may_write:
            self.table.opened.connect(self.edit_asked)
        self.add(rule())
        self.add(Scrolled(self._content), 1)

    @override
    def columns(self) -> list[Column[CommitteeRow]]:
        return [
            Column(self.tr("名称"), lambda row: row.name, 200, stretch=True, bold=True),
            Column(self.tr("类别"), lambda row: label(row.kind), 150),
            Column(self.tr("任期"), self._term, 250),
            Column(self.tr("电话"), lambda row: row.phone, 130),
            Column(
                self.tr("情况"), self._state, 130, LEFT,
                tone=lambda row: Tone.WARN if row.findings else Tone.GOOD, chip=True,
            ),
        ]  # fmt: skip

    def show_committees(self, rows: Sequence[CommitteeRow]) -> None:
        """Show the committees by name."""
        self.show_rows(list(rows), self.tr("{count} 个").format(count=len(rows)))

    def said(self) -> list[str]:
        """What is said of the current committee, from above."""
        labels = self._content.findChildren(QLabel)
        return [one.text() for one in labels if one.text() and not one.isHidden()]

    def set_compact(self, compact: bool) -> None:
        """Leave out what a narrow window has no room for."""
        for at in (1, 3):
            self.table.setColumnHidden(at, compact)

    def _term(self, row: CommitteeRow) -> str:
        if row.term_start is None or row.term_end is None:
            return self.tr("未填")
        return f"{date_words(row.term_start)}—{date_words(row.term_end)}"

    def _state(self, row: CommitteeRow) -> str:
        if not row.findings:
            return self.tr("符合要求")
        return self.tr("{count} 项要完善").format(count=len(row.findings))

    @override
    def follow(self) -> None:
        super().follow()
        row = self.table.current()
        if row is None or row == self._shown:
            return
        self._shown = row
        while (item := self._lines.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._lines.addWidget(words(row.name, "sectionTitle"))
        if not row.findings:
            self._lines.addWidget(words(self.tr("组成和任期符合人民调解法的要求。"), "good"))
        for finding in row.findings:
            self._lines.addWidget(_said(finding))
        self._lines.addStretch(1)


class CommitteeDialog(Dialog):
    """The form of a committee."""

    def __init__(self, tasks: Tasks, row: CommitteeRow | None = None, parent: QWidget | None = None) -> None:
        super().__init__("", "", tasks=tasks, parent=parent)
        self.set_heading(self.tr("修改调委会") if row else self.tr("新增调委会"))
        self.submit_button.setText(self.tr("保存"))
        self.setMinimumWidth(px(620))
        self._row = row
        self.form = Form(
            CommitteeInput,
            [
                Field("name", self.tr("名称"), required=True, span=FULL_ROW),
                Field("kind", self.tr("类别"), choice(CommitteeKind), required=True),
                Field("term_start", self.tr("任期自"), DateEditor, hint=self.tr("每届三年")),
                Field("address", self.tr("地址"), span=FULL_ROW),
                Field("phone", self.tr("电话")),
            ],
            columns=2,
        )
        wanted = CommitteeInput("", CommitteeKind.VILLAGE)
        if row is not None:
            wanted = CommitteeInput(row.name, row.kind, row.term_start, row.address, row.phone)
        self.form.fill(wanted)
        self.add(self.form)

    @override
    def submit(self) -> None:
        wanted = self.form.value()
        if wanted is not None:
            known = (self._row.id, self._row.row_version) if self._row else (None, None)
            self.act(save_committee, wanted, *known)


def _said(finding: CommitteeFinding) -> QWidget:
    """One finding with its remedy under it."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    over = finding.kind is CommitteeFindingKind.TERM_OVER
    sign = QLabel()
    sign.setPixmap(pixmap("triangle-alert", ink_name(Tone.BAD if over else Tone.WARN), 18))
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    texts = QVBoxLayout()
    texts.setSpacing(0)
    remedy = QCoreApplication.translate("roster", _REMEDIES[finding.kind])
    for text, style in ((committee_sentence(finding), ""), (remedy, "sub")):
        said = words(text, style)
        said.setWordWrap(True)
        said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        texts.addWidget(said)
    row.addLayout(texts, 1)
    return made
