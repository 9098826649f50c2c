"""Several townships and one county: equal numbers block nobody, and a township has one county."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.actor import Role
from app.domain.errors import Reason, Refused
from app.domain.lists import CaseQuery
from app.models.case import Case
from app.services.cases.listing import list_case_ids
from app.services.cases.register import register_case
from app.services.exchange import packing as outbox
from app.services.exchange.inbox import import_package, list_senders, preview_package
from app.services.exchange.peers import enrol_card, inspect_card, own_card, save_own_card
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.workspace import Workspace
from app.sync.records import read_body, write_body
from tests.conftest import OpenOffice, county, intake, township
from tests.services.test_packages import enrol, send, stick

__all__ = ["stick"]


def namesakes(open_office: OpenOffice) -> tuple[Workspace, Workspace]:
    """Two townships of the same name in one county."""
    first = replace(township("A", "城关镇"), division_code="130532101000")
    second = replace(first, division_code="130532102000")
    return open_office(first, folder="first"), open_office(second, folder="second")


def test_two_townships_of_one_name_issue_equal_numbers_and_both_arrive(
    open_office: OpenOffice, county_workspace: Workspace, stick: Path
) -> None:
    numbers = []
    for office in namesakes(open_office):
        enrol(office, county_workspace, stick)
        numbers.append(office.run(register_case, intake()).value.number)
        assert county_workspace.run(import_package, send(office, stick)).value.new_cases == 1
    assert numbers[0] == numbers[1]
    assert len(county_workspace.run(list_case_ids, CaseQuery()).value) == 2
    assert [sender.cases for sender in county_workspace.run(list_senders).value] == [1, 1]


def test_a_number_the_same_office_used_already_is_said_to_be_taken_not_damaged(
    workspace: Workspace, county_workspace: Workspace, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrol(workspace, county_workspace, stick)
    first = workspace.run(register_case, intake()).value
    county_workspace.run(import_package, send(workspace, stick))
    second = workspace.run(register_case, intake()).value
    honest = outbox.bundle_of

    def counted_twice(uow: UnitOfWork, case: Case) -> bytes:
        body = read_body(honest(uow, case))
        if case.id == second.id:
            body["case"]["number"] = first.number
        return write_body(body)

    monkeypatch.setattr(outbox, "bundle_of", counted_twice)
    package = send(workspace, stick)
    for use_case in (preview_package, import_package):
        with pytest.raises(Refused) as caught:
            county_workspace.run(use_case, package)
        assert (caught.value.reason, caught.value.details["what"]) == (Reason.TAKEN, first.number)


def test_a_township_has_one_county(open_office: OpenOffice, stick: Path) -> None:
    town = open_office()
    first = open_office(county(), frozenset({Role.ADMINISTRATOR}), "first")
    enrol(town, first, stick)
    neighbour = replace(
        county(), name="广宗县依法治理中心", short_name="广宗县", division_code="130531000000"
    )
    second = open_office(neighbour, frozenset({Role.ADMINISTRATOR}), "second")
    card = second.run(save_own_card, stick).value
    shown = second.run(own_card).value.fingerprint
    for step, given in ((inspect_card, (card,)), (enrol_card, (card, shown))):
        with pytest.raises(Refused) as caught:
            town.run(step, *given)
        assert caught.value.reason == Reason.OTHER_COUNTY
        assert caught.value.details["node"] == first.run(own_card).value.node
    enrol(town, first, stick)
