"""One entry of the register: particulars, age, relations, cases, and what was merged into it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from app.domain.cases import EarlierCase
from app.domain.people import Capacity, PersonKind
from app.domain.register import PersonView
from app.domain.values.catalogues import type_a_name
from app.ui.cases.case_panels import Panel, lines_of
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import Card, remark, rule, words
from app.ui.kit.chip import Chip
from app.ui.kit.date_edit import date_words
from app.ui.people.person_dialogs import tie_words
from app.ui.theme import Tone
from app.ui.words.labels import label
from app.ui.words.messages import shown


class PersonPanel(QWidget):
    """Asks for what is to be done with the entry shown; numbers come covered or not, as they were read."""

    uncover_asked = Signal(bool)  # to be shown in full
    edit_asked = Signal()
    relate_asked = Signal()
    drop_asked = Signal(str)  # id of a relation
    part_asked = Signal(str)  # id of a merge
    case_asked = Signal(str)
    person_asked = Signal(str)

    def __init__(self, may_write: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.person: PersonView | None = None
        self._may_write = may_write
        self.uncover = button("", self._ask_uncover, picture="eye", weight=Weight.LINK)
        self.edit = button(self.tr("修改"), self.edit_asked.emit, picture="pencil", weight=Weight.LINK)
        self.relate = button(self.tr("添加关系"), self.relate_asked.emit, picture="plus", weight=Weight.LINK)
        self.particulars = Panel(self.tr("资料"), self.uncover, self.edit)
        self.relations = Panel(self.tr("关系"), self.relate)
        self.cases = Panel(self.tr("参与的案件"))
        self.merged = Panel(self.tr("已合并的记录"))
        self.nothing = Card()
        told = words(self.tr("请在左侧选择一人，或输入姓名、拼音首字母、号码查找。"), "sub")
        told.setWordWrap(True)
        self.nothing.add(told)
        self._cards = (self.particulars, self.relations, self.cases, self.merged)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(12)
        for card in (self.nothing, *self._cards):
            column.addWidget(card)
        column.addStretch(1)
        for made in (self.uncover, self.edit, self.relate):
            made.setHidden(not may_write)
        self.clear()

    def clear(self) -> None:
        """Show nobody."""
        self.person = None
        self.nothing.show()
        for card in self._cards:
            card.hide()

    def show_person(self, person: PersonView) -> None:
        """Show an entry."""
        self.person = person
        self.nothing.hide()
        for card in self._cards:
            card.show()
        self.uncover.setText(self.tr("显示号码") if person.covered else self.tr("遮住号码"))
        numbers = person.input.id_no or person.input.phone
        self.uncover.setHidden(not (self._may_write and numbers))
        self._show_particulars(person)
        self._show_relations(person)
        self._show_cases(person)
        self._show_merged(person)

    def _ask_uncover(self) -> None:
        if self.person is not None:
            self.uncover_asked.emit(self.person.covered)

    def _show_particulars(self, person: PersonView) -> None:
        column = self.particulars.renew()
        name = words(person.input.name, "sectionTitle")
        name.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(name, 1)
        for chip in self._chips(person):
            head.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        pairs = self._of_body(person) if person.kind is PersonKind.LEGAL else self._of_person(person)
        column.addLayout(lines_of(pairs))
        for text in self._hints(person):
            column.addWidget(remark(text, Tone.WARN))

    def _chips(self, person: PersonView) -> list[Chip]:
        if person.child:
            return [Chip(self.tr("未满14周岁"), Tone.BAD)]
        if person.minor:
            return [Chip(self.tr("未成年"), Tone.WARN)]
        if person.kind is PersonKind.LEGAL:
            return [Chip(label(person.kind), Tone.PLAIN)]
        if person.input.capacity is not Capacity.FULL:
            return [Chip(label(person.input.capacity), Tone.WARN)]
        return []

    def _hints(self, person: PersonView) -> list[str]:
        if person.minor:
            said = [self.tr("未成年人参加调解，应列明法定代理人（监护人）。")]
            if person.child:
                said.append(self.tr("公开的清单上只显示姓名首字母。"))
            return said
        if person.input.capacity is not Capacity.FULL:
            return [self.tr("参加调解应列明法定代理人（监护人）。")]
        return []

    def _of_person(self, person: PersonView) -> list[tuple[str, str]]:
        fields = person.input
        born = date_words(fields.birth) if fields.birth else ""
        if person.age is not None:
            born = self.tr("{day}（{age}周岁）").format(day=born, age=person.age)
        number = f"{label(fields.id_kind)} {fields.id_no}" if fields.id_no else ""
        return [
            (self.tr("性别"), label(fields.sex) if fields.sex else ""),
            (self.tr("出生日期"), born),
            (self.tr("证件"), number),
            (self.tr("电话"), fields.phone),
            (self.tr("民族"), fields.nation),
            (self.tr("职业"), fields.occupation),
            (self.tr("村（社区）"), fields.village),
            (self.tr("住址"), fields.address),
            (self.tr("户号"), fields.household),
            (self.tr("工作单位"), fields.employer),
            (self.tr("曾用名"), fields.former_names),
            (self.tr("备注"), fields.note),
        ]

    def _of_body(self, person: PersonView) -> list[tuple[str, str]]:
        fields = person.input
        head = f"{fields.legal_representative}　{fields.representative_post}".strip()
        return [
            (self.tr("信用代码"), fields.uscc),
            (self.tr("法定代表人"), head),
            (self.tr("电话"), fields.phone),
            (self.tr("村（社区）"), fields.village),
            (self.tr("住所"), fields.address),
            (self.tr("曾用名称"), fields.former_names),
            (self.tr("备注"), fields.note),
        ]

    def _show_relations(self, person: PersonView) -> None:
        column = self.relations.renew()
        if not person.relations:
            empty = words(self.tr("还没有登记关系。关系只用于回避检查，不随案件包上报。"), "sub")
            empty.setWordWrap(True)
            column.addWidget(empty)
        for tie in person.relations:
            name = _link(tie.name, partial(self.person_asked.emit, tie.person_id))
            dropped = self.tr("移除与{name}的关系").format(name=tie.name)
            drop = button("", partial(self.drop_asked.emit, tie.id), picture="x", name=dropped)
            drop.setProperty("link", True)
            column.addLayout(_line(name, tie_words(tie.kind, tie.note), drop if self._may_write else None))

    def _show_cases(self, person: PersonView) -> None:
        column = self.cases.renew()
        if not person.cases:
            column.addWidget(words(self.tr("没有参与过案件。"), "sub"))
        for at, case in enumerate(person.cases):
            if at:
                column.addWidget(rule())
            column.addLayout(_line(_link(case.number, partial(self.case_asked.emit, case.id)), ""))
            about = words(case_words(case), "sub")
            about.setWordWrap(True)
            column.addWidget(about)

    def _show_merged(self, person: PersonView) -> None:
        self.merged.setVisible(bool(person.merged))
        column = self.merged.renew()
        for row in person.merged:
            told = self.tr("{when} {who}合并").format(when=shown(row.at), who=row.by)
            part = None
            if self._may_write:
                part = button(self.tr("拆分"), partial(self.part_asked.emit, row.id), weight=Weight.LINK)
                part.setAccessibleName(self.tr("拆分 {name}").format(name=row.name))
            column.addLayout(_line(words(row.name), told, part))


def case_words(case: EarlierCase) -> str:
    """A case somebody took part in: what, as whom, where it stands, since when."""
    parts = (type_a_name(case.type_a), label(case.role), label(case.status), date_words(case.received_on))
    return "　".join(parts)


def _link(text: str, clicked: Callable[[], object]) -> QWidget:
    return button(text, clicked, weight=Weight.LINK)


def _line(first: QWidget, text: str, last: QWidget | None = None) -> QLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(first)
    about = words(text, "sub")
    about.setWordWrap(True)
    row.addWidget(about, 1)
    if last is not None:
        row.addWidget(last)
    return row
