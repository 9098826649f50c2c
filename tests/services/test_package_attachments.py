"""Scans travel with their case, whole and in pieces; what is not what it says stays outside."""

import json
import shutil
import subprocess
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.domain.actor import Permission
from app.domain.errors import Reason, Refused
from app.domain.papers.forms import FormId
from app.models.exchange import CaseHead
from app.services.attachments.adding import add_attachments
from app.services.attachments.evidence import case_files, save_evidence
from app.services.attachments.keeping import open_attachment, remove_attachment
from app.services.attachments.upkeep import check_attachments, sweep_attachments
from app.services.cases.decisions import accept_case
from app.services.cases.register import open_case, register_case
from app.services.exchange import cargo, packing
from app.services.exchange.body_check import check_body
from app.services.exchange.inbox import import_package, preview_package
from app.services.exchange.outbox import export_package
from app.services.exchange.peers import own_keys
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.workspace import Workspace
from app.services.papers.printing import print_paper
from app.sync.records import read_body, write_body
from tests.conftest import intake
from tests.services.deeds import work_later
from tests.services.scans import evidence, jpeg, new_file, pdf, place, png
from tests.services.stage import others, refusal
from tests.services.test_package_bodies import refused_alike, tampered
from tests.services.test_packages import enrol, everything, send, stick

__all__ = ["stick"]
OLD = Path(__file__).with_name("body_schema_1.json")


@pytest.fixture
def offices(workspace: Workspace, county_workspace: Workspace, stick: Path) -> tuple[Workspace, Workspace]:
    enrol(workspace, county_workspace, stick)
    return workspace, county_workspace


def with_scans(workspace: Workspace, *data: bytes) -> str:
    """A case with these files attached."""
    case = workspace.run(register_case, others()).value
    files = [new_file(one, f"{n}", f"附件{n}") for n, one in enumerate(data)]
    assert workspace.run(add_attachments, place(case.id), files).value.refused == ()
    return case.id


def test_a_case_arrives_with_its_scans_byte_for_byte(
    offices: tuple[Workspace, Workspace], stick: Path
) -> None:
    town, county = offices
    data = (jpeg(), png(), pdf(4))
    case_id = with_scans(town, *data)
    line = town.run(save_evidence, evidence(town, case_id)).value
    town.run(accept_case, case_id, competent=True, excluded=False)
    town.run(print_paper, case_id, FormId.ACCEPTANCE, case_id)
    package = send(town, stick)
    assert county.run(preview_package, package).value.papers == 4
    assert not county.files.exists()
    county.run(import_package, package)
    sent, came = (office.run(case_files, case_id).value for office in offices)
    assert [row.name for row in came.evidence] == [line.name]
    assert [(row.id, row.sha256) for row in came.attachments] == [
        (row.id, row.sha256) for row in sent.attachments
    ]
    assert tuple(county.run(open_attachment, row.id).value.data for row in came.attachments) == data
    assert (came.writable, came.addable) == (False, False)
    names = [{path.name for path in office.files.iterdir()} for office in offices]
    assert names[0].isdisjoint(names[1])
    assert county.run(check_attachments).value == ()


def test_the_county_cannot_change_what_came(offices: tuple[Workspace, Workspace], stick: Path) -> None:
    town, county = offices
    case_id = with_scans(town, jpeg())
    county.run(import_package, send(town, stick))
    row = county.run(case_files, case_id).value.attachments[0]
    refused = refusal(county, remove_attachment, row.id, row.row_version)
    assert refused.reason in (Reason.READ_ONLY_CASE, Reason.NOT_PERMITTED)


def test_a_scan_removed_goes_away_at_the_county_too(
    offices: tuple[Workspace, Workspace], stick: Path
) -> None:
    town, county = offices
    case_id = with_scans(town, jpeg(), png())
    county.run(import_package, send(town, stick))
    row = town.run(case_files, case_id).value.attachments[0]
    town.run(remove_attachment, row.id, row.row_version)
    county.run(import_package, send(town, stick))
    assert len(county.run(case_files, case_id).value.attachments) == 1
    work_later(county, 3650)
    assert county.run(sweep_attachments).value == 1
    assert town.run(sweep_attachments).value == 0  # it lies in the bin here


def test_a_damaged_file_at_the_county_is_healed_by_the_next_package(
    offices: tuple[Workspace, Workspace], stick: Path
) -> None:
    town, county = offices
    case_id = with_scans(town, jpeg())
    county.run(import_package, send(town, stick))
    (path,) = county.files.iterdir()
    path.write_bytes(b"rotten")
    town.run(accept_case, case_id, competent=True, excluded=False)
    county.run(import_package, send(town, stick))
    assert county.run(check_attachments).value == ()


@pytest.mark.parametrize("harm", ["missing", "damaged"])
def test_a_case_with_a_damaged_scan_is_left_out_and_named_the_others_go(
    offices: tuple[Workspace, Workspace], stick: Path, harm: str
) -> None:
    town, county = offices
    broken = with_scans(town, jpeg(shade=1))
    (path,) = town.files.iterdir()
    sound = with_scans(town, jpeg(shade=2))
    path.unlink() if harm == "missing" else path.write_bytes(path.read_bytes()[:-5])
    row = town.run(export_package).value
    assert row.left_out == (town.run(open_case, broken).value.number,)
    county.run(import_package, town.outbox / row.file_name)
    assert len(county.run(case_files, sound).value.attachments) == 1
    town.run(add_attachments, place(broken), [new_file(jpeg(shade=1))])  # the same scan again heals it
    assert town.run(export_package).value.left_out == ()


def test_scans_beyond_what_a_stick_holds_wait_for_the_next_package(
    offices: tuple[Workspace, Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    town, _ = offices
    first, second = with_scans(town, jpeg(shade=1)), with_scans(town, jpeg(shade=2))
    monkeypatch.setattr(cargo, "MOST_BYTES", len(jpeg(shade=1)) + 10)
    row = town.run(export_package).value
    assert row.left_out == (town.run(open_case, second).value.number,)
    assert row.cases == 1
    assert first != second


def lying(kind: str) -> Callable[[dict[str, Any]], None]:
    """Let the sender call his scan something else."""

    def change(body: dict[str, Any]) -> None:
        body["attachments"][0]["mime"] = kind

    return change


def test_a_file_that_is_not_what_its_row_says_is_refused(
    offices: tuple[Workspace, Workspace], stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town, county = offices
    with_scans(town, jpeg())
    tampered(monkeypatch, lying("image/png"))
    refused = refused_alike(county, send(town, stick))
    assert refused.details["at"].startswith("blobs/")
    assert not county.files.exists()


def test_a_kind_nobody_keeps_is_refused(
    offices: tuple[Workspace, Workspace], stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town, county = offices
    with_scans(town, jpeg())
    tampered(monkeypatch, lying("text/html"))
    assert refused_alike(county, send(town, stick)).details["why"] == "attachments.mime"


def test_a_scan_neither_in_the_package_nor_here_is_refused(
    offices: tuple[Workspace, Workspace], stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town, county = offices
    with_scans(town, jpeg())

    def change(body: dict[str, Any]) -> None:
        body["attachments"][0]["sha256"] = body["files"][0]["sha256"] = "0" * 64

    honest = packing.cargo_of
    monkeypatch.setattr(packing, "cargo_of", lambda *_: cargo.Cargo(frozenset(), {}))
    tampered(monkeypatch, change)
    refused = refused_alike(county, send(town, stick))
    assert refused.details == {"at": f"blobs/{'0' * 64}", "why": "missing"}
    assert honest is cargo.cargo_of


def test_a_full_disk_at_the_county_changes_nothing(
    offices: tuple[Workspace, Workspace], stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town, county = offices
    case_id = with_scans(town, jpeg())
    package = send(town, stick)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("app.db.blob_store.os.fsync", full)
        assert refusal(county, import_package, package).reason is Reason.DISK_FULL
    with county._engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM attachment")).scalar_one() == 0
    assert list(county.files.iterdir()) == []
    county.run(import_package, package)
    assert len(county.run(case_files, case_id).value.attachments) == 1


def test_large_scans_pass_in_pieces(
    offices: tuple[Workspace, Workspace], stick: Path, tmp_path: Path
) -> None:
    town, county = offices
    case = town.run(register_case, others()).value
    path = tmp_path / "big.jpg"
    path.write_bytes(jpeg())
    with path.open("rb+") as file:
        file.truncate(60 << 20)
    from app.domain.papers.attachments import NewFile

    town.run(add_attachments, place(case.id), [NewFile(path, "big.jpg", "大图")])
    tracemalloc.start()
    package = send(town, stick)
    county.run(import_package, package)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 40 << 20
    assert county.run(check_attachments).value == ()


@use_case(needs=Permission.READ, writes=False)
def secret(uow: UnitOfWork) -> str:
    """The county's key, as it stands on its recovery sheet."""
    return own_keys(uow.office()).age_identity


@pytest.mark.skipif(shutil.which("age") is None, reason="the age tool is not installed")
def test_public_tools_find_the_scan_in_the_package(
    offices: tuple[Workspace, Workspace], stick: Path, tmp_path: Path
) -> None:
    town, county = offices
    with_scans(town, jpeg())
    package = send(town, stick)
    key = tmp_path / "county.key"
    key.write_text(county.run(secret).value + "\n")
    plain = subprocess.run(["age", "-d", "-i", key, package], capture_output=True, check=True).stdout
    assert jpeg() in plain


class TestOlderPrograms:
    def test_a_body_of_the_first_schema_is_completed_and_taken_in(
        self, offices: tuple[Workspace, Workspace], stick: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        old = json.loads(OLD.read_text(encoding="utf-8"))
        assert old["case"]["status"] == "agreed"
        assert "attachments" not in old
        assert "level" not in old["case"]
        town, county = offices
        case = town.run(register_case, intake()).value

        def older(uow: UnitOfWork, row: Any) -> bytes:
            body = read_body(OLD.read_bytes().replace(old["case"]["id"].encode(), row.id.encode()))
            return write_body({**body, "papers": [], "files": []})

        monkeypatch.setattr(packing, "bundle_of", older)
        monkeypatch.setattr(packing, "SCHEMA", 1)
        monkeypatch.setattr(packing, "check_body", lambda *_: {})
        county.run(import_package, send(town, stick))
        seen = county.run(open_case, case.id).value
        assert seen.status == "agreed_written"
        with county._engine.connect() as connection:
            states = set(connection.execute(text("SELECT to_status FROM case_event")).scalars())
            level = connection.execute(text('SELECT level, procedure FROM "case"')).one()
        assert tuple(level) == (4, "ordinary")
        assert "agreed_written" in states
        assert "agreed" not in states

        @use_case(needs=Permission.READ, writes=False)
        def kept(uow: UnitOfWork) -> str:
            return uow.get(CaseHead, case.id).body

        assert '"agreed"' in county.run(kept).value  # what was signed stays word for word

    def test_a_case_sent_by_an_older_program_goes_on_from_there(
        self, offices: tuple[Workspace, Workspace], stick: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        town, county = offices
        case = town.run(register_case, intake()).value
        old = json.loads(OLD.read_text(encoding="utf-8"))

        bundle_of = packing.bundle_of

        def older(uow: UnitOfWork, row: Any) -> bytes:
            body = read_body(bundle_of(uow, row))
            known = {part: set().union(*rows) for part, rows in old.items() if part not in ("case", "files")}
            rows = {part: [only(one, known[part]) for one in body[part]] for part in known}
            return write_body({"case": only(body["case"], {*old["case"]}), **rows, "files": []})

        def only(row: dict[str, Any], keys: set[str]) -> dict[str, Any]:
            return {key: value for key, value in row.items() if key in keys}

        with monkeypatch.context() as before:
            before.setattr(packing, "bundle_of", older)
            before.setattr(packing, "SCHEMA", 1)
            before.setattr(packing, "check_body", lambda *_: {})
            first = send(town, stick)
        county.run(import_package, first)
        for changed in (1, 0):  # nobody confirmed the first package: the same revision comes again
            seen = county.run(import_package, send(town, stick)).value
            assert (seen.changed_cases, seen.forks, seen.unchanged_cases) == (changed, 0, 1 - changed)
        assert county.run(open_case, case.id).value.status == town.run(open_case, case.id).value.status

    def test_what_never_may_be_missing_is_still_missed(self) -> None:
        old = json.loads(OLD.read_text(encoding="utf-8"))
        check_body(write_body(old), old["case"]["id"], 1)
        for part, key in (("parties", None), ("case", "number"), ("parties", "name"), ("events", None)):
            changed = json.loads(OLD.read_text(encoding="utf-8"))
            if key is None:
                del changed[part]
            else:
                del (changed[part] if part == "case" else changed[part][0])[key]
            with pytest.raises(Refused) as caught:
                check_body(write_body(changed), old["case"]["id"], 1)
            assert caught.value.reason is Reason.PACKAGE_DAMAGED

    def test_the_same_body_called_new_is_refused(self) -> None:
        old = json.loads(OLD.read_text(encoding="utf-8"))
        with pytest.raises(Refused) as caught:
            check_body(write_body(old), old["case"]["id"], 2)
        assert caught.value.reason is Reason.PACKAGE_DAMAGED

    def test_what_a_newer_program_means_is_not_called_damage(self) -> None:
        old = json.loads(OLD.read_text(encoding="utf-8"))
        with pytest.raises(Refused) as caught:
            check_body(write_body(old), old["case"]["id"], 99)
        assert caught.value.reason is Reason.PACKAGE_NEWER
        assert caught.value.details == {"found": 99, "known": 2}


def test_importing_twice_changes_nothing(offices: tuple[Workspace, Workspace], stick: Path) -> None:
    town, county = offices
    with_scans(town, jpeg())
    package = send(town, stick)
    county.run(import_package, package)
    before, files = everything(county), sorted(county.files.iterdir())
    assert county.run(import_package, package).value.already
    assert (everything(county), sorted(county.files.iterdir())) == (before, files)


def test_the_same_scan_in_two_cases_travels_once(offices: tuple[Workspace, Workspace], stick: Path) -> None:
    town, county = offices
    both = [with_scans(town, jpeg()), with_scans(town, jpeg())]
    package = send(town, stick)
    assert county.run(preview_package, package).value.papers == 1
    county.run(import_package, package)
    assert [len(county.run(case_files, one).value.attachments) for one in both] == [1, 1]
