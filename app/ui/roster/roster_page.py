"""名册: mediators, expert pools, rooms and committees as tabs."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QTabWidget, QWidget
from typing_extensions import override

from app.domain.actor import Permission
from app.domain.changes import Topic
from app.domain.roster import (
    CommitteeRow,
    ExpertPool,
    ExpertRow,
    MediatorLoad,
    MediatorRow,
    MediatorStatus,
    RoomRow,
)
from app.domain.schedule.blocked import BlockRow
from app.domain.values.calendar import OfficeDay
from app.services.hearings.blocked import list_blocks, remove_block
from app.services.hearings.timetable import day_kinds
from app.services.papers.excel import export_roster
from app.services.roster.assignments import mediator_load
from app.services.roster.entries import (
    change_mediator_status,
    list_committees,
    list_experts,
    list_mediators,
    list_rooms,
    save_room,
)
from app.ui.clock import office_today
from app.ui.kit.dialog import Dialog, ask, save_as
from app.ui.kit.page import Page
from app.ui.kit.progress import WorkProgress
from app.ui.navigation import Context
from app.ui.roster.blocked_tab import BlockDialog, BlockedTab
from app.ui.roster.committees_tab import CommitteeDialog, CommitteesTab
from app.ui.roster.experts_tab import ExpertDialog, ExpertsTab
from app.ui.roster.mediator_dialog import MediatorDialog
from app.ui.roster.mediators_tab import MediatorsTab
from app.ui.roster.rooms_tab import RoomDialog, RoomsTab, room_input
from app.ui.theme import Tone, px

NARROW = 1060
LEAST_WIDTH = 640


class RosterPage(Page):
    """Everybody may look; changes need the right to keep the roster."""

    topics = frozenset({Topic.ROSTER, Topic.CASES, Topic.HEARINGS})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.header.set_title(self.tr("名册"))
        self.dialog: Dialog | None = None
        self._today = office_today()
        self._committees: Sequence[CommitteeRow] = ()
        self._mediators: Sequence[MediatorRow] = ()
        self._rooms: Sequence[RoomRow] = ()
        may_write = context.actor.may(Permission.ROSTER_WRITE)
        self.mediators = MediatorsTab(may_write)
        self.experts = ExpertsTab(may_write)
        self.rooms = RoomsTab(may_write)
        self.committees = CommitteesTab(may_write)
        self.blocked = BlockedTab(may_write)
        self.progress = WorkProgress()
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(self.tr("名册"))
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(self.mediators, self.tr("调解员"))
        self.tabs.addTab(self.experts, self.tr("人才库"))
        self.tabs.addTab(self.rooms, self.tr("调解室"))
        self.tabs.addTab(self.committees, self.tr("调委会"))
        self.tabs.addTab(self.blocked, self.tr("不排期时间"))
        self.body.addWidget(self.progress)
        self.body.addWidget(self.tabs, 1)
        if context.actor.may(Permission.EXCEL_EXPORT):
            self.header.add_button(self.tr("导出Excel"), self.export, picture="file-down")
        self.setMinimumWidth(px(LEAST_WIDTH))  # else the window could not become narrow enough to rearrange
        if not may_write:
            self.header.set_context(self.tr("只能查看；需要修改请找主任或管理员"))
        self._connect()

    def _connect(self) -> None:
        self.mediators.new_asked.connect(lambda: self.edit_mediator(None))
        self.mediators.edit_asked.connect(self.edit_mediator)
        self.mediators.status_asked.connect(self.change_status)
        self.experts.new_asked.connect(lambda pool: self.edit_expert(pool, None))
        self.experts.edit_asked.connect(lambda row: self.edit_expert(row.pool, row))
        self.rooms.new_asked.connect(lambda: self.edit_room(None))
        self.rooms.edit_asked.connect(self.edit_room)
        self.rooms.order_asked.connect(self.order_rooms)
        self.committees.new_asked.connect(lambda: self.edit_committee(None))
        self.committees.edit_asked.connect(self.edit_committee)
        self.blocked.new_asked.connect(lambda: self.edit_block(None))
        self.blocked.edit_asked.connect(self.edit_block)
        self.blocked.remove_asked.connect(self.remove_block)
        QShortcut(QKeySequence("F3"), self, self._search)
        QShortcut(QKeySequence("F5"), self, self.load)

    @override
    def load(self) -> None:
        self.tasks.run(day_kinds).then(self._show_week, owner=self)
        self.tasks.run(list_committees).then(self._show_committees, owner=self)
        self.tasks.run(list_mediators).then(self._keep_mediators, owner=self)
        self.tasks.run(mediator_load).then(self._show_mediators, owner=self)
        self.tasks.run(list_experts).then(self.experts.show_experts, owner=self)
        self.tasks.run(list_rooms).then(self._show_rooms, owner=self)
        self.tasks.run(list_blocks).then(self.blocked.show_blocks, owner=self)

    def edit_mediator(self, row: MediatorRow | None) -> None:
        """Open the form of a mediator, or an empty one."""
        self._open(MediatorDialog(self.tasks, self._committees, row, today=self._today, parent=self))

    def edit_expert(self, pool: ExpertPool, row: ExpertRow | None) -> None:
        """Open the form of a member of a pool, or an empty one."""
        self._open(ExpertDialog(self.tasks, pool, row, self))

    def edit_room(self, row: RoomRow | None) -> None:
        """Open the form of a room, or an empty one."""
        self._open(RoomDialog(self.tasks, self.rooms.next_position(), row, self))

    def edit_block(self, row: BlockRow | None) -> None:
        """Open the form of a blocked time, or an empty one."""
        serving = [one for one in self._mediators if one.status is not MediatorStatus.LEFT]
        self._open(BlockDialog(self.tasks, serving, self._rooms, row, self))

    def remove_block(self, row: BlockRow) -> None:
        """Take a blocked time away; it can be taken back."""
        told = self.tr("已移除“{title}”，可以用“撤销”恢复。").format(title=row.title)
        self.act(remove_block, row.id, row.row_version, ok=lambda _: self.say(told))

    def edit_committee(self, row: CommitteeRow | None) -> None:
        """Open the form of a committee, or an empty one."""
        self._open(CommitteeDialog(self.tasks, row, self))

    def change_status(self, row: MediatorRow, status: MediatorStatus, open_cases: int) -> None:
        """Suspend, send away or take back; asks first where cases are left behind or the person leaves."""

        def change() -> None:
            known = (row.id, status, row.row_version)
            self.act(change_mediator_status, *known, ok=lambda _: self._tell(row, status))

        if status is MediatorStatus.ACTIVE:
            change()
            return
        leaves = status is MediatorStatus.LEFT
        question = self.tr("{name}离任后不再参加指派。") if leaves else self.tr("{name}暂停期间不参加指派。")
        text = question.format(name=row.name)
        if open_cases:
            text += self.tr("手上还有 {count} 件没有办结，仍在其名下，请另行指派。").format(count=open_cases)
        self.dialog = ask(
            self,
            self.tr("离任") if leaves else self.tr("暂停"),
            text,
            yes=self.tr("办理离任") if leaves else self.tr("暂停"),
            then=change,
            danger=leaves,
        )

    def order_rooms(self, rooms: Sequence[RoomRow]) -> None:
        """Keep the rooms in this order; only those that moved are written."""
        for position, row in enumerate(rooms):
            if row.position != position:
                wanted = replace(room_input(row), position=position)
                self.tasks.run(save_room, wanted, row.id, row.row_version).then(owner=self)

    def export(self) -> None:
        """Ask where to, then write the mediators into an Excel book, without their identity numbers."""
        name = self.tr("调解员名册_{day}.xlsx").format(day=f"{self._today:%Y%m%d}")
        save_as(self, self.tr("导出调解员名册"), name, self.tr("Excel 工作簿 (*.xlsx)"), self.write_book)

    def write_book(self, path: Path) -> None:
        """Write the mediators into an Excel book at `path`."""
        request = self.tasks.run_long(export_roster)
        self.progress.follow(request, self.tr("正在导出调解员名册…"))
        request.then(lambda book: self._keep_book(path, book), done=self.progress.finish, owner=self)

    def _keep_book(self, path: Path, book: bytes) -> None:
        try:
            path.write_bytes(book)
        except OSError:
            words = self.tr("没有导出：{name} 写不进去。请关闭已打开的同名文件，或换一个位置。")
            self.say(words.format(name=path.name), Tone.BAD)
            return
        words = self.tr("已导出 {count} 人到 {name}，不含身份证号。")
        self.say(words.format(count=len(self._mediators), name=path.name))

    def _tell(self, row: MediatorRow, status: MediatorStatus) -> None:
        words = {
            MediatorStatus.ACTIVE: self.tr("{name}已恢复，可以参加指派。"),
            MediatorStatus.SUSPENDED: self.tr("{name}已暂停。"),
            MediatorStatus.LEFT: self.tr("{name}已离任。"),
        }
        self.say(words[status].format(name=row.name))

    def _open(self, dialog: Dialog) -> None:
        self.dialog = dialog
        dialog.open()

    def _show_week(self, days: Sequence[OfficeDay]) -> None:
        self._today = self.mediators.today = next(day.day for day in days if day.today)

    def _show_committees(self, rows: Sequence[CommitteeRow]) -> None:
        self._committees = rows
        self.committees.show_committees(rows)
        lacking = sum(bool(row.findings) for row in rows)
        title = self.tr("调委会（{count} 个要完善）").format(count=lacking) if lacking else self.tr("调委会")
        self.tabs.setTabText(self.tabs.indexOf(self.committees), title)

    def _show_rooms(self, rows: Sequence[RoomRow]) -> None:
        self._rooms = rows
        self.rooms.show_rooms(rows)

    def _keep_mediators(self, rows: Sequence[MediatorRow]) -> None:
        self._mediators = rows

    def _show_mediators(self, loads: Sequence[MediatorLoad]) -> None:
        self.mediators.show_mediators(self._mediators, {load.mediator_id: load for load in loads})

    def _search(self) -> None:
        shown = self.tabs.currentWidget()
        if isinstance(shown, MediatorsTab | ExpertsTab):
            shown.search.setFocus()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < px(NARROW)
        for tab in (self.mediators, self.experts, self.committees):
            tab.set_compact(narrow)
