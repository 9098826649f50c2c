"""Fix a hearing or move one: who, when, where; clashes are named while one chooses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.actor import Permission
from app.domain.cases import CaseView, PartyView
from app.domain.clashes import ClashReport, Slot
from app.domain.hearings import (
    PLANNED,
    GuestKind,
    HearingKind,
    HearingStatus,
    HearingView,
    WaitingCase,
)
from app.domain.office.settings import OfficeSettings, SettingKey
from app.domain.roster import ExpertRow, RoomRow
from app.domain.values.calendar import OfficeDay
from app.services.cases.register import open_case
from app.services.hearings.clashes import check_clashes, free_times
from app.services.hearings.export import export_hearing
from app.services.hearings.scheduling import reschedule_hearing, schedule_hearing
from app.services.hearings.timetable import day_kinds, day_loads
from app.services.kernel.settings import read_settings
from app.services.roster.entries import list_experts, list_rooms
from app.ui.hearings.calendar_file import save_calendar
from app.ui.hearings.cancel_dialog import CancelDialog
from app.ui.hearings.clash_panel import ClashPanel
from app.ui.hearings.hearing_form import HOUR, HearingForm
from app.ui.hearings.month_strip import MonthStrip, month_span
from app.ui.hearings.service_dialog import ServiceDialog
from app.ui.hearings.wording import case_words
from app.ui.kit.buttons import Weight, button
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import ChoiceEditor
from app.ui.navigation import Context
from app.ui.room import Scrolled, set_shown
from app.ui.tasks import Request
from app.ui.theme import px
from app.ui.words.labels import label

PAUSE_MS = 200
NINE = 9 * HOUR
BESIDE = 306


@dataclass(frozen=True, slots=True)
class Wish:
    """What the calendar already knows: a case, a time, or the hearing to be changed."""

    case_id: str | None = None
    day: date | None = None
    start: int | None = None
    hearing: HearingView | None = None


class HearingDialog(Dialog):
    """Keeps the form and the check of the time in step; nothing is saved before 保存."""

    saved = Signal(object)  # HearingView
    called_off = Signal()
    session_asked = Signal(str)  # hearing id

    def __init__(
        self,
        context: Context,
        wish: Wish,
        *,
        waiting: Sequence[WaitingCase] = (),
        parent: QWidget | None = None,
    ) -> None:
        self._hearing = wish.hearing
        planned = wish.hearing is None or wish.hearing.status in PLANNED
        self._changeable = planned and context.actor.may(Permission.HEARING_WRITE)
        self._may_export = context.actor.may(Permission.EXCEL_EXPORT)
        self._context = context
        self._wish = wish
        self._waiting = waiting
        self._case: CaseView | None = None
        self._today: date | None = None
        self._notice_days = 0
        self._asked: list[Request[Any]] = []
        super().__init__("", "", tasks=context.tasks, parent=parent)
        changing = self._hearing is not None
        self.set_heading(self.tr("调解会安排") if changing else self.tr("新排期"))
        self.submit_button.setText(self.tr("保存更改") if changing else self.tr("排期"))
        if self._hearing is not None and self._hearing.status is HearingStatus.TENTATIVE:
            self.set_heading(self.tr("调解会安排（暂定）"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._check)
        self._build()
        self._fill()
        if not self._changeable:
            self.form.set_locked(locked=True)
            self.submit_button.hide()
            self.cancel_button.setText(self.tr("关闭"))
        self._ask_lists(context)
        self.form.field("case_id" if wish.case_id is None else "day").setFocus()

    def _build(self) -> None:
        cases = [(case.case_id, case_words(case.title, case.number)) for case in self._waiting]
        self.form = HearingForm(cases)
        self.forms.append(self.form)
        self.form.submitted.connect(self._submit)
        self.form.edited.connect(self._pause.start)
        self.form.field("case_id").edited.connect(self._open_case)
        self.panel = ClashPanel()
        self.panel.taken.connect(self._take_slot)
        self.month = MonthStrip()
        self.month.month_asked.connect(self._ask_month)
        self.month.chosen.connect(self._take_day)
        self.form.field("day").edited.connect(self._follow_day)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(Scrolled(at_the_top(self.form)), 1)
        beside = Scrolled(at_the_top(self.panel, self.month))
        beside.setFixedWidth(px(BESIDE))
        set_shown(beside, self._changeable)
        row.addWidget(beside)
        self.add(row, 1)
        if self._hearing is not None:
            self._build_deeds(self._hearing)
        parent = self.parentWidget()
        wide, high = (parent.width(), parent.height()) if parent is not None else (px(920), px(640))
        self.resize(min(px(960), wide - 24), min(px(664), high - 16))

    def _build_deeds(self, hearing: HearingView) -> None:
        """What can be done with a hearing beside changing it."""
        if self._may_export:
            self.add_foot(button(self.tr("存为日历…"), self._ask_file, name=self.tr("存为日历文件（.ics）")))
        if hearing.status is not HearingStatus.TENTATIVE:
            self.add_foot(button(self.tr("送达…"), self._open_service, picture="inbox"))
        if not self._changeable:
            return
        if hearing.status is HearingStatus.SCHEDULED:
            self.add_foot(button(self.tr("填写调解记录"), self._ask_session, picture="pen-line"))
        self.add_foot(button(self.tr("取消这次会…"), self._ask_why, weight=Weight.DANGER))

    def _fill(self) -> None:
        wish = self._wish
        if wish.hearing is not None:
            self.form.show_hearing(wish.hearing)
        else:
            start = wish.start if wish.start is not None else NINE
            self.form.set_values({"day": wish.day})
            self.form.set_times(start, start + HOUR)
        if wish.case_id is not None:
            self._choose_case(wish.case_id)
        elif not self._waiting:
            self.banner.say(self.tr("没有待排期的案件。案件受理并指派调解员后，会出现在这里。"), lasting=True)

    def _choose_case(self, case_id: str) -> None:
        editor: ChoiceEditor = self.form.field("case_id")
        if not any(case.case_id == case_id for case in self._waiting):
            editor.set_options([(case_id, self.tr("正在打开…"))])
        editor.set_value(case_id)
        editor.setEnabled(False)
        self._open_case()

    def _ask_lists(self, context: Context) -> None:
        context.tasks.run(read_settings).then(self._take_settings, owner=self)
        context.tasks.run(day_kinds).then(self._take_days, owner=self)
        context.tasks.run(list_rooms, True).then(self._take_rooms, owner=self)
        context.tasks.run(list_experts).then(self._take_experts, owner=self)

    def _take_settings(self, settings: OfficeSettings) -> None:
        self._notice_days = int(settings.values[SettingKey.NOTICE_DAYS])
        visit, outside = (
            settings.values[key] for key in (SettingKey.TRAVEL_VISIT, SettingKey.TRAVEL_OUTSIDE)
        )
        self.form.suggest_travel({HearingKind.VISIT: int(visit), None: int(outside)})

    def _take_days(self, days: tuple[OfficeDay, ...]) -> None:
        self._today = next((day.day for day in days if day.today), None)
        self._follow_day()

    def _follow_day(self) -> None:
        """Stand on the day of the form, or on today."""
        read, _ = self.form.read()
        day = read.get("day") or self._today
        if day is not None:
            self.month.show_day(day)

    def _ask_month(self, month: date) -> None:
        if self.tasks is not None:
            self.tasks.run(day_loads, *month_span(month)).then(self.month.show_loads, owner=self)

    def _take_day(self, day: date) -> None:
        self.form.set_values({"day": day})
        self.form.show_needed()
        self.month.show_day(day)
        self._check()

    def _take_rooms(self, rooms: tuple[RoomRow, ...]) -> None:
        options: list[tuple[str | None, str]] = [(row.id, row.name) for row in rooms]
        editor: ChoiceEditor = self.form.field("room_id")
        editor.set_options([*options, (None, self.tr("不占用调解室"))])
        first = rooms[0].id if rooms else None
        editor.set_value(self._hearing.room_id if self._hearing else first)
        self._pause.start()

    def _take_experts(self, experts: tuple[ExpertRow, ...]) -> None:
        offered = [
            (row.id, "　".join(part for part in (row.name, row.unit, row.speciality) if part))
            for row in experts
            if row.active
        ]
        self.form.field("expert_ids").offer(offered, ticked=self._invited(GuestKind.EXPERT))
        self.form.show_needed()

    def _open_case(self) -> None:
        case_id = self.form.field("case_id").value()
        if case_id is not None and self.tasks is not None:
            self.tasks.run(open_case, case_id).then(self._take_case, owner=self)

    def _take_case(self, case: CaseView) -> None:
        self._case = case
        editor: ChoiceEditor = self.form.field("case_id")
        if not editor.isEnabled():
            editor.setItemText(editor.currentIndex(), case_words(case.title, case.number))
        editor.setToolTip(f"{case.title}\n{case.number}")
        ticked = self._invited(GuestKind.PARTY) if self._hearing else [one.id for one in case.parties]
        self.form.field("party_ids").offer(
            [(one.id, self._party_words(one)) for one in case.parties], ticked=ticked
        )
        if self._changeable:
            self._pause.start()

    def _party_words(self, party: PartyView) -> str:
        names = {one.id: one.name for one in self._case.parties} if self._case else {}
        whose = "、".join(names[key] for key in party.represents if key in names)
        words = f"{label(party.role)}　{party.name}"
        return self.tr("{words}（代理{whose}）").format(words=words, whose=whose) if whose else words

    def _invited(self, kind: GuestKind) -> list[str]:
        return [guest.id for guest in self._hearing.invited if guest.kind is kind] if self._hearing else []

    def _check(self) -> None:
        for request in self._asked:
            request.drop()
        query = self.form.query(self._hearing)
        if query is None or self._case is None or not self._changeable or self.tasks is None:
            self.panel.wait()
            return
        report = self.tasks.run(check_clashes, query)
        free = self.tasks.run(free_times, query)
        self._asked = [report, free]
        report.then(self._take_report, owner=self)
        free.then(lambda slots: self.panel.offer(() if query.slot in slots[:1] else slots), owner=self)

    def _take_report(self, report: ClashReport) -> None:
        self.panel.show_report(report, notice=self._notice())
        self.form.set_clashing(clashing=report.refuses)

    def _notice(self) -> str:
        """What to say when the time is too near for notice; "" when all agreed or there is time."""
        read, _ = self.form.read()
        day = read.get("day")
        if day is None or self._today is None or read["notice_waived"] or read["tentative"]:
            return ""
        if day >= self._today + timedelta(days=self._notice_days):
            return ""
        words = self.tr("应提前 {days} 天通知。当事人都同意时，勾选“{box}”。")
        return words.format(days=self._notice_days, box=self.form.field("notice_waived").text())

    def _take_slot(self, slot: Slot) -> None:
        self.form.set_slot(slot)
        self.form.field("start").setFocus()
        self._check()

    @override
    def submit(self) -> None:
        wanted = self.form.wanted()
        if wanted is None:
            return
        if self._hearing is None:
            self.act(schedule_hearing, wanted, ok=self.saved.emit)
        else:
            self.act(
                reschedule_hearing, self._hearing.id, wanted, self._hearing.row_version, ok=self.saved.emit
            )

    def _open_service(self) -> None:
        if self._hearing is not None:
            self.service = ServiceDialog(self._context, self._hearing, self._today, self)
            self.service.open()

    def _ask_file(self) -> None:
        if self._hearing is not None and self.tasks is not None:
            hearing = self._hearing
            self.tasks.run(export_hearing, hearing.id).then(
                lambda made: save_calendar(self, f"{hearing.day}.ics", made, self.banner), owner=self
            )

    def _ask_session(self) -> None:
        if self._hearing is not None:
            hearing_id = self._hearing.id
            self.accept()
            self.session_asked.emit(hearing_id)

    def _ask_why(self) -> None:
        if self._hearing is None or self.tasks is None:
            return
        self.why = CancelDialog(self._hearing, self.tasks, self)
        self.why.accepted.connect(self._called_off)
        self.why.open()

    def _called_off(self) -> None:
        self.accept()
        self.called_off.emit()


def at_the_top(*parts: QWidget) -> QWidget:
    """Keep the parts together when there is more room than needed."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 6, 0)
    column.setSpacing(10)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return holder
