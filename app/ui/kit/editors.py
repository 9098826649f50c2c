"""The editors a form is made of: each reads and writes one kind of value."""

import unicodedata
from collections.abc import Callable, Sequence
from datetime import time
from enum import Enum
from typing import Any

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from app.domain.values.money import MoneyProblem, format_yuan, parse_yuan
from app.ui.kit.typed import plain, read_time
from app.ui.theme import colour, px
from app.ui.words.labels import choices


class UnreadableError(ValueError):
    """What was typed is no value of this kind; `code` is the problem code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Editor:
    """What a form needs of an editor; mixed into the widget. `raw` is the typed text, kept in drafts."""

    edited: Signal
    nullable = False

    def value(self) -> Any:
        """The value; raises UnreadableError."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value."""
        raise NotImplementedError

    def raw(self) -> Any:
        """What is in the editor now, readable or not (text, number, or list of texts)."""
        raise NotImplementedError

    def set_raw(self, raw: Any) -> None:
        """Put back what `raw` gave."""
        raise NotImplementedError

    def input(self) -> QWidget:
        """The widget that takes the focus and the red border."""
        assert isinstance(self, QWidget)  # noqa: S101 - tells mypy what the mixin relies on
        return self


class LineEditor(QLineEdit, Editor):
    """One line of text; an empty line is None where the record allows None."""

    edited = Signal()

    def __init__(self, *, placeholder: str = "", limit: int = 0) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        if limit:
            self.setMaxLength(limit)
        self.textChanged.connect(self._clean)
        self.textChanged.connect(self.edited)

    def _clean(self, text: str) -> None:
        """What was pasted with a name (zero widths, control characters) would only be refused later."""
        seen = plain(text).replace("\n", " ").replace("\t", " ")
        if seen != text:
            at = len(plain(text[: self.cursorPosition()]))
            self.setText(seen)
            self.setCursorPosition(at)

    @override
    def value(self) -> Any:
        text = self.text().strip()
        return None if self.nullable and not text else text

    @override
    def set_value(self, value: Any) -> None:
        self.setText("" if value is None else str(value))
        self.setCursorPosition(0)

    @override
    def raw(self) -> str:
        return self.text()

    @override
    def set_raw(self, raw: Any) -> None:
        self.setText(str(raw))


class TextEditor(QPlainTextEdit, Editor):
    """Several lines of text; Tab goes on to the next field, Enter begins a new line.

    Near its `limit` it counts; longer texts stay as they are, so that nobody loses what was pasted.
    """

    edited = Signal()

    def __init__(self, *, placeholder: str = "", lines: int = 4, limit: int = 0) -> None:
        super().__init__()
        self._limit = limit
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setMinimumHeight(px(22) * lines + 12)
        self.textChanged.connect(self.edited)

    def counted(self) -> str:
        """How much is written, once that comes near the limit."""
        written = len(self.toPlainText().strip())
        if not self._limit or written * 5 < self._limit * 4:
            return ""
        if written > self._limit:
            return self.tr("{n} 字，超出 {more} 字").format(n=written, more=written - self._limit)
        return self.tr("{n} / {most} 字").format(n=written, most=self._limit)

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(plain(source.text()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if said := self.counted():
            painter = QPainter(self.viewport())
            metrics = self.fontMetrics()
            room = self.viewport().rect().adjusted(0, 0, -6, -4)
            corner = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
            box = metrics.boundingRect(room, int(corner), said)
            painter.fillRect(box.adjusted(-4, -1, 4, 1), colour("amber_bg"))
            painter.setPen(colour("amber"))
            painter.drawText(room, int(corner), said)
            painter.end()

    @override
    def value(self) -> Any:
        text = self.toPlainText().strip()
        return None if self.nullable and not text else text

    @override
    def set_value(self, value: Any) -> None:
        self.setPlainText("" if value is None else str(value))

    @override
    def raw(self) -> str:
        return self.toPlainText()

    @override
    def set_raw(self, raw: Any) -> None:
        self.setPlainText(str(raw))


class IdEditor(LineEditor):
    """An identity number: spaces vanish, full-width digits become plain, x becomes X."""

    @override
    def value(self) -> Any:
        text = "".join(unicodedata.normalize("NFKC", self.text()).split()).upper()
        return None if self.nullable and not text else text


class NumberEditor(LineEditor):
    """A whole number of zero or more."""

    @override
    def value(self) -> int | None:
        text = unicodedata.normalize("NFKC", self.text()).strip()
        if not text:
            return None
        if not (text.isascii() and text.isdecimal()):
            raise UnreadableError("bad_number")
        return int(text)


class MoneyEditor(LineEditor):
    """Yuan as typed, fen as value; grouped in threes when the field is left."""

    @override
    def value(self) -> int | None:
        if not self.text().strip():
            return None
        read = parse_yuan(self.text())
        if isinstance(read, MoneyProblem):
            raise UnreadableError(read.value)
        return read

    @override
    def set_value(self, value: Any) -> None:
        self.setText("" if value is None else format_yuan(value))

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        read = parse_yuan(self.text())
        if not isinstance(read, MoneyProblem) and self.text() != format_yuan(read):
            self.setText(format_yuan(read))
        super().focusOutEvent(event)


class TimeEditor(LineEditor):
    """A time of day: `9:30`, `0930`, `下午2:30`, `9点半`."""

    @override
    def value(self) -> time | None:
        if not self.text().strip():
            return None
        read = read_time(self.text())
        if read is None:
            raise UnreadableError("bad_time")
        return read

    @override
    def set_value(self, value: Any) -> None:
        self.setText("" if value is None else f"{value:%H:%M}")

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        read = read_time(self.text())
        if read is not None:
            self.setText(f"{read:%H:%M}")
        super().focusOutEvent(event)


class ChoiceEditor(QComboBox, Editor):
    """One of a list; None (an empty first line) where the record allows None or nothing is preset."""

    edited = Signal()

    def __init__(self, options: Sequence[tuple[Any, str]], *, blank: bool = False) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(16)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self._blank = blank
        self._values: list[Any] = []  # a QVariant would turn an enum into its text
        self.set_options(options)
        self.currentIndexChanged.connect(self.edited)

    def set_options(self, options: Sequence[tuple[Any, str]]) -> None:
        """Offer other values; the chosen one stays if it is still offered."""
        kept = self.value()
        offered = [(None, ""), *options] if self._blank else list(options)
        self.blockSignals(True)
        self.clear()
        self.addItems([text for _, text in offered])
        self.blockSignals(False)
        self._values = [value for value, _ in offered]
        self.set_value(kept)

    @override
    def value(self) -> Any:
        at = self.currentIndex()
        return self._values[at] if 0 <= at < len(self._values) else None

    @override
    def set_value(self, value: Any) -> None:
        if value in self._values:
            self.setCurrentIndex(self._values.index(value))
        else:
            self.setCurrentIndex(0 if value is None and self._values else -1)

    @override
    def raw(self) -> str:
        return _plain(self.value())

    @override
    def set_raw(self, raw: Any) -> None:
        plain = [_plain(value) for value in self._values]
        if raw in plain:
            self.setCurrentIndex(plain.index(raw))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:  # scrolling the page must not change a field in passing
            event.ignore()


class CheckEditor(QCheckBox, Editor):
    """Yes or no."""

    edited = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.toggled.connect(self.edited)

    @override
    def value(self) -> bool:
        return self.isChecked()

    @override
    def set_value(self, value: Any) -> None:
        self.setChecked(bool(value))

    @override
    def raw(self) -> bool:
        return self.isChecked()

    @override
    def set_raw(self, raw: Any) -> None:
        self.setChecked(bool(raw))


class ChecksEditor(QWidget, Editor):
    """Any of a list, as a tuple in the order of the list."""

    edited = Signal()

    def __init__(self, options: Sequence[tuple[Any, str]], *, columns: int = 4) -> None:
        super().__init__()
        self.setObjectName("checks")
        self._boxes: list[tuple[Any, QCheckBox]] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(0)
        for index, (value, text) in enumerate(options):
            box = QCheckBox(text)
            box.toggled.connect(self.edited)
            grid.addWidget(box, index // columns, index % columns)
            self._boxes.append((value, box))
        grid.setColumnStretch(columns, 1)
        if self._boxes:
            self.setFocusProxy(self._boxes[0][1])

    def boxes(self) -> list[QCheckBox]:
        """The boxes in order."""
        return [box for _, box in self._boxes]

    @override
    def value(self) -> tuple[Any, ...]:
        return tuple(value for value, box in self._boxes if box.isChecked())

    @override
    def set_value(self, value: Any) -> None:
        for option, box in self._boxes:
            box.setChecked(option in (value or ()))

    @override
    def raw(self) -> list[str]:
        return [_plain(value) for value in self.value()]

    @override
    def set_raw(self, raw: Any) -> None:
        for value, box in self._boxes:
            box.setChecked(_plain(value) in raw)


def choice(
    options: type[Enum] | Sequence[tuple[Any, str]], *, blank: bool = False
) -> Callable[[], ChoiceEditor]:
    """A choice of an enum (words from `labels`) or of (value, word) pairs; `blank` presets nothing."""
    return lambda: ChoiceEditor(_options(options), blank=blank)


def checks(
    options: type[Enum] | Sequence[tuple[Any, str]], *, columns: int = 4
) -> Callable[[], ChecksEditor]:
    """Check boxes of an enum or of (value, word) pairs."""
    return lambda: ChecksEditor(_options(options), columns=columns)


def check(text: str) -> Callable[[], CheckEditor]:
    """One check box with its words."""
    return lambda: CheckEditor(text)


def line(placeholder: str = "", limit: int = 0) -> Callable[[], LineEditor]:
    """One line of text with a grey example."""
    return lambda: LineEditor(placeholder=placeholder, limit=limit)


def text(lines: int = 4, placeholder: str = "", limit: int = 0) -> Callable[[], TextEditor]:
    """Several lines of text, counted near the limit."""
    return lambda: TextEditor(lines=lines, placeholder=placeholder, limit=limit)


def _plain(value: Any) -> str:
    return "" if value is None else str(value.value if isinstance(value, Enum) else value)


def _options(options: type[Enum] | Sequence[tuple[Any, str]]) -> Sequence[tuple[Any, str]]:
    return choices(options) if isinstance(options, type) else options
