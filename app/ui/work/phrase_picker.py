"""常用语: find a phrase by words or pinyin initials, and put it where one is writing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QPlainTextEdit, QPushButton, QWidget
from typing_extensions import override

from app.domain.values.catalogues import type_a_name
from app.domain.work.phrases import ANY_TYPE, BLANK, MAX_PHRASE, Phrase, PhraseKind
from app.services.work.phrases import add_phrase, find_phrases, remove_phrase
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import words
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import ChoiceEditor, choice, text
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.kit.page import Page
from app.ui.kit.search_box import PAUSE_MS
from app.ui.tasks import Tasks
from app.ui.theme import px
from app.ui.words.labels import label

TextField = QPlainTextEdit | QLineEdit
SHORTCUT = "F4"
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


def phrase_button(
    owner: Dialog | Page,
    target: Callable[[], TextField],
    type_a: Callable[[], str],
    kinds: tuple[PhraseKind, ...] = tuple(PhraseKind),
) -> QPushButton:
    """A button of a dialog or page that opens the library for the field `target`; F4 does the same."""

    def show() -> None:
        if owner.tasks is not None:
            PhrasePicker(owner.tasks, target(), type_a(), kinds, owner).open()

    made = button(owner.tr("常用语"), show, picture="book-open", weight=Weight.LINK, shortcut=SHORTCUT)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


def insert_phrase(field: TextField, said: str) -> None:
    """Put a phrase at the cursor; its first blank is marked, to be typed over."""
    blank = said.find(BLANK)
    if isinstance(field, QLineEdit):
        start = field.selectionStart() if field.hasSelectedText() else field.cursorPosition()
        field.insert(said)
        if blank >= 0:
            field.setSelection(start + blank, len(BLANK))
    else:
        cursor = field.textCursor()
        start = cursor.selectionStart()
        cursor.insertText(said)
        if blank >= 0:
            cursor.setPosition(start + blank)
            cursor.setPosition(start + blank + len(BLANK), cursor.MoveMode.KeepAnchor)
        field.setTextCursor(cursor)
    field.setFocus(Qt.FocusReason.OtherFocusReason)


class PhrasePicker(Dialog):
    """Typing searches, the arrows move, Enter inserts; the office adds and removes its own phrases."""

    def __init__(
        self,
        tasks: Tasks,
        field: TextField,
        type_a: str,
        kinds: tuple[PhraseKind, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", "", tasks=tasks, parent=parent)
        self.set_heading(self.tr("常用语"))
        self.submit_button.setText(self.tr("插入"))
        self.setMinimumSize(px(620), px(440))
        self._runner, self._field, self._type_a, self._kinds = tasks, field, type_a, kinds
        self._found: tuple[Phrase, ...] = ()
        self.dialog: Dialog | None = None
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("输入文字或拼音首字母，如：排水、ps"))
        self.search.setAccessibleName(self.tr("查找常用语"))
        self.search.setClearButtonEnabled(True)
        self.kind = ChoiceEditor([(kind, label(kind)) for kind in kinds], blank=True)
        self.kind.setItemText(0, self.tr("全部种类"))
        self.kind.setAccessibleName(self.tr("种类"))
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.setAccessibleName(self.tr("常用语"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._hint = words("", "hint")
        self.add_button = button(self.tr("新增一条…"), self.ask_new, picture="plus")
        self.remove_button = button(self.tr("移除这一条"), self.remove)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._build()
        self.look()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.search, 1)
        row.addWidget(self.kind)
        self.add(row)
        self.add(self.list, 1)
        self.add(self._hint)
        self.add_foot(self.remove_button)
        self.add_foot(self.add_button)
        self.search.installEventFilter(self)
        self.search.textChanged.connect(lambda: self._pause.start())
        self._pause.timeout.connect(self.look)
        self.kind.edited.connect(self.look)
        self.list.itemActivated.connect(self._take)  # by Enter or double click
        self.list.currentRowChanged.connect(lambda _: self._follow())
        self.search.setFocus()

    def look(self) -> None:
        """Ask for the phrases that fit what is typed and chosen."""
        kind = self.kind.value()
        kinds = (kind,) if kind else self._kinds
        typed = self.search.text()

        def answered(found: tuple[Phrase, ...]) -> None:
            if typed == self.search.text():
                self._show(found)

        self._runner.run(find_phrases, self._type_a, kinds, typed).then(answered, owner=self)

    def phrase(self) -> Phrase | None:
        """The marked phrase."""
        at = self.list.currentRow()
        return self._found[at] if 0 <= at < len(self._found) else None

    def _show(self, found: tuple[Phrase, ...]) -> None:
        self._found = found
        self.list.clear()
        self.list.addItems([self._words(one) for one in found])
        self.list.setCurrentRow(0 if found else -1)
        said = self.tr("{count} 条，横线处填写").format(count=len(found))
        self._hint.setText(said if found else self.tr("没有找到，换个词，或点“新增一条”。"))
        self._follow()

    def _words(self, one: Phrase) -> str:
        marks = [label(one.kind)]
        if one.own:
            marks.append(self.tr("本单位"))
        if one.type_a not in (self._type_a, ANY_TYPE):
            marks.append(type_a_name(one.type_a))
        return f"{one.text}　〔{'·'.join(marks)}〕"

    def _follow(self) -> None:
        one = self.phrase()
        self.submit_button.setEnabled(one is not None)
        self.remove_button.setVisible(one is not None and one.own)

    def _take(self) -> None:
        if not QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submit()  # Ctrl+Enter is the dialog's own

    @override
    def submit(self) -> None:
        one = self.phrase()
        if one is not None:
            self.accept()
            insert_phrase(self._field, one.text)

    def ask_new(self) -> None:
        """Open the form of a phrase of the office's own."""
        chosen = self._field.selectedText() if isinstance(self._field, QLineEdit) else ""
        if isinstance(self._field, QPlainTextEdit):
            chosen = self._field.textCursor().selection().toPlainText()
        kind = self.kind.value() or self._kinds[0]
        self.dialog = NewPhraseDialog(self._runner, Phrase(kind, self._type_a, chosen), self._kinds, self)
        self.dialog.accepted.connect(self.look)
        self.dialog.open()

    def remove(self) -> None:
        """Take the marked phrase of the office's own out of the library."""
        one = self.phrase()
        if one is not None and one.own:
            self._runner.run(remove_phrase, one).then(lambda _: self.look(), owner=self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        key = Qt.Key(event.key())
        if key in _MOVES and self._found:
            row = min(max(self.list.currentRow() + _MOVES[key], 0), len(self._found) - 1)
            self.list.setCurrentRow(row)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
            return True
        return False


@dataclass(frozen=True, slots=True)
class PhraseFields:
    """What is asked for a phrase of the office's own."""

    text: str
    kind: PhraseKind
    type_a: str


class NewPhraseDialog(Dialog):
    """A phrase for everybody of the office."""

    def __init__(
        self, tasks: Tasks, begun: Phrase, kinds: Sequence[PhraseKind], parent: QWidget | None = None
    ) -> None:
        super().__init__("", "", tasks=tasks, parent=parent)
        self.set_heading(self.tr("新增常用语"))
        self.submit_button.setText(self.tr("保存"))
        self.setMinimumWidth(px(520))
        types = [(begun.type_a, type_a_name(begun.type_a)), (ANY_TYPE, self.tr("所有类型"))]
        hint = self.tr("要填写的地方写四个下划线 ____，不写姓名、电话等个人信息，最多 {most} 字。")
        self.form = Form(
            PhraseFields,
            [
                Field("text", self.tr("内容"), text(3), required=True, span=FULL_ROW,
                      hint=hint.format(most=MAX_PHRASE)),
                Field("kind", self.tr("种类"), choice([(one, label(one)) for one in kinds])),
                Field("type_a", self.tr("用于"), choice(types if begun.type_a else types[1:])),
            ],
            columns=2,
        )  # fmt: skip
        self.form.fill(PhraseFields(begun.text, begun.kind, begun.type_a))
        self.add(self.form)

    @override
    def submit(self) -> None:
        fields = self.form.value()
        if fields is not None:
            self.act(add_phrase, Phrase(fields.kind, fields.type_a, fields.text))
