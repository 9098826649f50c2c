"""The list of all cases: opening, sorting, filtering by its use cases, and a random jump on its real page."""

import random
from array import array
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QTableView

from app import bootstrap
from app.db.engine import open_connection
from app.domain.lists import CaseQuery, CaseSort
from app.services.cases.listing import case_rows, first_case_ids, list_case_ids
from app.services.kernel.workspace import Workspace
from app.services.office.opening import open_workspace
from app.ui.kit.table import PAGE_ROWS, WAITING
from app.ui.navigation import Context, Navigator, Office
from app.ui.tasks import InlineTasks
from tests.bench.load import Loaded
from tests.bench.rows import Row, alternate

PAGE = 50
ROW_HEIGHT = 38
JUMPS = 20
OPEN_GOAL, SORT_GOAL, SCROLL_GOAL = 1.0, 1.5, 1.5
_WIDE = 'SELECT * FROM "case" WHERE sk < ? ORDER BY sk DESC LIMIT 50'
_NARROW = f"SELECT * FROM case_list WHERE sk IN ({', '.join('?' * PAGE_ROWS)})"  # noqa: S608 - own words
_ALL_DAYS = "SELECT sk FROM case_list ORDER BY received_on DESC, sk DESC"
_BY_PARTIES = "SELECT sk FROM case_list ORDER BY parties, sk"
_OF_TYPE = "SELECT sk FROM case_list WHERE type_a = '02' ORDER BY received_on DESC, sk DESC"


def query_rows(office: Loaded, rounds: int) -> list[Row]:
    """`list.open`, `list.sort`, `list.filter`: the numbers of all rows and the first page of them."""
    unlocked = office.unlock()
    connection = open_connection(unlocked.data_file, unlocked.key)
    workspace = open_workspace(unlocked)

    def ours(**query: Any) -> Callable[[], object]:
        return lambda: _first_page(workspace, CaseQuery(**query))

    def plain(statement: str) -> Callable[[], object]:
        return lambda: _plain_page(connection, statement)

    try:
        middle = list(workspace.run(list_case_ids, CaseQuery()).value)[office.cases // 2]
        begun = lambda: _begun(workspace)  # noqa: E731
        page = alternate(begun, lambda: connection.execute(_WIDE, (middle,)).fetchall(), rounds)
        opened = alternate(ours(), plain(_ALL_DAYS), rounds)
        by_parties = alternate(ours(sort=CaseSort.PARTIES, descending=False), plain(_BY_PARTIES), rounds)
        of_type = alternate(ours(type_a="02"), plain(_OF_TYPE), rounds)
    finally:
        connection.close()
        workspace.close()
    note = (
        f"the first {PAGE_ROWS} rows; then all {office.cases} row numbers for an exact scroll bar, "
        f"{opened[0]:.0f} ms, {opened[1] and opened[0] / opened[1]:.2f} of the same by plain SQL"
    )
    same = "all row numbers and the first page, both ways"
    return [
        Row("list.open", office.cases, page[0], "ms", "page of 50 wide", page[1], OPEN_GOAL, None, note),
        Row("list.sort", office.cases, *_pair(by_parties), SORT_GOAL, None, same),
        Row("list.filter", office.cases, *_pair(of_type), SORT_GOAL, None, same),
    ]


def _pair(measured: tuple[float, float]) -> tuple[float, str, str, float]:
    return measured[0], "ms", "plain SQL", measured[1]


def _begun(workspace: Workspace) -> object:
    """What is shown at once; the whole list is read after it."""
    sks = workspace.run(first_case_ids, CaseQuery()).value
    return workspace.run(case_rows, list(sks or ())[:PAGE_ROWS]).value


def _first_page(workspace: Workspace, query: CaseQuery) -> object:
    sks = workspace.run(list_case_ids, query).value
    return workspace.run(case_rows, list(sks[:PAGE_ROWS])).value


def _plain_page(connection: Any, statement: str) -> object:
    sks = array("q", (sk for (sk,) in connection.execute(statement)))
    wanted = list(sks[:PAGE_ROWS])
    wanted += [0] * (PAGE_ROWS - len(wanted))
    return connection.execute(_NARROW, wanted).fetchall()


class _Plain(QAbstractTableModel):
    """Fifty rows of text that is there already."""

    def __init__(self, texts: list[list[str]]) -> None:
        super().__init__()
        self._texts = texts

    def rowCount(self, *_: Any) -> int:  # noqa: N802
        return len(self._texts)

    def columnCount(self, *_: Any) -> int:  # noqa: N802
        return len(self._texts[0])

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self._texts[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None

    def again(self) -> None:
        self.beginResetModel()
        self.endResetModel()


def scroll_row(office: Loaded, rounds: int) -> Row:
    """`list.scroll`: a jump to a random place of the real page, painted, beside repainting a bare table."""
    app = QApplication.instance() or QApplication(["bench"])
    assert isinstance(app, QApplication)
    bootstrap.dress(app)
    unlocked = office.unlock()
    workspace = open_workspace(unlocked)
    try:
        tasks = InlineTasks(workspace)
        page = _case_page(tasks, unlocked)
        view = page.table
        texts = [
            [str(view.table.index(row, column).data()) for column in range(view.table.columnCount())]
            for row in range(min(PAGE, view.table.rowCount()))
        ]
        bare = _bare_view(texts)
        jump, repaint = _jumper(view), _repainter(bare)
        ours, reference = alternate(jump, repaint, rounds, JUMPS)
        page.close()
        bare.close()
    finally:
        workspace.close()
    note = f"{len(texts)} rows on the screen, query and painting together"
    return Row("list.scroll", office.cases, ours, "ms", "repaint", reference, SCROLL_GOAL, None, note)


def _case_page(tasks: InlineTasks, unlocked: Any) -> Any:
    from app.ui.cases.case_list_page import CaseListPage

    view = unlocked.office
    place = Office(view.committee, view.node, view.kind, unlocked.data_file.parent)
    page = CaseListPage(Context(tasks, Navigator(), unlocked.actor, place))
    page.resize(1366, 728)
    page.show()
    _settle(page.table)
    page.resize(1366, page.height() - page.table.viewport().height() + PAGE * ROW_HEIGHT)
    _settle(page.table)
    return page


def _bare_view(texts: list[list[str]]) -> QTableView:
    view = QTableView()
    view.setModel(_Plain(texts))
    view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
    view.verticalHeader().hide()
    view.resize(1366, PAGE * ROW_HEIGHT + view.horizontalHeader().sizeHint().height())
    view.show()
    QCoreApplication.processEvents()
    return view


def _repainter(view: QTableView) -> Callable[[], object]:
    def repaint() -> None:
        view.model().again()
        view.viewport().repaint()
        QCoreApplication.processEvents()

    return repaint


def _jumper(view: Any) -> Callable[[], object]:
    rng = random.Random(3)  # noqa: S311

    def jump() -> None:
        bar = view.verticalScrollBar()
        bar.setValue(rng.randrange(max(1, bar.maximum())))
        _settle(view)

    return jump


def _settle(view: Any) -> None:
    """Let answers and paintings come until no row on the screen is still awaited."""
    for _ in range(1000):
        QCoreApplication.processEvents()
        first = view.rowAt(0)
        last = view.rowAt(view.viewport().height() - 1)
        shown = (first, last if last >= 0 else view.table.rowCount() - 1)
        if first >= 0 and all(view.table.index(row, 0).data() != WAITING for row in shown):
            break
    QCoreApplication.processEvents()
