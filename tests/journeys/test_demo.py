"""The demonstration as a script calls it: all the README promises lies in the folder, and opens again."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240  # seconds; a quiet machine of two cores needs twenty-five
FEUD = ("冯大夯", "邓二旺", "邓永")


def run(folder: Path, *arguments: str, passphrase: str = "") -> subprocess.CompletedProcess[str]:
    """The program as a script calls it, without a screen, in `folder`."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    return subprocess.run(
        [sys.executable, "-P", "-m", "app", *arguments],
        cwd=folder,
        env={
            **kept,
            "PYTHONPATH": str(ROOT),
            "PYTHONIOENCODING": "utf-8",
            "QT_QPA_PLATFORM": "offscreen",
            "XIANGHE_PASSPHRASE": passphrase,
        },
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("a folder with a space")
    told = run(folder, "demo", "--out", "demo")
    assert (told.returncode, told.stderr) == (0, "")
    return folder / "demo"


@pytest.fixture(scope="module")
def summary(played: Path) -> dict[str, Any]:
    return json.loads((played / "summary.json").read_text(encoding="utf-8"))


def opening(summary: dict[str, Any], file: str) -> tuple[str, str]:
    found = next(row for row in summary["openings"] if row["file"] == file)
    return found["user"], found["passphrase"]


def text_of(paper: Path) -> str:
    """What another program reads; lines may break anywhere in Chinese."""
    told = subprocess.run(["pdftotext", str(paper), "-"], capture_output=True, check=True)
    return "".join(told.stdout.decode().split())


def test_the_summary_counts_what_was_done(summary):
    assert summary["cases_registered"] == summary["cases_imported"] >= 25
    assert {"agreement.pdf", "acceptance.pdf", "session_record.pdf"} <= set(summary["papers"])
    assert set(summary["agreement"]) == {"number", "parties", "amount_capitals"}
    assert tuple(summary["agreement"]["parties"]) == FEUD


def test_everything_the_summary_names_lies_in_the_folder(played, summary):
    names = [summary["package"], *summary["papers"], *summary["screens"]]
    names += [row["file"] for row in summary["openings"]]
    assert [name for name in names if not (played / name).is_file()] == []
    assert (played / summary["package"]).read_bytes().startswith(b"age-encryption.org/v1")


def test_every_picture_has_the_size_of_a_small_screen_and_shows_something(played, summary):
    for name in summary["screens"]:
        picture = QImage(str(played / name))
        assert (picture.width(), picture.height()) == (1366, 768), name
        seen = {picture.pixel(x, y) for x in range(0, 1366, 3) for y in range(0, 768, 3)}
        assert len(seen) > 20, f"{name} is blank"


def test_the_papers_can_be_read_with_another_program(played, summary):
    agreement = text_of(played / "agreement.pdf")
    assert all(name in agreement for name in FEUD)
    assert summary["agreement"]["number"] in agreement
    assert summary["agreement"]["amount_capitals"] == "壹万陆仟捌佰元整"
    assert "16,800.00元（大写：壹万陆仟捌佰元整）" in agreement
    assert [name for name in summary["papers"] if FEUD[0] not in text_of(played / name)] == []


@pytest.mark.parametrize("file", ["township.db", "county.db"])
def test_each_data_file_opens_with_what_the_summary_says_and_is_sound(played, summary, file):
    user, passphrase = opening(summary, file)
    told = run(played, "check", "--data", file, "--user", user, passphrase=passphrase)
    assert (told.returncode, told.stderr) == (0, ""), told.stdout
    assert "数据完好" in told.stdout


def test_the_package_again_changes_nothing_and_says_so(played, summary):
    user, passphrase = opening(summary, "county.db")
    county = ["--data", "county.db", "--user", user]
    seen = run(played, "inspect-package", summary["package"], *county, passphrase=passphrase)
    assert (seen.returncode, seen.stderr) == (0, "")
    assert "以前已经导入" in seen.stdout
    again = run(played, "import-package", summary["package"], *county, passphrase=passphrase)
    assert (again.returncode, again.stderr) == (0, "")
    assert "没有任何变动" in again.stdout


def test_there_is_nothing_to_send_after_the_receipt(played, summary):
    user, passphrase = opening(summary, "township.db")
    told = run(
        played, "export-package", "--data", "township.db", "--user", user, "--to", ".", passphrase=passphrase
    )
    assert told.returncode == 1
    assert told.stderr.strip() == "没有生成案件包：上次报送以后没有新的变动，不需要报送。"


def test_an_earlier_demonstration_is_never_written_over(played):
    before = {path: path.stat().st_mtime_ns for path in played.rglob("*")}
    told = run(played.parent, "demo", "--out", "demo")
    assert told.returncode == 1
    assert "请换一个文件夹" in told.stderr
    assert before == {path: path.stat().st_mtime_ns for path in played.rglob("*")}


def test_a_place_that_takes_no_folder_is_refused_with_a_sentence(played):
    told = run(played, "demo", "--out", "summary.json/demo")
    assert told.returncode == 1
    assert told.stderr.startswith("没有")
    assert "Traceback" not in told.stderr
