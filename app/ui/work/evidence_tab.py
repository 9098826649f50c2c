"""证据和附件: the list of evidence at the left, scans and photographs of the case at the right."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QSplitter, QVBoxLayout
from typing_extensions import override

from app.domain.actor import Permission
from app.domain.errors import Reason, Refused
from app.domain.papers.attachments import (
    MAX_AT_ONCE,
    SUFFIX_OF,
    AddOutcome,
    AttachmentCategory,
    AttachmentRow,
    CaseFiles,
    EvidenceRow,
    FilePlace,
    NewFile,
    title_from,
)
from app.services.attachments.evidence import case_files, remove_evidence
from app.services.attachments.keeping import remove_attachment, save_attachment_copy
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import Card, words
from app.ui.kit.dialog import ask, pick_files, save_as
from app.ui.kit.page import Page
from app.ui.kit.row_view import SmallTable
from app.ui.kit.table import Column
from app.ui.theme import Tone, px
from app.ui.words.labels import label
from app.ui.words.messages import sentence
from app.ui.work.attachment_dialogs import AddFilesDialog, ChangeAttachmentDialog
from app.ui.work.attachment_grid import AttachmentGrid
from app.ui.work.evidence_dialogs import EvidenceDialog, ReturnDialog
from app.ui.work.pictures import as_png
from app.ui.work.viewer import Viewer
from app.ui.work.work_tab import WorkTab

_NARROW = 1040
_LEFT = 48  # of a hundred of the width


class EvidenceTab(WorkTab):
    """Files come by the button, by dropping them here, or as a pasted picture."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.files: CaseFiles | None = None
        self.viewer: Viewer | None = None
        self._parted = False  # by the person
        self.picker: QFileDialog | None = None
        self._may_write = page.context.actor.may(Permission.CASE_REGISTER)
        self.evidence: SmallTable[EvidenceRow] = SmallTable(self._columns(), title="evidence")
        self.evidence.setAccessibleName(self.tr("证据清单"))
        self.grid = AttachmentGrid(page.tasks)
        self.shown = QComboBox()
        self.shown.setAccessibleName(self.tr("显示哪些附件"))
        self._count = words("", "sub")
        self.new_line = button(self.tr("登记证据"), lambda: self.edit_line(None), picture="plus")
        self.change_line = button(self.tr("修改"), lambda: self.edit_line(self.evidence.current()))
        self.return_line = button(self.tr("退还原件"), self.give_back)
        self.drop_line = button(self.tr("移除"), self.ask_drop_line)
        self.add_files = button(self.tr("添加附件"), self.pick, picture="plus", weight=Weight.PRIMARY)
        self.open_file = button(self.tr("打开"), self.view)
        self.change_file = button(self.tr("改名归类"), self.rename)
        self.copy_file = button(self.tr("另存为…"), self.ask_copy)
        self.drop_file = button(self.tr("移除"), self.ask_drop_file)
        self._build()
        self._connect()
        self.setAcceptDrops(self._may_write)

    def _build(self) -> None:
        left, right = Card(margin=12), Card(margin=12)
        left.add(self._line(words(self.tr("证据清单"), "sectionTitle"), None, self.new_line))
        left.add(self.evidence, 1)
        left.add(self._line(self.change_line, self.return_line, self.drop_line, None))
        right.add(
            self._line(words(self.tr("附件"), "sectionTitle"), self._count, None, self.shown, self.add_files)
        )
        right.add(self.grid, 1)
        right.add(self._line(self.open_file, self.change_file, self.copy_file, self.drop_file, None))
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(px(12))
        self.split.addWidget(left)
        self.split.addWidget(right)
        self.split.splitterMoved.connect(self._keep_parted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.addWidget(self.split)
        self.shown.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.shown.setMinimumContentsLength(7)
        for part in (self.new_line, self.change_line, self.return_line, self.drop_line):
            part.setVisible(self._may_write)

    def _line(self, *parts: object) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        for part in parts:
            if part is None:
                line.addStretch(1)
            else:
                line.addWidget(part)  # type: ignore[arg-type]
        return line

    def _connect(self) -> None:
        self.evidence.picked.connect(lambda _: self._follow())
        self.evidence.opened.connect(self._open_line)
        self.grid.chosen.connect(lambda _: self._follow())
        self.grid.opened.connect(lambda _: self.view())
        self.grid.remove_asked.connect(self.ask_drop_file)
        self.grid.rename_asked.connect(self.rename)
        self.shown.activated.connect(lambda _: self._show_attachments())
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, self.paste)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _keep_parted(self) -> None:
        self._parted = True

    def _columns(self) -> list[Column[EvidenceRow]]:
        none = self.tr("—")
        return [
            Column(self.tr("序号"), lambda row: str(row.seq), 52, sort_key="seq"),
            Column(self.tr("证据名称"), lambda row: row.name, 160, stretch=True, bold=True),
            Column(self.tr("种类"), lambda row: label(row.kind), 84, sort_key="kind"),
            Column(self.tr("提供人"), lambda row: row.from_whom, 96),
            Column(self.tr("份/页"), lambda row: f"{row.copies}/{row.pages or none}", 62),
            Column(self.tr("扫描"), lambda row: str(row.scans) if row.scans else none, 52),
            Column(self.tr("原件"), self._original, 84, tone=self._tone, chip=True),
        ]

    def _original(self, row: EvidenceRow) -> str:
        if not row.original:
            return self.tr("复印件")
        return self.tr("已退还") if row.returned_on else self.tr("原件在此")

    def _tone(self, row: EvidenceRow) -> Tone:
        if not row.original:
            return Tone.PLAIN
        return Tone.GOOD if row.returned_on else Tone.WARN

    @override
    def load(self) -> None:
        if self.case is not None:
            self.tasks.run(case_files, self.case.id).then(self._show, owner=self)

    def _show(self, files: CaseFiles) -> None:
        if self.case is None or files.case_id != self.case.id:
            return
        self.files = files
        kept = getattr(self.evidence.current(), "id", None)
        self.evidence.show_records(files.evidence)
        at = next((at for at, row in enumerate(files.evidence) if row.id == kept), 0)
        if files.evidence:
            self.evidence.go_to(at)
        self._offer_headings(files.attachments)
        self._show_attachments()
        self._say_empty(files)
        self._follow()

    def _say_empty(self, files: CaseFiles) -> None:
        writable = self._may_write and files.writable
        self.evidence.set_empty_text(
            self.tr("还没有证据。收到证据时点“登记证据”，逐件登记。") if writable else self.tr("没有证据。")
        )
        self.grid.set_empty_text(
            self.tr("还没有附件。点“添加附件”，或把扫描件、照片拖到这里，也可以粘贴截图（Ctrl+V）。")
            if self._may_add()
            else self.tr("没有附件。")
        )

    def _offer_headings(self, rows: Sequence[AttachmentRow]) -> None:
        kept = self.shown.currentData()
        there = [one for one in AttachmentCategory if any(row.category is one for row in rows)]
        self.shown.clear()
        self.shown.addItem(self.tr("全部附件"), "")
        for one in there:
            self.shown.addItem(label(one), one.value)
        self.shown.setCurrentIndex(max(0, self.shown.findData(kept)))

    def _show_attachments(self) -> None:
        rows = self.files.attachments if self.files else ()
        wanted = self.shown.currentData()
        shown = [row for row in rows if not wanted or row.category.value == wanted]
        self.grid.show_rows(shown)
        self._count.setText(self.tr("{count} 个").format(count=len(shown)) if shown else "")

    def _follow(self) -> None:
        """Fit the buttons to what is chosen and allowed."""
        line, file = self.evidence.current(), self.grid.current()
        writable = self._may_write and self.files is not None and self.files.writable
        self.new_line.setEnabled(writable)
        self.change_line.setEnabled(writable and line is not None)
        self.drop_line.setEnabled(writable and line is not None)
        back = line is not None and line.original and line.returned_on is None
        self.return_line.setEnabled(writable and back)
        self.add_files.setVisible(self._may_add())
        for part in (self.open_file, self.copy_file):
            part.setEnabled(file is not None)
        for part in (self.change_file, self.drop_file):
            part.setVisible(self._may_write)
            part.setEnabled(writable and file is not None)

    def _may_add(self) -> bool:
        return self._may_write and self.files is not None and self.files.addable

    def _open_line(self, row: EvidenceRow) -> None:
        if self.change_line.isEnabled():
            self.edit_line(row)

    def edit_line(self, row: EvidenceRow | None) -> None:
        """Open the form of a line of the list, or an empty one."""
        if self.files is not None:
            me = self.page.context.actor.name
            self.ask(EvidenceDialog(self.tasks, self.files, row, me, self))

    def give_back(self) -> None:
        """Ask when and to whom the original went back."""
        row = self.evidence.current()
        if row is not None:
            self.ask(ReturnDialog(self.tasks, row, self))

    def ask_drop_line(self) -> None:
        """Ask before a line leaves the list."""
        row = self.evidence.current()
        if row is None:
            return
        said = self.tr("把“{name}”从证据清单移除？它的扫描件仍留在附件里。移除后可以撤销。")
        self.dialog = ask(
            self, self.tr("移除证据"), said.format(name=row.name), yes=self.tr("移除"), danger=True,
            then=lambda: self.page.act(remove_evidence, row.id, row.row_version),
        )  # fmt: skip

    def view(self) -> None:
        """Open the chosen attachment, from memory."""
        rows, current = self.grid.rows(), self.grid.current()
        if current is not None:
            self.viewer = Viewer(self.tasks, rows, rows.index(current), self)
            self.viewer.open()

    def rename(self) -> None:
        """Change title and heading of the chosen attachment."""
        row = self.grid.current()
        if row is not None and self.files is not None and self.change_file.isEnabled():
            self.ask(ChangeAttachmentDialog(self.tasks, self.files, row, self))

    def ask_drop_file(self) -> None:
        """Ask before an attachment goes into the bin."""
        row = self.grid.current()
        if row is None or not self.drop_file.isEnabled():
            return
        said = self.tr("把附件“{title}”移入回收站？90 天内可以从回收站恢复。")
        self.dialog = ask(
            self, self.tr("移除附件"), said.format(title=row.title), yes=self.tr("移入回收站"), danger=True,
            then=lambda: self.page.act(remove_attachment, row.id, row.row_version),
        )  # fmt: skip

    def ask_copy(self) -> None:
        """Warn that a copy outside is readable by everybody, then ask where to."""
        row = self.grid.current()
        if row is not None:
            self.dialog = ask(
                self, self.tr("另存为"),
                self.tr("另存的文件没有加密，任何人都能打开。请只存到自己保管的地方，用完删除。"),
                yes=self.tr("选择位置…"), then=lambda: self._ask_where(row),
            )  # fmt: skip

    def _ask_where(self, row: AttachmentRow) -> None:
        name = "".join("_" if one in '\\/:*?"<>|' else one for one in row.title) + SUFFIX_OF[row.kind]
        kinds = f"{label(row.kind)} (*{SUFFIX_OF[row.kind]})"
        self.picker = save_as(self, self.tr("另存附件"), name, kinds, lambda path: self.save_copy(row, path))

    def save_copy(self, row: AttachmentRow, path: Path) -> None:
        """Write a readable copy."""
        said = self.tr("已另存为 {name}，没有加密，用完请删除。").format(name=path.name)
        self.page.act(save_attachment_copy, row.id, path, ok=lambda _: self.page.say(said))

    def pick(self) -> None:
        """Let files be chosen."""
        kinds = self.tr("扫描件和照片 (*.pdf *.jpg *.jpeg *.png);;所有文件 (*)")
        self.picker = pick_files(self, self.tr("选择要添加的文件"), kinds, self.take)

    def take(self, paths: Sequence[Path]) -> None:
        """Ask for titles of these files, then add them."""
        self._take([NewFile(path, path.name, title_from(path.name)) for path in paths])

    def _take(self, chosen: Sequence[NewFile]) -> None:
        if self.files is None or not chosen or not self._may_add():
            return
        if len(chosen) > MAX_AT_ONCE:
            self.page.say(sentence(Refused(Reason.FILES_TOO_MANY, most=MAX_AT_ONCE)), Tone.BAD)
            return
        line = self.evidence.current() if self.evidence.hasFocus() else None
        place = FilePlace(self.files.case_id, AttachmentCategory.EVIDENCE, line.id if line else None)
        dialog = AddFilesDialog(self.tasks, self.files, chosen, place, self)
        dialog.when_added(self._added)
        self.ask(dialog)

    def _added(self, outcome: AddOutcome) -> None:
        if outcome.added and not outcome.refused:
            self.page.say(self.tr("已添加 {count} 个附件。").format(count=len(outcome.added)))

    def paste(self) -> None:
        """Take a copied picture, or files copied in the file manager."""
        self.take_mime(QGuiApplication.clipboard().mimeData())

    def take_mime(self, data: QMimeData) -> None:
        """Take files or a picture somebody dropped or pasted."""
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            self.take(paths)
        elif data.hasImage():
            image = data.imageData()
            if isinstance(image, QImage) and not image.isNull():
                self.tasks.call(as_png, image).then(self._take_picture, owner=self)

    def _take_picture(self, png: bytes) -> None:
        self._take([NewFile(png, self.tr("粘贴的图片.png"), "")])

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._may_add() and (event.mimeData().hasUrls() or event.mimeData().hasImage()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take_mime(event.mimeData())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < px(_NARROW)
        for at in (2, 4, 5):  # kind and pages are in the form, scans in their grid
            self.evidence.setColumnHidden(at, narrow)
        self.grid.set_compact(narrow)
        if not self._parted:
            left = self.width() * _LEFT // 100
            self.split.setSizes([left, self.width() - left])
