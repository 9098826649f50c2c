"""The cards of a case's page: people, matter, mediators, dates, history."""

import re
from collections.abc import Sequence
from datetime import date
from html import escape

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.cases import (
    PRINCIPALS,
    AssignmentView,
    CaseView,
    Consent,
    DueDate,
    EventView,
    PartyRole,
    PartyView,
)
from app.domain.deadlines import RuleCode
from app.domain.flow import CaseAction
from app.domain.intake import ACCEPTANCE_CHECKED
from app.domain.office.journal import ActionName
from app.domain.people import PersonKind
from app.domain.recusal import home_of
from app.domain.register import Repeat
from app.domain.roster import ChosenBy
from app.domain.values.catalogues import DISPUTE_TYPES_B, type_a_name
from app.domain.values.identity import mask_id, mask_phone
from app.domain.values.money import format_yuan
from app.domain.values.office_clock import office_time
from app.ui.cases.level_words import level_words
from app.ui.cases.next_step import consent_words
from app.ui.clock import office_today
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import Card, heading, remark, rule, words
from app.ui.kit.chip import Chip
from app.ui.kit.date_edit import date_words
from app.ui.room import set_shown
from app.ui.theme import Tone, px
from app.ui.words.counting_words import explain, extension_words
from app.ui.words.finding_words import kept_words
from app.ui.words.journal import action_words
from app.ui.words.labels import label
from app.ui.words.messages import shown

_DAY, _LEVEL = re.compile(r"\b\d{4}-\d{2}-\d{2}\b"), re.compile(r"\d")
_SESSION = re.compile(r"\d{4}-\d{2}-\d{2} \d+")
_NAMED_REPEATS = 3
_CONSENT_TONES = {Consent.UNASKED: Tone.WARN, Consent.REFUSED: Tone.BAD}


class Panel(Card):
    """A card whose content is made anew for each case."""

    def __init__(self, title: str, *right: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.add(heading(title, *right))
        self._content = QWidget()
        self.add(self._content)

    def renew(self) -> QVBoxLayout:
        """An empty column in place of the old content."""
        old, self._content = self._content, QWidget()
        self.body.replaceWidget(old, self._content)
        old.hide()
        old.deleteLater()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        return column


def said(text: str, style: str = "") -> QWidget:
    """Words that may need several lines."""
    made = words(text, style)
    made.setWordWrap(True)
    return made


def lines_of(pairs: Sequence[tuple[str, str]], width: int = 72) -> QGridLayout:
    """Names in grey and what they are, empty ones left out."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnMinimumWidth(0, px(width))
    grid.setColumnStretch(1, 1)
    for at, (name, text) in enumerate(pair for pair in pairs if pair[1]):
        grid.addWidget(words(name, "sub"), at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(said(text), at, 1)
    return grid


class PartiesPanel(Panel):
    """Everybody in the case; numbers are covered until somebody who works on cases uncovers them.

    Under those with other disputes within a year stands how many, each a link.
    """

    uncovered = Signal()
    case_asked = Signal(str)

    def __init__(self, may_uncover: bool, parent: QWidget | None = None) -> None:
        self.uncover = button("", picture="eye", weight=Weight.LINK)
        super().__init__(QCoreApplication.translate("cases", "当事人"), self.uncover, parent=parent)
        self._parties: tuple[PartyView, ...] = ()
        self._repeats: dict[str, Repeat] = {}
        self._covered = True
        self.uncover.setHidden(not may_uncover)
        self.uncover.clicked.connect(self._turn)
        self._name_button()

    def show_case(self, case: CaseView) -> None:
        """Show the people of a case, their numbers covered."""
        self._parties = case.parties
        self._cover(True)

    def show_repeats(self, repeats: tuple[Repeat, ...]) -> None:
        """Tell who was in other disputes lately."""
        self._repeats = {repeat.party_id: repeat for repeat in repeats}
        self._cover(self._covered)

    def _turn(self) -> None:
        if self._covered:
            self.uncovered.emit()
        self._cover(not self._covered)

    def _cover(self, covered: bool) -> None:
        self._covered = covered
        self._name_button()
        column = self.renew()
        names = {party.id: party.name for party in self._parties}
        for at, party in enumerate(self._parties):
            if at:
                column.addWidget(rule())
            column.addLayout(self._head(party, names))
            particulars = self._particulars(party)
            if particulars:
                column.addWidget(said(particulars, "sub"))
            if party.id in self._repeats:
                column.addWidget(self._others(self._repeats[party.id]))

    def _others(self, repeat: Repeat) -> QWidget:
        """How many other disputes somebody had within a year, the latest named; each opens."""
        named = repeat.cases[:_NAMED_REPEATS]
        texts = [escape(f"{_short_number(case.number)}（{type_a_name(case.type_a)}）") for case in named]
        links = [f'<a href="{case.id}">{text}</a>' for case, text in zip(named, texts, strict=True)]
        rest = self.tr(" 等") if len(repeat.cases) > len(links) else ""
        told = self.tr("12个月内另有{n}件：{cases}").format(n=len(repeat.cases), cases="、".join(links))
        line = remark(told + rest, Tone.WARN)
        sentence = line.findChildren(QLabel)[-1]
        sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        sentence.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        plain = "、".join(case.number for case in named)
        about = self.tr("{name} 12个月内另有{n}件：{cases}")
        sentence.setAccessibleName(about.format(name=repeat.name, n=len(repeat.cases), cases=plain))
        sentence.linkActivated.connect(self.case_asked)
        return line

    def _name_button(self) -> None:
        self.uncover.setText(self.tr("显示证件号码") if self._covered else self.tr("遮住证件号码"))

    def _head(self, party: PartyView, names: dict[str, str]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(words(label(party.role), "sub"))
        name = words(party.name, "sectionTitle")
        name.setWordWrap(True)
        row.addWidget(name, 1)
        if party.role in PRINCIPALS:
            if party.consent is not Consent.UNASKED or party.role is not PartyRole.APPLICANT:
                tone = _CONSENT_TONES.get(party.consent, Tone.GOOD)
                row.addWidget(Chip(consent_words(party.consent, party.consent_on), tone))
        else:
            stands_for = "、".join(names[key] for key in party.represents if key in names)
            row.addWidget(words(self.tr("代理 {names}").format(names=stands_for), "sub"))
        return row

    def _particulars(self, party: PartyView) -> str:
        legal = party.kind is PersonKind.LEGAL
        number = mask_id(party.id_no) if self._covered else party.id_no
        phone = mask_phone(party.phone) if self._covered else party.phone
        born = date_words(party.birth) if party.birth else ""
        parts = [
            label(party.sex) if party.sex and not legal else "",
            self.tr("{day}出生").format(day=born) if born and not legal else "",
            f"{label(party.id_kind)} {number}" if number and not legal else "",
            party.uscc,
            f"{party.legal_representative} {party.representative_post}".strip(),
            party.nation,
            party.occupation,
            phone,
            home_of(party.village, party.address),
            label(party.agent_kind) if party.agent_kind else "",
            "；".join(label(power) for power in party.agent_powers),
        ]
        return "　".join(part for part in parts if part)


def _short_number(number: str) -> str:
    return number[max(number.find("〔"), 0) :]


class MatterPanel(Panel):
    """What the dispute is about."""

    def show_case(self, case: CaseView) -> None:
        """Show the matter of a case."""
        received = office_time(case.received_at)
        unit = f"{case.source_unit} {case.source_letter}".strip()
        money, people = case.amount_fen, case.people_count
        kinds = f"{type_a_name(case.type_a)}　{DISPUTE_TYPES_B.get(case.type_b, '')}"
        self.renew().addLayout(
            lines_of(
                [
                    (self.tr("纠纷类型"), kinds),
                    (self.tr("简要情况"), case.summary),
                    (self.tr("请求"), case.request),
                    (self.tr("发生地点"), case.place),
                    (
                        self.tr("涉及金额"),
                        self.tr("{yuan} 元").format(yuan=format_yuan(money)) if money is not None else "",
                    ),
                    (self.tr("涉及人数"), str(people) if people is not None else ""),
                    (self.tr("激化风险"), "、".join(label(flag) for flag in case.risk_flags)),
                    (self.tr("难易程度"), label(case.difficulty)),
                    (
                        self.tr("来源"),
                        "　".join(filter(None, (label(case.source), unit, label(case.channel)))),
                    ),
                    (
                        self.tr("接待"),
                        f"{date_words(received.date())} {received:%H:%M}　{case.first_contact}",
                    ),
                    (self.tr("登记人"), case.registrar),
                ]
            )
        )


class MediatorsPanel(Panel):
    """Who mediates, chosen by whom, and what was looked at before."""

    def show_case(self, case: CaseView) -> None:
        """Show the mediators of a case."""
        column = self.renew()
        if not case.assignments:
            column.addWidget(words(self.tr("还没有指派"), "sub"))
        for row in sorted(case.assignments, key=lambda row: not row.lead):
            column.addWidget(said(self._line(row)))
            found = kept_words(row.findings)
            if found:
                column.addWidget(said(found, "caution"))
            if row.override_reason:
                reason = self.tr("不回避的理由：{reason}").format(reason=row.override_reason)
                column.addWidget(said(reason, "sub"))
        told = case.rights_told_on
        if case.accepted_on is not None:
            day = date_words(told) if told else self.tr("还没有记录")
            column.addWidget(words(self.tr("权利义务告知：{day}").format(day=day), "sub"))

    def _line(self, row: AssignmentView) -> str:
        part = self.tr("主持") if row.lead else self.tr("共同")
        chosen = label(ChosenBy(row.chosen_by))
        return f"{row.name}（{part}，{chosen}，{date_words(row.assigned_on)}）"


class DatesPanel(Panel):
    """The dates to be kept; how each is counted unfolds under it."""

    def show_case(self, case: CaseView) -> None:
        """Show the dates of a case."""
        column = self.renew()
        if not case.deadlines:
            column.addWidget(words(self.tr("现在没有要守的期限"), "sub"))
        for at, deadline in enumerate(case.deadlines):
            how = said(explain(deadline), "sub")
            set_shown(how, at == 0)
            row = QHBoxLayout()
            row.addWidget(self._line(deadline), 1)
            row.addWidget(self._unfold(deadline, how), 0, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
            column.addWidget(how)

    def _line(self, deadline: DueDate) -> QWidget:
        left = (deadline.due_on - office_today()).days
        if left > 0:
            text = self.tr("剩{n}天").format(n=left)
        else:
            text = self.tr("已逾期{n}天").format(n=-left) if left else self.tr("今天")
        near = deadline.warn_on is not None and deadline.warn_on <= office_today()
        style = "problem" if left < 0 else "caution" if near else ""
        line = said(f"{label(RuleCode(deadline.code))}　{date_words(deadline.due_on)}（{text}）", style)
        line.setToolTip(explain(deadline))
        return line

    def _unfold(self, deadline: DueDate, how: QWidget) -> QWidget:
        made = button(self.tr("怎么算的"), lambda: how.setVisible(not how.isVisible()), weight=Weight.LINK)
        about = self.tr("{rule}怎么算的").format(rule=label(RuleCode(deadline.code)))
        made.setAccessibleName(about)
        return made


class HistoryPanel(Panel):
    """What was done on the case, the latest first."""

    def show_case(self, case: CaseView) -> None:
        """Show the history of a case."""
        column = self.renew()
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(2, 1)
        for at, event in enumerate(reversed(case.events)):
            when = words(shown(event.at), "sub")
            grid.addWidget(when, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words(label(event.action)), at, 1, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(said(event_note(event)), at, 2)
            grid.addWidget(words(event.actor, "sub"), at, 3, Qt.AlignmentFlag.AlignTop)
        column.addLayout(grid)


def event_note(event: EventView) -> str:
    """The note of an entry; codes and days kept in it are shown in words."""
    if event.action is CaseAction.CONSENT_RECORDED:
        role, _, consent = event.note.partition(":")
        return f"{label(PartyRole(role))}：{label(Consent(consent))}"
    if event.action is CaseAction.ACCEPTED and event.note == ACCEPTANCE_CHECKED:
        return QCoreApplication.translate(
            "cases", "属于本调委会调解范围；不是专门机关处理的事项，也没有被其他机关受理。"
        )
    if event.action in (CaseAction.UNDONE, CaseAction.RESTORED):
        return action_words(ActionName(event.note)) or event.note
    if event.action is CaseAction.EXTENDED:
        return extension_words(event.note)
    if event.action is CaseAction.LEVEL_RAISED:
        return _LEVEL.sub(lambda found: level_words(int(found[0])), event.note)
    if event.action is CaseAction.SIGNED and _SESSION.fullmatch(event.note):
        day, _, seq = event.note.partition(" ")
        said = QCoreApplication.translate("cases", "第{seq}次调解记录（{day}）")
        return said.format(seq=seq, day=date_words(date.fromisoformat(day)))
    return _DAY.sub(lambda found: date_words(date.fromisoformat(found[0])), event.note)
