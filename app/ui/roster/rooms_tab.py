"""调解室: the rooms in the order calendars show them."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.roster import RoomInput, RoomRow
from app.services.roster.entries import save_room
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import NumberEditor, check
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.kit.table import LEFT, RIGHT, Column
from app.ui.roster.roster_tab import Deed, RosterTab
from app.ui.tasks import Tasks
from app.ui.theme import Tone


class RoomsTab(RosterTab[RoomRow]):
    """Tells which room to enter, to change, or to move: `order_asked(rooms in their new order)`."""

    new_asked = Signal()
    edit_asked = Signal(object)  # RoomRow
    order_asked = Signal(object)  # list[RoomRow]

    def __init__(self, may_write: bool) -> None:
        super().__init__("rooms", may_write)
        self._rows: list[RoomRow] = []
        self.table.setAccessibleName(self.tr("调解室"))
        hint = self.tr("没有调解室。点“新增调解室”录入第一间。") if may_write else self.tr("没有调解室。")
        self.table.set_empty_text(hint)
        self.add_count()
        self.add_deed(Deed(lambda _: self.tr("上移"), lambda row: self._move(row, -1), self._not_first))
        self.add_deed(Deed(lambda _: self.tr("下移"), lambda row: self._move(row, 1), self._not_last))
        self.add_deed(Deed(lambda _: self.tr("修改"), self.edit_asked.emit))
        self.add_new(self.tr("新增调解室"), self.new_asked.emit)
        if may_write:
            self.table.opened.connect(self.edit_asked)

    @override
    def columns(self) -> list[Column[RoomRow]]:
        return [
            Column(self.tr("顺序"), lambda row: str(self._rows.index(row) + 1), 66, RIGHT),
            Column(self.tr("名称"), lambda row: row.name, 200, stretch=True, bold=True),
            Column(self.tr("座位"), lambda row: str(row.seats) if row.seats else "", 90, RIGHT),
            Column(
                self.tr("状态"), lambda row: self.tr("在用") if row.active else self.tr("停用"), 120, LEFT,
                tone=lambda row: Tone.GOOD if row.active else Tone.PLAIN, chip=True,
            ),
        ]  # fmt: skip

    def show_rooms(self, rows: Sequence[RoomRow]) -> None:
        """Show the rooms, given in their order."""
        self._rows = list(rows)
        self.show_rows(self._rows, self.tr("{count} 间").format(count=len(rows)))

    def next_position(self) -> int:
        """The place after the last room."""
        return max((row.position for row in self._rows), default=-1) + 1

    def _not_first(self, row: RoomRow) -> bool:
        return row != self._rows[0]

    def _not_last(self, row: RoomRow) -> bool:
        return row != self._rows[-1]

    def _move(self, row: RoomRow, by: int) -> None:
        order = list(self._rows)
        at = order.index(row)
        order[at], order[at + by] = order[at + by], order[at]
        self.order_asked.emit(order)


class RoomDialog(Dialog):
    """The form of a room; a new one stands last."""

    def __init__(
        self, tasks: Tasks, position: int, row: RoomRow | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("", "", tasks=tasks, parent=parent)
        self.set_heading(self.tr("修改调解室") if row else self.tr("新增调解室"))
        self.submit_button.setText(self.tr("保存"))
        self._row = row
        self.form = Form(
            RoomInput,
            [
                Field("name", self.tr("名称"), required=True, span=FULL_ROW),
                Field("seats", self.tr("座位"), NumberEditor, span=FULL_ROW),
                Field("active", self.tr("状态"), check(self.tr("在用，可以排期")), span=FULL_ROW),
            ],
            columns=1,
        )
        self.form.fill(room_input(row) if row else RoomInput("", position=position))
        self.add(self.form)

    @override
    def submit(self) -> None:
        wanted = self.form.value()
        if wanted is not None:
            known = (self._row.id, self._row.row_version) if self._row else (None, None)
            self.act(save_room, replace(wanted, seats=wanted.seats or 0), *known)


def room_input(row: RoomRow) -> RoomInput:
    """What is written down about a room now."""
    return RoomInput(row.name, row.seats, row.position, row.active)
