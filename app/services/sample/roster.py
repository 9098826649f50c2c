"""The rooms, mediators and pools of the sample office."""

from datetime import date, timedelta
from typing import Any

from app.domain.roster import (
    CommitteeInput,
    CommitteeKind,
    CommitteeRole,
    ExpertInput,
    ExpertPool,
    MediatorInput,
    MediatorStatus,
    RoomInput,
)
from app.domain.values.identity import Sex
from app.services.kernel.workspace import Workspace
from app.services.roster.entries import list_committees, save_committee, save_expert, save_mediator, save_room
from app.services.sample.lives import Stage

LANGUAGES = ("普通话", "平乡方言")


def add_roster(workspace: Workspace, office: dict[str, Any], today: date) -> Stage:
    """Enter 一区三室, the committee, its mediators and the four pools."""
    term_start = today.replace(day=1) - timedelta(days=400)
    committee = workspace.run(list_committees).value[0]
    wanted = CommitteeInput(office["office"]["committee"], CommitteeKind.TOWNSHIP, term_start)
    workspace.run(save_committee, wanted, committee.id, committee.row_version)
    rooms = {
        room["name"]: workspace.run(save_room, RoomInput(room["name"], room["seats"], at)).value.id
        for at, room in enumerate(office["room"])
    }
    mediators = {
        told["name"]: workspace.run(save_mediator, _mediator(told, committee.id, term_start)).value.id
        for told in office["mediator"]
    }
    for told in office["expert"]:
        expert = ExpertInput(ExpertPool(told["pool"]), told["name"], told["unit"], told["speciality"])
        workspace.run(save_expert, expert)
    able = {told["name"]: told["specialities"] for told in office["mediator"] if "status" not in told}
    return Stage(rooms, mediators, able)


def _mediator(told: dict[str, Any], committee_id: str, term_start: date) -> MediatorInput:
    return MediatorInput(
        name=told["name"],
        committee_id=committee_id,
        committee_role=CommitteeRole(told["role"]),
        sex=Sex(told["sex"]),
        birth=told["birth"],
        nation="汉族",
        full_time=told["full_time"],
        specialities=tuple(told["specialities"]),
        languages=LANGUAGES,
        term_start=term_start,
        status=MediatorStatus(told.get("status", MediatorStatus.ACTIVE)),
    )
