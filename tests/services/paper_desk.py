"""A case with its papers, for tests of papers and of their page."""

from dataclasses import dataclass
from datetime import date

from app.domain.agreements import AgreementView
from app.domain.cases import AgentPower, CaseIntake, CaseSource, CaseView, Consent, PartyRole
from app.domain.papers.forms import FormId
from app.domain.papers.listing import PaperCheck, PaperPreview, PaperSlot, PrintedPaper
from app.domain.people import PersonKind
from app.services.agreements.writing import amend_agreement, case_agreement, save_agreement
from app.services.kernel.workspace import Workspace
from app.services.papers.check import check_paper
from app.services.papers.printing import list_papers, preview_paper, print_paper
from tests.conftest import intake, person
from tests.reports.reading import pages_by_poppler
from tests.services.stage import Stage, settlement

RARE = "\U0002b7f7"  # 𫟷, which the bundled fonts do not have


@dataclass(frozen=True)
class Desk:
    """A case and its papers."""

    workspace: Workspace
    case: CaseView

    def slots(self) -> dict[FormId, PaperSlot]:
        """The first paper of each form."""
        found: dict[FormId, PaperSlot] = {}
        for slot in self.workspace.run(list_papers, self.case.id).value:
            found.setdefault(slot.form, slot)
        return found

    def print(self, form: FormId) -> PrintedPaper:
        return self.workspace.run(print_paper, self.case.id, form, self.slots()[form].subject_id).value

    def preview(self, form: FormId) -> PaperPreview:
        return self.workspace.run(preview_paper, self.case.id, form, self.slots()[form].subject_id).value

    def checks(self, form: FormId) -> tuple[PaperCheck, ...]:
        return self.workspace.run(check_paper, self.case.id, form, self.slots()[form].subject_id).value

    def words(self, form: FormId) -> str:
        return "".join(pages_by_poppler(self.print(form).pdf))


def family() -> CaseIntake:
    """A handed-over dispute with an agent, a minor's guardian and a company."""
    return intake(
        source=CaseSource.POLICE,
        source_unit="石门派出所",
        source_letter="石派移〔2026〕3号",
        parties=(
            *intake().parties,
            person("c", PartyRole.THIRD, "李小满", birth=date(2015, 3, 1), village="石门村",
                   consent=Consent.PRESENT),
            person("d", PartyRole.RESPONDENT, "平乡建工有限公司", kind=PersonKind.LEGAL,
                   uscc="91350100M000100Y43", legal_representative="赵铁柱", representative_post="经理",
                   address="平乡镇工业路1号", phone="0319-7654321"),
            person("e", PartyRole.AGENT, "王律", represents=("a",), agent_powers=(AgentPower.SIGN,),
                   phone="13900002222", id_no="130599197505010037"),
            person("f", PartyRole.GUARDIAN, "李大年", represents=("c",), phone="13700003333"),
        ),
    )  # fmt: skip


def settled(stage: Stage, wanted: CaseIntake | None = None, **fields: object) -> Desk:
    case = stage.case(wanted)
    stage.session(case)
    stage.workspace.run(save_agreement, settlement(case, **fields))
    return Desk(stage.workspace, case)


def agreement_of(desk: Desk) -> AgreementView:
    return desk.workspace.run(case_agreement, desk.case.id).value


def amend(desk: Desk, **fields: object) -> AgreementView:
    now = agreement_of(desk)
    return desk.workspace.run(amend_agreement, now.id, settlement(desk.case, **fields), now.row_version).value
