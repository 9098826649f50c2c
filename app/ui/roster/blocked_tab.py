"""不排期时间: market days, busy season, duty, leave, closed rooms, which the check of a time heeds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.clashes import MINUTES_OF_DAY, BlockKind
from app.domain.roster import MediatorRow, RoomRow
from app.domain.schedule.blocked import OF_A_MEDIATOR, BlockInput, BlockPattern, BlockRow
from app.services.hearings.blocked import save_block
from app.ui.kit.date_edit import DateEditor, date_words
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import ChoiceEditor, TimeEditor, checks, choice, line
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.kit.table import LEFT, Column
from app.ui.roster.roster_tab import Deed, RosterTab
from app.ui.tasks import Tasks
from app.ui.words.finding_words import short_day, span
from app.ui.words.labels import label

HOUR = 60


class BlockedTab(RosterTab[BlockRow]):
    """Tells which blocked time to enter, to change or to remove."""

    new_asked = Signal()
    edit_asked = Signal(object)  # BlockRow
    remove_asked = Signal(object)  # BlockRow

    def __init__(self, may_write: bool) -> None:
        super().__init__("blocked", may_write)
        self.table.setAccessibleName(self.tr("不排期时间"))
        self.table.set_empty_text(
            self.tr("没有登记。赶集日、农忙、值班、请假登记在这里，排期时会提示并避开。")
        )
        self.add_count()
        self.add_deed(Deed(lambda _: self.tr("修改"), self.edit_asked.emit))
        self.add_deed(Deed(lambda _: self.tr("移除"), self.remove_asked.emit))
        self.add_new(self.tr("新增"), self.new_asked.emit)
        if may_write:
            self.table.opened.connect(self.edit_asked)

    @override
    def columns(self) -> list[Column[BlockRow]]:
        return [
            Column(self.tr("种类"), lambda row: label(row.kind), 110, LEFT),
            Column(self.tr("名称"), lambda row: row.title, 150, bold=True),
            Column(self.tr("谁"), lambda row: row.holder or self.tr("所有人"), 100, LEFT),
            Column(self.tr("哪些天"), self._days, 240, stretch=True),
            Column(self.tr("时间"), self._time, 120, LEFT),
        ]

    def show_blocks(self, rows: Sequence[BlockRow]) -> None:
        """Show the blocked times."""
        self.show_rows(rows, self.tr("{count} 项").format(count=len(rows)))

    def _days(self, row: BlockRow) -> str:
        if row.pattern is BlockPattern.YEARLY and row.from_on and row.to_on:
            return self.tr("每年{first}至{last}").format(
                first=short_day(row.from_on), last=short_day(row.to_on)
            )
        if row.pattern is BlockPattern.SPAN and row.from_on and row.to_on:
            first, last = date_words(row.from_on), date_words(row.to_on)
            return first if first == last else self.tr("{first}至{last}").format(first=first, last=last)
        if row.pattern is BlockPattern.LAST_DIGITS:
            said = self.tr("逢{days}").format(days="、".join(map(str, row.days)))
        else:
            names = dict(weekdays())
            said = self.tr("每周{days}").format(days="、".join(names[day] for day in row.days))
        if row.from_on:
            said += "　" + self.tr("{day}起").format(day=date_words(row.from_on))
        return said + ("　" + self.tr("{day}止").format(day=date_words(row.to_on)) if row.to_on else "")

    def _time(self, row: BlockRow) -> str:
        return self.tr("全天") if row.whole_day else span(row.start, row.end)


@dataclass(frozen=True, slots=True)
class BlockFields:
    """The form as it is filled in; no times: the whole day."""

    kind: BlockKind
    title: str
    ref: str | None
    pattern: BlockPattern
    digits: tuple[int, ...]
    weekdays: tuple[int, ...]
    from_on: date | None
    to_on: date | None
    start: time | None
    end: time | None


class BlockDialog(Dialog):
    """The form of a blocked time; what does not apply to its kind and pattern is hidden."""

    def __init__(
        self,
        tasks: Tasks,
        mediators: Sequence[MediatorRow],
        rooms: Sequence[RoomRow],
        row: BlockRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", "", tasks=tasks, parent=parent)
        self.set_heading(self.tr("修改不排期时间") if row else self.tr("新增不排期时间"))
        self.submit_button.setText(self.tr("保存"))
        self._row = row
        self._mediators: list[tuple[str | None, str]] = [(one.id, one.name) for one in mediators]
        self._rooms: list[tuple[str | None, str]] = [(one.id, one.name) for one in rooms]
        self.form = Form(BlockFields, self._fields(), columns=2)
        for name in ("kind", "pattern"):
            self.form.field(name).edited.connect(self._show_needed)
        self._fill(row)
        self.add(self.form)
        self._show_needed()

    def _fields(self) -> list[Field]:
        digits = [(digit, str(digit)) for digit in (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)]
        return [
            Field("kind", self.tr("种类"), choice(BlockKind)),
            Field("title", self.tr("名称"), line(self.tr("如：石门大集；不填用种类"), 50)),
            Field("ref", self.tr("谁"), choice([(None, self.tr("所有人"))]), span=FULL_ROW),
            Field("pattern", self.tr("哪些天"), choice(BlockPattern), span=FULL_ROW),
            Field("digits", self.tr("逢"), checks(digits, columns=5), span=FULL_ROW),
            Field("weekdays", self.tr("每周"), checks(weekdays(), columns=7), span=FULL_ROW),
            Field("from_on", self.tr("开始日期"), DateEditor),
            Field("to_on", self.tr("结束日期"), DateEditor),
            Field("start", self.tr("从"), TimeEditor, hint=self.tr("不填为全天")),
            Field("end", self.tr("到"), TimeEditor),
        ]

    def _fill(self, row: BlockRow | None) -> None:
        if row is None:
            self.form.set_values({"kind": BlockKind.MARKET, "pattern": BlockPattern.LAST_DIGITS})
            return
        self._offer(row.kind)
        weekly = row.pattern is BlockPattern.WEEKDAYS
        whole = row.whole_day
        self.form.fill(
            BlockFields(
                kind=row.kind,
                title=row.title,
                ref=row.ref,
                pattern=row.pattern,
                digits=() if weekly else row.days,
                weekdays=row.days if weekly else (),
                from_on=row.from_on,
                to_on=row.to_on,
                start=None if whole else _time(row.start),
                end=None if whole else _time(row.end),
            )
        )

    def _offer(self, kind: BlockKind) -> None:
        """Whose time it can be: a leave is a mediator's, a closed room is a room."""
        everybody: list[tuple[str | None, str]] = [(None, self.tr("所有人"))]
        offered = {
            BlockKind.ROOM_CLOSED: self._rooms,
            BlockKind.LEAVE: self._mediators,
            BlockKind.DUTY: [*everybody, *self._mediators],
        }.get(kind, everybody)
        editor: ChoiceEditor = self.form.field("ref")
        editor.set_options(offered)
        if editor.value() is None and offered:
            editor.set_value(offered[0][0])

    def _show_needed(self) -> None:
        kind, pattern = self.form.field("kind").value(), self.form.field("pattern").value()
        self._offer(kind)
        hidden = set()
        if pattern is not BlockPattern.LAST_DIGITS:
            hidden.add("digits")
        if pattern is not BlockPattern.WEEKDAYS:
            hidden.add("weekdays")
        if kind not in OF_A_MEDIATOR | {BlockKind.ROOM_CLOSED}:
            hidden.add("ref")
        self.form.show_fields(name for name in BlockFields.__slots__ if name not in hidden)

    @override
    def submit(self) -> None:
        fields = self.form.value()
        if fields is None:
            return
        weekly = fields.pattern is BlockPattern.WEEKDAYS
        repeated = fields.weekdays if weekly else fields.digits
        spanned = fields.pattern in (BlockPattern.SPAN, BlockPattern.YEARLY)
        wanted = BlockInput(
            kind=fields.kind,
            title=fields.title or label(fields.kind),
            pattern=fields.pattern,
            ref=fields.ref,
            days=() if spanned else repeated,
            from_on=fields.from_on,
            to_on=fields.to_on or (fields.from_on if fields.pattern is BlockPattern.SPAN else None),
            start=_minutes(fields.start) if fields.start else 0,
            end=_minutes(fields.end) if fields.end else MINUTES_OF_DAY,
        )
        known = (self._row.id, self._row.row_version) if self._row else (None, None)
        self.act(save_block, wanted, *known)


def weekdays() -> list[tuple[int, str]]:
    """Monday to Sunday as 一 to 日."""
    return list(enumerate(QCoreApplication.translate("blocked", "一二三四五六日")))


def _time(minutes: int) -> time:
    return time(*divmod(min(minutes, 24 * HOUR - 1), HOUR))


def _minutes(at: time) -> int:
    return at.hour * HOUR + at.minute
