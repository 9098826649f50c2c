"""报送: changed cases become a sealed package that is carried to the county and confirmed by a receipt."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.actor import Permission
from app.domain.changes import Topic
from app.domain.packages import OutboxRow, OutboxState, OutboxView
from app.services.exchange.outbox import export_package, save_package, view_outbox
from app.ui.kit.banner import Banner
from app.ui.kit.buttons import button
from app.ui.kit.card import Card, heading, words
from app.ui.kit.dialog import pick_folder
from app.ui.kit.page import Page
from app.ui.kit.progress import WorkProgress
from app.ui.kit.row_view import SmallTable
from app.ui.kit.table import RIGHT, Column
from app.ui.navigation import Context
from app.ui.packages.enrol_dialog import CardReader
from app.ui.packages.folders import last_folder, remember_folder
from app.ui.packages.keys_panel import KeysDialog
from app.ui.packages.receipt_dialog import ReceiptDialog
from app.ui.tasks import Request
from app.ui.theme import Tone, px
from app.ui.words.labels import label
from app.ui.words.messages import shown

TONES = {
    OutboxState.BUILDING: Tone.PLAIN,
    OutboxState.READY: Tone.WARN,
    OutboxState.SENT: Tone.INFO,
    OutboxState.ACKED: Tone.GOOD,
    OutboxState.REJECTED: Tone.BAD,
    OutboxState.SUPERSEDED: Tone.PLAIN,
}
WAITING = frozenset({OutboxState.READY, OutboxState.SENT})


def size_words(size: int) -> str:
    """A file's size as people say it."""
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{max(1, round(size / 1000))} KB"


class OutboxPage(Page):
    """Makes packages, saves them to a stick, takes receipt codes; everything else goes on meanwhile."""

    topics = frozenset({Topic.PACKAGES, Topic.NODES, Topic.CASES})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.header.set_title(self.tr("报送"))
        self.header.add_button(self.tr("密钥与名片…"), self.show_keys, picture="key-round")
        self.make_button = self.header.add_button(
            self.tr("生成案件包"), self.make_package, picture="package", primary=True, shortcut="Ctrl+G"
        )
        self.view: OutboxView | None = None
        self.dialog: Any = None
        self._request: Request[Any] | None = None
        self.reader = CardReader(context, self)
        self.reader.told.connect(self.say)
        self.no_county = Banner()
        self.progress = WorkProgress()
        self.county, self.fingerprint = self._plain(words("", "sectionTitle")), words("", "hint")
        self.waiting, self.sent = words("–"), words("–", "sectionTitle")
        self.waiting.setStyleSheet(f"font-size: {px(26)}px; font-weight: 700;")
        self.waiting_note, self.sent_note = words("", "hint"), words("", "hint")
        self.save_button = button(self.tr("保存到U盘或文件夹…"), self.pick_folder, picture="usb")
        self.receipt_button = button(self.tr("录入回执码…"), self.ask_receipt, picture="circle-check")
        self.packages: SmallTable[OutboxRow] = SmallTable(
            self._columns(),
            title=self.tr("案件包"),
            empty=self.tr("还没有案件包。点右上角“生成案件包”，把有变动的案件打成一个加密文件。"),
        )
        self.packages.picked.connect(lambda _: self._set_buttons())
        self.packages.opened.connect(lambda _: self.pick_folder())
        self._build()
        self._set_buttons()

    def _build(self) -> None:
        self.body.addWidget(self.no_county)
        across = QHBoxLayout()
        across.setSpacing(24)
        blocks = (
            (self.tr("报送给"), self.county, self.fingerprint, 3),
            (self.tr("待报送"), self.waiting, self.waiting_note, 2),
            (self.tr("上次送出"), self.sent, self.sent_note, 2),
        )
        for title, value, note, stretch in blocks:
            note.setWordWrap(True)
            block = QVBoxLayout()
            block.setSpacing(2)
            block.addWidget(words(title, "sub"))
            block.addWidget(value)
            block.addWidget(note)
            block.addStretch(1)
            across.addLayout(block, stretch)
        top = Card()
        top.add(across)
        top.add(self.progress)
        self.body.addWidget(top)
        below = Card(margin=0)
        below.body.setContentsMargins(1, 10, 1, 1)
        line = heading(self.tr("案件包"), self.receipt_button, self.save_button)
        line.setContentsMargins(14, 0, 14, 0)
        below.add(line)
        below.add(self.packages, 1)
        self.body.addWidget(below, 1)

    def _columns(self) -> list[Column[OutboxRow]]:
        def moment(at: Any) -> str:
            return shown(at) if at else ""

        return [
            Column(
                self.tr("编号"), lambda row: self.tr("第 {seq} 号").format(seq=row.seq), 76, sort_key="seq"
            ),
            Column(
                self.tr("状态"),
                lambda row: label(row.state),
                124,
                tone=lambda row: TONES.get(row.state),
                chip=True,
            ),
            Column(self.tr("案件"), lambda row: str(row.cases), 56, RIGHT),
            Column(self.tr("文书"), lambda row: str(row.papers), 56, RIGHT),
            Column(self.tr("大小"), lambda row: size_words(row.size) if row.size else "", 78, RIGHT),
            Column(self.tr("生成"), lambda row: moment(row.made_at), 114, sort_key="made_at"),
            Column(self.tr("送出"), lambda row: moment(row.sent_at), 114),
            Column(self.tr("签收"), lambda row: moment(row.acked_at), 114),
            Column(self.tr("文件名"), lambda row: row.file_name, 100, stretch=True),
        ]

    @override
    def load(self) -> None:
        self.tasks.run(view_outbox).then(self._show, owner=self)

    def _show(self, view: OutboxView) -> None:
        self.view = view
        self._show_county(view)
        self.waiting.setText(self.tr("{count} 件").format(count=view.waiting_cases))
        self.waiting_note.setText(self._waiting_words(view))
        self.sent.setText(shown(view.last_sent_at) if view.last_sent_at else self.tr("还没有送出过"))
        open_packages = sum(row.state is OutboxState.SENT for row in view.packages)
        self.sent_note.setText(
            self.tr("{count} 个包已送出，等县中心回执").format(count=open_packages) if open_packages else ""
        )
        self.packages.show_records(view.packages)
        if self.packages.current() is None and view.packages:
            self.packages.go_to(0)
        self._set_buttons()

    def _show_county(self, view: OutboxView) -> None:
        if view.county is not None:
            self.no_county.hide()
            self.county.setText(view.county.name)
            self.fingerprint.setText(view.county.fingerprint)
            return
        self.county.setText(self.tr("还没有县中心"))
        self.fingerprint.setText("")
        may = self.context.actor.may(Permission.NODE_ENROL)
        said = self.tr("还没有读取县中心名片，暂时不能生成案件包。登记、调解、打印都不受影响，可以照常办案。")
        self.no_county.say(
            said if may else said + self.tr("请管理员读取。"),
            Tone.WARN,
            action=self.tr("读取县中心名片…") if may else "",
            then=self.reader.pick,
            lasting=True,
        )

    def _waiting_words(self, view: OutboxView) -> str:
        if view.waiting_cases:
            return self.tr("案件有变动，还没有打包")
        if any(row.state is OutboxState.READY for row in view.packages):
            return self.tr("都已打包，案件包待取走")
        return self.tr("没有新的变动")

    def make_package(self) -> None:
        """Seal what changed; lists stay open and cases can be saved meanwhile."""
        request = self.tasks.run_long(export_package)
        self._follow(request, self.tr("正在生成案件包，其他工作可以照常进行"))
        request.then(
            self._made,
            cancelled=lambda: self.say(self.tr("已停止，没有生成案件包。"), Tone.PLAIN),
            done=self._work_ended,
            owner=self,
        )

    def _made(self, row: OutboxRow) -> None:
        self.packages.go_to(0)
        said = self.tr("第 {seq} 号案件包已生成：{cases} 件案件，{papers} 份文书。请保存到U盘，送县中心。")
        if row.left_out:
            said += self.tr(
                "{numbers}内容过长、数值超出范围，或附件过多、损坏，没有装入，改正后随下一个包报送。"
            )
        self.say(
            said.format(seq=row.seq, cases=row.cases, papers=row.papers, numbers="、".join(row.left_out)),
            Tone.WARN if row.left_out else Tone.GOOD,
            action=self.tr("保存到U盘或文件夹…"),
            then=lambda: self._ask_folder(row),
        )

    def pick_folder(self) -> None:
        """Ask where the current package shall be copied to."""
        row = self.packages.current()
        if row is not None and row.state in WAITING and self._request is None:
            self._ask_folder(row)

    def _ask_folder(self, row: OutboxRow) -> None:
        pick_folder(
            self, self.tr("选择U盘或文件夹"), lambda folder: self.save(row, folder), start=last_folder()
        )

    def save(self, row: OutboxRow, folder: Path) -> None:
        """Copy a package to a folder or stick and read it back."""
        remember_folder(folder)
        request = self.tasks.run_long(save_package, row.id, folder)
        self._follow(request, self.tr("正在复制到 {folder}").format(folder=folder))
        request.then(
            lambda saved: self._saved(saved, folder),
            cancelled=lambda: self.say(self.tr("已停止，没有复制。案件包仍在待取。"), Tone.PLAIN),
            done=self._work_ended,
            owner=self,
        )

    def _saved(self, row: OutboxRow, folder: Path) -> None:
        said = self.tr(
            "第 {seq} 号案件包已复制到 {path}，读回核对无误，可以交给县中心。"
            "县中心导入后会报回执码，请点“录入回执码…”登记。"
        )
        self.say(said.format(seq=row.seq, path=folder / row.file_name))

    def ask_receipt(self) -> None:
        """Ask for the code of the current package."""
        row = self.packages.current()
        if row is not None and row.state in WAITING:
            self.dialog = ReceiptDialog(self.tasks, row, self._acked, self)
            self.dialog.open()
            self.dialog.code.setFocus()

    def _acked(self, row: OutboxRow) -> None:
        self.say(self.tr("第 {seq} 号案件包县中心已签收。").format(seq=row.seq))

    def show_keys(self) -> None:
        """Show this installation's card and the county's."""
        self.dialog = KeysDialog(self.context, self)
        self.dialog.open()

    def _follow(self, request: Request[Any], said: str) -> None:
        self.banner.hide()
        self._request = request
        self.progress.follow(request, said)
        self._set_buttons()

    def _work_ended(self) -> None:
        self._request = None
        self.progress.finish()
        self._set_buttons()

    def _set_buttons(self) -> None:
        free = self._request is None
        row = self.packages.current()
        waits = row is not None and row.state in WAITING
        self.make_button.setEnabled(free and self.view is not None and self.view.county is not None)
        self.save_button.setEnabled(free and waits)
        self.receipt_button.setEnabled(waits)

    @staticmethod
    def _plain(made: QLabel) -> QLabel:
        made.setTextFormat(Qt.TextFormat.PlainText)
        made.setWordWrap(True)
        return made
