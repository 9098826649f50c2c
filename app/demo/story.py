"""Plays the main job through the same use cases as the window, and leaves its results in a folder."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from app.db.backup import check
from app.domain.actor import Actor, NodeKind, Role
from app.domain.agreements import AgreementView
from app.domain.errors import Reason, Refused
from app.domain.lists import CaseQuery
from app.domain.office.offices import NewOffice
from app.domain.papers.forms import FormId
from app.domain.papers.listing import PaperState
from app.domain.values.numbers import DEFAULT_PATTERNS, Series
from app.services.agreements.writing import case_agreement
from app.services.cases.listing import list_case_ids
from app.services.cases.register import open_case
from app.services.exchange.inbox import import_package
from app.services.exchange.outbox import confirm_receipt, export_package, save_package, view_outbox
from app.services.exchange.peers import enrol_card, inspect_card, save_own_card
from app.services.kernel.workspace import Workspace
from app.services.office.opening import create_office, open_workspace
from app.services.office.sign_in import Unlocked, unlock
from app.services.papers.printing import list_papers, open_paper
from app.services.sample import LOGIN, PASSPHRASE, create_sample

COUNTY_LOGIN = "xian"


@dataclass(frozen=True, slots=True)
class Opening:
    """How one of the demonstration's data files opens."""

    file: str
    user: str
    passphrase: str


@dataclass(frozen=True, slots=True)
class AgreementSummary:
    """The agreement of the homestead feud, in figures."""

    number: str
    parties: tuple[str, ...]
    amount_capitals: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What `summary.json` says."""

    cases_registered: int
    cases_imported: int
    package: str
    papers: tuple[str, ...]
    agreement: AgreementSummary
    screens: tuple[str, ...]
    openings: tuple[Opening, ...]

    def write(self, out: Path) -> None:
        """Leave the summary in the folder."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=2)
        (out / "summary.json").write_text(text + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Played:
    """The two offices after the story, for taking pictures of their windows."""

    township: Unlocked
    county: Unlocked
    feud_id: str
    summary: Summary


def play_story(out: Path, say: Callable[[str], object]) -> Played:
    """Make both offices, run the job, check both files; Refused when any step is refused.

    `say` hears one line a step. EXISTS when an earlier demonstration lies in the folder.
    """
    if played_before(out):
        raise Refused(Reason.EXISTS, path=out)
    _make_folder(out)
    say("建立示例乡镇，登记、受理、指派、排期、调解、签署约三十件纠纷……")
    sample = create_sample(out / "township.db")
    township = unlock(sample.data_file, LOGIN, PASSPHRASE)
    feud_id = sample.case_ids[0]
    say("建立县中心，双方交换名片并核对指纹……")
    county = _found_county(out / "county.db")
    with _Offices(township, county) as offices:
        papers, agreement = _save_papers(offices.township, feud_id, out)
        say("导出案件包，送到县中心导入……")
        package = _hand_over(offices, out)
        registered = len(offices.township.run(list_case_ids, CaseQuery()).value)
        imported = len(offices.county.run(list_case_ids, CaseQuery()).value)
        _compare(offices, feud_id)
    for unlocked in (township, county):
        if check(unlocked.data_file, unlocked.key):
            raise Refused(Reason.DAMAGED_DATA)
    say("数据文件检查完好。")
    openings = (
        Opening("township.db", LOGIN, PASSPHRASE),
        Opening("county.db", COUNTY_LOGIN, PASSPHRASE),
    )
    summary = Summary(registered, imported, package, papers, agreement, (), openings)
    return Played(township, county, feud_id, summary)


def played_before(out: Path) -> bool:
    """Whether a demonstration, finished or not, lies in the folder; it is never written over."""
    return any((out / name).exists() for name in ("summary.json", "township.db", "county.db"))


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(Reason.READ_ONLY_PLACE, path=out) from error


class _Offices:
    """Both workspaces, closed again whatever happens."""

    def __init__(self, township: Unlocked, county: Unlocked) -> None:
        self.township = open_workspace(township)
        self.county = open_workspace(county)
        self.township.actor = _with_roles(self.township, Role.DIRECTOR, Role.ADMINISTRATOR)
        self.county.actor = _with_roles(self.county, Role.COUNTY_OFFICER, Role.ADMINISTRATOR)

    def __enter__(self) -> "_Offices":
        return self

    def __exit__(self, *_: object) -> None:
        self.township.close()
        self.county.close()


def _with_roles(workspace: Workspace, *roles: Role) -> Actor:
    return replace(workspace.actor, roles=frozenset(roles))


def _found_county(data_file: Path) -> Unlocked:
    office = NewOffice(
        kind=NodeKind.COUNTY,
        name="平乡县依法治理中心(示例)",
        short_name="平乡县",
        committee="",
        division_code="130532000000",
        node_letter="A",
        case_pattern=DEFAULT_PATTERNS[Series.CASE],
        address="",
        phone="0319-7000001",
        admin_login=COUNTY_LOGIN,
        admin_name="县级管理员(示例)",
        passphrase=PASSPHRASE,
    )
    create_office(data_file, office)
    return unlock(data_file, COUNTY_LOGIN, PASSPHRASE)


def _save_papers(workspace: Workspace, case_id: str, out: Path) -> tuple[tuple[str, ...], AgreementSummary]:
    """Write the feud's printed papers as files, and what its agreement says."""
    found = workspace.run(case_agreement, case_id).value
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    names: list[str] = []
    for slot in workspace.run(list_papers, case_id).value:
        if slot.state != PaperState.PRINTED or slot.paper_id is None:
            continue
        count = sum(name.startswith(slot.form) for name in names)
        name = f"{slot.form}.pdf" if not count else f"{slot.form}-{count + 1}.pdf"
        (out / name).write_bytes(workspace.run(open_paper, slot.paper_id).value.pdf)
        names.append(name)
    if f"{FormId.AGREEMENT}.pdf" not in names:
        raise Refused(Reason.NOT_FOUND)
    return tuple(names), _summary_of(workspace, case_id, found)


def _summary_of(workspace: Workspace, case_id: str, found: AgreementView) -> AgreementSummary:
    parties = tuple(party.name for party in workspace.run(open_case, case_id).value.parties)
    return AgreementSummary(found.number or "", parties, found.total_capitals)


def _hand_over(offices: _Offices, out: Path) -> str:
    """Cards over, package out, carried, in, receipt back."""
    for giver, taker in ((offices.county, offices.township), (offices.township, offices.county)):
        card = giver.run(save_own_card, out).value
        taker.run(enrol_card, card, taker.run(inspect_card, card).value.fingerprint)
    row = offices.township.run(export_package).value
    row = offices.township.run(save_package, row.id, out).value
    seen = offices.county.run(import_package, out / row.file_name).value
    offices.township.run(confirm_receipt, row.id, seen.receipt)
    if offices.township.run(view_outbox).value.waiting_cases:
        raise Refused(Reason.NOTHING_TO_SEND)
    return row.file_name


def _compare(offices: _Offices, case_id: str) -> None:
    """The county must see the case as the township has it."""
    sent = offices.township.run(open_case, case_id).value
    seen = offices.county.run(open_case, case_id).value
    if replace(seen, writable=True, row_version=sent.row_version) != sent:
        raise Refused(Reason.DAMAGED_DATA)
