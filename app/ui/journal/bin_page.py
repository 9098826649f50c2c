"""回收站: what was removed or given up, and putting it back."""

from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from app.domain.changes import Topic
from app.domain.office.drafts import DraftKind
from app.domain.office.journal import BinRow
from app.services.journal.bin import list_bin, restore_item
from app.ui.clock import office_now
from app.ui.kit.page import Page
from app.ui.kit.row_view import SmallTable
from app.ui.kit.table import Column
from app.ui.navigation import Context, Place
from app.ui.words.journal import table_words
from app.ui.words.labels import label
from app.ui.words.messages import shown

_PLACES = {
    DraftKind.INTAKE: Place.INTAKE,
    DraftKind.SESSION: Place.SESSION,
    DraftKind.AGREEMENT: Place.AGREEMENT,
    DraftKind.DEED: Place.CASE,
}


class BinPage(Page):
    """One row per thing, the latest first; Enter or 恢复 puts it back."""

    topics = frozenset({Topic.DRAFTS, Topic.CASES, Topic.HEARINGS, Topic.ROSTER})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.header.set_title(self.tr("回收站"))
        self.restore_button = self.header.add_button(
            self.tr("恢复"), self.restore, picture="undo-2", primary=True
        )
        self.restore_button.setEnabled(False)
        explained = QLabel(
            self.tr("移除的内容和放弃的草稿在这里保留 90 天，期满自动清除。登记过的案件不会进回收站。")
        )
        explained.setObjectName("sub")
        explained.setWordWrap(True)
        self.body.addWidget(explained)
        self.table: SmallTable[BinRow] = SmallTable(
            [
                Column(self.tr("是什么"), kind_words, sort_key="kind", width=130),
                Column(self.tr("名称"), lambda row: row.title or self.tr("（没有名称）"), stretch=True),
                Column(self.tr("案号"), lambda row: row.number, sort_key="number", width=230),
                Column(self.tr("谁移除的"), lambda row: row.who, sort_key="who", width=90),
                Column(self.tr("移除时间"), lambda row: shown(row.at), sort_key="at", width=110),
                Column(self.tr("还保留"), self._left, sort_key="until", width=80),
            ],
            title=self.tr("回收站"),
            empty=self.tr("回收站是空的"),
        )
        self.table.opened.connect(lambda _: self.restore())
        self.table.picked.connect(lambda row: self.restore_button.setEnabled(row is not None))
        self.body.addWidget(self.table, 1)

    @override
    def load(self) -> None:
        self.tasks.run(list_bin).then(self.table.show_records, owner=self)

    def restore(self) -> None:
        """Put the chosen one back where it was."""
        row = self.table.current()
        if row is not None:
            self.act(restore_item, row.id, ok=self._restored)

    def _restored(self, row: BinRow) -> None:
        text = self.tr("已恢复：{kind} {title}").format(kind=kind_words(row), title=row.title)
        if row.draft is not None and row.record:
            place, item = _PLACES[row.draft], row.record
            self.say(text, action=self.tr("继续填写"), then=lambda: self.navigator.goto(place, item))
        elif row.case_id is not None:
            self.say(
                text,
                action=self.tr("打开案件"),
                then=lambda: self.navigator.goto(Place.CASE, row.case_id),
            )
        else:
            self.say(text)

    def _left(self, row: BinRow) -> str:
        return self.tr("{n} 天").format(n=max(0, (row.until - office_now()).days))


def kind_words(row: BinRow) -> str:
    """What it was: 走访, 登记草稿."""
    return label(row.draft) if row.draft is not None else table_words(row.kind)
