"""What every list can do besides showing rows: choose its columns, be copied, printed, taken into Excel."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPoint, QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.domain.actor import Permission
from app.domain.papers.lists import MOST_PRINTED, ListTable
from app.services.papers.lists import export_list, print_list
from app.ui.clock import office_today
from app.ui.kit.dialog import save_as
from app.ui.kit.page import Page
from app.ui.kit.row_view import RowView
from app.ui.kit.table import PAGE_ROWS
from app.ui.lists.list_preview import ListPreview
from app.ui.theme import Tone

MOST_EXPORTED = 20_000


class ListTools(QObject):
    """Gives a list its menu. `exported` replaces the plain Excel of what is shown by a fuller book.

    A column a person has taken away stays away, whatever room the page has for it: ask `wanted`.
    """

    def __init__(
        self,
        page: Page,
        view: RowView[Any],
        title: str,
        *,
        exported: Callable[[], object] | None = None,
        asked: Callable[[], str] = str,
        arranged: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(view)
        self._page, self.view, self._title = page, view, title
        self._exported, self._asked = exported, asked
        self._arranged = arranged or self._show_columns
        self._away = set(filter(None, str(QSettings().value(f"columns/{title}") or "").split("\n")))
        header = view.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(
            lambda at: self.columns_menu().popup(header.viewport().mapToGlobal(at))
        )
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._row_menu)
        if arranged is None:
            self._show_columns()

    def wanted(self, section: int) -> bool:
        """Whether the person has left this column in the list."""
        return self.view.table.columns[section].title not in self._away

    def columns_menu(self) -> QMenu:
        """The columns, each with its tick; the last one cannot be taken away."""
        menu = QMenu(self.view)
        menu.setTitle(self.tr("显示的列"))
        columns = self.view.table.columns
        for section, column in enumerate(columns):
            action = QAction(column.title, menu)
            action.setCheckable(True)
            action.setChecked(self.wanted(section))
            action.setEnabled(not column.stretch)  # it takes the room that is left
            action.toggled.connect(lambda on, title=column.title: self._choose(title, shown=on))
            menu.addAction(action)
        return menu

    def menu(self) -> QMenu:
        """Everything the list can do, for its right mouse button and its menu key."""
        menu = QMenu(self.view)
        may = self._page.context.actor.may
        if self.view.current() is not None:
            menu.addAction(self.tr("打开\tEnter"), self.view.open_current)
            menu.addAction(self.tr("复制所选行\tCtrl+C"), self.view.copy)
            menu.addSeparator()
        if may(Permission.PAPER_PRINT):
            menu.addAction(self.tr("打印清单…"), self.print)
        if may(Permission.EXCEL_EXPORT):
            menu.addAction(self.tr("导出 Excel…"), self._exported or self.export)
        menu.addMenu(self.columns_menu())
        return menu

    def print(self) -> None:
        """Show the list as it prints, to be printed from there."""
        if len(self.view.table.all_ids()) > MOST_PRINTED:
            text = self.tr("没有打印：清单超过 {most} 行。请先筛选，或导出 Excel。")
            self._page.say(text.format(most=MOST_PRINTED), Tone.WARN)
            return
        self._gather(self._print)

    def export(self) -> None:
        """Ask where to, then write what the list shows into an Excel book."""
        if len(self.view.table.all_ids()) > MOST_EXPORTED:
            text = self.tr("没有导出：清单超过 {most} 行。请先筛选。")
            self._page.say(text.format(most=MOST_EXPORTED), Tone.WARN)
            return
        name = f"{self._title}_{office_today():%Y%m%d}.xlsx"
        save_as(
            self._page, self.tr("导出清单"), name, self.tr("Excel 工作簿 (*.xlsx)"),
            lambda path: self._gather(lambda table: self._write_book(path, table)),
        )  # fmt: skip

    def _print(self, table: ListTable) -> None:
        request = self._page.tasks.run_long(print_list, table)
        request.then(self._preview, owner=self._page)

    def _preview(self, pdf: bytes) -> None:
        self.preview = ListPreview(self._page.tasks, self._title, pdf, self._page)
        self.preview.open()

    def _write_book(self, path: Path, table: ListTable) -> None:
        request = self._page.tasks.run_long(export_list, table)
        request.then(lambda book: self._keep(path, book), owner=self._page)

    def _keep(self, path: Path, book: bytes) -> None:
        try:
            path.write_bytes(book)
        except OSError:
            sentence = self.tr("没有导出：{name} 写不进去。请关闭已打开的同名文件，或换一个位置。")
            self._page.say(sentence.format(name=path.name), Tone.BAD)
            return
        self._page.say(self.tr("已导出到 {name}").format(name=path.name))

    def _gather(self, then: Callable[[ListTable], object]) -> None:
        """Read every row of the list, page by page, and hand on what its columns say."""
        ids = self.view.table.all_ids()
        found: list[Any] = []

        def take(rows: Sequence[Any]) -> None:
            found.extend(rows)
            go_on()

        started = iter(range(0, len(ids), PAGE_ROWS))

        def go_on() -> None:
            at = next(started, None)
            if at is None:
                then(self._table_of(found))
            else:
                self.view.table.fetch(ids[at : at + PAGE_ROWS], take)

        go_on()

    def _table_of(self, records: Sequence[Any]) -> ListTable:
        shown = [
            (section, column)
            for section, column in enumerate(self.view.table.columns)
            if self.wanted(section)
        ]
        return ListTable(
            title=self._title,
            headings=tuple(column.title for _, column in shown),
            widths=tuple(max(self.view.columnWidth(section), column.width // 2) for section, column in shown),
            rows=tuple(tuple(column.text(record) for _, column in shown) for record in records),
            asked=self._asked(),
        )

    def _choose(self, title: str, *, shown: bool) -> None:
        (self._away.discard if shown else self._away.add)(title)
        QSettings().setValue(f"columns/{self._title}", "\n".join(sorted(self._away)))
        self._arranged()

    def _show_columns(self) -> None:
        for section in range(len(self.view.table.columns)):
            self.view.setColumnHidden(section, not self.wanted(section))

    def _row_menu(self, at: QPoint) -> None:
        self.menu().popup(self.view.viewport().mapToGlobal(at))
