"""人员: everybody who was in a case, once; look, correct, relate, merge doubles."""

from dataclasses import replace
from functools import partial
from operator import attrgetter
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.actor import Permission
from app.domain.changes import Changes, Topic
from app.domain.people import PersonKind
from app.domain.register import Double, PersonQuery, PersonRow, PersonView
from app.services.people.merging import (
    fill_sounds,
    leave_apart,
    list_doubles,
    merge_people,
    part_people,
)
from app.services.people.register import list_person_ids, open_person, person_rows, uncover_person
from app.services.roster.recusal import drop_relation
from app.ui.kit.buttons import Segments
from app.ui.kit.card import Card
from app.ui.kit.dialog import Dialog
from app.ui.kit.page import Page
from app.ui.kit.row_view import RowView
from app.ui.kit.search_box import SearchBox
from app.ui.kit.table import RIGHT, Column, TaskSource
from app.ui.lists.list_tools import ListTools
from app.ui.navigation import Context, Place
from app.ui.people.doubles_view import DoublesView
from app.ui.people.person_dialogs import EditPersonDialog, RelateDialog
from app.ui.people.person_panel import PersonPanel
from app.ui.room import Scrolled
from app.ui.theme import px
from app.ui.words.labels import label

_SIDE, _NARROW_SIDE, _ROOMY = 430, 330, 1000
_ROOMY_ONLY = (2, 3, 4)  # phone, village, day of the last case


class PeoplePage(Page):
    """The item is the id of a person, or none."""

    topics: Changes = frozenset({Topic.PEOPLE, Topic.CASES})

    def __init__(self, context: Context) -> None:
        super().__init__(context, self.tr("人员"))
        self._may_write = context.actor.may(Permission.CASE_REGISTER)
        self._wanted: str | None = None
        self.query = PersonQuery()
        self.dialog: Dialog | None = None
        self.kinds = Segments(
            [
                (None, self.tr("全部")),
                (PersonKind.NATURAL, self.tr("自然人")),
                (PersonKind.LEGAL, self.tr("单位")),
            ]
        )
        self.search = SearchBox(self.tr("姓名 / 拼音首字母 / 号码 / 村组"))
        self.table: RowView[PersonRow] = RowView(
            self._columns(),
            TaskSource(self.tasks, list_person_ids, person_rows, self),
            title=self.tr("人员"),
            empty=self.tr("还没有人员。登记案件时，当事人会自动记到这里。"),
            key=attrgetter("sk"),
        )
        self.panel = PersonPanel(self._may_write)
        self.doubles = DoublesView(self._may_write)
        self.tools = ListTools(
            self, self.table, self.tr("人员"), asked=self._asked_words, arranged=self._arrange
        )
        self._stack = QStackedWidget()
        self.doubles_button = self.header.add_button(
            self.tr("疑似重复"), self.show_doubles, picture="copy", shortcut="Ctrl+D"
        )
        self.list_button = self.header.add_button(
            self.tr("返回人员列表"), self.show_list, picture="arrow-left", shortcut="Alt+Left"
        )
        self.list_button.hide()
        self._build()
        self._wire()

    def _columns(self) -> list[Column[PersonRow]]:
        return [
            Column(self.tr("姓名或名称"), attrgetter("name"), 120, stretch=True),
            Column(self.tr("证件号码"), attrgetter("number"), 176),
            Column(self.tr("电话"), attrgetter("phone"), 116),
            Column(self.tr("村（社区）"), attrgetter("village"), 96),
            Column(self.tr("最近登记"), lambda row: f"{row.latest_on or ''}", 104),
            Column(self.tr("案件"), lambda row: str(row.cases) if row.cases else "", 56, RIGHT),
        ]

    def _build(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(14, 10, 14, 4)
        line.setSpacing(10)
        line.addWidget(self.kinds)
        line.addWidget(self.search, 1)
        self.search.setMinimumWidth(px(120))
        card = Card(margin=0)
        card.body.setContentsMargins(1, 0, 1, 1)
        card.add(line)
        card.add(self.table, 1)
        self._side = Scrolled(self.panel)
        self._side.setMinimumWidth(px(_NARROW_SIDE))
        self._side.setMaximumWidth(px(_SIDE))
        register = QWidget()
        row = QHBoxLayout(register)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(card, 3)
        row.addWidget(self._side, 2)
        self._stack.addWidget(register)
        self._stack.addWidget(self.doubles)
        column = QVBoxLayout()
        column.addWidget(self._stack)
        self.body.addLayout(column, 1)

    def _wire(self) -> None:
        self.search.searched.connect(lambda typed: self._ask(text=typed))
        self.search.left_downwards.connect(self._enter_table)
        self.kinds.chosen.connect(lambda kind: self._ask(kind=kind))
        self.table.picked.connect(self._pick)
        self.table.opened.connect(lambda row: self._read(row.id))
        self.table.table.loaded.connect(self._tell_count)
        panel = self.panel
        panel.uncover_asked.connect(self._cover)
        panel.edit_asked.connect(self.edit)
        panel.relate_asked.connect(self.relate)
        panel.drop_asked.connect(partial(self.act, drop_relation))
        panel.part_asked.connect(self._part)
        panel.case_asked.connect(partial(self.navigator.goto, Place.CASE))
        panel.person_asked.connect(self._read)
        self.doubles.looked_at.connect(self._compare)
        self.doubles.merge_asked.connect(self._merge)
        self.doubles.apart_asked.connect(partial(self.act, leave_apart))
        find = QShortcut(QKeySequence("F3"), self)
        find.activated.connect(self.search.setFocus)

    @override
    def open_item(self, item: str | None) -> None:
        if item is not None:
            self._wanted = item
            self.show_list()
        self.reload()

    @override
    def load(self) -> None:
        if self.table.table.query is None:
            self.table.show_query(self.query)
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.table.refresh()
        if self._wanted is not None:
            self._read(self._wanted)
        self._load_doubles()

    def show_doubles(self) -> None:
        """Turn to the pairs that may be one person; names never heard are heard first, some at a time."""
        self._stack.setCurrentWidget(self.doubles)
        self.doubles_button.hide()
        self.list_button.show()
        if self._may_write:
            self._hear()
        else:
            self._load_doubles()

    def show_list(self) -> None:
        """Turn back to the register."""
        self._stack.setCurrentIndex(0)
        self.doubles_button.show()
        self.list_button.hide()

    def edit(self) -> None:
        """Correct the entry shown."""
        if self.panel.person is not None:
            self._open(EditPersonDialog(self.tasks, self.panel.person, self))

    def relate(self) -> None:
        """Write down a relation of the person shown."""
        if self.panel.person is not None:
            self._open(RelateDialog(self.tasks, self.panel.person, self))

    def _open(self, dialog: Dialog) -> None:
        self.dialog = dialog
        dialog.open()

    def _ask(self, **asked: Any) -> None:
        self.query = replace(self.query, **asked)
        self.table.set_empty_text(self.tr("没有符合条件的人员。可清空搜索框，或改选“全部”。"))
        self.table.show_query(self.query)

    def _enter_table(self) -> None:
        self.table.setFocus()
        if not self.table.currentIndex().isValid() and self.table.table.rowCount():
            self.table.setCurrentIndex(self.table.table.index(0, 0))

    def _pick(self, row: PersonRow | None) -> None:
        if row is not None and row.id != self._wanted:
            self._read(row.id)

    def _read(self, person_id: str) -> None:
        self._wanted = person_id
        self.tasks.run(open_person, person_id).then(
            partial(self._take, person_id), refused=lambda _: self._lose(person_id), owner=self
        )

    def _take(self, asked: str, person: PersonView) -> None:
        if asked == self._wanted:
            self._wanted = person.id  # the one it was merged into
            self.panel.show_person(person)
            self.table.go_to(person.sk)

    def _lose(self, asked: str) -> None:
        if asked == self._wanted:
            self._wanted = None
            self.panel.clear()

    def _cover(self, uncovered: bool) -> None:
        person = self.panel.person
        if person is not None:
            self.tasks.run(uncover_person if uncovered else open_person, person.id).then(
                partial(self._take, person.id), owner=self
            )

    def _part(self, merge_id: str) -> None:
        self.act(part_people, merge_id, ok=lambda _: self.say(self.tr("已拆分，两条记录恢复原样。")))

    def _hear(self) -> None:
        self.tasks.run(fill_sounds).then(self._heard, owner=self)

    def _heard(self, left: int) -> None:
        if left:
            self._hear()
        else:
            self._load_doubles()

    def _load_doubles(self) -> None:
        self.tasks.run_long(list_doubles).then(self._take_doubles, owner=self)

    def _take_doubles(self, pairs: tuple[Double, ...]) -> None:
        text = self.tr("疑似重复（{n}）").format(n=len(pairs)) if pairs else self.tr("疑似重复")
        self.doubles_button.setText(text)
        self.doubles.show_pairs(pairs)

    def _compare(self, pair: Double) -> None:
        def then(one: PersonView) -> None:
            show = partial(self.doubles.show_views, one)
            self.tasks.run(open_person, pair.other.id).then(show, owner=self)

        self.tasks.run(open_person, pair.one.id).then(then, owner=self)

    def _merge(self, kept_id: str, gone_id: str) -> None:
        self.act(merge_people, kept_id, gone_id, ok=self._tell_merged)

    def _tell_merged(self, kept: PersonView) -> None:
        latest = kept.merged[0]
        said = self.tr("已把“{gone}”并入“{kept}”，案件没有改动。合并错了，随时可以拆分。")
        self.say(
            said.format(gone=latest.name, kept=kept.input.name),
            action=self.tr("撤销"), then=partial(self._part, latest.id),
        )  # fmt: skip

    def _tell_count(self, count: int) -> None:
        self.header.set_context(self.tr("{n} 条").format(n=count))
        if self._wanted is None and count == 0:
            self.panel.clear()

    def _asked_words(self) -> str:
        """What the list was asked, for the head of its paper."""
        kind = label(self.query.kind) if self.query.kind else ""
        typed = self.tr("含“{text}”").format(text=self.query.text) if self.query.text else ""
        return "；".join(filter(None, (kind, typed)))

    def _arrange(self) -> None:
        roomy = self.width() >= px(_ROOMY)
        for section in range(len(self.table.table.columns)):
            fits = roomy or section not in _ROOMY_ONLY
            self.table.setColumnHidden(section, not (fits and self.tools.wanted(section)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
