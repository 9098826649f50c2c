"""Which case's papers: a search line over the cases received last."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.cases import CaseRow
from app.domain.lists import CaseQuery
from app.domain.values.catalogues import type_a_name
from app.services.cases.listing import case_rows, list_case_ids
from app.ui.kit.card import Card
from app.ui.kit.row_view import RowView
from app.ui.kit.search_box import SearchBox
from app.ui.kit.table import Column, TaskSource
from app.ui.tasks import Tasks
from app.ui.words.due_words import status_tone
from app.ui.words.labels import label


class CaseChooser(Card):
    """Tells `chosen(case id)` on Enter or double click."""

    chosen = Signal(str)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.search = SearchBox(self.tr("当事人姓名、拼音首字母、案号、电话"))
        columns: list[Column[CaseRow]] = [
            Column(self.tr("案号"), lambda row: row.number, 230),
            Column(self.tr("当事人"), lambda row: row.parties, stretch=True, bold=True),
            Column(self.tr("纠纷类型"), lambda row: type_a_name(row.type_a), 130),
            Column(self.tr("收案"), lambda row: f"{row.received_on:%Y-%m-%d}", 116),
            Column(
                self.tr("状态"),
                lambda row: label(row.status),
                96,
                tone=lambda row: status_tone(row.status),
                chip=True,
            ),
        ]
        source: TaskSource[CaseRow] = TaskSource(tasks, list_case_ids, case_rows, self)
        self.cases = RowView(
            columns,
            source,
            title=self.tr("选择案件"),
            empty=self.tr("没有找到案件。可以换个姓名、案号或电话再找。"),
            key=lambda row: row.sk,
        )
        self.add(self.search)
        self.add(self.cases, 1)
        self.setFocusProxy(self.search)
        self.search.searched.connect(lambda text: self.cases.show_query(CaseQuery(text=text)))
        self.search.left_downwards.connect(self._into_list)
        self.cases.opened.connect(lambda row: self.chosen.emit(row.id))

    def load(self) -> None:
        """Read the list again."""
        if self.cases.table.query is None:
            self.cases.show_query(CaseQuery())
        else:
            self.cases.refresh()

    def _into_list(self) -> None:
        self.cases.setFocus()
        if not self.cases.currentIndex().isValid():
            self.cases.setCurrentIndex(self.cases.table.index(0, 0))
