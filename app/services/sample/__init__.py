"""The sample office: made by the same use cases as a real one, on a clock that runs through two months."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from heapq import heapify, heappop, heapreplace
from pathlib import Path
from typing import Any

from app.domain.actor import NodeKind, Role
from app.domain.office.offices import NewOffice
from app.domain.office.users import UserInput
from app.domain.progress import Progress, Silent
from app.domain.values.numbers import DEFAULT_PATTERNS, Series
from app.services.kernel.workspace import Workspace
from app.services.office.opening import create_office, give_slot, open_workspace
from app.services.office.sign_in import Unlocked, unlock
from app.services.office.users import create_user
from app.services.sample.lives import Stage, live
from app.services.sample.people import read_cases, read_office
from app.services.sample.roster import add_roster

LOGIN = "admin"
PASSPHRASE = "xianghe sample office 2026"  # noqa: S105 - shown on the sign-in screen of the sample
BEGIN = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class SampleOffice:
    """Where the sample lies and how it opens; everybody in it uses the same passphrase."""

    data_file: Path
    login: str
    passphrase: str
    case_ids: tuple[str, ...]  # in the order of the story's file, the feud first


class StoryClock:
    """A clock the story sets."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        """The moment the story has come to."""
        return self.at


def create_sample(
    data_file: Path, progress: Progress | None = None, now: datetime | None = None
) -> SampleOffice:
    """Make the sample township, its last action a moment ago; refused as `create_office` is."""
    end = now or datetime.now(UTC)
    clock = StoryClock(end - BEGIN)
    office = read_office()
    unlocked = _found(data_file, office["office"], clock)
    workspace = open_workspace(unlocked, clock)
    try:
        workspace.actor = replace(workspace.actor, roles=frozenset(Role) - {Role.COUNTY_OFFICER})
        stage = add_roster(workspace, office, clock.at.date())
        _add_users(workspace, unlocked, office["user"], stage, clock)
        case_ids = _play(workspace, clock, stage, end, progress or Silent())
    finally:
        workspace.close()
    return SampleOffice(data_file, LOGIN, PASSPHRASE, case_ids)


def _found(data_file: Path, office: dict[str, str], clock: StoryClock) -> Unlocked:
    wanted = NewOffice(
        kind=NodeKind.TOWNSHIP,
        node_letter="A",
        case_pattern=DEFAULT_PATTERNS[Series.CASE],
        admin_login=LOGIN,
        admin_name="管理员(示例)",
        passphrase=PASSPHRASE,
        **office,
    )
    create_office(data_file, wanted, clock)
    return unlock(data_file, LOGIN, PASSPHRASE, clock)


def _add_users(
    workspace: Workspace, unlocked: Unlocked, users: list[dict[str, Any]], stage: Stage, clock: StoryClock
) -> None:
    for user in users[1:]:
        roles = frozenset(Role(role) for role in user["roles"])
        mediator = stage.mediators.get(user.get("mediator", ""))
        row = workspace.run(create_user, UserInput(user["login"], user["name"], roles, mediator)).value
        give_slot(unlocked, row.id, user["login"], PASSPHRASE, clock)


def _play(
    workspace: Workspace, clock: StoryClock, stage: Stage, end: datetime, progress: Progress
) -> tuple[str, ...]:
    """Let all cases live side by side, always the one whose turn comes first; nothing happens after `end`."""
    cases = read_cases()
    lives = [live(workspace, stage, case, end) for case in cases]
    queue = [(next(life), at) for at, life in enumerate(lives)]
    heapify(queue)
    done = 0
    while queue:
        moment, at = queue[0]
        clock.at = min(moment, end)
        try:
            heapreplace(queue, (next(lives[at]), at))
        except StopIteration:
            heappop(queue)
            done += 1
            progress.step(done, len(cases))
    return tuple(case.id for case in cases)
