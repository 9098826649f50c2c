"""The words for every enum a window shows."""

from enum import Enum
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.actor import NodeKind, Permission, Role
from app.domain.changes import Topic
from app.ui.words import after, flow, journal, lists, parties, people, rules, schedule, today, work
from app.ui.words.labels_cases import CASES
from app.ui.words.labels_office import OFFICE

LABELS: dict[type[Enum], dict[Any, Any]] = {
    **CASES,
    **OFFICE,
    **after.LABELS,
    **flow.LABELS,
    **journal.LABELS,
    **lists.LABELS,
    **parties.LABELS,
    **people.LABELS,
    **rules.LABELS,
    **schedule.LABELS,
    **today.LABELS,
    **work.LABELS,
    Role: {
        Role.REGISTRAR: QT_TRANSLATE_NOOP("labels", "登记员"),
        Role.MEDIATOR: QT_TRANSLATE_NOOP("labels", "调解员"),
        Role.DIRECTOR: QT_TRANSLATE_NOOP("labels", "主任"),
        Role.ADMINISTRATOR: QT_TRANSLATE_NOOP("labels", "管理员"),
        Role.ARCHIVIST: QT_TRANSLATE_NOOP("labels", "档案员"),
        Role.LEADER: QT_TRANSLATE_NOOP("labels", "领导（只读）"),
        Role.AUDITOR: QT_TRANSLATE_NOOP("labels", "审计员（只读）"),
        Role.COUNTY_OFFICER: QT_TRANSLATE_NOOP("labels", "县中心人员"),
    },
    NodeKind: {
        NodeKind.TOWNSHIP: QT_TRANSLATE_NOOP("labels", "乡镇（街道）"),
        NodeKind.COUNTY: QT_TRANSLATE_NOOP("labels", "县中心"),
    },
    Topic: {
        Topic.CASES: QT_TRANSLATE_NOOP("labels", "案件"),
        Topic.PEOPLE: QT_TRANSLATE_NOOP("labels", "人员"),
        Topic.ROSTER: QT_TRANSLATE_NOOP("labels", "名册"),
        Topic.HEARINGS: QT_TRANSLATE_NOOP("labels", "调解会"),
        Topic.AGREEMENTS: QT_TRANSLATE_NOOP("labels", "协议书"),
        Topic.PAPERS: QT_TRANSLATE_NOOP("labels", "文书"),
        Topic.PACKAGES: QT_TRANSLATE_NOOP("labels", "案件包"),
        Topic.NODES: QT_TRANSLATE_NOOP("labels", "节点"),
        Topic.USERS: QT_TRANSLATE_NOOP("labels", "用户"),
        Topic.SETTINGS: QT_TRANSLATE_NOOP("labels", "设置"),
        Topic.NUMBERS: QT_TRANSLATE_NOOP("labels", "编号"),
        Topic.DRAFTS: QT_TRANSLATE_NOOP("labels", "草稿"),
    },
    Permission: {
        Permission.READ: QT_TRANSLATE_NOOP("labels", "查看"),
        Permission.CASE_REGISTER: QT_TRANSLATE_NOOP("labels", "登记案件"),
        Permission.CASE_DECIDE: QT_TRANSLATE_NOOP("labels", "决定受理"),
        Permission.CASE_ASSIGN: QT_TRANSLATE_NOOP("labels", "指派调解员"),
        Permission.CASE_CLOSE: QT_TRANSLATE_NOOP("labels", "结案"),
        Permission.CASE_ARCHIVE: QT_TRANSLATE_NOOP("labels", "归档和备案"),
        Permission.HEARING_WRITE: QT_TRANSLATE_NOOP("labels", "排期和调解记录"),
        Permission.AGREEMENT_WRITE: QT_TRANSLATE_NOOP("labels", "起草协议"),
        Permission.PAPER_PRINT: QT_TRANSLATE_NOOP("labels", "打印文书"),
        Permission.EXCEL_EXPORT: QT_TRANSLATE_NOOP("labels", "导出表格"),
        Permission.ROSTER_WRITE: QT_TRANSLATE_NOOP("labels", "维护名册"),
        Permission.NUMBER_VOID: QT_TRANSLATE_NOOP("labels", "作废编号"),
        Permission.PACKAGE_SEND: QT_TRANSLATE_NOOP("labels", "报送案件包"),
        Permission.PACKAGE_RECEIVE: QT_TRANSLATE_NOOP("labels", "接收案件包"),
        Permission.NODE_ENROL: QT_TRANSLATE_NOOP("labels", "注册节点"),
        Permission.USER_ADMIN: QT_TRANSLATE_NOOP("labels", "管理用户"),
        Permission.SETTINGS_WRITE: QT_TRANSLATE_NOOP("labels", "修改设置"),
    },
}


def label(value: Enum) -> str:
    """The word shown for an enum value."""
    return QCoreApplication.translate("labels", LABELS[type(value)][value])


def choices(kind: type[Enum]) -> list[tuple[Enum, str]]:
    """Every value of an enum with its word, for a choice field."""
    return [(value, label(value)) for value in kind]
