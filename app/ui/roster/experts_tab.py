"""人才库: the people a hearing may invite, in four pools."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.roster import ExpertInput, ExpertPool, ExpertRow
from app.services.roster.entries import save_expert
from app.ui.kit.buttons import Segments
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import check, choice
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.kit.search_box import SearchBox
from app.ui.kit.table import LEFT, Column
from app.ui.roster.roster_tab import Deed, RosterTab, found
from app.ui.tasks import Tasks
from app.ui.theme import Tone, px
from app.ui.words.labels import label


class ExpertsTab(RosterTab[ExpertRow]):
    """Tells whom to enter (in the pool shown) or to change."""

    new_asked = Signal(object)  # ExpertPool
    edit_asked = Signal(object)  # ExpertRow

    def __init__(self, may_write: bool) -> None:
        super().__init__("experts", may_write)
        self._rows: Sequence[ExpertRow] = ()
        self.table.setAccessibleName(self.tr("人才库"))
        self.table.set_empty_text(self.tr("这里还没有人。"))
        self.search = SearchBox(self.tr("姓名 / 拼音首字母 / 单位"))
        self.search.setMinimumWidth(180)
        pools = ((pool, label(pool)) for pool in ExpertPool)
        self.pools = Segments([(None, self.tr("全部")), *pools])
        self.add_choice(self.search)
        self.add_choice(self.pools)
        self.add_count()
        self.add_deed(Deed(lambda _: self.tr("修改"), self.edit_asked.emit))
        self.add_new(
            self.tr("新增"), lambda: self.new_asked.emit(self.pools.value() or ExpertPool.GOOD_PEOPLE)
        )
        self.search.searched.connect(lambda _: self._show())
        self.search.left_downwards.connect(self.table.setFocus)
        self.pools.chosen.connect(lambda _: self._show())
        if may_write:
            self.table.opened.connect(self.edit_asked)

    @override
    def columns(self) -> list[Column[ExpertRow]]:
        return [
            Column(self.tr("姓名"), lambda row: row.name, 110, bold=True),
            Column(self.tr("人才库"), lambda row: label(row.pool), 150),
            Column(self.tr("单位"), lambda row: row.unit, 180, sort_key="unit"),
            Column(self.tr("专长"), lambda row: row.speciality, 160, stretch=True),
            Column(self.tr("电话"), lambda row: row.phone, 124),
            Column(
                self.tr("状态"), lambda row: self.tr("可请") if row.active else self.tr("停用"), 80, LEFT,
                tone=lambda row: Tone.GOOD if row.active else Tone.PLAIN, chip=True,
            ),
        ]  # fmt: skip

    def show_experts(self, rows: Sequence[ExpertRow]) -> None:
        """Show the pools, given in their order."""
        self._rows = rows
        self._show()

    def set_compact(self, compact: bool) -> None:
        """Leave out what a narrow window has no room for."""
        self.count.setHidden(compact)

    def _show(self) -> None:
        pool, typed = self.pools.value(), self.search.text()
        shown = [
            row
            for row in self._rows
            if (pool is None or row.pool is pool) and found(typed, row.name, row.unit, row.speciality)
        ]
        self.show_rows(shown, self.tr("{count} 人").format(count=len(shown)))


class ExpertDialog(Dialog):
    """The form of a member of a pool."""

    def __init__(
        self, tasks: Tasks, pool: ExpertPool, row: ExpertRow | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("", "", tasks=tasks, parent=parent)
        self.set_heading(self.tr("修改人才库人员") if row else self.tr("新增人才库人员"))
        self.submit_button.setText(self.tr("保存"))
        self.setMinimumWidth(px(620))
        self._row = row
        self.form = Form(
            ExpertInput,
            [
                Field("pool", self.tr("人才库"), choice(ExpertPool), required=True),
                Field("name", self.tr("姓名"), required=True),
                Field("unit", self.tr("单位"), span=FULL_ROW),
                Field("speciality", self.tr("专长"), span=FULL_ROW),
                Field("phone", self.tr("电话")),
                Field("active", self.tr("状态"), check(self.tr("可以邀请"))),
            ],
            columns=2,
        )
        wanted = ExpertInput(pool, "")
        if row is not None:
            wanted = ExpertInput(row.pool, row.name, row.unit, row.speciality, row.phone, row.active)
        self.form.fill(wanted)
        self.add(self.form)

    @override
    def submit(self) -> None:
        wanted = self.form.value()
        if wanted is not None:
            known = (self._row.id, self._row.row_version) if self._row else (None, None)
            self.act(save_expert, wanted, *known)
