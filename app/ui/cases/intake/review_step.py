"""Step four of the intake: everything once more in words, and what still has to be put right."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.cases import CaseIntake, Consent, EarlierCase, PartyInput
from app.domain.errors import Problem
from app.domain.people import PersonKind
from app.domain.recusal import home_of
from app.domain.values.catalogues import DISPUTE_TYPES_B, type_a_name
from app.domain.values.identity import mask_id
from app.domain.values.money import format_yuan
from app.domain.values.office_clock import office_time
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import heading, remark, rule, words
from app.ui.kit.date_edit import date_words
from app.ui.kit.focus import settle_tab_order
from app.ui.theme import Tone, px
from app.ui.words.labels import label
from app.ui.words.messages import problem_sentence

Lines = list[tuple[str, str]]


class ReviewStep(QWidget):
    """Tells `jumped(field)` for a problem, `step_asked(n)` for the part to be changed."""

    jumped = Signal(str)
    step_asked = Signal(int)
    look_asked = Signal(str)  # id of a similar case

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._content = QWidget()
        self._column.addWidget(self._content)
        self._column.addStretch(1)
        self._similar = QVBoxLayout()
        self.looks: list[QPushButton] = []
        self.links: list[QWidget] = []

    def show_intake(self, intake: CaseIntake, decided: str, problems: Sequence[tuple[str, Problem]]) -> None:
        """Show the whole form; `problems` come with the title of their field."""
        self._column.removeWidget(self._content)
        self._content.hide()
        self._content.deleteLater()
        self._content = QWidget()
        self._column.insertWidget(0, self._content)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._show_problems(column, problems)
        self._similar, self.looks = QVBoxLayout(), []
        self._similar.setSpacing(0)
        column.addLayout(self._similar)
        self._section(column, self.tr("当事人"), 0, [self._person(party) for party in intake.parties])
        self._section(column, self.tr("纠纷情况"), 1, self._matter(intake))
        said = [(party.name, self._consent(party)) for party in intake.parties if self._consent(party)]
        self._section(column, self.tr("受理与指派"), 2, [*said, (self.tr("办理"), decided)])
        settle_tab_order(self)

    def show_similar(self, cases: Sequence[EarlierCase]) -> None:
        """Name the cases that may be the same dispute; registering stays possible."""
        if not cases:
            return
        said = self.tr("12个月内相同当事人有同类纠纷，请先看是否同一件事：")
        self._similar.addWidget(remark(said, Tone.WARN))
        for case in cases:
            look = button(self.tr("查看"), partial(self.look_asked.emit, case.id), weight=Weight.LINK)
            look.setAccessibleName(self.tr("查看{number}").format(number=case.number))
            day = self.tr("{day}登记").format(day=date_words(case.received_on))
            row = QHBoxLayout()
            row.setContentsMargins(px(23), 0, 0, 0)
            row.setSpacing(10)
            row.addWidget(words("　".join((case.number, label(case.status), day)), "caution"))
            row.addWidget(look)
            row.addStretch(1)
            self._similar.addLayout(row)
            self.looks.append(look)
        self._similar.addWidget(rule())
        settle_tab_order(self)

    def _show_problems(self, column: QVBoxLayout, problems: Sequence[tuple[str, Problem]]) -> None:
        self.links = []
        if not problems:
            column.addWidget(words(self.tr("✓ 没有要改的地方，可以登记"), "good"))
            return
        count = self.tr("还有 {n} 处要改，点一下就到那一项：").format(n=len(problems))
        column.addWidget(words(count, "problem"))
        links = QVBoxLayout()
        links.setSpacing(0)
        for title, problem in problems:
            text = f"{title}：{problem_sentence(problem)}" if title else problem_sentence(problem)
            link = button(text, partial(self.jumped.emit, problem.field), weight=Weight.LINK)
            link.setStyleSheet("text-align: left;")
            self.links.append(link)
            links.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(links)
        column.addWidget(rule())

    def _section(self, column: QVBoxLayout, title: str, step: int, lines: Lines) -> None:
        change = button(self.tr("修改"), lambda: self.step_asked.emit(step), weight=Weight.LINK)
        change.setAccessibleName(self.tr("修改{part}").format(part=title))
        column.addLayout(heading(title, change))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(5)
        grid.setColumnMinimumWidth(0, px(96))
        grid.setColumnStretch(1, 1)
        for at, (name, text) in enumerate(line for line in lines if line[1]):
            left = words(name, "sub")
            left.setWordWrap(True)
            left.setMaximumWidth(px(130))
            grid.addWidget(left, at, 0, Qt.AlignmentFlag.AlignTop)
            value = words(text)
            value.setWordWrap(True)
            grid.addWidget(value, at, 1)
        column.addLayout(grid)
        if step < 2:
            column.addWidget(rule())

    def _person(self, party: PartyInput) -> tuple[str, str]:
        legal = party.kind is PersonKind.LEGAL
        paper = f"{label(party.id_kind)} {mask_id(party.id_no)}" if party.id_no else ""
        parts = [
            party.name,
            label(party.sex) if party.sex and not legal else "",
            self.tr("{day}出生").format(day=date_words(party.birth)) if party.birth else "",
            party.uscc if legal else paper,
            f"{party.legal_representative} {party.representative_post}".strip() if legal else party.nation,
            party.phone,
            home_of(party.village, party.address),
            label(party.agent_kind) if party.agent_kind else "",
            "；".join(label(power) for power in party.agent_powers),
        ]
        return label(party.role), "，".join(part for part in parts if part)

    def _matter(self, intake: CaseIntake) -> Lines:
        kinds = f"{type_a_name(intake.type_a)}　{DISPUTE_TYPES_B.get(intake.type_b, '')}"
        unit = f"{intake.source_unit} {intake.source_letter}".strip()
        source = "　".join(filter(None, (label(intake.source), unit, label(intake.channel))))
        people = self.tr("{n}人").format(n=intake.people_count) if intake.people_count is not None else ""
        received = office_time(intake.received_at)
        fen = intake.amount_fen
        money = self.tr("{yuan} 元").format(yuan=format_yuan(fen)) if fen is not None else ""
        return [
            (self.tr("纠纷类型"), kinds.strip() if intake.type_a else ""),
            (self.tr("案件来源"), source),
            (self.tr("简要情况"), intake.summary),
            (self.tr("请求"), intake.request),
            (self.tr("发生地点"), intake.place),
            (self.tr("涉及金额"), money),
            (self.tr("涉及人数"), people),
            (self.tr("激化风险"), "、".join(label(flag) for flag in intake.risk_flags)),
            (self.tr("难易程度"), label(intake.difficulty)),
            (self.tr("接待"), f"{date_words(received.date())} {received:%H:%M}　{intake.first_contact}"),
        ]

    def _consent(self, party: PartyInput) -> str:
        if party.consent is Consent.UNASKED:
            return ""
        day = date_words(party.consent_on) if party.consent_on else ""
        return f"{label(party.consent)}　{day}".strip()
