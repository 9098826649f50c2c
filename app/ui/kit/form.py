"""A list of fields that fills and reads a frozen record."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, get_type_hints

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPlainTextEdit, QSizePolicy, QWidget
from typing_extensions import override

from app.domain.errors import Problem, Reason, Refused
from app.ui.kit.editors import ChecksEditor, Editor, LineEditor, TextEditor, UnreadableError
from app.ui.room import bring_into_view, set_shown
from app.ui.theme import COLOURS, px
from app.ui.words.messages import problem_sentence, sentence

R = TypeVar("R")
FULL_ROW = 99
COLUMN_WIDTH = 250  # a narrower column would hide what is typed
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True, slots=True)
class Field:
    """One record field on the screen; `span` in columns, FULL_ROW for a whole row of its own."""

    name: str
    label: str
    editor: Callable[[], QWidget] = LineEditor
    required: bool = False
    span: int = 1
    hint: str = ""


class _Cell:
    """The widgets of one field: label, editor, and the line under it."""

    def __init__(self, field: Field) -> None:
        self.field = field
        made = field.editor()
        if not isinstance(made, Editor):
            raise TypeError(f"{field.name}: not an editor")
        self.editor: Any = made
        star = f' <span style="color:{COLOURS["red"]}">*</span>' if field.required else ""
        self.label = QLabel(field.label + star)
        self.label.setObjectName("fieldLabel")
        self.label.setTextFormat(Qt.TextFormat.RichText)
        self.label.setBuddy(self.editor)
        self.editor.setAccessibleName(field.label)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.say("")

    @property
    def tall(self) -> bool:
        return isinstance(self.editor, TextEditor | ChecksEditor) or bool(self.editor.property("tall"))

    def say(self, sentence: str, mark: str = "problem") -> None:
        """Write under the field: a problem (red border), a good word, or with "" the hint."""
        self.note.setObjectName(mark if sentence else "hint")
        self.note.setText(sentence or self.field.hint)
        set_shown(self.note, bool(self.note.text()))
        self.editor.setAccessibleDescription(self.note.text())
        bad = bool(sentence) and mark == "problem"
        if self.editor.property("bad") != bad:
            self.editor.setProperty("bad", bad)
            self.editor.style().polish(self.editor)
        self.note.style().polish(self.note)


def refusal_words(refused: Refused, forms: Sequence["Form[Any]"]) -> str:
    """Put the problems of a refusal at their fields in `forms`; what is left to say goes to a banner."""
    left = tuple(refused.details.get("problems", ())) if refused.reason is Reason.INVALID else ()
    for form in forms:
        left = form.show_problems(left)
    return "\n".join([sentence(refused), *map(problem_sentence, left)])


class Form(QWidget, Generic[R]):
    """Edits the fields of `record_type`; fields not listed keep the values of the filled record or `base`."""

    edited = Signal()  # after each change by the person
    submitted = Signal()  # Ctrl+Enter

    def __init__(
        self,
        record_type: type[R],
        fields: Sequence[Field],
        *,
        columns: int = 3,
        base: R | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.dirty = False
        self.prefix = ""
        self._type = record_type
        self._base = base
        self._most_columns = columns
        self._columns = 0
        self._quiet = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(3)
        self._cells = {field.name: self._cell(field) for field in fields}
        self._lay(columns)

    def field(self, name: str) -> Any:
        """The editor of a field, for what only one screen needs (`set_options`, completion)."""
        return self._cells[name].editor

    def fill(self, record: R) -> None:
        """Show a record; the form is then unchanged."""
        self._base = record
        self.set_values({name: getattr(record, name) for name in self._cells})
        self.dirty = False

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show some values without counting them as typed (`sex` and `birth` from an identity number)."""
        self._quiet = True
        for name, value in values.items():
            self._cells[name].editor.set_value(value)
            self._cells[name].say("")
        self._quiet = False

    def value(self) -> R | None:
        """The record as typed; None when something cannot be read, which is then shown at its field."""
        read, problems = self.read()
        if problems:
            self._show_own(problems)
            return None
        if self._base is None:
            return self._type(**read)
        return dataclasses.replace(self._base, **read)  # type: ignore[type-var]

    def read(self) -> tuple[dict[str, Any], tuple[Problem, ...]]:
        """The readable values and the problems of the others; nothing is shown."""
        values, problems = {}, []
        for name, cell in self._cells.items():
            try:
                values[name] = cell.editor.value()
            except UnreadableError as unreadable:
                problems.append(Problem(name, unreadable.code))
        return values, tuple(problems)

    def show_problems(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Write each sentence under its field and go to the first; returns those of no field here.

        Only fields under `prefix` (`parties.0.`) are this form's, when it edits a part of a record.
        """
        own, strange = [], []
        for problem in problems:
            name = problem.field.removeprefix(self.prefix)
            if problem.field.startswith(self.prefix) and name in self._cells:
                own.append(Problem(name, problem.code, problem.details))
            else:
                strange.append(problem)
        self._show_own(own)
        return tuple(strange)

    def _show_own(self, problems: Iterable[Problem]) -> None:
        self.clear_problems()
        placed = set()
        for problem in problems:
            if problem.field not in placed:
                placed.add(problem.field)
                self._cells[problem.field].say(problem_sentence(problem))
        first = next((cell for name, cell in self._cells.items() if name in placed), None)
        if first is not None:
            first.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            bring_into_view(first.editor)

    def clear_problems(self) -> None:
        """Take all red away."""
        for cell in self._cells.values():
            cell.say("")

    def praise(self, name: str, sentence: str) -> None:
        """Write a green word under a field (`✓ 证件校验码正确`)."""
        self._cells[name].say(sentence, "good")

    def warn(self, name: str, sentence: str) -> None:
        """Write a caution under a field that does not stop saving."""
        self._cells[name].say(sentence, "caution")

    def show_fields(self, names: Iterable[str]) -> None:
        """Show only these fields (a person and an organisation need different ones)."""
        wanted = set(names)
        for name, cell in self._cells.items():
            for part in (cell.label, cell.editor):
                part.setHidden(name not in wanted)
            cell.note.setHidden(name not in wanted or not cell.note.text())
        self._lay(self._columns)

    def set_locked(self, locked: bool) -> None:
        """Let nothing be typed (a case of another office)."""
        for cell in self._cells.values():
            cell.editor.setEnabled(not locked)

    def focus_first(self) -> None:
        """Begin at the first field."""
        next(iter(self._cells.values())).editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def snapshot(self) -> dict[str, Any]:
        """Everything typed, readable or not, as plain JSON values for a draft."""
        return {name: cell.editor.raw() for name, cell in self._cells.items()}

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Put a draft back; fields the draft does not know stay."""
        self._quiet = True
        for name, raw in snapshot.items():
            if name in self._cells:
                self._cells[name].editor.set_raw(raw)
        self._quiet = False

    def differences(self, snapshot: Mapping[str, Any]) -> list[str]:
        """The labels of the fields a draft fills otherwise than they are filled now."""
        now = self.snapshot()
        return [
            cell.field.label
            for name, cell in self._cells.items()
            if name in snapshot and snapshot[name] != now[name]
        ]

    def _cell(self, field: Field) -> _Cell:
        hints = get_type_hints(self._type)
        if field.name not in hints:
            raise AttributeError(f"{self._type.__name__} has no field {field.name}")
        cell = _Cell(field)
        cell.editor.nullable = type(None) in getattr(hints[field.name], "__args__", ())
        for part in (cell.label, cell.editor, cell.note):
            part.setParent(self)
        cell.editor.edited.connect(lambda: self._typed(cell))
        boxes = cell.editor.boxes() if isinstance(cell.editor, ChecksEditor) else [cell.editor]
        for box in boxes:
            box.installEventFilter(self)
        return cell

    def _typed(self, cell: _Cell) -> None:
        cell.say("")
        if not self._quiet:
            self.dirty = True
            self.edited.emit()

    def _lay(self, columns: int) -> None:
        """Place the cells row by row; a row is a line of editors and a line of notes under them."""
        for cell in self._cells.values():
            for part in (cell.label, cell.editor, cell.note):
                self._grid.removeWidget(part)
        for column in range(self._most_columns):
            self._grid.setColumnStretch(2 * column + 1, 1 if column < columns else 0)
        self._columns = columns
        row = column = 0
        for cell in self._cells.values():
            if cell.editor.isHidden():
                continue
            span = min(cell.field.span, columns)
            if column + span > columns:
                row, column = row + 1, 0
            self._place(cell, row, column, span)
            column += span

    def _place(self, cell: _Cell, row: int, column: int, span: int) -> None:
        right = Qt.AlignmentFlag.AlignRight
        upright = Qt.AlignmentFlag.AlignTop if cell.tall else Qt.AlignmentFlag.AlignVCenter
        cell.label.setContentsMargins(0, px(7) if cell.tall else 0, 0, 0)
        self._grid.addWidget(cell.label, 2 * row, 2 * column, right | upright)
        self._grid.addWidget(cell.editor, 2 * row, 2 * column + 1, 1, 2 * span - 1)
        self._grid.addWidget(cell.note, 2 * row + 1, 2 * column + 1, 1, 2 * span - 1)
        self._grid.setRowMinimumHeight(2 * row + 1, 5)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = max(1, min(self._most_columns, self.width() // px(COLUMN_WIDTH)))
        if columns != self._columns:
            self._lay(columns)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            not isinstance(event, QKeyEvent)
            or event.type() != QEvent.Type.KeyPress
            or event.key() not in _ENTER
        ):
            return super().eventFilter(watched, event)
        if event.modifiers() & _CTRL:
            self.submitted.emit()
            return True
        if isinstance(watched, QPlainTextEdit):
            return False
        self.focusNextChild()
        return True
