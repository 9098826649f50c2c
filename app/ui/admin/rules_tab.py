"""期限规则: every time limit of the office, what it rests on, and changing it with a sample in sight."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.actor import Permission
from app.domain.cases import DueDate
from app.domain.deadlines import FIXED, ExtensionNeed, RuleInput, RuleRow, TimeRule, input_of
from app.domain.errors import Refused
from app.domain.values.calendar import Roll, Unit
from app.services.rules.limits import list_rules, reset_rule, sample_date, save_rule
from app.ui.clock import office_today
from app.ui.kit.banner import Banner
from app.ui.kit.buttons import button
from app.ui.kit.card import Card, heading, words
from app.ui.kit.date_edit import DateEditor
from app.ui.kit.dialog import Dialog, ask
from app.ui.kit.editors import LineEditor, NumberEditor, UnreadableError, check, choice, line
from app.ui.kit.form import FULL_ROW, Field, Form, refusal_words
from app.ui.kit.row_view import SmallTable
from app.ui.kit.table import Column
from app.ui.signed_in import SignedIn
from app.ui.tasks import Request, Tasks
from app.ui.theme import Tone, px
from app.ui.words.counting_words import explain, full_day, span_words
from app.ui.words.due_words import remind_by
from app.ui.words.labels import label
from app.ui.words.messages import sentence

_NUMBERS = re.compile(r"[+-]?\d{1,4}")


class WarningsEditor(LineEditor):
    """Days relative to the last one: -7、-1、1."""

    @override
    def value(self) -> tuple[int, ...]:
        typed = self.text().replace("－", "-").replace("−", "-").replace("＋", "+")
        if re.sub(r"[+-]?\d{1,4}|[\s、,，;；]", "", typed):
            raise UnreadableError("bad_warnings")
        return tuple(sorted({int(found) for found in _NUMBERS.findall(typed)}))

    @override
    def set_value(self, value: Any) -> None:
        self.setText("、".join(str(day) for day in value))


@dataclass(frozen=True, slots=True)
class _Sample:
    """The day a sample begins with."""

    start_on: date | None


class RuleDialog(Dialog):
    """One rule; of a limit of the law only the reminders can be typed."""

    def __init__(self, tasks: Tasks, row: RuleRow, parent: QWidget | None = None) -> None:
        super().__init__(label(row.rule.code), "", tasks=tasks, parent=parent)
        self.submit_button.setText(self.tr("保存"))
        self.setMinimumWidth(px(640))
        self._runner, self._row = tasks, row
        self._asked: Request[DueDate] | None = None
        if row.rule.law:
            self._say(self.tr("这是法定或写明的期限，怎么算不能改，只能改提前几天提醒。"))
        self.form = self._make_form(row.rule)
        self.add(self.form)
        self.sample: Form[_Sample] = Form(
            _Sample, [Field("start_on", self.tr("试算：起算日"), DateEditor)], columns=2
        )
        self.sample.fill(_Sample(date(office_today().year, 1, 30)))
        self.add(self.sample)
        self.answer = self._say("", "good")
        self.how = self._say("", "sub")
        self.form.edited.connect(self._try)
        self.sample.edited.connect(self._try)
        self._try()

    def _say(self, text: str, style: str = "sub") -> Any:
        made = words(text, style)
        made.setWordWrap(True)
        self.add(made)
        return made

    def _make_form(self, rule: TimeRule) -> Form[RuleInput]:
        units = [(unit, label(unit)) for unit in (Unit.DAY, Unit.WORKING_DAY, Unit.MONTH)]
        made: Form[RuleInput] = Form(
            RuleInput,
            [
                Field("amount", self.tr("期限"), NumberEditor, required=True),
                Field("unit", self.tr("单位"), choice(units), required=True),
                Field("roll", self.tr("逢休息日"), choice(Roll), required=True),
                Field("extension_needs", self.tr("延长"), choice(ExtensionNeed), required=True),
                Field("extension_amount", self.tr("最多延长"), NumberEditor, hint=self.tr("0 表示没有规定")),
                Field(
                    "warn_days", self.tr("提醒"), WarningsEditor,
                    hint=self.tr("相对最后一天：-7 是提前七天"),
                ),
                Field("basis", self.tr("依据"), line(limit=200), required=True, span=FULL_ROW),
                Field("active", self.tr("启用"), check(self.tr("本单位使用这个期限"))),
            ],
            columns=2,
        )  # fmt: skip
        made.fill(input_of(rule))
        if rule.law:
            for name in ("amount", "unit", "roll", "extension_needs", "extension_amount", "basis", "active"):
                made.field(name).setEnabled(False)
        return made

    @override
    def submit(self) -> None:
        """Keep it."""
        wanted = self.form.value()
        if wanted is not None:
            self.act(save_rule, self._row.rule.code, _complete(wanted), self._row.row_version)

    @override
    def show_refused(self, refused: Refused) -> None:
        self.banner.say(refusal_words(refused, [self.form]), Tone.BAD)

    def _try(self) -> None:
        """Count the sample with what is typed now."""
        values, problems = self.form.read()
        started, unread = self.sample.read()
        if self._asked is not None:
            self._asked.drop()
        self.answer.setText("")
        self.how.setText("")
        start = started.get("start_on")
        if problems or unread or start is None:
            return
        wanted = _complete(RuleInput(**values))
        self._asked = self._runner.run(sample_date, self._row.rule.code, wanted, start)
        self._asked.then(lambda due: self._counted(start, due), refused=self._not_counted, owner=self)

    def _counted(self, start: date, due: DueDate) -> None:
        text = self.tr("例如 {start}起 → {end}")
        self.answer.setText(text.format(start=full_day(start), end=full_day(due.due_on)))
        self.how.setText(self.tr("怎么算的：{how}").format(how=explain(due)))

    def _not_counted(self, refused: Refused) -> None:
        self.how.setText(sentence(refused))


class RulesTab(QWidget):
    """The list of rules, and what can be done with the chosen one."""

    def __init__(self, context: SignedIn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.banner = Banner()
        self.table: SmallTable[RuleRow] = SmallTable(
            [
                Column(self.tr("期限"), lambda row: label(row.rule.code), width=230, bold=True),
                Column(self.tr("长度"), _length, width=100),
                Column(self.tr("起算"), lambda row: label(row.rule.trigger), width=160),
                Column(self.tr("延长"), self._extension, width=230),
                Column(self.tr("提醒"), _warnings, width=90),
                Column(self.tr("状态"), self._state, width=90, chip=True, tone=_tone),
                Column(self.tr("依据"), lambda row: row.rule.basis, stretch=True),
            ],
            title=self.tr("期限规则"),
            empty=self.tr("没有期限规则。"),
        )
        self.table.opened.connect(self._change)
        self.table.picked.connect(self._picked)
        self.change = button(self.tr("修改"), lambda: self._change(self.table.current()), picture="pencil")
        self.reset = button(self.tr("恢复原样"), self._ask_reset, picture="undo-2")
        self._may = context.actor.may(Permission.SETTINGS_WRITE)
        self._build()
        self._picked(None)

    def _build(self) -> None:
        card = Card()
        card.add(heading(self.tr("期限规则"), self.reset, self.change))
        card.add(self.banner)
        card.add(self.table, 1)
        self.table.setMinimumHeight(px(380))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 0)
        column.addWidget(card, 1)

    def load(self) -> None:
        """Show every rule."""
        self._context.tasks.run(list_rules).then(self._take, owner=self)

    def show_refused(self, refused: Refused) -> None:
        """Say why nothing was changed."""
        self.banner.say(sentence(refused), Tone.BAD)

    def _take(self, rows: tuple[RuleRow, ...]) -> None:
        remind_by(row.rule for row in rows)
        self.table.show_records(rows)

    def _picked(self, row: RuleRow | None) -> None:
        self.change.setEnabled(row is not None and self._may)
        self.reset.setEnabled(row is not None and row.row_version is not None and self._may)

    def _change(self, row: RuleRow | None) -> None:
        if row is None or not self._may:
            return
        self.dialog = RuleDialog(self._context.tasks, row, self)
        self.dialog.accepted.connect(lambda: self._done(self.tr("已保存，各案的期限已重新推算。")))
        self.dialog.open()

    def _ask_reset(self) -> None:
        row = self.table.current()
        if row is not None:
            text = self.tr("“{rule}”将恢复程序原来的规定，各案的期限随之重新推算。")
            self.asked = ask(
                self,
                self.tr("恢复原样"),
                text.format(rule=label(row.rule.code)),
                yes=self.tr("恢复原样"),
                then=lambda: self._reset(row),
            )

    def _reset(self, row: RuleRow) -> None:
        said = self.tr("已恢复原样。")
        self._context.tasks.run(reset_rule, row.rule.code).then(lambda _: self._done(said), owner=self)

    def _done(self, said: str) -> None:
        self.banner.say(said, Tone.GOOD)
        self.load()

    def _extension(self, row: RuleRow) -> str:
        rule = row.rule
        if rule.extension_needs is ExtensionNeed.NONE or not rule.extension_amount:
            return label(rule.extension_needs)
        most = span_words(rule.extension_amount, rule.unit)
        return self.tr("{needs}，至多{most}").format(needs=label(rule.extension_needs), most=most)

    def _state(self, row: RuleRow) -> str:
        if not row.rule.active:
            return self.tr("停用")
        if row.row_version is not None:
            return self.tr("本单位改过")
        return self.tr("法定") if row.rule.law and row.rule.code not in FIXED else self.tr("在用")


def _complete(typed: RuleInput) -> RuleInput:
    """An empty number is a zero, which the rule then judges."""
    return RuleInput(
        typed.amount or 0, typed.unit, typed.roll, typed.extension_amount or 0, typed.extension_needs,
        typed.warn_days, typed.basis, typed.active,
    )  # fmt: skip


def _length(row: RuleRow) -> str:
    return "—" if row.rule.code in FIXED else span_words(row.rule.amount, row.rule.unit)


def _warnings(row: RuleRow) -> str:
    return "、".join(str(day) for day in row.rule.warn_days)


def _tone(row: RuleRow) -> Tone:
    if not row.rule.active:
        return Tone.PLAIN
    return Tone.WARN if row.row_version is not None else Tone.GOOD
