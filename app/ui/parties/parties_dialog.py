"""The people of a case after registration: who is in it, who joins, changes, leaves, speaks for others."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from app.domain.cases import (
    PRINCIPALS,
    AgentPower,
    CaseView,
    Consent,
    PartyInput,
    PartyRole,
    PartyView,
    RiskFlag,
)
from app.domain.flow import BEFORE_DECISION
from app.domain.intake import (
    MOST_REPRESENTATIVES,
    RepresentativesInput,
    guardian_gaps,
    is_minor,
    needs_guardian,
)
from app.domain.people import Capacity, PersonKind
from app.domain.values.identity import age_on
from app.services.parties.changing import input_of, set_representatives
from app.ui.clock import office_today
from app.ui.kit.banner import Banner
from app.ui.kit.buttons import Segments, button
from app.ui.kit.card import words
from app.ui.kit.date_edit import date_words
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import LineEditor, checks
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.kit.row_view import SmallTable
from app.ui.kit.table import Column
from app.ui.parties.party_dialog import NEW, LeaveDialog, PartyChange, PartyDialog
from app.ui.parties.people_picker import PeoplePicker
from app.ui.tasks import Tasks
from app.ui.theme import Tone, px
from app.ui.words.labels import label

MANY = 8  # more people than that are looked for by name
NAMED = 3


class PartiesDialog(Dialog):
    """Everybody of the case in one table; each change is saved at once."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("当事人增减变更"), self.tr("完成"), tasks=tasks, parent=parent)
        self._case, self._tasks = case, tasks
        self.search = LineEditor(placeholder=self.tr("按姓名查找"))
        self.search.setAccessibleName(self.tr("按姓名查找"))
        self.search.edited.connect(self._show)
        self.count = words("", "sub")
        self.table: SmallTable[PartyView] = SmallTable(
            self._columns(), title=self.tr("本案人员"), empty=self.tr("没有找到这个名字。")
        )
        self.add_button = button(self.tr("增加"), self.add_person, picture="user-plus")
        self.change_button = button(self.tr("变更"), self.change_person)
        self.leave_button = button(self.tr("退出本案"), self.let_leave)
        self.choose_button = button(self.tr("推选代表人"), self.choose_representatives)
        self.gaps = Banner()
        self.caution = Banner()
        self._build()
        self._take(case)

    def _build(self) -> None:
        self.setMinimumSize(px(820), px(430))
        self.resize(px(860), px(600))
        self.cancel_button.hide()  # nothing is left to be given up: every change was saved
        head = QHBoxLayout()
        head.setSpacing(10)
        for made in (self.add_button, self.change_button, self.leave_button, self.choose_button):
            head.addWidget(made)
        head.addStretch(1)
        head.addWidget(self.count)
        head.addWidget(self.search)
        self.add(self.gaps)
        self.add(self.caution)
        self.add(head)
        self.add(self.table, 1)
        self.table.opened.connect(lambda _: self.change_person())
        self.table.picked.connect(lambda _: self._allow())

    def add_person(self) -> None:
        """Open the form of somebody new."""
        self._open(PartyDialog(self._tasks, self._case, parent=self))

    def add_guardian(self) -> None:
        """Open the form of a guardian for the first who needs one."""
        today = office_today()
        lonely = set(guardian_gaps(self._case.parties, today))
        wards = (one.id for one in self._case.parties if one.name in lonely and needs_guardian(one, today))
        guardian = PartyInput(key=NEW, role=PartyRole.GUARDIAN, represents=tuple(wards)[:1])
        self._open(PartyDialog(self._tasks, self._case, guardian, self))

    def change_person(self) -> None:
        """Open the form of the current row."""
        party = self.table.current()
        if party is not None and party.left_on is None:
            self._open(PartyDialog(self._tasks, self._case, input_of(party), self))

    def let_leave(self) -> None:
        """Ask since when and why the person of the current row is no longer in the case."""
        party = self.table.current()
        if party is not None and party.left_on is None:
            self._open(LeaveDialog(self._tasks, self._case, party, self))

    def choose_representatives(self) -> None:
        """Open the choice of those who speak for a side."""
        self._open(RepresentativesDialog(self._tasks, self._case, self))

    def _open(self, dialog: PartyChange) -> None:
        dialog.saved.connect(self._take)
        dialog.open()

    def _take(self, case: CaseView) -> None:
        self._case = case
        sides = _sides(case)
        self.choose_button.setVisible(bool(sides))
        self.search.setVisible(len(case.parties) > MANY)
        self.count.setText(self.tr("{n} 人").format(n=len(case.parties)))
        self._show()
        self._warn()

    def _show(self) -> None:
        typed = self.search.value()
        people = (*self._case.parties, *self._case.left_parties)
        self.table.show_records([one for one in people if typed in one.name])
        if self.table.table.rowCount() and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.table.table.index(0, 0))
        self._allow()

    def _allow(self) -> None:
        party = self.table.current()
        here = party is not None and party.left_on is None
        self.change_button.setEnabled(here)
        self.leave_button.setEnabled(here)

    def _warn(self) -> None:
        lonely = guardian_gaps(self._case.parties, office_today())
        if lonely:
            text = self.tr("{names}需要法定代理人参加调解，还没有登记。").format(names=self._some(lonely))
            self.gaps.say(
                text, Tone.WARN, action=self.tr("增加法定代理人"), then=self.add_guardian, lasting=True
            )
        else:
            self.gaps.hide()
        text = self._cautions()
        if text:
            self.caution.say(text, Tone.WARN, lasting=True)
        else:
            self.caution.hide()

    def _cautions(self) -> str:
        """Suspected violence against those who cannot help themselves; who joined and was not asked."""
        today = office_today()
        parties = self._case.parties
        said = []
        weak = any(needs_guardian(one, today) for one in parties)
        if weak and RiskFlag.DOMESTIC_VIOLENCE in self._case.risk_flags:
            said.append(
                self.tr(
                    "疑似对无、限制民事行为能力人实施家庭暴力的，应当及时向公安机关报案（反家庭暴力法第十四条）。"
                )
            )
        silent = tuple(
            one.name
            for one in parties
            if one.role in (PartyRole.RESPONDENT, PartyRole.THIRD) and one.consent is Consent.UNASKED
        )
        if silent and self._case.status not in BEFORE_DECISION:
            said.append(self.tr("{names}还没有表态是否同意调解。").format(names=self._some(silent)))
        return "\n".join(said)

    def _columns(self) -> list[Column[PartyView]]:
        def gone(one: PartyView) -> Tone | None:
            return Tone.PLAIN if one.left_on else None

        return [
            Column(self.tr("姓名"), lambda one: one.name, 150, bold=True, sort_key="name", tone=gone),
            Column(self.tr("在本案中"), lambda one: label(one.role), 100, sort_key="role", tone=gone),
            Column(self.tr("性别年龄"), self._age, 110, tone=gone),
            Column(self.tr("同意调解"), self._consent, 100, tone=gone),
            Column(self.tr("说明"), self._remark, 240, stretch=True, tone=self._tone),
        ]

    def _age(self, one: PartyView) -> str:
        if one.kind is PersonKind.LEGAL:
            return self.tr("单位")
        age = self.tr("{n}岁").format(n=age_on(one.birth, office_today())) if one.birth else ""
        return f"{label(one.sex) if one.sex else ''} {age}".strip()

    def _consent(self, one: PartyView) -> str:
        return label(one.consent) if one.role in PRINCIPALS else ""

    def _remark(self, one: PartyView) -> str:
        if one.left_on:
            return self.tr("{day}退出").format(day=date_words(one.left_on))
        parts = []
        if is_minor(one, office_today()):
            parts.append(self.tr("未成年"))
        elif one.capacity is not Capacity.FULL:
            parts.append(label(one.capacity))
        names = [other.name for other in self._case.parties if other.id in one.represents]
        if names:
            verb = self.tr("代表{names}") if one.role in PRINCIPALS else self.tr("代理{names}")
            parts.append(verb.format(names=self._some(names)))
        return "，".join(parts)

    def _some(self, names: Sequence[str]) -> str:
        """Some names, and how many they are."""
        few = "、".join(names[:NAMED])
        return few if len(names) <= NAMED else self.tr("{names}等{n}人").format(names=few, n=len(names))

    def _tone(self, one: PartyView) -> Tone | None:
        if one.left_on:
            return Tone.PLAIN
        return Tone.WARN if needs_guardian(one, office_today()) else None


def _sides(case: CaseView) -> list[PartyRole]:
    """The sides with more than one party."""
    roles = [one.role for one in case.parties]
    return [role for role in PRINCIPALS if roles.count(role) > 1]


class RepresentativesDialog(PartyChange):
    """At most five of a side speak for the rest of it (NB15 20)."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("推选代表人"), self.tr("保存"), tasks=tasks, parent=parent)
        self.setMinimumWidth(px(640))
        self._case = case
        sides = _sides(case)
        self.side = Segments([(role, label(role)) for role in sides])
        self.side.chosen.connect(self._turn)
        self.form: Form[RepresentativesInput] = Form(
            RepresentativesInput,
            [
                Field("chosen", self.tr("代表人"), PeoplePicker, span=FULL_ROW),
                Field("powers", self.tr("代理权限"), checks(AgentPower, columns=2), span=FULL_ROW),
            ],
            columns=1,
        )
        self.picked = words("", "sub")
        note = words(self.tr("人数众多的，可以推选代表人参加调解，每方不超过五名；都不勾选即取消。"), "sub")
        note.setWordWrap(True)
        self.add(self.side)
        self.add(note)
        self.add(self.form)
        self.add(self.picked)
        self.form.field("chosen").edited.connect(self._count)
        self._turn(sides[0])

    @override
    def submit(self) -> None:
        """Save who speaks for the side."""
        wanted = self.form.value()
        if wanted is not None:
            self.act(set_representatives, self._case.id, wanted, ok=self.saved.emit)

    def _turn(self, role: PartyRole) -> None:
        side = [one for one in self._case.parties if one.role is role]
        chosen = tuple(one.id for one in side if one.represents)
        powers = next((one.agent_powers for one in side if one.represents), ())
        self.form.field("chosen").set_options([(one.id, one.name) for one in side])
        self.form.fill(RepresentativesInput(role, chosen, powers))
        self._count()

    def _count(self) -> None:
        n = len(self.form.field("chosen").value())
        self.picked.setText(self.tr("已选 {n} 名，最多 {most} 名").format(n=n, most=MOST_REPRESENTATIVES))
