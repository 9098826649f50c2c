"""What a refusal must be: a sentence that helps, and nothing changed on the disk or in the rows."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from app.domain.errors import Refused
from app.services.cases.register import register_case
from app.services.kernel.workspace import Workspace
from app.services.office.sign_in import Unlocked, unlock
from app.ui.words.messages import sentence
from tests.conftest import PASSPHRASE, intake

NOT_DONE = ("没有", "暂停")
WHAT_TO_DO = "请"


def refused(action: Callable[[], object]) -> Refused:
    """The refusal an action ends with; its sentence names what was not done and what to do."""
    with pytest.raises(Refused) as caught:
        action()
    said = sentence(caught.value)
    assert any(word in said for word in NOT_DONE), said
    assert WHAT_TO_DO in said
    assert "{" not in said
    return caught.value


def everything(folder: Path) -> dict[str, bytes]:
    """Every file under a folder with its bytes; the lock of the instance holds nothing."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


def rows(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables."""
    with workspace._engine.connect().execution_options(write=False) as connection:
        names = (
            connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        )
        return {
            name: [tuple(row) for row in connection.execute(text(f'SELECT * FROM "{name}"'))]  # noqa: S608
            for name in names
        }


def unlocked(workspace: Workspace) -> Unlocked:
    return unlock(workspace.folder / "office.db", "admin", PASSPHRASE)


@pytest.fixture
def closed(workspace: Workspace) -> Path:
    """The data file of an office with a case, everybody signed out."""
    workspace.run(register_case, intake())
    workspace.close()
    return workspace.folder / "office.db"
