"""What window tests share: an offscreen application with our fonts and looks, and a pretended workspace."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from app.domain.changes import Changes
from app.ui import theme
from app.ui.tasks import InlineTasks
from tests.services.stage import stage  # noqa: F401 - a fixture of all window tests
from tests.ui.hearing_screens import screen  # noqa: F401 - a fixture of all window tests


@dataclass(frozen=True)
class PretendedOutcome:
    """What `Workspace.run` answers."""

    value: Any
    changes: Changes


class PretendedWorkspace:
    """Runs a use case with itself as unit of work; the function may put topics into `topics`."""

    def __init__(self) -> None:
        self.topics: set[Any] = set()
        self.ran: list[str] = []

    def run(self, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> PretendedOutcome:
        """Run and answer with the topics noted meanwhile."""
        self.topics = set()
        self.ran.append(use_case.__name__)
        value = use_case(self, *args, **kwargs)
        return PretendedOutcome(value, frozenset(self.topics))


@pytest.fixture(scope="session", autouse=True)
def _looks(qapp: QApplication) -> None:
    theme.apply(qapp)


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path) -> None:
    """Remembered widths and window places of a test go to a throw-away folder."""
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))


@pytest.fixture
def pretended() -> PretendedWorkspace:
    """A workspace without a database, for the kit's own tests."""
    return PretendedWorkspace()


@pytest.fixture
def inline(qapp: QApplication, pretended: PretendedWorkspace) -> InlineTasks:
    """Tasks without threads over the pretended workspace."""
    return InlineTasks(pretended)
