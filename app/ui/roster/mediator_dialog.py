"""Enter or change a mediator."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.roster import CommitteeRole, CommitteeRow, MediatorInput, MediatorRow
from app.domain.values.catalogues import DISPUTE_TYPES_A, NATIONS
from app.domain.values.identity import IdNumber, Sex, check_id_number
from app.services.roster.entries import save_mediator
from app.ui.kit.date_edit import DateEditor
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import IdEditor, LineEditor, check, checks, choice, line
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.room import Scrolled
from app.ui.tasks import Tasks
from app.ui.theme import px

ID_DIGITS = 18
_KEPT = (
    "name", "committee_id", "committee_role", "sex", "birth", "id_no", "nation", "education", "phone",
    "address", "full_time", "specialities", "languages", "term_start", "term_end", "status",
)  # fmt: skip


class WordsEditor(LineEditor):
    """Several words on one line, divided by 、 or spaces."""

    @override
    def value(self) -> tuple[str, ...]:
        return tuple(self.text().replace("，", " ").replace(",", " ").replace("、", " ").split())

    @override
    def set_value(self, value: Any) -> None:
        super().set_value("、".join(value or ()))


class MediatorDialog(Dialog):
    """The form of a mediator; an identity number fills in sex and birth date."""

    def __init__(
        self,
        tasks: Tasks,
        committees: Sequence[CommitteeRow],
        row: MediatorRow | None = None,
        *,
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", "", tasks=tasks, parent=parent)
        self.set_heading(self.tr("修改调解员") if row else self.tr("新增调解员"))
        self.submit_button.setText(self.tr("保存"))
        self._row = row
        self._today = today
        self.form = Form(MediatorInput, self._fields(committees), columns=3)
        self.form.fill(_input(row, committees))
        self.form.edited.connect(self._read_id)
        self.form.submitted.connect(self._submit)
        self.forms.append(self.form)
        self.add(Scrolled(self.form), 1)
        window = parent.window() if parent is not None else self
        width, height = (window.width(), window.height()) if parent is not None else (px(900), px(700))
        self.resize(min(px(900), width - 40), min(px(560), height - 40))

    def _fields(self, committees: Sequence[CommitteeRow]) -> list[Field]:
        names = [(one.id, one.name) for one in committees]
        nations = [("", ""), *((nation, nation) for nation in NATIONS)]
        return [
            Field("name", self.tr("姓名"), required=True),
            Field("id_no", self.tr("身份证号"), IdEditor),
            Field("phone", self.tr("电话")),
            Field("sex", self.tr("性别"), choice(Sex, blank=True)),
            Field("birth", self.tr("出生日期"), DateEditor, required=True),
            Field("nation", self.tr("民族"), choice(nations)),
            Field("committee_id", self.tr("调委会"), choice(names, blank=True)),
            Field("committee_role", self.tr("职务"), choice(CommitteeRole), required=True),
            Field("full_time", self.tr("专兼职"), check(self.tr("专职调解员"))),
            Field("term_start", self.tr("任期自"), DateEditor),
            Field("term_end", self.tr("任期至"), DateEditor),
            Field("education", self.tr("学历"), line(self.tr("如 大专"))),
            Field("languages", self.tr("语言"), lambda: WordsEditor(placeholder=self.tr("普通话、本地话"))),
            Field("address", self.tr("住址"), span=2),
            Field(
                "specialities", self.tr("擅长纠纷"),
                checks(list(DISPUTE_TYPES_A.items()), columns=4), span=FULL_ROW,
            ),
        ]  # fmt: skip

    def _read_id(self) -> None:
        number = self.form.field("id_no").value()
        if len(number) != ID_DIGITS:
            return
        read = check_id_number(number, self._today)
        if isinstance(read, IdNumber):
            self.form.set_values({"sex": read.sex, "birth": read.birth})
            self.form.praise("id_no", self.tr("✓ 证件校验码正确，已填性别和出生日期"))

    @override
    def submit(self) -> None:
        wanted = self.form.value()
        if wanted is None:
            return
        known = (self._row.id, self._row.row_version) if self._row else (None, None)
        self.act(save_mediator, wanted, *known)


def _input(row: MediatorRow | None, committees: Sequence[CommitteeRow]) -> MediatorInput:
    if row is not None:
        return MediatorInput(**{name: getattr(row, name) for name in _KEPT})
    only = committees[0].id if len(committees) == 1 else None
    return MediatorInput("", committee_id=only)
