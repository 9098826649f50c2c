"""What every test may lean on: a clock, an office in a real encrypted file, people who act in it."""

import gc
import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.db.keys import Cost, new_slot
from app.domain.actor import Actor, NodeKind, Role
from app.domain.cases import CaseIntake, CaseSource, Channel, Consent, PartyInput, PartyRole
from app.domain.office.offices import NewOffice
from app.domain.values.numbers import DEFAULT_PATTERNS, Series
from app.services.kernel.workspace import Workspace
from app.services.office import opening
from app.services.office.sign_in import unlock

CHEAP = ("", Cost(1, 1, 64))
PASSPHRASE = "silver-plough-7-lanterns"


@dataclass
class Clock:
    """A clock the test moves."""

    at: datetime = field(default_factory=lambda: datetime(2026, 9, 3, 1, 30, tzinfo=UTC))  # Thu 9:30 in China

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> None:
        """Let time pass."""
        self.at += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def _cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """One pass of Argon2id over little memory: the tests open hundreds of files."""
    monkeypatch.setattr(new_slot, "__defaults__", CHEAP)


_COLLECT_EVERY = 20
_since_collection = itertools.count(1)


@pytest.fixture(autouse=True)
def _garbage_only_here() -> Iterator[None]:
    """Collect garbage between tests, on this thread: a worker freeing what is left of a window would crash.

    The program does the same with `app.ui.collector` while windows are open.
    """
    gc.disable()
    yield
    gc.collect(2 if next(_since_collection) % _COLLECT_EVERY == 0 else 1)


@pytest.fixture(autouse=True)
def _no_stray_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XIANGHE_DATA", str(tmp_path / "data"))


def township(letter: str = "A", name: str = "平乡镇") -> NewOffice:
    """The office most tests work in."""
    return NewOffice(
        kind=NodeKind.TOWNSHIP,
        name=f"{name}依法治理中心",
        short_name=name,
        committee=f"{name}人民调解委员会",
        division_code="130532101000",
        node_letter=letter,
        case_pattern=DEFAULT_PATTERNS[Series.CASE],
        address="平乡镇政府院内",
        phone="0319-1234567",
        admin_login="admin",
        admin_name="管理员甲",
        passphrase=PASSPHRASE,
    )


def county() -> NewOffice:
    """The county above it."""
    return replace(
        township(),
        kind=NodeKind.COUNTY,
        name="平乡县依法治理中心",
        short_name="平乡县",
        committee="",
        division_code="130532000000",
    )


ALL_TOWNSHIP_ROLES = frozenset({Role.REGISTRAR, Role.MEDIATOR, Role.DIRECTOR, Role.ADMINISTRATOR})
OpenOffice = Callable[..., Workspace]


@pytest.fixture(scope="session")
def made_offices(tmp_path_factory: pytest.TempPathFactory) -> Callable[[NewOffice], Path]:
    """Make each kind of office once; tests get copies of its files."""
    made: dict[NewOffice, Path] = {}

    def make(office: NewOffice) -> Path:
        if office not in made:
            made[office] = tmp_path_factory.mktemp("made")
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(new_slot, "__defaults__", CHEAP)
                opening.create_office(made[office] / "office.db", office, Clock())
        return made[office]

    return make


@pytest.fixture
def open_office(
    tmp_path: Path, clock: Clock, made_offices: Callable[[NewOffice], Path]
) -> Iterator[OpenOffice]:
    """Give an office's file and open it as somebody with the given roles."""
    opened: list[Workspace] = []

    def make(
        office: NewOffice | None = None, roles: frozenset[Role] = ALL_TOWNSHIP_ROLES, folder: str = "office"
    ) -> Workspace:
        data_file = tmp_path / folder / "office.db"
        wanted = office or township()
        shutil.copytree(made_offices(wanted), data_file.parent)
        unlocked = unlock(data_file, wanted.admin_login, wanted.passphrase, clock)
        workspace = opening.open_workspace(unlocked, clock)
        workspace.actor = replace(workspace.actor, roles=roles)
        opened.append(workspace)
        return workspace

    yield make
    for workspace in opened:
        workspace.close()


@pytest.fixture
def workspace(open_office: OpenOffice) -> Workspace:
    """A township's workspace whose actor holds every township role."""
    return open_office()


@pytest.fixture
def county_workspace(open_office: OpenOffice) -> Workspace:
    """A county's workspace."""
    return open_office(county(), frozenset({Role.COUNTY_OFFICER, Role.ADMINISTRATOR}), "county")


def acting(workspace: Workspace, *roles: Role) -> Workspace:
    """The same workspace, worked in by somebody with these roles only."""
    workspace.actor = Actor(workspace.actor.user_id, workspace.actor.name, frozenset(roles))
    return workspace


def person(key: str, role: PartyRole, name: str, **fields: object) -> PartyInput:
    """A party of an intake form; respondents consent unless said otherwise."""
    consent = Consent.ORAL if role == PartyRole.RESPONDENT else Consent.UNASKED
    return replace(PartyInput(key=key, role=role, name=name, consent=consent), **fields)


def intake(**fields: object) -> CaseIntake:
    """A neighbours' dispute as the counter writes it down."""
    base = CaseIntake(
        parties=(
            person("a", PartyRole.APPLICANT, "张㛃", id_no="13059919800101002X", phone="13800001111",
                   village="石门村", address="石门村三组18号"),
            person("b", PartyRole.RESPONDENT, "李䶮", id_no="130599198001010011", village="石门村",
                   address="石门村三组20号"),
        ),
        summary="李䶮翻建房屋时屋檐伸出,雨水滴落在张㛃院墙上,双方多次争执。",
        request="请求李䶮改建屋檐排水并赔偿墙体修缮费用。",
        type_a="02",
        type_b="B17",
        source=CaseSource.APPLICATION,
        channel=Channel.VISIT,
        received_at=datetime(2026, 9, 3, 1, 0, tzinfo=UTC),
        first_contact="周国平",
        place="石门村三组",
        amount_fen=1_280_000,
    )  # fmt: skip
    return replace(base, **fields)


THE_DAY = date(2026, 9, 3)
