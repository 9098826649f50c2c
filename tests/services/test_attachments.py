"""Evidence and scans of a case: what is taken, what is refused and why, and that nothing is lost."""

import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from app.domain.actor import Permission, Role
from app.domain.errors import Reason, Refused
from app.domain.flow import CaseStatus
from app.domain.papers.attachments import (
    MAX_FILE_BYTES,
    AddOutcome,
    AttachmentCategory,
    AttachmentInput,
    FileKind,
    FilePlace,
    NewFile,
    Stranger,
    title_from,
)
from app.domain.progress import Cancelled
from app.models.case import Case
from app.services.attachments import adding, content
from app.services.attachments.adding import add_attachments
from app.services.attachments.evidence import case_files, save_evidence
from app.services.attachments.keeping import (
    change_attachment,
    open_attachment,
    remove_attachment,
    save_attachment_copy,
)
from app.services.attachments.upkeep import check_attachments, sweep_attachments
from app.services.cases.register import open_case, register_case
from app.services.journal.bin import list_bin, purge_bin, restore_item
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.workspace import Workspace
from app.services.office.sign_in import unlock
from app.services.office.storage import check_data
from app.ui.words.messages import sentence
from tests.conftest import PASSPHRASE, acting, intake
from tests.services.deeds import work_later
from tests.services.scans import evidence, jpeg, new_file, on_disk, pdf, place, png, png_saying
from tests.services.stage import audited, refusal


@pytest.fixture
def case_id(workspace: Workspace) -> str:
    return workspace.run(register_case, intake()).value.id


def add(workspace: Workspace, case_id: str, *files: NewFile, **fields: object) -> AddOutcome:
    return workspace.run(add_attachments, place(case_id, **fields), files).value


def told(outcome: AddOutcome) -> dict[str, Reason]:
    return {one.name: one.refused.reason for one in outcome.refused}


def stored(workspace: Workspace) -> list[str]:
    return sorted(path.name for path in workspace.files.iterdir()) if workspace.files.is_dir() else []


@use_case(needs=Permission.READ)
def put_status(uow: UnitOfWork, case_id: str, status: CaseStatus) -> None:
    """Bring a case to a state without walking there."""
    uow.get(Case, case_id).status = status


class TestTakingIn:
    def test_pictures_and_papers_are_kept_and_open_byte_for_byte(
        self, workspace: Workspace, case_id: str, tmp_path: Path
    ) -> None:
        files = {"墙.jpg": jpeg(), "章.png": png(), "申请书.pdf": pdf(3)}
        wanted = [on_disk(tmp_path, name, data, name[:-4]) for name, data in files.items()]
        outcome = add(workspace, case_id, *wanted)
        assert outcome.refused == ()
        assert [(row.title, row.kind, row.pages) for row in outcome.added] == [
            ("墙", FileKind.JPEG, 1), ("章", FileKind.PNG, 1), ("申请书", FileKind.PDF, 3),
        ]  # fmt: skip
        for row, data in zip(outcome.added, files.values(), strict=True):
            opened = workspace.run(open_attachment, row.id).value
            assert (opened.data, opened.row) == (data, row)
        assert workspace.run(case_files, case_id).value.attachments == outcome.added
        assert workspace.run(open_case, case_id).value.events[-1].action == "attached"
        for path in workspace.files.iterdir():
            assert b"%PDF" not in path.read_bytes()

    def test_three_are_added_and_the_fourth_is_told_why_not(
        self, workspace: Workspace, case_id: str, tmp_path: Path
    ) -> None:
        files = [on_disk(tmp_path, f"{n}.jpg", jpeg(shade=n)) for n in range(3)]
        outcome = add(workspace, case_id, *files, on_disk(tmp_path, "四.jpg", b"MZ\x90\0program"))
        assert len(outcome.added) == 3
        assert told(outcome) == {"四.jpg": Reason.FILE_STRANGE}
        assert sentence(outcome.refused[0].refused) == (
            "文件内容是可执行程序，不是图片或 PDF。请另存为 PDF、JPG 或 PNG 再添加。"
        )

    def test_the_same_file_is_not_taken_twice_into_a_case_and_kept_once_for_two(
        self, workspace: Workspace, case_id: str
    ) -> None:
        data = jpeg()
        again = add(workspace, case_id, new_file(data, "a.jpg"), new_file(data, "b.jpg"))
        assert (len(again.added), told(again)) == (1, {"b.jpg": Reason.FILE_ALREADY})
        assert told(add(workspace, case_id, new_file(data, "c.jpg"))) == {"c.jpg": Reason.FILE_ALREADY}
        other = workspace.run(register_case, intake()).value.id
        assert len(add(workspace, other, new_file(data)).added) == 1
        assert len(stored(workspace)) == 1

    def test_a_closed_volume_takes_supplements_only_by_adding(
        self, workspace: Workspace, case_id: str
    ) -> None:
        row = add(workspace, case_id, new_file(jpeg())).added[0]
        workspace.run(put_status, case_id, CaseStatus.ARCHIVED)
        late = add(workspace, case_id, new_file(pdf())).added[0]
        assert (row.supplement, late.supplement) == (False, True)
        files = workspace.run(case_files, case_id).value
        assert (files.writable, files.addable) == (False, True)
        refused = refusal(workspace, remove_attachment, row.id, row.row_version)
        assert refused.reason is Reason.CASE_LOCKED

    def test_whoever_may_only_look_adds_nothing(self, workspace: Workspace, case_id: str) -> None:
        acting(workspace, Role.LEADER)
        refused = refusal(workspace, add_attachments, place(case_id), [new_file(jpeg())])
        assert refused.reason is Reason.NOT_PERMITTED
        assert stored(workspace) == []

    def test_stopping_adds_none_and_the_next_start_sweeps(self, workspace: Workspace, case_id: str) -> None:
        class Stopped:
            def step(self, done: int, total: int) -> None:
                if done == 2:
                    raise Cancelled

        files = [new_file(jpeg(shade=n), f"{n}.jpg") for n in range(3)]
        with pytest.raises(Cancelled):
            workspace.run(add_attachments, place(case_id), files, Stopped())
        assert workspace.run(case_files, case_id).value.attachments == ()
        assert len(stored(workspace)) == 2
        work_later(workspace, 3650)
        assert workspace.run(sweep_attachments).value == 2
        assert stored(workspace) == []

    def test_a_full_disk_is_said_once_and_changes_nothing(
        self, workspace: Workspace, case_id: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr("app.db.blob_store.os.fsync", full)
            refused = refusal(workspace, add_attachments, place(case_id), [new_file(jpeg())])
        assert refused.reason is Reason.DISK_FULL
        assert stored(workspace) == []
        assert workspace.run(case_files, case_id).value.attachments == ()
        assert len(add(workspace, case_id, new_file(jpeg())).added) == 1

    def test_a_pulled_stick_is_the_fault_of_its_files_only(
        self, workspace: Workspace, case_id: str, tmp_path: Path
    ) -> None:
        gone = NewFile(tmp_path / "stick" / "a.jpg", "a.jpg", "照片")
        outcome = add(workspace, case_id, gone, new_file(jpeg()))
        assert (len(outcome.added), told(outcome)) == (1, {"a.jpg": Reason.NO_SUCH_PLACE})


LYING: dict[str, tuple[bytes, Reason]] = {
    "program.jpg": (b"MZ\x90\0" + b"\0" * 100, Reason.FILE_STRANGE),
    "text.pdf": ("张三的申请".encode(), Reason.FILE_STRANGE),
    "empty.png": (b"", Reason.FILE_STRANGE),
    "word.pdf": (b"PK\x03\x04" + b"\0" * 100, Reason.FILE_STRANGE),
    "phone.jpg": (b"\0\0\0\x18ftypheic" + b"\0" * 100, Reason.FILE_STRANGE),
    "cut.jpg": (jpeg()[:-900], Reason.FILE_BROKEN),
    "start.jpg": (b"\xff\xd8\xff\xe0", Reason.FILE_BROKEN),
    "cut.png": (png()[:-30], Reason.FILE_BROKEN),
    "flipped.png": (png()[:60] + b"\0" + png()[61:], Reason.FILE_BROKEN),
    "start.png": (b"\x89PNG\r\n\x1a\n", Reason.FILE_BROKEN),
    "cut.pdf": (pdf()[:-60], Reason.FILE_BROKEN),
    "nothing.pdf": (b"%PDF-1.7\n%%EOF\n", Reason.FILE_BROKEN),
    "locked.pdf": (pdf(password="secret"), Reason.FILE_LOCKED),
    "road.pdf": (pdf(size=(200, 200_000)), Reason.FILE_PAGE_TOO_LARGE),
    "miles.pdf": (pdf(unit=1000), Reason.FILE_PAGE_TOO_LARGE),
    "wide.png": (png_saying(40_000, 40_000, b"\0" * 1000), Reason.FILE_TOO_MANY_PIXELS),
    "few.png": (png_saying(5000, 5000, b"\0" * 1000), Reason.FILE_BROKEN),
    "bomb.png": (png_saying(10, 10, b"\0" * (40 << 20)), Reason.FILE_BROKEN),
    "flat.png": (png_saying(0, 10, b""), Reason.FILE_BROKEN),
}


class TestContent:
    @pytest.mark.parametrize("name", LYING)
    def test_content_counts_and_not_the_name(self, name: str) -> None:
        data, reason = LYING[name]
        with pytest.raises(Refused) as caught:
            content.inspect_file(data)
        assert caught.value.reason is reason
        assert "{" not in sentence(caught.value)

    def test_pictures_under_a_wrong_name_are_taken_for_what_they_are(self) -> None:
        assert content.inspect_file(jpeg()).kind is FileKind.JPEG
        assert content.inspect_file(jpeg(progressive=True)).kind is FileKind.JPEG
        assert content.inspect_file(png(bits=4)).kind is FileKind.PNG

    def test_a_photograph_of_the_phone_says_how_to_save_it(self) -> None:
        with pytest.raises(Refused) as caught:
            content.inspect_file(LYING["phone.jpg"][0])
        assert caught.value.details["found"] is Stranger.HEIC
        assert sentence(caught.value).startswith("文件内容是苹果手机的 HEIC 照片")

    def test_a_scan_of_600_megabytes_is_refused_without_being_read(self, tmp_path: Path) -> None:
        path = tmp_path / "scan.pdf"
        with path.open("wb") as file:
            file.write(b"%PDF-1.7\n")
            file.truncate(600 << 20)
        tracemalloc.start()
        with pytest.raises(Refused) as caught:
            content.inspect_file(path)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < 1 << 20
        assert sentence(caught.value) == (
            "文件有 600 MB，超过每份 100 MB。请把扫描分辨率调到 300 dpi，或分成几份再添加。"
        )

    def test_a_bomb_fills_no_memory(self) -> None:
        tracemalloc.start()
        with pytest.raises(Refused):
            content.inspect_file(LYING["bomb.png"][0])
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < 8 << 20

    def test_a_file_that_grows_while_it_is_taken_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "a.jpg"
        path.write_bytes(jpeg())
        facts = content.inspect_file(path)
        path.write_bytes(jpeg() + b"more")
        with pytest.raises(Refused) as caught:
            list(content.pieces_of(path, facts.size))
        assert caught.value.reason is Reason.FILE_BROKEN

    def test_a_folder_is_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(Refused) as caught:
            content.inspect_file(tmp_path)
        assert caught.value.reason is Reason.NO_SUCH_PLACE

    def test_the_largest_file_allowed_is_stored_in_pieces(
        self, workspace: Workspace, case_id: str, tmp_path: Path
    ) -> None:
        path = tmp_path / "big.jpg"
        with path.open("wb") as file:
            file.write(jpeg())
            file.truncate(MAX_FILE_BYTES)
        tracemalloc.start()
        outcome = add(workspace, case_id, NewFile(path, "big.jpg", "大图"))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert outcome.added[0].size == MAX_FILE_BYTES
        assert most < 16 << 20

    def test_a_case_has_room_for_so_much_and_no_more(
        self, workspace: Workspace, case_id: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first, second = jpeg(shade=1), jpeg(shade=2)
        monkeypatch.setattr(adding, "MAX_CASE_BYTES", len(first) + len(second) - 1)
        outcome = add(workspace, case_id, new_file(first, "1"), new_file(second, "2"))
        assert (len(outcome.added), told(outcome)) == (1, {"2": Reason.CASE_FILES_FULL})


def test_names_of_cameras_suggest_no_title_and_tricks_are_cleaned() -> None:
    assert title_from("IMG_20260903_101500.jpg") == ""
    assert title_from("微信图片_20260903.jpg") == ""
    assert title_from("扫描 0001.pdf") == ""
    assert title_from("院墙裂缝.jpg") == "院墙裂缝"
    assert title_from("收条\u202egpj.exe") == "收条gpj"
    assert title_from("..\\..\\收条.pdf") == "收条"
    assert len(title_from("长" * 300 + ".pdf")) == 100


class TestChanging:
    def test_title_heading_and_links_change_and_the_bytes_do_not(
        self, workspace: Workspace, case_id: str
    ) -> None:
        row = add(workspace, case_id, new_file(jpeg())).added[0]
        line = workspace.run(save_evidence, evidence(workspace, case_id)).value
        wanted = AttachmentInput("裂缝近照", AttachmentCategory.APPRAISAL, line.id)
        changed = workspace.run(change_attachment, row.id, wanted, row.row_version).value
        assert (changed.title, changed.category, changed.evidence_id, changed.sha256) == (
            "裂缝近照", AttachmentCategory.APPRAISAL, line.id, row.sha256,
        )  # fmt: skip
        assert workspace.run(case_files, case_id).value.evidence[0].scans == 1
        stale = refusal(workspace, change_attachment, row.id, wanted, row.row_version)
        assert stale.reason is Reason.STALE
        blank = AttachmentInput(" ", AttachmentCategory.OTHER)
        with pytest.raises(Refused) as caught:
            workspace.run(change_attachment, row.id, blank, changed.row_version)
        assert caught.value.details["problems"][0].field == "title"

    def test_a_scan_cannot_be_linked_to_evidence_of_another_case(
        self, workspace: Workspace, case_id: str
    ) -> None:
        other = workspace.run(register_case, intake()).value.id
        line = workspace.run(save_evidence, evidence(workspace, other)).value
        refused = refusal(workspace, add_attachments, place(case_id, evidence_id=line.id), [new_file(jpeg())])
        assert refused.reason is Reason.NOT_FOUND

    def test_what_is_removed_lies_in_the_bin_with_its_file(self, workspace: Workspace, case_id: str) -> None:
        row = add(workspace, case_id, new_file(jpeg())).added[0]
        workspace.run(remove_attachment, row.id, row.row_version)
        assert workspace.run(case_files, case_id).value.attachments == ()
        work_later(workspace, 3650)
        assert workspace.run(sweep_attachments).value == 0
        workspace._clock.forward(days=-3650)
        (item,) = workspace.run(list_bin).value
        assert (item.kind, item.title) == ("attachment", "现场照片")
        workspace.run(restore_item, item.id)
        assert workspace.run(open_attachment, row.id).value.data == jpeg()

    def test_an_emptied_bin_lets_the_file_go(self, workspace: Workspace, case_id: str) -> None:
        row = add(workspace, case_id, new_file(jpeg())).added[0]
        workspace.run(remove_attachment, row.id, row.row_version)
        work_later(workspace, 3650)
        assert workspace.run(purge_bin).value == 1
        assert workspace.run(sweep_attachments).value == 1

    def test_a_plain_copy_is_written_and_noted(
        self, workspace: Workspace, case_id: str, tmp_path: Path
    ) -> None:
        row = add(workspace, case_id, new_file(jpeg())).added[0]
        workspace.run(save_attachment_copy, row.id, tmp_path / "out.jpg")
        assert (tmp_path / "out.jpg").read_bytes() == jpeg()
        assert audited(workspace)[-1] == ("note_copy", row.id)


class TestDamage:
    def spoil(self, workspace: Workspace, change: Callable[[Path], None]) -> None:
        (path,) = workspace.files.iterdir()
        change(path)

    @pytest.mark.parametrize("missing", [True, False])
    def test_damage_is_named_when_opened_and_found_by_the_check(
        self, workspace: Workspace, case_id: str, missing: bool
    ) -> None:
        row = add(workspace, case_id, new_file(jpeg())).added[0]
        assert workspace.run(check_attachments).value == ()
        self.spoil(workspace, Path.unlink if missing else lambda path: path.write_bytes(b"x" * 500))
        refused = refusal(workspace, open_attachment, row.id)
        assert refused.reason is Reason.ATTACHMENT_DAMAGED
        assert "《现场照片》" in sentence(refused)
        (found,) = workspace.run(check_attachments).value
        assert (found.sha256, found.missing) == (row.sha256, missing)
        unlocked = unlock(workspace.folder / "office.db", "admin", PASSPHRASE, workspace._clock)
        assert [finding.kind for finding in check_data(unlocked)] == ["attachment"]


def test_no_name_of_a_person_or_file_stands_in_the_audit_or_in_the_folder(
    workspace: Workspace, case_id: str, tmp_path: Path
) -> None:
    add(workspace, case_id, on_disk(tmp_path, "张㛃身份证.jpg", jpeg(), "张㛃身份证"))
    with workspace._engine.connect() as connection:
        facts = " ".join(connection.execute(text("SELECT facts FROM audit")).scalars())
    assert "张㛃" not in facts
    assert all(name.isascii() for name in os.listdir(workspace.files))


def test_a_file_place_of_an_unknown_case_is_refused(workspace: Workspace) -> None:
    wanted = FilePlace("0" * 36, AttachmentCategory.OTHER)
    assert refusal(workspace, add_attachments, wanted, [new_file(jpeg())]).reason is Reason.NOT_FOUND
