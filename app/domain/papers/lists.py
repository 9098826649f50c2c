"""Any list of the window as it is printed or taken into Excel."""

from dataclasses import dataclass

MOST_PRINTED = 2000
"""Rows a printed list may have; more is a book for Excel (some sixty pages)."""


@dataclass(frozen=True, slots=True)
class ListTable:
    """What a list shows: headings, relative widths, the words of each cell, and what was asked for."""

    title: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    asked: str = ""
