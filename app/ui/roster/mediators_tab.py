"""调解员: who mediates, in which place, with how much in hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from typing_extensions import override

from app.domain.roster import CommitteeRole, MediatorLoad, MediatorRow, MediatorStatus
from app.domain.values.catalogues import type_a_name
from app.ui.clock import office_today
from app.ui.kit.buttons import Segments
from app.ui.kit.date_edit import date_words
from app.ui.kit.search_box import SearchBox
from app.ui.kit.table import LEFT, RIGHT, Column
from app.ui.roster.roster_tab import Deed, RosterTab, found
from app.ui.theme import Tone
from app.ui.words.labels import label

_TONES = {
    MediatorStatus.ACTIVE: Tone.GOOD,
    MediatorStatus.SUSPENDED: Tone.WARN,
    MediatorStatus.LEFT: Tone.PLAIN,
}
COMMITTEE_COLUMN, LANGUAGE_COLUMN = 2, 5


@dataclass(frozen=True, slots=True)
class MediatorLine:
    """A mediator with the load in hand; `at` is the place in pinyin order."""

    id: str
    at: int
    row: MediatorRow
    role_at: int
    status_at: int
    term_end: date | None
    open_cases: int | None
    hearings: int | None


class MediatorsTab(RosterTab[MediatorLine]):
    """Tells which mediator is to be entered, changed, suspended, sent away or taken back."""

    new_asked = Signal()
    edit_asked = Signal(object)  # MediatorRow
    status_asked = Signal(object, object, int)  # MediatorRow, MediatorStatus, open cases

    def __init__(self, may_write: bool) -> None:
        super().__init__("mediators", may_write)
        self.today = office_today()
        self._lines: list[MediatorLine] = []
        self.table.setAccessibleName(self.tr("调解员名册"))
        hint = self.tr("没有调解员。点“新增调解员”录入第一名。") if may_write else self.tr("没有调解员。")
        self.table.set_empty_text(hint)
        self.search = SearchBox(self.tr("姓名 / 拼音首字母 / 专长"))
        self.search.setMinimumWidth(200)
        statuses = ((status, label(status)) for status in MediatorStatus)
        self.statuses = Segments([(None, self.tr("全部")), *statuses])
        self._build()

    def _build(self) -> None:
        self.add_choice(self.search)
        self.add_choice(self.statuses)
        self.add_count()
        self.add_deed(Deed(lambda _: self.tr("修改"), lambda line: self.edit_asked.emit(line.row)))
        self.add_deed(Deed(self._pause_words, self._pause))
        leave: Deed[MediatorLine] = Deed(
            lambda _: self.tr("离任"),
            lambda line: self._ask(line, MediatorStatus.LEFT),
            lambda line: line.row.status is not MediatorStatus.LEFT,
        )
        self.add_deed(leave)
        self.add_new(self.tr("新增调解员"), self.new_asked.emit)
        self.search.searched.connect(lambda _: self._show())
        self.search.left_downwards.connect(self.table.setFocus)
        self.statuses.chosen.connect(lambda _: self._show())
        if self.may_write:
            self.table.opened.connect(lambda line: self.edit_asked.emit(line.row))

    @override
    def columns(self) -> list[Column[MediatorLine]]:
        return [
            Column(self.tr("姓名"), lambda line: line.row.name, 116, bold=True, sort_key="at"),
            Column(
                self.tr("职务"), lambda line: label(line.row.committee_role), 96, sort_key="role_at",
            ),
            Column(self.tr("调委会"), lambda line: line.row.committee, 176, sort_key="row.committee"),
            Column(self.tr("专兼职"), self._employment, 76, sort_key="row.full_time"),
            Column(self.tr("擅长纠纷"), _specialities, 160, stretch=True),
            Column(self.tr("语言"), lambda line: "、".join(line.row.languages), 140),
            Column(self.tr("任期"), self._term, 150, sort_key="term_end", tone=self._term_tone),
            Column(
                self.tr("状态"), lambda line: label(line.row.status), 76, LEFT, "status_at",
                lambda line: _TONES[line.row.status], chip=True,
            ),
            Column(self.tr("在办"), lambda line: _number(line.open_cases), 66, RIGHT, "open_cases"),
            Column(self.tr("本周调解"), lambda line: _number(line.hearings), 94, RIGHT, "hearings"),
        ]  # fmt: skip

    def show_mediators(self, rows: Sequence[MediatorRow], loads: Mapping[str, MediatorLoad]) -> None:
        """Show the roster, given in pinyin order."""
        self._lines = [_line(at, row, loads.get(row.id)) for at, row in enumerate(rows)]
        self._show()

    def set_compact(self, compact: bool) -> None:
        """Leave out what a narrow window has no room for."""
        self.table.setColumnHidden(COMMITTEE_COLUMN, compact)
        self.table.setColumnHidden(LANGUAGE_COLUMN, compact)
        self.count.setHidden(compact)

    def _show(self) -> None:
        wanted = self.statuses.value()
        typed = self.search.text()
        shown = [
            line
            for line in self._lines
            if (wanted is None or line.row.status is wanted)
            and found(typed, line.row.name, line.row.phone, _specialities(line))
        ]
        self.show_rows(shown, self.tr("{count} 人").format(count=len(shown)))

    def _employment(self, line: MediatorLine) -> str:
        return self.tr("专职") if line.row.full_time else self.tr("兼职")

    def _term(self, line: MediatorLine) -> str:
        start, end = line.row.term_start, line.row.term_end
        if end is not None:
            words = self.tr("{day}届满") if self._over(line) else self.tr("至{day}")
            return words.format(day=date_words(end))
        return self.tr("{day}起").format(day=date_words(start)) if start is not None else ""

    def _term_tone(self, line: MediatorLine) -> Tone | None:
        return Tone.BAD if self._over(line) else None

    def _over(self, line: MediatorLine) -> bool:
        in_office = line.row.status is not MediatorStatus.LEFT
        return in_office and line.row.term_end is not None and line.row.term_end < self.today

    def _pause_words(self, line: MediatorLine | None) -> str:
        active = line is None or line.row.status is MediatorStatus.ACTIVE
        return self.tr("暂停") if active else self.tr("恢复")

    def _pause(self, line: MediatorLine) -> None:
        active = line.row.status is MediatorStatus.ACTIVE
        self._ask(line, MediatorStatus.SUSPENDED if active else MediatorStatus.ACTIVE)

    def _ask(self, line: MediatorLine, status: MediatorStatus) -> None:
        self.status_asked.emit(line.row, status, line.open_cases or 0)


def _line(at: int, row: MediatorRow, load: MediatorLoad | None) -> MediatorLine:
    return MediatorLine(
        id=row.id,
        at=at,
        row=row,
        role_at=list(CommitteeRole).index(row.committee_role),
        status_at=list(MediatorStatus).index(row.status),
        term_end=row.term_end,
        open_cases=load.open_cases if load else None,
        hearings=load.hearings_this_week if load else None,
    )


def _specialities(line: MediatorLine) -> str:
    return "、".join(map(type_a_name, line.row.specialities))


def _number(count: int | None) -> str:
    return "" if count is None else str(count)
