"""收包: packages that arrive on sticks are proved, shown and taken in."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget
from typing_extensions import override

from app.domain.changes import Topic
from app.domain.packages import InboxPreview, InboxRow
from app.services.exchange.inbox import list_inbox, preview_package
from app.ui.county.import_dialog import ImportDialog, spoken
from app.ui.icons import pixmap
from app.ui.kit.card import Card, heading, words
from app.ui.kit.chip import mark
from app.ui.kit.dialog import pick_file
from app.ui.kit.page import Page
from app.ui.kit.progress import WorkProgress
from app.ui.kit.row_view import SmallTable
from app.ui.kit.table import RIGHT, Column
from app.ui.navigation import Context
from app.ui.packages.folders import last_folder, remember_folder
from app.ui.tasks import Request
from app.ui.theme import COLOURS, Tone
from app.ui.words.messages import shown


class InboxPage(Page):
    """Takes a package file by choosing or dropping it; lists what was imported."""

    topics = frozenset({Topic.PACKAGES})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.header.set_title(self.tr("收包"))
        self.pick_button = self.header.add_button(
            self.tr("选择案件包…"), self.pick, picture="package-open", primary=True, shortcut="Ctrl+O"
        )
        self.dialog: ImportDialog | None = None
        self._request: Request[Any] | None = None
        self.progress = WorkProgress()
        self.target = Card()
        self.packages: SmallTable[InboxRow] = SmallTable(
            self._columns(),
            title=self.tr("收到的案件包"),
            empty=self.tr("还没有导入过案件包。插上乡镇送来的U盘，点右上角“选择案件包…”。"),
        )
        self.setAcceptDrops(True)
        self._build()

    def _build(self) -> None:
        picture = QLabel()
        picture.setPixmap(pixmap("inbox", "primary", 28))
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(picture)
        line.addWidget(
            words(
                self.tr(
                    "把乡镇送来的案件包文件拖到这里，或点“选择案件包…”。导入以前先核对，不会改动任何数据。"
                )
            ),
            1,
        )
        self.target.add(line)
        self.target.add(self.progress)
        self._light(False)
        self.body.addWidget(self.target)
        below = Card(margin=0)
        below.body.setContentsMargins(1, 10, 1, 1)
        title = heading(self.tr("已导入的案件包"))
        title.setContentsMargins(14, 0, 14, 0)
        below.add(title)
        below.add(self.packages, 1)
        self.body.addWidget(below, 1)

    def _columns(self) -> list[Column[InboxRow]]:
        return [
            Column(self.tr("发送单位"), lambda row: row.sender_name, 190, sort_key="sender_name"),
            Column(
                self.tr("编号"), lambda row: self.tr("第 {seq} 号").format(seq=row.seq), 80, sort_key="seq"
            ),
            Column(self.tr("新增"), lambda row: str(row.new_cases), 56, RIGHT),
            Column(self.tr("更新"), lambda row: str(row.changed_cases), 56, RIGHT),
            Column(self.tr("文书"), lambda row: str(row.papers), 56, RIGHT),
            Column(self.tr("导入时间"), lambda row: shown(row.imported_at), 116, sort_key="imported_at"),
            Column(self.tr("回执码"), lambda row: spoken(row.receipt), 134, bold=True),
            Column(self.tr("文件名"), lambda row: row.file_name, 100, stretch=True),
        ]

    @override
    def load(self) -> None:
        self.tasks.run(list_inbox).then(self.packages.show_records, owner=self)

    def pick(self) -> None:
        """Ask for a package file."""
        pick_file(
            self,
            self.tr("选择案件包"),
            self.tr("案件包 (*.age);;所有文件 (*)"),
            self.look,
            start=last_folder(),
        )

    def look(self, path: Path) -> None:
        """Prove a package and show what importing it would do."""
        if self._request is not None:
            return
        remember_folder(path.parent)
        self.banner.hide()
        self._request = self.tasks.run_long(preview_package, path)
        self.pick_button.setEnabled(False)
        self.progress.follow(self._request, self.tr("正在核对 {name}").format(name=path.name))
        self._request.then(
            lambda seen: self._ask(path, seen),
            cancelled=lambda: self.say(self.tr("已停止核对，没有导入。"), Tone.PLAIN),
            done=self._looked,
            owner=self,
        )

    def _looked(self) -> None:
        self._request = None
        self.pick_button.setEnabled(True)
        self.progress.finish()

    def _ask(self, path: Path, seen: InboxPreview) -> None:
        self.dialog = ImportDialog(self.tasks, path, seen, self)
        self.dialog.open()
        self.dialog.submit_button.setFocus()

    def _light(self, on: bool) -> None:
        colour, ground = ("primary", "select") if on else ("edge", "card")
        self.target.setStyleSheet(
            f"#card {{ border: 1px dashed {COLOURS[colour]}; background: {COLOURS[ground]}; }}"
        )
        mark(self.target, "lit", on)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event.mimeData()) is not None:
            self._light(True)
            event.acceptProposedAction()

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._light(False)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._light(False)
        path = _dropped(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.look(path)


def _dropped(data: QMimeData) -> Path | None:
    """The one file that is dragged; several at once are not taken."""
    urls = data.urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
