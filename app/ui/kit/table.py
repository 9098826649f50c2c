"""Rows of records behind a table: ids at once, records page by page, nothing on the GUI thread."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from typing_extensions import override

from app.ui.tasks import Request, Tasks
from app.ui.theme import Tone

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
PAGE_ROWS = 200
PAGES_KEPT = 20
LATER_MS = 20  # the first rows are asked for before the whole list
WAITING = "…"
LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignHCenter
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column: `sort_key` is what the query sorts by (None: not sortable), `tone` colours the text.

    With `chip` the text is drawn on a coloured ground (a state). One column may stretch. `tip`: what the
    tool tip says instead of the text.
    """

    title: str
    text: Callable[[R], str]
    width: int = 120
    align: Qt.AlignmentFlag = LEFT
    sort_key: str | None = None
    tone: Callable[[R], Tone | None] | None = None
    chip: bool = False
    stretch: bool = False
    bold: bool = False
    tip: Callable[[R], str] | None = None


class Source(Protocol[R_co]):
    """Where a table's rows come from; answers may arrive later, on the GUI thread."""

    def begin(self, query: Any, then: Callable[[Sequence[Hashable]], None]) -> None:
        """The first ids of a new query, then all of them; or all of them at once."""

    def ids(self, query: Any, then: Callable[[Sequence[Hashable]], None]) -> None:
        """Every id of the query in its order; an earlier question is forgotten."""

    def rows(self, ids: Sequence[Hashable], then: Callable[[Sequence[R_co]], None]) -> None:
        """The records of these ids, in any order; ids that are gone are left out."""


class TaskSource(Generic[R]):
    """Reading use cases: `list_ids(query)`, `read_rows(ids)`, and `first_ids`: how a long list begins."""

    def __init__(
        self, tasks: Tasks, list_ids: Any, read_rows: Any, owner: QObject, *, first_ids: Any = None
    ) -> None:
        self._tasks = tasks
        self._list_ids = list_ids
        self._first_ids = first_ids
        self._read_rows = read_rows
        self._owner = owner
        self._asked: Request[Any] | None = None
        self._wanted: Any = ()
        self._later = QTimer(owner)
        self._later.setSingleShot(True)
        self._later.setInterval(LATER_MS)
        self._later.timeout.connect(self._ask_whole)

    def begin(self, query: Any, then: Callable[[Sequence[Hashable]], None]) -> None:
        """Ask for the first ids, and for all of them once the rows of the first are under way."""
        if self._first_ids is None:
            self.ids(query, then)
            return

        def began(found: Sequence[Hashable] | None) -> None:
            if found is not None:
                then(found)
            if found is None or len(found) >= PAGE_ROWS:
                self._later.start()

        self._drop()
        self._wanted = (query, then)
        self._asked = self._tasks.run(self._first_ids, query)
        self._asked.then(began, owner=self._owner)

    def ids(self, query: Any, then: Callable[[Sequence[Hashable]], None]) -> None:
        """Ask for the ids; the answer to an earlier query is dropped."""
        self._drop()
        self._asked = self._tasks.run(self._list_ids, query)
        self._asked.then(then, owner=self._owner)

    def _drop(self) -> None:
        self._later.stop()
        if self._asked is not None:
            self._asked.drop()

    def _ask_whole(self) -> None:
        self.ids(*self._wanted)

    def rows(self, ids: Sequence[Hashable], then: Callable[[Sequence[R]], None]) -> None:
        """Ask for one page of records."""
        self._tasks.run(self._read_rows, tuple(ids)).then(then, owner=self._owner)


@dataclass(frozen=True, slots=True)
class Order:
    """How a short list is sorted: the name of a record field."""

    key: str = ""
    descending: bool = False


class MemorySource(Generic[R]):
    """A short list already in memory; sorts by the record field named in the query (an `Order`)."""

    def __init__(self) -> None:
        self.records: list[R] = []
        self._places: dict[int, int] = {}

    def hold(self, records: Sequence[R]) -> None:
        """Take these records; equal ones stay apart."""
        self.records = list(records)
        self._places = {id(record): at for at, record in enumerate(self.records)}

    def begin(self, query: Any, then: Callable[[Sequence[Hashable]], None]) -> None:
        """All places at once."""
        self.ids(query, then)

    def ids(self, query: Any, then: Callable[[Sequence[Hashable]], None]) -> None:
        """The places of the records, in order."""
        places = list(range(len(self.records)))
        if isinstance(query, Order) and query.key:
            read = attrgetter(query.key)
            known = [at for at in places if read(self.records[at]) is not None]
            known.sort(key=lambda at: read(self.records[at]), reverse=query.descending)
            places = known + [at for at in places if read(self.records[at]) is None]
        then(places)

    def rows(self, ids: Sequence[Hashable], then: Callable[[Sequence[R]], None]) -> None:
        """The records themselves."""
        then([self.records[int(str(at))] for at in ids])

    def place(self, record: R) -> int:
        """Where a record stands in the list."""
        return self._places[id(record)]


class RowTable(QAbstractTableModel, Generic[R]):
    """Shows the ids of a query; a row unknown yet shows `…` until its page arrives."""

    loaded = Signal(int)  # number of rows
    arrived = Signal()  # a page of records came

    def __init__(
        self,
        columns: Sequence[Column[R]],
        source: Source[R],
        *,
        key: Callable[[R], Hashable] = attrgetter("id"),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.query: Any = None
        self._source = source
        self._key = key
        self._ids: list[Hashable] = []
        self._pages: OrderedDict[int, dict[Hashable, R]] = OrderedDict()
        self._stale: set[int] = set()
        self._wanted: list[int] = []
        self._asked: set[int] = set()
        self._edition = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._ask)

    def show_query(self, query: Any) -> None:
        """Show the rows of a query."""
        self.query = query
        self._source.begin(query, self._take_ids)

    def refresh(self) -> None:
        """Ask again; what is shown stays until the answer is here."""
        self._source.ids(self.query, self._take_ids)

    def record(self, row: int) -> R | None:
        """The record of a row; None while its page is under way (it is then fetched)."""
        if not 0 <= row < len(self._ids):
            return None
        number = row // PAGE_ROWS
        page = self._pages.get(number)
        if page is None:
            self._want(number)
            return None
        self._pages.move_to_end(number)
        if number in self._stale:
            self._want(number)
        return page.get(self._ids[row])

    def forget(self) -> None:
        """Keep no record: those shown have left the list, and what a column asks of them would fail."""
        self._pages.clear()
        self._stale.clear()

    def all_ids(self) -> Sequence[Hashable]:
        """The ids of all rows, in order."""
        return tuple(self._ids)

    def fetch(self, ids: Sequence[Hashable], then: Callable[[Sequence[R]], None]) -> None:
        """Read records that need not be shown (a list that is printed)."""
        self._source.rows(ids, then)

    def fill(self) -> None:
        """Read the rows now, not when they are painted: a list in memory answers at once."""
        self._wanted = list(range(-(-len(self._ids) // PAGE_ROWS)))[-PAGES_KEPT:]
        self._ask()

    def id_at(self, row: int) -> Hashable | None:
        """The id of a row, known before its record."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def row_of(self, wanted: Hashable) -> int:
        """The row of an id, -1 when it is not in the list."""
        try:
            return self._ids.index(wanted)
        except ValueError:
            return -1

    def _take_ids(self, ids: Sequence[Hashable]) -> None:
        found, known = list(ids), len(self._ids)
        if known == PAGE_ROWS < len(found) and found[:known] == self._ids:
            self._go_on(found)
        else:
            self._edition += 1
            self._asked.clear()
            if found == self._ids:
                self._stale = set(self._pages)
                self._repaint(0, known)
            else:
                self._begin_anew(found)
        self.loaded.emit(len(self._ids))

    def _go_on(self, found: list[Hashable]) -> None:
        """The rest of a list whose beginning is shown; the pages under way stay good."""
        self.beginInsertRows(QModelIndex(), len(self._ids), len(found) - 1)
        self._ids = found
        self.endInsertRows()

    def _begin_anew(self, found: list[Hashable]) -> None:
        self.beginResetModel()
        self._ids = found
        self._pages.clear()
        self._stale.clear()
        self._wanted.clear()
        self.endResetModel()

    def _want(self, number: int) -> None:
        if number in self._asked:
            return
        if number in self._wanted:
            self._wanted.remove(number)
        self._wanted.append(number)
        # a long drag of the scroll bar passes over pages nobody looks at any more
        del self._wanted[:-3]
        if not self._soon.isActive():
            self._soon.start(0)

    def _ask(self) -> None:
        wanted, self._wanted = self._wanted, []
        for number in reversed(wanted):
            self._asked.add(number)
            ids = self._ids[number * PAGE_ROWS : (number + 1) * PAGE_ROWS]
            self._source.rows(ids, partial(self._take, number, self._edition))

    def _take(self, number: int, edition: int, rows: Sequence[R]) -> None:
        if edition != self._edition:
            return
        self._asked.discard(number)
        self._stale.discard(number)
        self._pages[number] = {self._key(row): row for row in rows}
        self._pages.move_to_end(number)
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        self._repaint(number * PAGE_ROWS, min((number + 1) * PAGE_ROWS, len(self._ids)))
        self.arrived.emit()

    def _repaint(self, first: int, after: int) -> None:
        if after > first:
            self.dataChanged.emit(self.index(first, 0), self.index(after - 1, len(self.columns) - 1))

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._ids)

    @override
    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.align | Qt.AlignmentFlag.AlignVCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        record = self.record(index.row())
        if record is None:
            return WAITING
        tip = column.tip if role == Qt.ItemDataRole.ToolTipRole else None
        return (tip or column.text)(record)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.columns[section].align | Qt.AlignmentFlag.AlignVCenter
        return None
