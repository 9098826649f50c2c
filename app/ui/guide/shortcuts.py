"""速查: the keys that work on what is shown, read from the buttons and shortcuts themselves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit, QTableView, QWidget

from app.ui.kit.form import Form


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key and what it does, `general` where it does so on every page."""

    keys: str
    does: str
    general: bool = False


_WORDS: dict[str, Any] = {
    "Ctrl+F": QT_TRANSLATE_NOOP("shortcuts", "在全部案件、人员里查找"),
    "F1": QT_TRANSLATE_NOOP("shortcuts", "填写说明"),
    "Shift+F1": QT_TRANSLATE_NOOP("shortcuts", "快捷键速查"),
    "F2": QT_TRANSLATE_NOOP("shortcuts", "修改，或看怎么算的"),
    "F3": QT_TRANSLATE_NOOP("shortcuts", "在本页查找"),
    "F5": QT_TRANSLATE_NOOP("shortcuts", "刷新"),
    "Ins": QT_TRANSLATE_NOOP("shortcuts", "新增"),
    "Del": QT_TRANSLATE_NOOP("shortcuts", "移除选中的一行"),
    "Space": QT_TRANSLATE_NOOP("shortcuts", "办理选中的一行"),
    "Ctrl+P": QT_TRANSLATE_NOOP("shortcuts", "打印"),
    "Ctrl+V": QT_TRANSLATE_NOOP("shortcuts", "粘贴文件或图片"),
    "Ctrl+Z": QT_TRANSLATE_NOOP("shortcuts", "撤销上一步操作"),
    "Ctrl+Y": QT_TRANSLATE_NOOP("shortcuts", "恢复撤销的操作"),
    "Ctrl+Shift+Z": QT_TRANSLATE_NOOP("shortcuts", "恢复撤销的操作"),
    "Ctrl+Enter": QT_TRANSLATE_NOOP("shortcuts", "提交，或到下一步"),
}
"""What the keys do that mean the same everywhere; others are named by their button or `whatsThis`."""


def keys_of(window: QWidget, page: QWidget) -> tuple[KeyRow, ...]:
    """What works now on the page shown, then what works everywhere; each key once."""
    rows: dict[str, KeyRow] = {}
    for row in (*_on(page, page), *_common(page), *_on(window, page)):
        rows.setdefault(row.keys, row)
    return tuple(sorted(rows.values(), key=lambda row: row.general))


def _on(holder: QWidget, page: QWidget) -> Iterator[KeyRow]:
    for made in holder.findChildren(QAbstractButton):
        if made.isVisible() and not made.shortcut().isEmpty() and made.window() is holder.window():
            does = made.accessibleName() or made.text()
            yield KeyRow(_shown(made.shortcut()), does, general=not page.isAncestorOf(made))
    for shortcut in holder.findChildren(QShortcut):
        owner = shortcut.parent()
        if not isinstance(owner, QWidget) or not owner.isVisible() or not shortcut.isEnabled():
            continue
        if owner.window() is holder.window():
            keys = _shown(shortcut.key())
            known = _WORDS.get(keys, "")
            does = shortcut.whatsThis() or QCoreApplication.translate("shortcuts", known)
            yield KeyRow(keys, does, general=not (owner is page or page.isAncestorOf(owner)))


def _common(page: QWidget) -> Iterator[KeyRow]:
    """What the parts a page is made of answer to."""
    translate = QCoreApplication.translate
    if any(form.isVisible() for form in page.findChildren(Form)):
        yield KeyRow("Enter", translate("shortcuts", "到下一栏"))
        yield KeyRow("Ctrl+Enter", translate("shortcuts", _WORDS["Ctrl+Enter"]))
    elif any(table.isVisible() for table in page.findChildren(QTableView)):
        yield KeyRow("Enter", translate("shortcuts", "打开选中的一行"))
        yield KeyRow("Ctrl+C", translate("shortcuts", "复制选中的行"))
    if any(editor.isVisible() for editor in page.findChildren(QPlainTextEdit)):
        yield KeyRow("Tab", translate("shortcuts", "离开多行文字，到下一栏"))


def sheet(rows: Sequence[KeyRow]) -> str:
    """The rows in Markdown: this page's keys, then everybody's."""
    translate = QCoreApplication.translate
    titles = {False: translate("shortcuts", "本页快捷键"), True: translate("shortcuts", "各页通用")}
    head = "| {keys} | {does} |".format(
        keys=translate("shortcuts", "按键"), does=translate("shortcuts", "作用")
    )
    text = []
    for general, title in titles.items():
        mine = [row for row in rows if row.general is general]
        if mine:
            text += [f"## {title}", "", head, "|---|---|"]
            text += [f"| **{row.keys}** | {row.does} |" for row in mine]
            text.append("")
    return "\n".join(text)


def _shown(keys: QKeySequence) -> str:
    return keys.toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")
