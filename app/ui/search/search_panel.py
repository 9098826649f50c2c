"""Search everywhere from one box (Ctrl+F): cases, people, mediators; Enter goes there."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.cases import CaseRow
from app.domain.people import PersonMatch
from app.domain.search import MediatorHit, SearchHits
from app.domain.values.catalogues import type_a_name
from app.domain.values.identity import mask_id, mask_phone
from app.services.search.finding import find_everything
from app.ui.kit.search_box import SearchBox
from app.ui.navigation import Navigator, Place
from app.ui.tasks import Tasks
from app.ui.theme import colour, px
from app.ui.words.labels import label

_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_GOAL = Qt.ItemDataRole.UserRole


class SearchPanel(QDialog):
    """The box keeps the keys: Up and Down move through what is found, Enter opens it, Esc closes.

    `places` are those the person may see: what leads nowhere is shown without being offered.
    """

    def __init__(
        self, tasks: Tasks, navigator: Navigator, places: frozenset[Place], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("搜索"))
        self._tasks, self._navigator, self._places = tasks, navigator, places
        self._round = 0
        self._answered = ""  # what the list below answers
        self._lines: list[QTreeWidgetItem] = []  # what can be opened
        self._go_then = False  # Enter was pressed before the answer came
        self.box = SearchBox(self.tr("姓名、拼音首字母、证件号、电话、案号或案情中的字词"))
        self.found = QTreeWidget()
        self.found.setHeaderHidden(True)
        self.found.setColumnCount(2)
        self.found.setRootIsDecorated(False)
        self.found.setIndentation(px(12))
        self.found.setStyleSheet(f"QTreeView::item {{ padding: {px(4)}px 2px; }}")
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.setAccessibleName(self.tr("找到的内容"))
        self.found.itemActivated.connect(lambda item: self._go(item))
        self.found.itemClicked.connect(lambda item: self._go(item))
        self.told = QLabel(
            self.tr("输入两个字或拼音首字母即可查找；几个词之间用空格隔开。↑↓ 选择，Enter 打开，Esc 关闭。")
        )
        self.told.setObjectName("hint")
        self.told.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(self.box)
        column.addWidget(self.found, 1)
        column.addWidget(self.told)
        self.resize(px(760), px(460))
        self.box.searched.connect(self._ask)
        self.box.installEventFilter(self)
        self.box.setFocus()

    def _ask(self, typed: str) -> None:
        self._round += 1
        asked = self._round
        request = self._tasks.run(find_everything, typed)
        request.then(lambda hits: self._take(hits, typed) if asked == self._round else None, owner=self)

    def _take(self, hits: SearchHits, typed: str) -> None:
        self._answered = typed
        self._lines = []
        self.found.clear()
        more = self.tr("案件（最近 50 件，还有更多，请再输几个字）") if hits.more_cases else self.tr("案件")
        self._group(more, [self._case(row) for row in hits.cases])
        people = (
            self.tr("人员（最近 50 人，还有更多，请再输几个字）") if hits.more_people else self.tr("人员")
        )
        self._group(people, [self._person(match) for match in hits.people])
        self._group(self.tr("调解员"), [self._mediator(hit) for hit in hits.mediators])
        self.found.expandAll()
        self.found.resizeColumnToContents(0)
        self.found.setColumnWidth(0, min(self.found.columnWidth(0) + px(16), px(430)))
        if self._lines:
            self.found.setCurrentItem(self._lines[0])
        nothing = bool(self.box.text().strip()) and not self.found.topLevelItemCount()
        self.found.setVisible(not nothing)
        self.told.setText(
            self.tr("没有找到。可少输几个字，或换成姓名、案号、电话的一部分再试。")
            if nothing
            else self.tr("↑↓ 选择，Enter 打开，Esc 关闭。")
        )
        if self._go_then:
            self._go_then = False
            self._go(self.found.currentItem())

    def _group(self, title: str, lines: list[tuple[str, str, Place, str]]) -> None:
        if not lines:
            return
        head = QTreeWidgetItem(self.found, [title])
        head.setFlags(Qt.ItemFlag.ItemIsEnabled)
        head.setForeground(0, colour("sub"))
        for name, more, place, item in lines:
            line = QTreeWidgetItem(head, [name, more])
            line.setForeground(1, colour("sub"))
            line.setToolTip(0, name)
            line.setToolTip(1, more)
            if place in self._places:
                line.setData(0, _GOAL, (place, item))
                self._lines.append(line)
            else:
                line.setFlags(Qt.ItemFlag.ItemIsEnabled)

    def _case(self, row: CaseRow) -> tuple[str, str, Place, str]:
        number = row.number[max(row.number.find("〔"), 0) :]
        more = f"{label(row.status)}　{type_a_name(row.type_a)}　{number}　{row.received_on:%Y-%m-%d}"
        return row.parties, more, Place.CASE, row.id

    def _person(self, match: PersonMatch) -> tuple[str, str, Place, str]:
        parts = [
            mask_id(match.id_no) if match.id_no else match.uscc,
            mask_phone(match.phone) if match.phone else "",
            match.village,
            self.tr("{n} 件案件").format(n=match.cases) if match.cases else "",
        ]
        return match.name, "　".join(filter(None, parts)), Place.PEOPLE, match.id

    def _mediator(self, hit: MediatorHit) -> tuple[str, str, Place, str]:
        parts = [
            self.tr("在办 {n} 件").format(n=hit.open_cases),
            "" if hit.active else self.tr("未在任"),
        ]
        return hit.name, "　".join(filter(None, parts)), Place.ROSTER, hit.id

    def _go(self, item: QTreeWidgetItem | None) -> None:
        goal = item.data(0, _GOAL) if item is not None else None
        if goal:
            self.accept()
            self._navigator.goto(*goal)

    def _enter(self) -> None:
        """Open what is marked; what was just typed is looked for first."""
        typed = self.box.text().strip()
        if typed == self._answered:
            self._go(self.found.currentItem())
        elif typed:
            self._go_then = True
            self._ask(typed)

    def _move(self, key: Qt.Key) -> None:
        offered = self._lines
        if not offered:
            return
        now = self.found.currentItem()
        at = offered.index(now) if now in offered else -1
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}
        self.found.setCurrentItem(offered[max(0, min(len(offered) - 1, at + steps[key]))])

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in _KEYS:
                self._move(key)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._enter()
                return True
            if key == Qt.Key.Key_Escape:
                self.reject()
                return True
        return super().eventFilter(watched, event)
