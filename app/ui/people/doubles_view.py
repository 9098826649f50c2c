"""疑似重复: entries that may be one person, side by side, with what speaks for it and what differs."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.people import Capacity, PersonKind
from app.domain.register import Double, DoubleReason, PersonRow, PersonView
from app.domain.values.identity import IdKind
from app.ui.cases.case_panels import Panel, said
from app.ui.kit.buttons import Segments, Weight, button
from app.ui.kit.card import Card, words
from app.ui.kit.chip import Chip
from app.ui.kit.date_edit import date_words
from app.ui.kit.row_view import SmallTable
from app.ui.kit.table import Column
from app.ui.people.person_panel import case_words
from app.ui.room import Scrolled
from app.ui.theme import Tone, px
from app.ui.words.labels import label

_LIST, _NARROW_LIST, _ROOMY = 380, 270, 1000


class DoublesView(QWidget):
    """Tells what was decided about a pair; `looked_at(double)` when one is to be compared."""

    looked_at = Signal(object)  # Double
    merge_asked = Signal(str, str)  # the id that stays, the id that goes
    apart_asked = Signal(str, str)

    def __init__(self, may_write: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.double: Double | None = None
        self.pairs: tuple[Double, ...] = ()
        self._may_write = may_write
        self._later: set[tuple[str, str]] = set()
        self.table: SmallTable[Double] = SmallTable(
            self._columns(), title=self.tr("疑似重复"), empty=self.tr("没有疑似重复的人员。")
        )
        self.table.picked.connect(self._look)
        self.panel = Panel(self.tr("对照"))
        self.stays = QWidget()
        self.merge_button = button(self.tr("合并"), self._merge, picture="users", weight=Weight.PRIMARY)
        self.apart_button = button(self.tr("不是同一人"), self._leave_apart, picture="ban")
        self.later_button = button(self.tr("以后再说"), self._put_off, picture="clock")
        self._foot = QHBoxLayout()
        self._build()

    def _columns(self) -> list[Column[Double]]:
        return [
            Column(self.tr("姓名或名称"), _names, 130, stretch=True),
            Column(self.tr("相同之处"), _reasons, 170, tone=_tone),
        ]

    def _build(self) -> None:
        self._list = Card(margin=0)
        self._list.body.setContentsMargins(1, 1, 1, 1)
        self._list.add(self.table, 1)
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 4, 0)
        column.addWidget(self.panel)
        column.addStretch(1)
        self._foot.setSpacing(8)
        self._foot.addWidget(self.merge_button)
        self._foot.addWidget(self.apart_button)
        self._foot.addWidget(self.later_button)
        self._foot.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(Scrolled(beside), 1)
        self._choice = QHBoxLayout()
        self._choice.setSpacing(8)
        self._choice_name = words(self.tr("合并后保留"), "sub")
        self._choice.addWidget(self._choice_name)
        self._choice.addWidget(self.stays)
        self._choice.addStretch(1)
        right.addLayout(self._choice)
        right.addLayout(self._foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self._list)
        row.addLayout(right, 1)

    def show_pairs(self, pairs: tuple[Double, ...]) -> None:
        """Show what is left to be looked at; those put off come last."""
        waiting = [pair for pair in pairs if _key(pair) not in self._later]
        self.pairs = (*waiting, *(pair for pair in pairs if _key(pair) in self._later))
        before = self.double and _key(self.double)
        at = next((n for n, pair in enumerate(self.pairs) if _key(pair) == before), 0)
        self.double = None
        self._show_foot()
        self.panel.renew().addWidget(said(self.tr("这里没有要核对的人员。"), "sub"))
        self.table.show_records(self.pairs)
        if self.pairs:
            self.table.go_to(at)

    def show_views(self, one: PersonView, other: PersonView) -> None:
        """Lay the two entries of the pair side by side."""
        pair = self.double
        if pair is None or (one.id, other.id) != (pair.one.id, pair.other.id):
            return
        column = self.panel.renew()
        head = QHBoxLayout()
        head.setSpacing(6)
        for reason in pair.reasons:
            head.addWidget(Chip(label(reason), _reason_tone(reason)))
        head.addStretch(1)
        column.addLayout(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(5)
        for at, stretch in enumerate((0, 3, 3, 0)):
            grid.setColumnStretch(at, stretch)
        for at, (name, left, right, differs) in enumerate(self._lines(pair, one, other)):
            grid.addWidget(words(name, "sub"), at, 0, Qt.AlignmentFlag.AlignTop)
            for place, text in ((1, left), (2, right)):
                grid.addWidget(said(text or "—", "caution" if differs else ""), at, place)
            if differs:
                grid.addWidget(Chip(self.tr("不同"), Tone.WARN), at, 3, Qt.AlignmentFlag.AlignTop)
        column.addLayout(grid)
        self._offer_stays(pair, one, other)

    def _lines(self, pair: Double, one: PersonView, other: PersonView) -> list[tuple[str, str, str, bool]]:
        lines = [(self.tr("姓名或名称"), one.input.name, other.input.name, "name" in pair.differ)]
        names = self._body_fields() if one.kind is PersonKind.LEGAL else self._person_fields()
        for field, title in names:
            left, right = _said_of(one, field), _said_of(other, field)
            if left or right:
                lines.append((title, left, right, field in pair.differ))
        cases = [
            "\n".join(case_words(case) for case in view.cases[:3]) or self.tr("没有") for view in (one, other)
        ]
        lines.append((self.tr("最近案件"), cases[0], cases[1], False))
        ties = ["、".join(tie.name for tie in view.relations) for view in (one, other)]
        if any(ties):
            lines.append((self.tr("关系"), ties[0], ties[1], False))
        return lines

    def _person_fields(self) -> list[tuple[str, str]]:
        return [
            ("sex", self.tr("性别")),
            ("birth", self.tr("出生日期")),
            ("id_no", self.tr("证件号码")),
            ("phone", self.tr("电话")),
            ("village", self.tr("村（社区）")),
            ("address", self.tr("住址")),
            ("nation", self.tr("民族")),
            ("occupation", self.tr("职业")),
            ("household", self.tr("户号")),
            ("employer", self.tr("工作单位")),
            ("capacity", self.tr("行为能力")),
            ("former_names", self.tr("曾用名")),
            ("note", self.tr("备注")),
        ]

    def _body_fields(self) -> list[tuple[str, str]]:
        return [
            ("uscc", self.tr("信用代码")),
            ("legal_representative", self.tr("法定代表人")),
            ("phone", self.tr("电话")),
            ("village", self.tr("村（社区）")),
            ("address", self.tr("住所")),
            ("former_names", self.tr("曾用名称")),
            ("note", self.tr("备注")),
        ]

    def _offer_stays(self, pair: Double, one: PersonView, other: PersonView) -> None:
        """Offer both; the one with a number, and then with more cases, is proposed."""
        options = [
            (one.id, self.tr("左：{name}").format(name=one.input.name)),
            (other.id, self.tr("右：{name}").format(name=other.input.name)),
        ]
        made = Segments(options)
        left, right = _weight(one, pair.one), _weight(other, pair.other)
        made.set_value(other.id if right > left else one.id)
        self._choice.replaceWidget(self.stays, made)
        self.stays.hide()
        self.stays.deleteLater()
        self.stays = made
        self._show_foot()

    def _look(self, pair: Double | None) -> None:
        self.double = pair
        if pair is not None:
            self.looked_at.emit(pair)
        self._show_foot()

    def _show_foot(self) -> None:
        there = self.double is not None
        for part in (self._choice_name, self.stays, self.merge_button, self.apart_button):
            part.setVisible(there and self._may_write)
        self.later_button.setVisible(there)

    def _merge(self) -> None:
        if self.double is not None and isinstance(self.stays, Segments):
            kept = self.stays.value()
            ids = (self.double.one.id, self.double.other.id)
            self.merge_asked.emit(kept, ids[1] if kept == ids[0] else ids[0])

    def _leave_apart(self) -> None:
        if self.double is not None:
            self.apart_asked.emit(*_key(self.double))

    def _put_off(self) -> None:
        if self.double is not None:
            self._later.add(_key(self.double))
            self.double = None
            self.show_pairs(self.pairs)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._list.setFixedWidth(px(_LIST if self.width() >= px(_ROOMY) else _NARROW_LIST))


def _key(pair: Double) -> tuple[str, str]:
    return pair.one.id, pair.other.id


def _weight(view: PersonView, row: PersonRow) -> tuple[bool, int]:
    return bool(view.input.id_no or view.input.uscc), row.cases


def _names(pair: Double) -> str:
    if pair.one.name == pair.other.name:
        return pair.one.name
    return f"{pair.one.name} / {pair.other.name}"


def _reasons(pair: Double) -> str:
    return "；".join(label(reason) for reason in pair.reasons)


def _reason_tone(reason: DoubleReason) -> Tone:
    return Tone.WARN if reason is DoubleReason.NUMBER else Tone.INFO


def _tone(pair: Double) -> Tone:
    return _reason_tone(pair.reasons[0])


def _said_of(view: PersonView, field: str) -> str:
    value = getattr(view.input, field)
    if field == "birth":
        return date_words(value) if value else ""
    if field == "id_no":
        kind = view.input.id_kind
        return f"{value}（{label(kind)}）" if value and kind is not IdKind.RESIDENT_ID else str(value)
    if field in ("sex", "capacity"):
        return label(value) if value not in (None, Capacity.FULL) else ""
    return str(value)
