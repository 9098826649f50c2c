"""What the tabs of a case's work have in common: the case they show, and the page they speak through."""

from PySide6.QtWidgets import QWidget

from app.domain.cases import CaseView
from app.ui.kit.dialog import Dialog
from app.ui.kit.page import Page


class WorkTab(QWidget):
    """A subclass fills itself in `load`, which runs when the tab is shown and after changes."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.tasks = page.tasks
        self.case: CaseView | None = None
        self.dialog: Dialog | None = None

    def show_case(self, case: CaseView) -> None:
        """Show the work on this case."""
        self.case = case
        self.load()

    def load(self) -> None:
        """Ask for what the tab shows of `case`."""

    def ask(self, dialog: Dialog) -> None:
        """Open a dialog of this tab."""
        self.dialog = dialog
        dialog.open()
