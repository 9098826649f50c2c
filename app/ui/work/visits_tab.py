"""走访: the visit log of a case."""

from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.cases import CaseView
from app.domain.work.visits import VisitInput, VisitManner, VisitRow
from app.services.work.visits import list_visits, remove_visit, save_visit
from app.ui.clock import office_today
from app.ui.kit.date_edit import DateEditor, date_words
from app.ui.kit.dialog import Dialog
from app.ui.kit.draft_keeper import DialogDraft
from app.ui.kit.editors import choice, line, text
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.kit.page import Page
from app.ui.kit.table import Column
from app.ui.tasks import Tasks
from app.ui.theme import px
from app.ui.words.labels import label
from app.ui.work.records_tab import RecordsTab
from app.ui.work.small_editors import MinutesEditor, clock_words


class VisitDialog(Dialog):
    """One visit, new or to be corrected."""

    def __init__(
        self,
        tasks: Tasks,
        case: CaseView,
        row: VisitRow | None = None,
        visitor: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", "", tasks=tasks, parent=parent)
        self.set_heading(self.tr("修改走访记录") if row else self.tr("登记走访"))
        self.submit_button.setText(self.tr("保存"))
        self.setMinimumWidth(px(660))
        self._row = row
        self.form = Form(
            VisitInput,
            [
                Field("day", self.tr("日期"), DateEditor, required=True),
                Field("start", self.tr("时间"), lambda: MinutesEditor(placeholder=self.tr("可不填"))),
                Field("method", self.tr("方式"), choice(VisitManner), required=True),
                Field("place", self.tr("地点"), line(limit=100)),
                Field(
                    "visited", self.tr("走访对象"), line(self.tr("姓名，几人用顿号隔开"), 100), required=True
                ),
                Field("visitors", self.tr("走访人"), line(limit=100), required=True),
                Field("content", self.tr("了解的情况"), text(5), required=True, span=FULL_ROW),
                Field("next_action", self.tr("下一步打算"), text(2), span=FULL_ROW),
            ],
            columns=2,
        )
        self.form.fill(_input(case, row, visitor))
        self.add(self.form)
        self.draft = DialogDraft(self, tasks, row.id if row else case.id, "visit")

    @override
    def submit(self) -> None:
        wanted = self.form.value()
        if wanted is not None:
            known = (self._row.id, self._row.row_version) if self._row else (None, None)
            self.act(save_visit, wanted, *known)


def _input(case: CaseView, row: VisitRow | None, visitor: str) -> VisitInput:
    if row is None:
        return VisitInput(case.id, day=office_today(), visitors=visitor)
    return VisitInput(
        case.id, row.day, row.start, row.method, row.place, row.visited, row.visitors, row.content,
        row.next_action,
    )  # fmt: skip


class VisitsTab(RecordsTab[VisitRow]):
    """Any number of visits, the latest first."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, self.tr("走访记录"), self.tr("登记走访"))

    @override
    def columns(self) -> list[Column[VisitRow]]:
        return [
            Column(self.tr("日期"), lambda row: date_words(row.day), 124, sort_key="day"),
            Column(self.tr("方式"), lambda row: label(row.method), 84, sort_key="method"),
            Column(self.tr("走访对象"), lambda row: row.visited, 120, bold=True),
            Column(self.tr("了解的情况"), lambda row: row.content.replace("\n", " "), 160, stretch=True),
        ]

    @override
    def ask_for(self, case_id: str) -> tuple[Any, ...]:
        return (list_visits, case_id)

    @override
    def told(self, row: VisitRow) -> list[tuple[str, str]]:
        return [
            (self.tr("时间"), f"{date_words(row.day)} {clock_words(row.start)}"),
            (self.tr("方式"), label(row.method)),
            (self.tr("地点"), row.place),
            (self.tr("走访对象"), row.visited),
            (self.tr("走访人"), row.visitors),
            (self.tr("了解的情况"), row.content),
            (self.tr("下一步打算"), row.next_action),
        ]

    @override
    def make_dialog(self, row: VisitRow | None) -> Dialog:
        assert self.case is not None  # noqa: S101 - `edit` asked
        return VisitDialog(self.tasks, self.case, row, self.page.context.actor.name, self)

    @override
    def removal(self, row: VisitRow) -> tuple[Any, str]:
        said = self.tr("把{day}对“{who}”的走访记录移入回收站？90 天内可以恢复。")
        return remove_visit, said.format(day=date_words(row.day), who=row.visited)

    @override
    def empty_text(self, writable: bool) -> str:
        return (
            self.tr("还没有走访记录。打电话、上门、到现场都记一笔。")
            if writable
            else self.tr("没有走访记录。")
        )
