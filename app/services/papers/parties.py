"""The people of a case as papers print them, and how they are called."""

from datetime import date

from app.domain.cases import PRINCIPALS, AgentPower, PartyRole, PartyView
from app.domain.papers.forms import PaperAgent, PaperName, PaperParty
from app.domain.people import PersonKind
from app.domain.values.identity import Sex, age_on
from app.models.case import Case, current_parties, parties_on
from app.services.cases.view import view_party

SIDES = "甲乙丙丁戊己庚辛壬癸"
ROLE_WORDS = {
    PartyRole.APPLICANT: "申请人",
    PartyRole.RESPONDENT: "被申请人",
    PartyRole.THIRD: "第三人",
    PartyRole.AGENT: "委托代理人",
    PartyRole.GUARDIAN: "法定代理人",
}
SEX_WORDS = {Sex.MALE: "男", Sex.FEMALE: "女"}


def principals(case: Case) -> list[PartyView]:
    """The applicants, respondents and third parties, in their seats."""
    return [view for view in map(view_party, current_parties(case)) if view.role in PRINCIPALS]


def paper_names(case: Case) -> tuple[PaperName, ...]:
    """Who the case is between, with what they are in it."""
    return tuple(PaperName(ROLE_WORDS[party.role], party.name) for party in principals(case))


def signers(case: Case, on: date | None) -> tuple[PaperName, ...]:
    """Those who sign or receive on that day; who has a guardian is named with the guardian who signs."""
    everyone = [view_party(party) for party in parties_on(case, on)]
    return tuple(
        PaperName(ROLE_WORDS[party.role], with_guardian(party, everyone))
        for party in everyone
        if party.role in PRINCIPALS
    )


def with_guardian(party: PartyView, everyone: list[PartyView]) -> str:
    """A name, and in brackets the guardian who acts for this person, if there is one."""
    guardians = [
        one.name for one in everyone if one.role == PartyRole.GUARDIAN and party.id in one.represents
    ]
    return f"{party.name}（法定代理人{'、'.join(guardians)}）" if guardians else party.name


def paper_parties(
    case: Case, on: date | None, *, sides: bool, show_id_numbers: bool
) -> tuple[PaperParty, ...]:
    """The parties of a day as papers print them, each with those who stand for it; `sides`: 甲方, 乙方."""
    everyone = [view_party(party) for party in parties_on(case, on)]
    found = []
    for index, party in enumerate(p for p in everyone if p.role in PRINCIPALS):
        label = f"{_side(index)}方" if sides else ROLE_WORDS[party.role]
        found.append(paper_party(party, label, everyone, on, show_id_numbers))
    return tuple(found)


def _side(index: int) -> str:
    return SIDES[index] if index < len(SIDES) else f"第{index + 1}"


def paper_party(
    party: PartyView, label: str, everyone: list[PartyView], on: date | None, show_id_numbers: bool
) -> PaperParty:
    """One person or organisation; `everyone` is where its agents and guardians are found."""
    legal = party.kind == PersonKind.LEGAL
    standing = [_paper_agent(p, show_id_numbers) for p in everyone if party.id in p.represents]
    return PaperParty(
        label=label,
        name=party.name,
        sex=SEX_WORDS.get(party.sex, "") if party.sex else "",
        nation=party.nation,
        age=age_on(party.birth, on) if party.birth and on else None,
        occupation=party.representative_post if legal else party.occupation,
        phone=party.phone,
        address=address_of(party),
        id_no=party.id_no or None if show_id_numbers else None,
        is_legal_person=legal,
        legal_representative=party.legal_representative,
        uscc=party.uscc,
        agents=tuple(person for role, person in standing if role == PartyRole.AGENT),
        guardians=tuple(person for role, person in standing if role == PartyRole.GUARDIAN),
    )


def address_of(party: PartyView) -> str:
    """The address with its village before it, once."""
    if not party.village or party.village in party.address:
        return party.address
    return party.village + party.address


def _paper_agent(agent: PartyView, show_id_numbers: bool) -> tuple[PartyRole, PaperAgent]:
    id_no = agent.id_no or None if show_id_numbers else None
    return agent.role, PaperAgent(agent.name, _powers(agent), agent.phone, id_no)


def _powers(agent: PartyView) -> str:
    """特别授权 when the agent may concede, settle or sign (domain reference 1.3)."""
    if agent.role == PartyRole.GUARDIAN:
        return "监护人"
    return "特别授权" if specially_empowered(agent) else "一般代理"


def specially_empowered(agent: PartyView) -> bool:
    """Whether the authority of an agent is a special one."""
    return bool({AgentPower.SIGN, AgentPower.CONCEDE} & set(agent.agent_powers))
