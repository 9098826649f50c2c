"""Dialogs: one question or one small form over the window; the only place that opens file dialogs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent, QStandardPaths, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.domain.errors import Refused
from app.ui.kit.banner import Banner
from app.ui.kit.buttons import Weight, button
from app.ui.kit.form import Form, refusal_words
from app.ui.room import fits, grow, scroll, shrink
from app.ui.tasks import Tasks
from app.ui.theme import Tone, px

_PARTS: dict[QFileDialog.DialogLabel, Any] = {
    QFileDialog.DialogLabel.LookIn: QT_TRANSLATE_NOOP("dialog", "位置："),
    QFileDialog.DialogLabel.FileName: QT_TRANSLATE_NOOP("dialog", "文件名："),
    QFileDialog.DialogLabel.FileType: QT_TRANSLATE_NOOP("dialog", "文件类型："),
}


@runtime_checkable
class ShowsGuide(Protocol):
    """The window under a dialog, which has the guide of its page."""

    def show_guide(self) -> None:
        """Open the guide."""


class Dialog(QDialog):
    """Base of every dialog: content in `body`, 取消 and one filled button below. Show it with `open()`.

    A subclass overrides `submit`; usually it reads its form and calls `act`.
    """

    def __init__(
        self,
        title: str,
        submit: str,
        *,
        tasks: Tasks | None = None,
        danger: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(px(440))
        self.tasks = tasks
        self.banner = Banner()
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        self.submit_button = button(submit, self._submit, weight=Weight.DANGER if danger else Weight.PRIMARY)
        self.cancel_button = button(self.tr("取消"), self.reject)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(10)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel_button)
        self.foot.addWidget(self.submit_button)
        self.forms: list[Form[Any]] = []
        self._busy = False
        self.area: QScrollArea | None = None  # what the body scrolls in, on a screen too small for it
        column = self._outline = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(14)
        self._heading = QLabel(title)
        self._heading.setObjectName("dialogTitle")
        column.addWidget(self._heading)
        column.addWidget(self.banner)
        column.addLayout(self.body, 1)
        column.addLayout(self.foot)
        QShortcut(QKeySequence.StandardKey.HelpContents, self, self._ask_guide)

    def _ask_guide(self) -> None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, ShowsGuide):
            above = above.parentWidget()
        if above is not None:
            above.show_guide()

    def set_heading(self, title: str) -> None:
        """Change the title."""
        self.setWindowTitle(title)
        self._heading.setText(title)

    def add(self, item: QWidget | QLayout, stretch: int = 0) -> None:
        """Put something into the dialog; a form's Ctrl+Enter submits."""
        if isinstance(item, Form):
            self.forms.append(item)
            item.submitted.connect(self._submit)
        if isinstance(item, QWidget):
            self.body.addWidget(item, stretch)
        else:
            self.body.addLayout(item, stretch)

    def add_foot(self, made: QPushButton) -> None:
        """Add a further button at the left of the foot."""
        self.foot.insertWidget(0, made)

    def submit(self) -> None:
        """Do what the filled button says; the default just closes with yes."""
        self.accept()

    def act(self, use_case: Any, *args: Any, ok: Callable[[Any], object] | None = None) -> None:
        """Run a use case with the dialog busy, then close with yes and call `ok` with the value."""
        if self.tasks is None:
            raise ValueError("this dialog was made without tasks")

        def answered(value: Any) -> None:
            self.accept()
            if ok is not None:
                ok(value)

        self.banner.hide()
        self.set_busy(True)
        self.tasks.run(use_case, *args).then(answered, done=lambda: self.set_busy(False), owner=self)

    def set_busy(self, busy: bool) -> None:
        """Lock the dialog while its action is under way."""
        self._busy = busy
        self.submit_button.setDisabled(busy)
        for form in self.forms:
            form.setDisabled(busy)

    def show_refused(self, refused: Refused) -> None:
        """Put problems at their fields, and say the rest at the top."""
        self.banner.say(refusal_words(refused, self.forms), Tone.BAD)

    def _submit(self) -> None:
        if not self._busy:
            self.submit()

    def _keep_to_screen(self) -> None:
        """Be no larger than the screen; a body that would need more scrolls."""
        if self.area is None and not fits(self):
            self.area = scroll(self, self._outline, self.body)
        grow(self)
        shrink(self)

    @override
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._keep_to_screen()
        return done

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._keep_to_screen()
        if self.forms and self.focusWidget() is None:  # 取消 was made before the fields and would be first
            self.forms[0].focus_first()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._submit()
        else:
            super().keyPressEvent(event)

    @override
    def reject(self) -> None:
        if not self._busy:
            super().reject()


def ask(
    parent: QWidget,
    title: str,
    text: str,
    *,
    yes: str,
    then: Callable[[], object],
    danger: bool = False,
) -> Dialog:
    """Ask before something that cannot be taken back; `yes` names the deed, not 确定."""
    dialog = Dialog(title, yes, danger=danger, parent=parent)
    question = QLabel(text)
    question.setWordWrap(True)
    dialog.add(question)
    dialog.accepted.connect(then)
    dialog.open()
    dialog.cancel_button.setFocus()
    return dialog


def pick_file(
    parent: QWidget, title: str, kinds: str, then: Callable[[Path], object], *, start: str = ""
) -> QFileDialog:
    """Let a file be chosen, beginning in the folder `start`; `kinds` is Qt's filter (`案件包 (*.age)`)."""
    dialog = _file_dialog(parent, title, kinds, then)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    if start:
        dialog.setDirectory(start)
    dialog.open()
    return dialog


def pick_files(parent: QWidget, title: str, kinds: str, then: Callable[[list[Path]], object]) -> QFileDialog:
    """Let one or several files be chosen."""
    dialog = _file_dialog(parent, title, kinds, None)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
    dialog.open()
    return dialog


def pick_folder(
    parent: QWidget, title: str, then: Callable[[Path], object], *, start: str = ""
) -> QFileDialog:
    """Let a folder be chosen, beginning in `start`."""
    dialog = _file_dialog(parent, title, "", then)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    if start:
        dialog.setDirectory(start)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.open()
    return dialog


def save_as(
    parent: QWidget, title: str, suggested: str, kinds: str, then: Callable[[Path], object]
) -> QFileDialog:
    """Let the place and name of a new file be chosen; the system asks before overwriting."""
    dialog = _file_dialog(parent, title, kinds, then)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(suggested).suffix.removeprefix("."))
    dialog.selectFile(suggested)
    dialog.open()
    return dialog


def _file_dialog(
    parent: QWidget, title: str, kinds: str, then: Callable[[Path], object] | None
) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    place = QStandardPaths.StandardLocation
    for start in (place.DocumentsLocation, place.HomeLocation):
        if (folder := QStandardPaths.writableLocation(start)) and Path(folder).is_dir():
            dialog.setDirectory(folder)
            break
    for part, text in _PARTS.items():  # Qt's own dialog has no Chinese words for these
        dialog.setLabelText(part, QCoreApplication.translate("dialog", text))
    if kinds:
        dialog.setNameFilter(kinds)
    if then is not None:
        dialog.fileSelected.connect(lambda path: then(Path(path)))
    return dialog
