"""The printers of this PC and one print job; both run off the GUI thread, drivers may take their time."""

from dataclasses import dataclass

from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from app.domain.progress import Progress
from app.ui.kit.pdf_view import print_pdf

Duplex = QPrinter.DuplexMode


@dataclass(frozen=True, slots=True)
class Printers:
    """The names of the printers installed, and the usual one."""

    names: tuple[str, ...]
    usual: str


@dataclass(frozen=True, slots=True)
class PrintChoice:
    """Where and how a paper is printed."""

    printer: str
    copies: int
    duplex: Duplex


def find_printers(progress: Progress) -> Printers:
    """Ask the system for its printers; a network printer that is off may keep it waiting."""
    progress.step(0, 1)
    return Printers(tuple(QPrinterInfo.availablePrinterNames()), QPrinterInfo.defaultPrinterName())


def print_file(progress: Progress, choice: PrintChoice, pdf: bytes) -> bool:
    """Print the pages on A4; False when the printer did not begin."""
    progress.step(0, 1)
    return print_pdf(make_printer(choice), pdf)


def make_printer(choice: PrintChoice) -> QPrinter:
    """The printer set up for one paper."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(choice.printer)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setCopyCount(choice.copies)
    printer.setCollateCopies(True)
    printer.setDuplex(choice.duplex)
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    return printer
