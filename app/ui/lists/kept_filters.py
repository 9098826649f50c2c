"""Filters a person has kept with a name: taken up again from one menu."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QPushButton

from app.domain.search import FilterRow
from app.services.search.filters import list_filters, remove_filter, save_filter
from app.ui.kit.buttons import button
from app.ui.kit.page import Page
from app.ui.lists.filter_name import FilterNameDialog

PLACE = "cases"


class KeptFilters(QObject):
    """The button 常用筛选: kept filters, keeping the present one, forgetting one."""

    def __init__(
        self, page: Page, take: Callable[[dict[str, Any]], object], body: Callable[[], dict[str, Any]]
    ) -> None:
        super().__init__(page)
        self._page, self._take, self._body = page, take, body
        self.rows: tuple[FilterRow, ...] = ()
        self.menu = QMenu(page)
        self.button: QPushButton = button(self.tr("常用筛选"), picture="funnel")
        self.button.setMenu(self.menu)
        self._show(())

    def load(self) -> None:
        """Ask which filters there are."""
        self._page.tasks.run(list_filters, PLACE).then(self._show, owner=self._page)

    def keep(self) -> None:
        """Ask for a name and keep what the list is asked now."""
        self.dialog = FilterNameDialog(self._page.tasks, PLACE, self._body(), self._kept, self._page)
        self.dialog.open()

    def _kept(self, row: FilterRow) -> None:
        self._page.say(self.tr("已保存筛选“{name}”").format(name=row.name))
        self.load()

    def _show(self, rows: tuple[FilterRow, ...]) -> None:
        self.rows = rows
        self.menu.clear()
        for row in rows:
            self.menu.addAction(row.name, partial(self._take, row.body))
        if rows:
            self.menu.addSeparator()
        self.menu.addAction(self.tr("保存当前筛选…"), self.keep)
        if rows:
            gone = self.menu.addMenu(self.tr("删除"))
            for row in rows:
                gone.addAction(row.name, partial(self._remove, row))

    def _put_back(self, row: FilterRow) -> None:
        request = self._page.tasks.run(save_filter, PLACE, row.name, row.body)
        request.then(self._kept, owner=self._page)

    def _remove(self, row: FilterRow) -> None:
        def removed(_: object) -> None:
            text = self.tr("已删除筛选“{name}”").format(name=row.name)
            self._page.say(text, action=self.tr("撤销"), then=partial(self._put_back, row))
            self.load()

        self._page.tasks.run(remove_filter, row.id).then(removed, owner=self._page)
