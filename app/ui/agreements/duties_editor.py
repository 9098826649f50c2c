"""履行事项: who does or pays what to whom, how, until when; amounts in capitals while one types."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.domain.agreements import ObligationInput, ObligationKind
from app.domain.errors import Problem
from app.domain.values.money import capitals, format_yuan
from app.ui.agreements.instalment_dialog import InstalmentDialog
from app.ui.agreements.instalments_editor import InstalmentsEditor, Parts
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import heading, rule, words
from app.ui.kit.date_edit import DateEditor
from app.ui.kit.editors import LineEditor, MoneyEditor, choice, line
from app.ui.kit.focus import settle_tab_order
from app.ui.kit.form import COLUMN_WIDTH, FULL_ROW, Field, Form
from app.ui.theme import px

People = Sequence[tuple[str, str]]
_GROUPED = 3
_COMMON = ("kind", "debtor_id", "creditor_id", "manner", "due_on")


@dataclass(frozen=True, slots=True)
class _Duty:
    """What one block asks for: an obligation, or the several of a payment in instalments."""

    kind: ObligationKind
    debtor_id: str
    creditor_id: str
    act: str
    amount_fen: int | None
    manner: str
    due_on: date | None
    instalments: Parts


class DutyForm(Form[_Duty]):
    """One duty; money and acts ask for different things, a payment in instalments for its parts."""

    def __init__(self, people: People, parent: QWidget | None = None) -> None:
        fields = [
            Field("kind", self.tr("内容"), choice(ObligationKind)),
            Field("debtor_id", self.tr("履行方"), choice(people, blank=True), required=True),
            Field("creditor_id", self.tr("接受方"), choice(people, blank=True), required=True),
            Field("act", self.tr("做什么"), line(self.tr("如：改建屋檐排水")), required=True, span=FULL_ROW),
            Field("amount_fen", self.tr("金额（元）"), MoneyEditor, required=True),
            Field("manner", self.tr("方式"), LineEditor, required=True),
            Field("due_on", self.tr("期限"), DateEditor, required=True),
            Field("instalments", self.tr("各期"), InstalmentsEditor, required=True, span=FULL_ROW),
        ]
        super().__init__(_Duty, fields, columns=3, parent=parent)
        for name in ("kind", "instalments"):
            self.field(name).edited.connect(self._show_needed)
        for name in ("amount_fen", "instalments"):
            self.field(name).edited.connect(self.say_capitals)
        self.setMinimumWidth(px(COLUMN_WIDTH))
        self.parts_button: QPushButton | None = None
        self._show_needed()

    def count(self) -> int:
        """How many obligations it makes."""
        return len(self.field("instalments").lines()) or 1 if self._money() else 1

    def amount(self) -> int | None:
        """The money of this duty as far as it can be read, all instalments together."""
        if not self._money():
            return None
        values, _ = self.read()
        if self.field("instalments").lines():
            parts: Parts = values.get("instalments", ())
            return sum(fen for fen, _ in parts)
        amount: int | None = values.get("amount_fen")
        return amount

    def obligations(self) -> list[ObligationInput]:
        """What it says as far as it can be read."""
        values, _ = self.read()
        parts = values.pop("instalments", ())
        whole = _duty(values)
        if not self._money() or not parts:
            return [whole]
        return [replace(whole, amount_fen=fen, due_on=day) for fen, day in parts]

    def show_duties(self, duties: Sequence[ObligationInput]) -> None:
        """Show one obligation, or those of a payment in instalments."""
        first = duties[0]
        self.set_values({name: getattr(first, name) for name in (*_COMMON, "amount_fen", "act")})
        parts = [(duty.amount_fen or 0, duty.due_on) for duty in duties] if len(duties) > 1 else ()
        self.set_values({"instalments": parts})
        self.refresh()

    def show_parts(self, parts: Parts) -> None:
        """Put these instalments in the place of the one payment; with none it is one again."""
        if not parts:
            self.set_values({"amount_fen": self.amount()})
        self.set_values({"instalments": parts})
        self.refresh()

    def say_capitals(self) -> None:
        """Write the amount in capitals under it."""
        amount = self.amount()
        said = "" if not amount else self.tr("大写：{words}").format(words=_capitals(amount))
        if self.count() > 1 and said:
            said = self.tr("共 {count} 期，{yuan} 元，{words}").format(
                count=self.count(), yuan=format_yuan(amount or 0), words=said
            )
        self.praise("instalments" if self.field("instalments").lines() else "amount_fen", said)

    def refresh(self) -> None:
        """After values were put in: show what this kind needs."""
        self._show_needed()
        self.say_capitals()

    def _money(self) -> bool:
        return self.field("kind").value() is ObligationKind.MONEY

    def _show_needed(self) -> None:
        money, parts = self._money(), self.field("instalments")
        if self.parts_button is not None:
            self.parts_button.setHidden(not money)
        example = self.tr("如：转账、现金") if money else self.tr("如：自行施工")
        self.field("manner").setPlaceholderText(example)
        split = money and (bool(parts.lines()) or (not parts.isHidden() and parts.hasFocus()))
        common = set(_COMMON) - {"due_on"} if split else set(_COMMON)
        own = "instalments" if split else "amount_fen" if money else "act"
        self.show_fields(name for name in (*_COMMON, own) if name in common or name == own)


class DutiesEditor(QWidget):
    """The list of duties, with the sum of all money and its capitals."""

    edited = Signal()
    split = Signal()  # a payment was split into instalments

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people: People = ()
        self._locked = False
        self._stated: int | None = None
        self.dialog: InstalmentDialog | None = None
        self.forms: list[DutyForm] = []
        self._blocks: list[QWidget] = []
        self._titles: list[Any] = []
        self.add_money = button(
            self.tr("加一笔款项"), lambda: self._more(ObligationKind.MONEY), picture="plus"
        )
        self.add_act = button(self.tr("加一项行为"), lambda: self._more(ObligationKind.ACT), picture="plus")
        self._total = words("", "sub")
        self._total.setWordWrap(True)
        self._empty = words(self.tr("还没有履行事项。按右上角的按钮添加。"), "sub")
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(heading(self.tr("履行事项"), self.add_money, self.add_act))
        column.addWidget(self._empty)
        column.addLayout(self._column)
        column.addWidget(self._total)
        self._tell()

    def offer(self, people: People) -> None:
        """The parties that may owe and be owed, as id and name."""
        self._people = people

    def total(self) -> int:
        """All money as far as it can be read, in fen."""
        return sum(amount for form in self.forms if (amount := form.amount()))

    def compare(self, stated_fen: int | None) -> None:
        """Show the sum against the total the parties spoke of."""
        self._stated = stated_fen
        self._tell()

    def total_words(self) -> str:
        """The sum as shown."""
        return self._total.text()

    def readable(self) -> tuple[ObligationInput, ...]:
        """The duties as far as they can be read, for the check while one types."""
        return tuple(duty for form in self.forms for duty in form.obligations())

    def gaps(self) -> tuple[Problem, ...]:
        """What cannot be read, numbered as the obligations are."""
        return tuple(
            Problem(f"obligations.{first}.{one.field}", one.code)
            for first, form in self._numbered()
            for one in form.read()[1]
        )

    def set_value(self, duties: Iterable[ObligationInput]) -> None:
        """Show these; payments that differ in sum and day only are the instalments of one."""
        self._clear()
        for group in _groups(list(duties)):
            self._add().show_duties(group)
        self._tell()

    def _numbered(self) -> Iterator[tuple[int, DutyForm]]:
        """Each block with the number of its first obligation, from 0."""
        first = 0
        for form in self.forms:
            yield first, form
            first += form.count()

    def snapshot(self) -> list[dict[str, Any]]:
        """What is typed, for a draft."""
        return [form.snapshot() for form in self.forms]

    def restore(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Put a draft back."""
        self._clear()
        for row in rows:
            form = self._add()
            form.restore(row)
            form.refresh()
        self._tell()

    def show_problems(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Place `obligations.0.due_on` at its field, of an instalment at its list; returns the others."""
        left = tuple(problems)
        for first, form in self._numbered():
            form.prefix = f"obligations.{first}."
            if form.count() > 1:
                left = tuple(_of_list(one, first, form.count()) for one in left)
            left = form.show_problems(left)
        return left

    def set_locked(self, locked: bool) -> None:
        """Let nothing be changed."""
        self._locked = locked
        for part in (self.add_money, self.add_act):
            part.setHidden(locked)
        for block in self._blocks:
            block.setDisabled(locked)

    def _more(self, kind: ObligationKind) -> None:
        form = self._add()
        form.set_values({"kind": kind})
        if len(self._people) == 2:
            form.set_values({"debtor_id": self._people[1][0], "creditor_id": self._people[0][0]})
        form.refresh()
        form.field("amount_fen" if kind is ObligationKind.MONEY else "act").setFocus()
        self._changed()

    def _add(self) -> DutyForm:
        form = DutyForm(self._people)
        form.edited.connect(self._changed)
        block = QWidget()
        out = button(
            "", lambda: self._out(form), picture="trash-2", name=self.tr("删除这一项"), weight=Weight.LINK
        )
        parts = button(self.tr("分期"), lambda: self._ask_parts(form), weight=Weight.LINK)
        parts.setToolTip(self.tr("把这一笔分成几期，每期各有期限"))
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(rule())
        head = heading("", parts, out)
        title = head.itemAt(0)
        column.addLayout(head)
        column.addWidget(form)
        form.parts_button = parts
        form.refresh()
        block.setDisabled(self._locked)
        self.forms.append(form)
        self._blocks.append(block)
        self._titles.append(title.widget() if title is not None else None)
        self._column.addWidget(block)
        settle_tab_order(self)
        return form

    def _out(self, form: DutyForm) -> None:
        kept = [one.snapshot() for one in self.forms if one is not form]
        self.restore(kept)
        self.edited.emit()

    def _ask_parts(self, form: DutyForm) -> None:
        values, _ = form.read()
        parts = values.get("instalments") or ()
        first_on = parts[0][1] if parts else values.get("due_on")
        self.dialog = InstalmentDialog(form.amount(), first_on, len(parts) or None, self)
        self.dialog.split.connect(lambda parts: self._split(form, parts))
        self.dialog.open()

    def _split(self, form: DutyForm, parts: Parts) -> None:
        """Let one payment be made in these parts."""
        form.show_parts(parts)
        if parts:
            self.split.emit()
        self._changed()

    def _clear(self) -> None:
        for block in self._blocks:
            block.hide()
            self._column.removeWidget(block)
            block.deleteLater()
        self.forms, self._blocks, self._titles = [], [], []

    def _changed(self) -> None:
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        for title, (first, form) in zip(self._titles, self._numbered(), strict=True):
            last = first + form.count()
            several = self.tr("第{first}至{last}项（分期）").format(first=first + 1, last=last)
            title.setText(several if form.count() > 1 else self.tr("第{number}项").format(number=last))
        total = self.total()
        self._empty.setVisible(not self.forms)
        self._total.setVisible(bool(total))
        if total:
            said = self.tr("合计 {yuan} 元（大写：{words}）").format(
                yuan=format_yuan(total), words=_capitals(total)
            )
            self._total.setText(said + self._against_stated(total))
        self._total.setMinimumHeight(px(20))

    def _against_stated(self, total: int) -> str:
        if self._stated is None:
            return ""
        if self._stated == total:
            return self.tr("，与约定总额一致")
        more = (
            self.tr("，比约定总额多 {yuan} 元")
            if total > self._stated
            else self.tr("，比约定总额少 {yuan} 元")
        )
        return more.format(yuan=format_yuan(abs(total - self._stated)))


def _of_list(problem: Problem, first: int, count: int) -> Problem:
    """A problem of one instalment as one of the list it stands in."""
    head, _, rest = problem.field.partition(".")
    number, _, field = rest.partition(".")
    if head != "obligations" or not number.isdecimal() or not first <= int(number) < first + count:
        return problem
    name = "instalments" if field in ("amount_fen", "due_on") else field
    return Problem(f"obligations.{first}.{name}", problem.code, problem.details)


def _groups(duties: list[ObligationInput]) -> Iterator[list[ObligationInput]]:
    """Three and more payments in a row from one to another in the same manner; all others alone."""

    def same(duty: ObligationInput) -> tuple[Any, ...]:
        return duty.kind, duty.debtor_id, duty.creditor_id, duty.manner

    for key, group in groupby(duties, same):
        rows = list(group)
        if key[0] is ObligationKind.MONEY and len(rows) >= _GROUPED:
            yield rows
        else:
            yield from ([row] for row in rows)


def _capitals(fen: int) -> str:
    try:
        return capitals(fen)
    except ValueError:
        return ""


def _duty(values: Mapping[str, Any]) -> ObligationInput:
    """What could be read; the check wants texts where nothing was."""
    return ObligationInput(
        kind=values["kind"],
        debtor_id=values["debtor_id"] or "",
        creditor_id=values["creditor_id"] or "",
        amount_fen=values.get("amount_fen"),
        act=values["act"],
        manner=values["manner"],
        due_on=values.get("due_on"),
    )
