"""Opens pages over a real office file, as the window does."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from app.domain.actor import NodeKind
from app.services.kernel.workspace import Workspace
from app.ui.navigation import Context, Navigator, Office
from app.ui.tasks import InlineTasks


@dataclass
class Screen:
    """A context over the office, and where its pages asked to go."""

    context: Context
    qtbot: Any
    went: list[tuple[Any, Any]] = field(default_factory=list)
    kept: list[QWidget] = field(default_factory=list)

    def keep(self, widget: QWidget) -> None:
        """Let a widget live until the test is over."""
        self.kept.append(widget)
        self.qtbot.addWidget(widget)

    def page(self, kind: type, item: str | None = None, size: tuple[int, int] = (1274, 700)) -> Any:
        """Show a page of this kind, opened with `item`."""
        page = kind(self.context)
        self.keep(page)
        page.resize(*size)
        page.open_item(item)
        page.show()
        return page


@pytest.fixture
def screen(qtbot: Any, qapp: QWidget, workspace: Workspace) -> Screen:
    office = Office("平乡镇人民调解委员会", "130532101-A", NodeKind.TOWNSHIP, Path("data"))
    made = Screen(Context(InlineTasks(workspace), Navigator(), workspace.actor, office), qtbot)
    made.context.navigator.went.connect(lambda place, item: made.went.append((place, item)))
    return made
