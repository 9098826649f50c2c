"""Nothing a person told the office lies readable anywhere but in what was saved or sent out on purpose."""

import gzip
import logging
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QLabel, QPlainTextEdit

from app import runtime
from app.domain.errors import Refused
from app.domain.lists import CaseQuery
from app.domain.office.drafts import DraftKind
from app.domain.progress import Silent
from app.domain.values.identity import id_check_digit
from app.services.agreements.writing import save_agreement
from app.services.cases.drafts import save_draft
from app.services.cases.register import register_case
from app.services.exchange.inbox import import_package
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.workspace import Workspace
from app.services.office.sign_in import unlock
from app.services.office.storage import backup_now
from app.services.papers.excel import export_case_register
from app.services.papers.printing import list_papers, print_paper, save_paper
from app.ui.crash_dialog import CrashDialog
from app.ui.navigation import Place
from tests.conftest import PASSPHRASE, intake
from tests.journeys.windows import Seat, sit_down
from tests.services.stage import Stage, settlement, stage
from tests.services.test_packages import enrol, send

__all__ = ["stage"]
_BODY = "13059919871212101"
NAME, PHONE, STORY = "欧阳㛃琪", "13987650123", "祖坟旁的老槐树被锯"
NUMBER = _BODY + id_check_digit(_BODY)
MARKS = (NAME, NUMBER, PHONE, STORY)
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "unicode_escape")


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder, settings and a log of this test alone."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    return folder


@pytest.fixture(autouse=True)
def _log(tmp_path: Path) -> Iterator[None]:
    log = logging.getLogger("app")
    before, level = list(log.handlers), log.level
    runtime.start_log(tmp_path / "log")
    yield
    for handler in set(log.handlers) - set(before):
        log.removeHandler(handler)
        handler.close()
    log.setLevel(level)


def told(text: str, data: bytes) -> bool:
    return any(text.encode(coding) in data for coding in ENCODINGS)


def leaks(folder: Path, *meant: Path) -> list[tuple[str, str]]:
    """Every file that tells a mark, in its bytes or its name; those `meant` were saved on purpose."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path in meant or not path.is_file():
            continue
        data = path.read_bytes() + str(path.relative_to(folder)).encode()
        if data.startswith(b"\x1f\x8b"):
            data += gzip.decompress(data)
        found += [(str(path.relative_to(folder)), mark) for mark in MARKS if told(mark, data)]
    return found


def dispute(stage: Stage) -> str:
    """A case whose applicant and story carry the marks, settled."""
    applicant, respondent = intake().parties
    marked = replace(applicant, name=NAME, id_no=NUMBER, phone=PHONE)
    case = stage.case(intake(parties=(marked, respondent), summary=STORY))
    stage.session(case, body=f"{NAME}陈述：{STORY}。")
    stage.workspace.run(save_agreement, settlement(case, facts=STORY))
    return case.id


def carry_out(stage: Stage, case_id: str, folder: Path) -> tuple[Path, ...]:
    """Print every paper, save one, and the register as a table: files somebody asked for."""
    workspace = stage.workspace
    printed = [
        workspace.run(print_paper, case_id, slot.form, slot.subject_id).value
        for slot in workspace.run(list_papers, case_id).value
    ]
    paper, book = folder / "协议书.pdf", folder / "台账.xlsx"
    workspace.run(save_paper, printed[-1].id, paper)
    book.write_bytes(workspace.run(export_case_register, CaseQuery()).value)
    return paper, book


def provoke_a_bug(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the program whose text quotes the person, on its way to the log and to the screen."""

    def fail(_: UnitOfWork) -> None:
        raise ValueError(f"no room for {NAME} {NUMBER} {PHONE} {STORY}")

    bugs: list[object] = []
    seat.tasks.failed.connect(bugs.append)
    with monkeypatch.context() as patch:
        patch.setattr(UnitOfWork, "touched_cases", fail)
        seat.tasks.run(save_draft, DraftKind.INTAKE, "two", {"summary": STORY}).then()
        seat.until(lambda: bugs)
    dialog = next(iter(seat.window.findChildren(CrashDialog)))
    shown = repr(bugs) + dialog.findChild(QPlainTextEdit).toPlainText()
    shown += "".join(label.text() for label in dialog.findChildren(QLabel))
    assert "ValueError" in shown
    assert not [mark for mark in MARKS if mark in shown]
    dialog.close()


def test_the_scan_finds_what_lies_open(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text(f"{NAME},{NUMBER}", encoding="utf-16")
    (tmp_path / f"{PHONE}.txt").write_bytes(STORY.encode("gb18030"))
    assert leaks(tmp_path) == [
        (f"{PHONE}.txt", PHONE), (f"{PHONE}.txt", STORY), ("notes.txt", NAME), ("notes.txt", NUMBER),
    ]  # fmt: skip
    assert leaks(tmp_path, tmp_path / "notes.txt", tmp_path / f"{PHONE}.txt") == []


def test_nobody_is_named_in_any_file_that_is_not_meant_to(
    qtbot: Any,
    stage: Stage,
    county_workspace: Workspace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    workspace, stick = stage.workspace, tmp_path / "stick"
    stick.mkdir()
    seat = sit_down(qtbot, workspace)
    case_id = dispute(stage)
    workspace.run(save_draft, DraftKind.INTAKE, "one", {"summary": STORY, "name": NAME})
    for place, item in (
        (Place.CASES, None),
        (Place.CASE, case_id),
        (Place.PAPERS, case_id),
        (Place.TODAY, None),
    ):
        seat.page(place, item)
        seat.rest()
    meant = carry_out(stage, case_id, stick)
    enrol(workspace, county_workspace, stick)
    county_workspace.run(import_package, send(workspace, stick))
    with pytest.raises(Refused):
        workspace.run(register_case, intake(summary=STORY, parties=()))
    provoke_a_bug(seat, monkeypatch)
    backup_now(unlock(workspace.folder / "office.db", "admin", PASSPHRASE), tmp_path / "copies", Silent())
    assert leaks(tmp_path, *meant) == [], "while at work"
    assert (tmp_path / "log" / "xianghe.log").read_text(encoding="utf-8").count("ValueError") == 1

    seat.leave()
    workspace.close()
    county_workspace.close()
    assert leaks(tmp_path, *meant) == [], "after work"
    assert told(NAME, b"".join(read_zip(meant[1])))
    assert not list((tmp_path / "temporary").iterdir())


def read_zip(path: Path) -> Iterator[bytes]:
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            yield book.read(name)
