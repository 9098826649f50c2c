"""What the tabs of the roster have in common: a line of choices and buttons over a table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.domain.values.search_tokens import searched
from app.domain.values.text import InitialsTable, fold, initials_of
from app.services.kernel.projection import initials
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import Card, words
from app.ui.kit.row_view import SmallTable
from app.ui.kit.table import Column

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Deed(Generic[R]):
    """A button for the current row: what it says of a row and whether it fits it."""

    text: Callable[[R | None], str]
    do: Callable[[R], object]
    fits: Callable[[R], bool] = lambda _: True


class RosterTab(Card, Generic[R]):
    """The table with its buttons; whoever may not write sees the table only."""

    def __init__(self, title: str, may_write: bool) -> None:
        super().__init__(margin=0)
        self.may_write = may_write
        self._deeds: list[tuple[QPushButton, Deed[R]]] = []
        self.count = words("", "sub")
        self.table: SmallTable[R] = SmallTable(self.columns(), title=title)
        self.line = QHBoxLayout()
        self.line.setContentsMargins(14, 10, 14, 2)
        self.line.setSpacing(10)
        self.body.setContentsMargins(1, 0, 1, 1)
        self.add(self.line)
        self.add(self.table, 1)
        self.table.picked.connect(lambda _: self.follow())

    def columns(self) -> list[Column[R]]:
        """The columns of the table."""
        raise NotImplementedError

    def add_choice(self, widget: QWidget) -> None:
        """Put a search line or segments at the left."""
        self.line.addWidget(widget)

    def add_count(self) -> None:
        """Close the left half with the number of rows."""
        self.line.addWidget(self.count)
        self.line.addStretch(1)

    def add_deed(self, deed: Deed[R]) -> None:
        """Put a button for the current row at the right, for those who may write."""
        if not self.may_write:
            return
        made = button(deed.text(None), lambda: self._do(deed))
        self._deeds.append((made, deed))
        self.line.addWidget(made)

    def add_new(self, text: str, do: Callable[[], object]) -> None:
        """Put the filled button at the right end, for those who may write."""
        if self.may_write:
            self.line.addWidget(button(text, do, picture="plus", weight=Weight.PRIMARY))

    def show_rows(self, rows: Sequence[R], count: str) -> None:
        """Show these rows; the current one stays current if it is still there."""
        kept = getattr(self.table.current(), "id", None)
        self.table.show_records(rows)
        self.count.setText(count)
        at = next((at for at, row in enumerate(rows) if getattr(row, "id", None) == kept), 0)
        if rows:
            self.table.go_to(at)
        self.follow()

    def follow(self) -> None:
        """Fit the buttons to the current row."""
        row = self.table.current()
        for made, deed in self._deeds:
            made.setText(deed.text(row))
            made.setEnabled(row is not None and deed.fits(row))

    def deed_buttons(self) -> list[QPushButton]:
        """The buttons for the current row, from the left."""
        return [made for made, _ in self._deeds]

    def _do(self, deed: Deed[R]) -> None:
        row = self.table.current()
        if row is not None:
            deed.do(row)


def found(typed: str, name: str, *more: str) -> bool:
    """Whether what was typed is in a name, its pinyin initials, or one of the further texts."""
    wanted = fold(searched(typed))
    if not wanted:
        return True
    table: InitialsTable = initials()
    spoken = initials_of(name, table)
    return any(wanted in fold(text) for text in (name, *more)) or any(
        fold(reading).startswith(wanted) for reading in spoken
    )
