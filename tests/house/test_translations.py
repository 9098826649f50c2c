"""Every word a window shows can be translated: literal in `tr`, and no Chinese text beside it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import parsed, python_files, short

TR = {"tr", "trUtf8"}
MARKED = {"tr", "translate", "QT_TRANSLATE_NOOP", "QT_TR_NOOP"}
DATE_SIGNS = set("年月日")  # a date is written the same way on every screen and paper

# Modules whose Chinese text is no wording of the screen, with the reason.
EXEMPT: dict[str, str] = {
    "app/ui/kit/typed.py": "reads dates and amounts as people type them: input, not wording",
}


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" and sign not in DATE_SIGNS for sign in text)


def _literal(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _looks_up_a_table(tree: ast.Module) -> bool:
    """Whether the module marks a table of its own, so that it may translate what it finds there."""
    return any(isinstance(node, ast.Call) and _called(node) == "QT_TRANSLATE_NOOP" for node in ast.walk(tree))


def _hidden_from_lupdate(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = _called(node)
        if called in TR | {"QT_TR_NOOP"} and not (node.args and _literal(node.args[0])):
            yield f"line {node.lineno}: {called}() takes one literal, blanks are filled by .format after it"
        if called == "QT_TRANSLATE_NOOP" and not all(_literal(argument) for argument in node.args[:2]):
            yield f"line {node.lineno}: {called}() takes literals"
        if called == "translate" and len(node.args) > 1 and isinstance(node.func, ast.Attribute):
            text = node.args[1]
            if not _literal(text) and not (
                isinstance(text, ast.Name | ast.Subscript) and _looks_up_a_table(tree)
            ):
                yield f"line {node.lineno}: translate() takes a literal, or an entry of a marked table"


def _docstrings(tree: ast.Module) -> set[int]:
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, owners) and node.body]
    return {id(body[0].value) for body in bodies if isinstance(body[0], ast.Expr)}


def _untranslated(tree: ast.Module) -> Iterator[str]:
    marked = _docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in MARKED:
            marked.update(id(part) for argument in node.args for part in ast.walk(argument))
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in marked else None
        if isinstance(text, str) and _is_chinese(text):
            yield f"line {node.lineno}: {text!r}"


@pytest.mark.parametrize("path", python_files("app/ui"), ids=short)
def test_the_translator_sees_every_sentence(path: Path) -> None:
    assert list(_hidden_from_lupdate(parsed(path))) == []


@pytest.mark.parametrize("path", python_files("app/ui"), ids=short)
def test_no_chinese_text_goes_round_the_translator(path: Path) -> None:
    if short(path) in EXEMPT:
        return
    assert list(_untranslated(parsed(path))) == []


@pytest.mark.parametrize("path", python_files("app"), ids=short)
def test_only_windows_translate(path: Path) -> None:
    if short(path).startswith("app/ui/"):
        return
    calls = [node for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)]
    assert [f"line {node.lineno}" for node in calls if _called(node) in TR] == []
