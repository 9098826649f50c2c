"""The application as it is prepared: court, applicants, what was checked, what goes with it."""

from typing import Any

from PySide6.QtCore import QCoreApplication

from app.domain.confirming.confirmation import (
    ASKED_DOUBTS,
    ApplicationInput,
    ConfirmationCheck,
    Doubt,
    Jurisdiction,
    Material,
    Obstacle,
)
from app.ui.kit.date_edit import DateEditor
from app.ui.kit.editors import ChecksEditor, check, choice, line
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.words.labels import label


def application_form(found: ConfirmationCheck) -> Form[ApplicationInput]:
    """A form for this agreement, filled with what was prepared, else with what usually holds."""
    translate = QCoreApplication.translate
    form: Form[ApplicationInput] = Form(
        ApplicationInput,
        [
            Field("court", translate("confirmation", "管辖法院"), line("", 100), required=True),
            Field("jurisdiction", translate("confirmation", "管辖依据"), choice(Jurisdiction), required=True),
            Field(
                "applied_by", translate("confirmation", "申请人"), _boxes(found.applicants, 3),
                required=True, span=FULL_ROW,
                hint=translate("confirmation", "要由双方共同申请；协议涉及的各方都要勾选。"),
            ),
            Field("obstacles", translate("confirmation", "不予确认"), _boxes(_words(tuple(Obstacle)), 2),
                  span=FULL_ROW, hint=translate("confirmation", "有其中一种情形的，法院不受理。")),
            Field(
                "doubts", translate("confirmation", "疑点"), _boxes(_words(ASKED_DOUBTS), 2), span=FULL_ROW
            ),
            Field("override_reason", translate("confirmation", "仍申请的理由"), line("", 200), span=FULL_ROW),
            Field(
                "checked", translate("confirmation", "核对"),
                check(translate("confirmation", "已与当事人逐项核对以上情形")), required=True, span=FULL_ROW,
            ),
            Field("materials", translate("confirmation", "随附材料"), _boxes(_words(tuple(Material)), 2),
                  span=FULL_ROW),
            Field("applied_on", translate("confirmation", "申请日期"), DateEditor),
        ],
        columns=2,
    )  # fmt: skip
    form.fill(draft_of(found))
    if found.words:
        told = translate("confirmation", "协议中有“{words}”等字样，法院可能不予确认。")
        form.warn("doubts", told.format(words="”“".join(found.words)))
    return form


def draft_of(found: ConfirmationCheck) -> ApplicationInput:
    """What was prepared before, or what usually holds: everybody applies, what is there goes along."""
    row = found.current
    if row is None or row.outcome is not None:
        invited = bool(found.invited_by)
        return ApplicationInput(
            found.agreement_id,
            court=found.invited_by or found.usual_court,
            jurisdiction=Jurisdiction.INVITED if invited else Jurisdiction.SEAT,
            applied_by=tuple(key for key, _ in found.applicants),
            materials=tuple(one.material for one in found.materials if one.needed),
        )
    return ApplicationInput(
        found.agreement_id,
        court=row.court,
        jurisdiction=row.jurisdiction,
        applied_by=row.applied_by,
        materials=row.materials,
        doubts=tuple(doubt for doubt in row.doubts if doubt is not Doubt.WORDS),
        override_reason=row.override_reason,
    )


def _words(values: tuple[Any, ...]) -> tuple[tuple[Any, str], ...]:
    return tuple((value, label(value)) for value in values)


def _boxes(options: tuple[tuple[Any, str], ...], columns: int) -> Any:
    return lambda: ChecksEditor(options, columns=columns)
