"""Dialogs of one entry of the register: correct its particulars, write down a relation."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.errors import Problem
from app.domain.people import Capacity, PersonKind, PersonMatch, RelationKind
from app.domain.register import PersonInput, PersonView
from app.domain.values.catalogues import NATIONS
from app.domain.values.identity import (
    NUMBERED_BY_GB11643,
    IdFault,
    IdKind,
    IdNumber,
    Sex,
    check_id_number,
    check_uscc,
    mask_id,
)
from app.services.cases.people import suggest_people
from app.services.people.register import save_person
from app.services.roster.recusal import relate_people
from app.ui.clock import office_today
from app.ui.kit.date_edit import DateEditor
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import IdEditor, choice, line, text
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.kit.suggest import Answer, Suggestions
from app.ui.room import Scrolled
from app.ui.tasks import Tasks
from app.ui.theme import px
from app.ui.words.labels import label
from app.ui.words.messages import problem_sentence

_WIDTH, _HEIGHT, _ROOM = 900, 560, 40


class EditPersonDialog(Dialog):
    """Corrects an entry. A covered number left as it is stays; a wrong check digit is only warned of."""

    def __init__(self, tasks: Tasks, person: PersonView, parent: QWidget) -> None:
        super().__init__(self.tr("修改资料"), self.tr("保存"), tasks=tasks, parent=parent)
        self.person = person
        legal = person.kind is PersonKind.LEGAL
        fields = self._legal() if legal else self._natural()
        self.form: Form[PersonInput] = Form(PersonInput, fields)
        self.form.fill(person.input)
        self.form.submitted.connect(self._submit)
        self.forms.append(self.form)
        if legal:
            self.form.field("uscc").editingFinished.connect(self._check_code)
        else:
            self.form.field("id_no").editingFinished.connect(self._check_number)
        self.add(Scrolled(self.form), 1)
        window = parent.window()
        width, height = (window.width() - _ROOM, window.height() - _ROOM)
        self.resize(min(px(_WIDTH), width), min(px(_HEIGHT), height))

    def _natural(self) -> list[Field]:
        nations = [("", ""), *((nation, nation) for nation in NATIONS)]
        covered = self.tr("号码遮住时按原样保留，即不修改") if self.person.covered else ""
        return [
            Field("name", self.tr("姓名"), required=True),
            Field("sex", self.tr("性别"), choice(Sex, blank=True)),
            Field("birth", self.tr("出生日期"), DateEditor),
            Field("id_kind", self.tr("证件类型"), choice(IdKind)),
            Field("id_no", self.tr("证件号码"), IdEditor, hint=covered),
            Field("phone", self.tr("联系电话")),
            Field("nation", self.tr("民族"), choice(nations)),
            Field("occupation", self.tr("职业")),
            Field("capacity", self.tr("行为能力"), choice(Capacity)),
            Field("village", self.tr("所在村（社区）")),
            Field("address", self.tr("住址"), span=2),
            Field("household", self.tr("户号")),
            Field("employer", self.tr("工作单位"), span=2),
            Field("former_names", self.tr("曾用名"), line(self.tr("多个用顿号隔开")), span=2),
            Field("note", self.tr("备注"), text(2), span=FULL_ROW),
        ]

    def _legal(self) -> list[Field]:
        return [
            Field("name", self.tr("单位名称"), required=True, span=2),
            Field("uscc", self.tr("信用代码"), line(self.tr("统一社会信用代码 18 位"))),
            Field("legal_representative", self.tr("法定代表人")),
            Field("representative_post", self.tr("职务")),
            Field("phone", self.tr("联系电话")),
            Field("village", self.tr("所在村（社区）")),
            Field("address", self.tr("住所"), span=2),
            Field("former_names", self.tr("曾用名称"), span=2),
            Field("note", self.tr("备注"), text(2), span=FULL_ROW),
        ]

    def _check_number(self) -> None:
        number = self.form.field("id_no").value()
        numbered = self.form.field("id_kind").value() in NUMBERED_BY_GB11643
        if not number or not numbered or "*" in number:
            return
        found = check_id_number(number, office_today())
        if isinstance(found, IdNumber):
            self.form.set_values({"sex": found.sex, "birth": found.birth})
            self.form.praise("id_no", self.tr("✓ 证件校验码正确，已填性别和出生日期"))
        else:
            self.form.warn("id_no", problem_sentence(found.at("id_no")))

    def _check_code(self) -> None:
        code = self.form.field("uscc").value()
        found = check_uscc(code) if code else ""
        if isinstance(found, IdFault):
            self.form.warn("uscc", problem_sentence(found.at("uscc")))

    @override
    def submit(self) -> None:
        wanted = self.form.value()
        if wanted is not None:
            self.act(save_person, self.person.id, wanted, self.person.row_version)


@dataclass(frozen=True, slots=True)
class Tie:
    """What the relation dialog asks; `person_b` is what is typed to find the other one."""

    person_b: str = ""
    kind: RelationKind | None = None
    note: str = ""


class RelateDialog(Dialog):
    """Writes down how the person shown is tied to another one of the register."""

    def __init__(self, tasks: Tasks, person: PersonView, parent: QWidget) -> None:
        title = QCoreApplication.translate("people", "{name}的关系").format(name=person.input.name)
        add = QCoreApplication.translate("people", "添加关系")
        super().__init__(title, add, tasks=tasks, parent=parent)
        self._person, self.other = person, ""
        typed = line(self.tr("姓名、拼音首字母或号码"))
        self.form: Form[Tie] = Form(
            Tie,
            [
                Field("person_b", self.tr("与谁"), typed, required=True),
                Field("kind", self.tr("是什么关系"), choice(RelationKind, blank=True), required=True),
                Field("note", self.tr("说明"), line(self.tr("如 表兄、在其砖厂做工"))),
            ],
            columns=1,
        )
        self.form.fill(Tie())
        self.add(self.form)
        box = self.form.field("person_b")
        box.textEdited.connect(lambda: setattr(self, "other", ""))
        self.offered = Suggestions(box, partial(self._ask, tasks), self._words)
        self.offered.taken.connect(self.take)

    def take(self, match: PersonMatch) -> None:
        """Choose the other one."""
        self.form.set_values({"person_b": match.name})
        self.other = match.id
        self.form.praise("person_b", self._words(match))

    def _ask(self, tasks: Tasks, typed: str, answer: Answer) -> None:
        def others(found: tuple[PersonMatch, ...]) -> None:
            answer([match for match in found if match.id != self._person.id])

        tasks.run(suggest_people, typed).then(others, owner=self)

    def _words(self, match: PersonMatch) -> str:
        born = self.tr("{year}年").format(year=match.birth.year) if match.birth else ""
        number = mask_id(match.id_no) if match.id_no else match.uscc
        return "　".join(filter(None, (match.name, born, number, match.village)))

    @override
    def submit(self) -> None:
        wanted = self.form.value()
        missing = [] if self.other else [Problem("person_b", "choose_person")]
        if wanted is None or wanted.kind is None:
            missing.append(Problem("kind", "required"))
        if missing or wanted is None:
            self.form.show_problems(missing)
            return
        self.act(relate_people, self._person.id, self.other, wanted.kind, wanted.note)


def tie_words(kind: RelationKind, note: str) -> str:
    """A relation in words."""
    return f"{label(kind)}（{note}）" if note else label(kind)
