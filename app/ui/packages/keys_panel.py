"""Keys of this installation and of those it trusts: shown in the settings and from the outbox."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.actor import NodeKind, Permission
from app.domain.changes import Changes, Topic
from app.domain.packages import CardView, PeerRow
from app.services.exchange.peers import card_qr, list_peers, own_card, registration_sheet, save_own_card
from app.ui.kit.banner import Banner
from app.ui.kit.buttons import button
from app.ui.kit.card import Card, heading, words
from app.ui.kit.dialog import Dialog, pick_folder
from app.ui.kit.row_view import SmallTable
from app.ui.kit.table import Column
from app.ui.navigation import Context
from app.ui.packages.enrol_dialog import CardReader
from app.ui.packages.fingerprint_view import FingerprintView, QrView
from app.ui.packages.folders import last_folder, remember_folder
from app.ui.packages.sheet_dialog import SheetDialog
from app.ui.theme import Tone, px
from app.ui.words.messages import shown

MARGIN = 24


class OwnCard(Card):
    """This installation's name, its fingerprint in large letters, and the file that carries its keys."""

    told = Signal(str, object)  # sentence, Tone

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._context = context
        self._county = context.office.kind is NodeKind.COUNTY
        self.card: CardView | None = None
        self.dialog: SheetDialog | None = None
        self.fingerprint = FingerprintView()
        self.code = QrView()
        self._name, self._node = words("", "sectionTitle"), words("", "sub")
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self.save_button = button(
            self.tr("导出县中心名片…") if self._county else self.tr("导出注册单文件…"),
            self._pick,
            picture="file-down",
        )
        self.print_button = button(self.tr("打印注册单…"), self._ask_sheet, picture="printer")
        self._build()

    def _build(self) -> None:
        may = self._context.actor.may(Permission.NODE_ENROL)
        line = QHBoxLayout()
        line.setSpacing(10)
        for part in (self.save_button, self.print_button):
            part.setEnabled(may)
            line.addWidget(part)
        if self._county:
            self.print_button.hide()
        line.addStretch(1)
        told = (
            self.tr("名片交给各乡镇。乡镇启用前会请您逐组念出下面的指纹。")
            if self._county
            else self.tr("注册单交给县中心。县中心启用前会请您逐组念出下面的指纹。")
        )
        said = words(told if may else told + self.tr("导出和打印由管理员办理。"), "hint")
        said.setWordWrap(True)
        left = QVBoxLayout()
        left.setSpacing(8)
        names = QHBoxLayout()
        names.setSpacing(10)
        names.addWidget(self._name)
        names.addWidget(self._node, 1)
        left.addLayout(names)
        left.addWidget(said)
        left.addWidget(self.fingerprint)
        left.addLayout(line)
        across = QHBoxLayout()
        across.setSpacing(20)
        across.addLayout(left, 1)
        across.addWidget(self.code, 0, Qt.AlignmentFlag.AlignTop)
        self.add(across)

    def load(self) -> None:
        """Ask for the card."""
        if self.card is None:
            self._context.tasks.run(own_card).then(self._show_card, owner=self)

    def _show_card(self, card: CardView) -> None:
        self.card = card
        self._name.setText(card.name)
        self._node.setText(self.tr("节点 {node}").format(node=card.node))
        self.fingerprint.show_fingerprint(card.fingerprint)
        self.code.show_code(card_qr(card), self.tr("指纹的二维码"))

    def _pick(self) -> None:
        pick_folder(self, self.save_button.text().rstrip("…"), self.save, start=last_folder())

    def save(self, folder: Path) -> None:
        """Write the card file into a folder or onto a stick."""
        remember_folder(folder)
        self._context.tasks.run(save_own_card, folder).then(self._saved, owner=self)

    def _saved(self, path: Path) -> None:
        text = (
            self.tr("县中心名片已保存为 {path}，可以交给各乡镇。它不含秘密。")
            if self._county
            else self.tr("注册单已保存为 {path}，可以交给县中心。它不含秘密。")
        )
        self.told.emit(text.format(path=path), Tone.GOOD)

    def _ask_sheet(self) -> None:
        self._context.tasks.run(registration_sheet).then(self._show_sheet, owner=self)

    def _show_sheet(self, sheet: bytes) -> None:
        self.dialog = SheetDialog(sheet, self._context.office.node_id, self)
        self.dialog.open()


class KeysPanel(QWidget):
    """The own card above, below it whose cards are enrolled here."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        county = context.office.kind is NodeKind.COUNTY
        self.banner = Banner()
        self.own = OwnCard(context)
        self.own.told.connect(self._tell)
        self.reader = CardReader(context, self)
        self.reader.told.connect(self._tell)
        self.read_button = button(
            self.tr("读取注册单…") if county else self.tr("读取县中心名片…"),
            self.reader.pick,
            picture="key-round",
        )
        self.read_button.setEnabled(context.actor.may(Permission.NODE_ENROL))
        self.peers: SmallTable[PeerRow] = SmallTable(
            self._columns(),
            title=self.tr("已启用的密钥"),
            empty=self.tr("还没有启用乡镇的注册单。") if county else self.tr("还没有启用县中心名片。"),
        )
        self.peers.setMinimumHeight(px(38) * 2)
        below = Card(margin=0)
        below.body.setContentsMargins(1, 10, 1, 1)
        line = heading(self.tr("已启用的乡镇") if county else self.tr("县中心"), self.read_button)
        line.setContentsMargins(14, 0, 14, 0)
        below.add(line)
        below.add(self.peers, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.banner)
        column.addWidget(self.own)
        column.addWidget(below, 1)
        context.tasks.changed.connect(self._on_changed)

    def load(self) -> None:
        """Ask for the own card and the enrolled ones."""
        self.own.load()
        self._context.tasks.run(list_peers).then(self.peers.show_records, owner=self)

    def _columns(self) -> list[Column[PeerRow]]:
        return [
            Column(self.tr("单位"), lambda row: row.name, 220, sort_key="name"),
            Column(self.tr("节点"), lambda row: row.node, 130, sort_key="node"),
            Column(self.tr("指纹"), lambda row: row.fingerprint, 330, stretch=True),
            Column(self.tr("启用时间"), lambda row: shown(row.enrolled_at), 130, sort_key="enrolled_at"),
        ]

    def _tell(self, text: str, tone: Tone) -> None:
        self.banner.say(text, tone)

    def _on_changed(self, changes: Changes) -> None:
        if Topic.NODES in changes and self.isVisible():
            self.load()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.load()


class KeysDialog(Dialog):
    """The keys over the outbox page."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("", "", tasks=context.tasks, parent=parent)
        self.set_heading(self.tr("密钥与名片"))
        self.submit_button.setText(self.tr("关闭"))
        self.cancel_button.hide()
        self.panel: Any = KeysPanel(context)
        self.add(self.panel, 1)
        height = parent.window().height() if parent is not None else px(560)
        self.resize(px(860), min(px(560), height - MARGIN))
