"""乡镇: the townships whose packages are taken, and the county's own card for them."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.actor import Permission
from app.domain.changes import Topic
from app.domain.packages import SenderRow
from app.services.exchange.inbox import list_senders
from app.ui.kit.card import Card, heading
from app.ui.kit.page import Page
from app.ui.kit.row_view import SmallTable
from app.ui.kit.table import RIGHT, Column
from app.ui.navigation import Context
from app.ui.packages.enrol_dialog import CardReader
from app.ui.packages.keys_panel import OwnCard
from app.ui.theme import Tone
from app.ui.words.messages import shown


class NodesPage(Page):
    """Enrols townships, and shows whose packages came and which are missing."""

    topics = frozenset({Topic.NODES, Topic.PACKAGES})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.header.set_title(self.tr("乡镇"))
        self.reader = CardReader(context, self)
        self.reader.told.connect(self.say)
        self.read_button = self.header.add_button(
            self.tr("读取注册单…"), self.reader.pick, picture="key-round", primary=True, shortcut="Ctrl+O"
        )
        self.read_button.setEnabled(context.actor.may(Permission.NODE_ENROL))
        self.own = OwnCard(context)
        self.own.told.connect(self.say)
        self.townships: SmallTable[SenderRow] = SmallTable(
            self._columns(),
            title=self.tr("乡镇"),
            empty=self.tr("还没有启用乡镇。先把县中心名片交给乡镇，再读取它送来的注册单。"),
        )
        below = Card(margin=0)
        below.body.setContentsMargins(1, 10, 1, 1)
        title = heading(self.tr("已启用的乡镇"))
        title.setContentsMargins(14, 0, 14, 0)
        below.add(title)
        below.add(self.townships, 1)
        self.body.addWidget(self.own)
        self.body.addWidget(below, 1)

    def _columns(self) -> list[Column[SenderRow]]:
        return [
            Column(self.tr("单位"), lambda row: row.peer.name, 200, sort_key="peer.name"),
            Column(self.tr("节点"), lambda row: row.peer.node, 120, sort_key="peer.node"),
            Column(self.tr("案件"), lambda row: str(row.cases), 60, RIGHT, sort_key="cases"),
            Column(self.tr("最近一包"), self._last, 100),
            Column(
                self.tr("导入时间"),
                lambda row: shown(row.last_at) if row.last_at else "",
                116,
                sort_key="last_at",
            ),
            Column(self.tr("缺包"), self._missing, 110, tone=lambda row: Tone.WARN if row.missing else None),
            Column(self.tr("指纹"), lambda row: row.peer.fingerprint, 100, stretch=True),
        ]

    def _last(self, row: SenderRow) -> str:
        if row.last_seq is None:
            return self.tr("还没有收到")
        return self.tr("第 {seq} 号").format(seq=row.last_seq)

    def _missing(self, row: SenderRow) -> str:
        if not row.missing:
            return ""
        return self.tr("缺第 {numbers} 号").format(numbers="、".join(map(str, row.missing)))

    @override
    def load(self) -> None:
        self.own.load()
        self.tasks.run(list_senders).then(self.townships.show_records, owner=self)
