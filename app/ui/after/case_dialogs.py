"""The forms about a case after its agreement: all performed, a breach, its ways, a visit or none."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.after.performance import (
    BreachInput,
    BreachWay,
    BreachWayInput,
    DutyRow,
    DutyState,
    FollowUpInput,
    PerformanceView,
    PerformedInput,
    Satisfaction,
    VisitMethod,
)
from app.domain.cases import CaseView
from app.services.after.follow_up import declare_breach, record_follow_up, skip_follow_up, take_breach_way
from app.services.after.performance import perform_at_once
from app.services.after.view import open_performance
from app.ui.after.duty_dialogs import duty_words, few_lines
from app.ui.kit.card import words
from app.ui.kit.date_edit import DateEditor
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import ChecksEditor, check, choice, line
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.tasks import Tasks
from app.ui.theme import px

_WIDTH, _WIDE = 540, 680


class _CaseDialog(Dialog):
    """Asks for the ledger of the case first; `show_ledger` makes the form from it."""

    def __init__(self, title: str, submit: str, tasks: Tasks, case: CaseView, parent: QWidget | None) -> None:
        super().__init__(title, submit, tasks=tasks, parent=parent)
        self.setMinimumWidth(px(_WIDTH))
        self.case = case
        self.submit_button.setDisabled(True)
        tasks.run(open_performance, case.id).then(self._take, owner=self)

    def _take(self, ledger: PerformanceView) -> None:
        self.submit_button.setDisabled(False)
        self.show_ledger(ledger)
        if self.isVisible() and self.forms:
            self.forms[0].focus_first()

    def show_ledger(self, ledger: PerformanceView) -> None:
        """Fill the dialog."""
        raise NotImplementedError

    def say_rule(self, sentence: str) -> None:
        """A grey line under the form: what the law asks here."""
        told = words(sentence, "sub")
        told.setWordWrap(True)
        self.add(told)


class AtOnceDialog(_CaseDialog):
    """全部履行完毕: everything still owed was done on one day."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("全部履行完毕"), self.tr("登记"), tasks, case, parent)

    @override
    def show_ledger(self, ledger: PerformanceView) -> None:
        left = [duty for duty in ledger.duties if duty.owed]
        self.say_rule(
            self.tr("还有 {count} 项没有履行，将全部登记为已履行。").format(count=len(left))
            if left
            else self.tr("没有未履行的事项，将登记为履行完毕。")
        )
        self.form: Form[PerformedInput] = Form(
            PerformedInput,
            [
                Field("on", self.tr("履行日期"), DateEditor, required=True),
                Field("manner", self.tr("方式"), line(self.tr("不填则按协议所写"), 100)),
                Field("proof", self.tr("凭证"), line(self.tr("如：收条"), 100)),
            ],
            columns=1,
        )
        self.add(self.form)
        self.form.fill(PerformedInput(ledger.today))

    @override
    def submit(self) -> None:
        """Enter all of it."""
        wanted = self.form.value()
        if wanted is not None:
            self.act(perform_at_once, self.case.id, wanted)


@dataclass(frozen=True, slots=True)
class _BreachFound:
    """What the form of a breach asks for."""

    obligation_ids: tuple[str, ...]
    on: date | None
    facts: str


class BreachDialog(_CaseDialog):
    """认定未履行: which overdue obligations, and the facts."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("认定未履行"), self.tr("认定"), tasks, case, parent)

    @override
    def show_ledger(self, ledger: PerformanceView) -> None:
        late = [duty for duty in ledger.duties if duty.state is DutyState.OVERDUE]
        if not late:
            self.say_rule(self.tr("没有逾期未履行的事项。到期以后才能认定未履行。"))
            self.submit_button.setDisabled(True)
            return
        self.form: Form[_BreachFound] = Form(
            _BreachFound,
            [
                Field("obligation_ids", self.tr("未履行的事项"), lambda: _late_checks(late), required=True),
                Field("on", self.tr("认定日期"), DateEditor, required=True),
                Field("facts", self.tr("未履行情况"), few_lines(4), required=True),
            ],
            columns=1,
        )  # fmt: skip
        self.add(self.form)
        self.say_rule(self.tr("认定以后可以再次调解，或告知当事人起诉、申请强制执行、申请支付令。"))
        self.form.fill(_BreachFound(tuple(duty.id for duty in late), ledger.today, ""))

    @override
    def submit(self) -> None:
        """Find the breach."""
        found = self.form.value()
        if found is not None:
            self.act(declare_breach, BreachInput(self.case.id, found.obligation_ids, found.on, found.facts))


def _late_checks(late: list[DutyRow]) -> ChecksEditor:
    return ChecksEditor([(duty.id, f"{duty.seq}. {duty_words(duty)}") for duty in late], columns=1)


class BreachWayDialog(_CaseDialog):
    """未履行的处理: mediated again, or what the law offers besides (PML 32-33)."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("未履行的处理"), self.tr("登记"), tasks, case, parent)

    @override
    def show_ledger(self, ledger: PerformanceView) -> None:
        self.form: Form[BreachWayInput] = Form(
            BreachWayInput,
            [
                Field("way", self.tr("途径"), choice(BreachWay), required=True),
                Field("on", self.tr("日期"), DateEditor, required=True),
                Field("all_agree", self.tr("各方意愿"), check(self.tr("各方都愿意再次调解"))),
                Field("notarised", self.tr("公证"), check(self.tr("协议已经公证赋予强制执行效力"))),
                Field("note", self.tr("说明"), few_lines(3)),
            ],
            columns=1,
        )
        self.form.field("way").edited.connect(self._show_needed)
        self.add(self.form)
        self.rule = words("", "sub")
        self.rule.setWordWrap(True)
        self.add(self.rule)
        self.form.fill(BreachWayInput(self.case.id, BreachWay.REMEDIATE, ledger.today))
        self._show_needed()

    def _show_needed(self) -> None:
        way = self.form.field("way").value()
        extra = {BreachWay.REMEDIATE: ("all_agree",), BreachWay.ENFORCEMENT: ("notarised",)}
        self.form.show_fields(("way", "on", *extra.get(way, ()), "note"))
        rules = {
            BreachWay.REMEDIATE: self.tr("案件回到原调解员，调解期限重新计算。新协议生效前原协议仍有效。"),
            BreachWay.SUIT: self.tr("当事人就协议的履行或内容发生争议的，可以向人民法院起诉。"),
            BreachWay.ENFORCEMENT: self.tr(
                "经司法确认有效，或经公证赋予强制执行效力的，可以申请强制执行。说明写执行依据的文号，已登记裁定书的可不填。"
            ),
            BreachWay.PAYMENT_ORDER: self.tr("写明向哪个人民法院申请、申请的日期。"),
        }
        self.rule.setText(rules[way])

    @override
    def submit(self) -> None:
        """Write the way down."""
        wanted = self.form.value()
        if wanted is not None:
            self.act(take_breach_way, wanted)


class FollowUpDialog(_CaseDialog):
    """登记回访 (F11)."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("登记回访"), self.tr("登记"), tasks, case, parent)
        self.setMinimumWidth(px(_WIDE))

    @override
    def show_ledger(self, ledger: PerformanceView) -> None:
        self.form: Form[FollowUpInput] = Form(
            FollowUpInput,
            [
                Field("party_id", self.tr("回访对象"), choice(ledger.parties), required=True),
                Field("day", self.tr("回访日期"), DateEditor, required=True),
                Field("method", self.tr("方式"), choice(VisitMethod), required=True),
                Field("satisfaction", self.tr("满意度"), choice(Satisfaction), required=True),
                Field("visitors", self.tr("回访人"), line("", 100), required=True),
                Field("next_on", self.tr("下次回访"), DateEditor),
                Field("performance", self.tr("履行情况"), few_lines(2), required=True, span=FULL_ROW),
                Field("new_dispute", self.tr("履行中的争议"), line(self.tr("起诉、裁判结果，没有的不填")),
                      span=FULL_ROW),
                Field("risks", self.tr("隐患"), line(self.tr("有无激化可能，没有的不填")), span=FULL_ROW),
                Field("measures", self.tr("采取的措施"), line(), span=FULL_ROW),
            ],
            columns=2,
        )  # fmt: skip
        self.add(self.form)
        lead = next((one.name for one in self.case.assignments), "")
        done = ledger.performed_on is not None
        self.form.fill(
            FollowUpInput(
                case_id=self.case.id,
                party_id=ledger.parties[0][0] if ledger.parties else "",
                day=ledger.today,
                method=VisitMethod.PHONE,
                performance=self.tr("已全部履行。") if done else "",
                satisfaction=Satisfaction.GOOD,
                visitors=lead,
            )
        )

    @override
    def submit(self) -> None:
        """Write the visit down."""
        wanted = self.form.value()
        if wanted is not None:
            self.act(record_follow_up, wanted)


@dataclass(frozen=True, slots=True)
class _Skipped:
    """Why nobody is visited."""

    reason: str


class SkipVisitDialog(Dialog):
    """不需回访: an oral agreement, or one performed on the spot (G11)."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("不需回访"), self.tr("登记"), tasks=tasks, parent=parent)
        self.setMinimumWidth(px(_WIDTH))
        self.case = case
        hint = self.tr("如：当场履行完毕，双方无异议")
        self.form: Form[_Skipped] = Form(
            _Skipped, [Field("reason", self.tr("理由"), line(hint, 200), required=True)], columns=1
        )
        self.add(self.form)

    @override
    def submit(self) -> None:
        """Go on without a visit."""
        given = self.form.value()
        if given is not None:
            self.act(skip_follow_up, self.case.id, given.reason)
