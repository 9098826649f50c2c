"""Reads finished papers back with other programs than the one that made them."""

import re
import subprocess
from io import BytesIO

from pypdf import PdfReader


def squashed(text: str) -> str:
    """Without blanks and line breaks, which depend on where lines end."""
    return re.sub(r"\s", "", text)


def pages_by_poppler(pdf: bytes) -> list[str]:
    """The text of each page as `pdftotext` reads it, squashed."""
    command = ["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"]
    text = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    return [squashed(page) for page in text.split("\f")[:-1]]


def text_by_pypdf(pdf: bytes) -> str:
    """The whole text as pypdf reads it, squashed."""
    return squashed("".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


def body(pages: list[str], number: str) -> str:
    """The running text: pages joined without their footers and the number on later pages."""
    bare = [re.sub(r"第\d+页共\d+页", "", page) for page in pages]
    head = squashed(f"编号：{number}")
    return bare[0] + "".join(page.removeprefix(head) for page in bare[1:])


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """Each font of the file and whether it is embedded."""
    found: dict[str, bool] = {}
    for page in PdfReader(BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():
            font = font.get_object()
            found[font["/BaseFont"]] = "/FontFile2" in font.get("/FontDescriptor", {})
    return found
