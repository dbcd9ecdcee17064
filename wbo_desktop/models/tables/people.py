"""People and what they did: clients, operators, requests, the log."""

from __future__ import annotations

from wbo_desktop.models.tables.base import Paging, View, integer, json, moment, text, texts, yes_no


class Client(View):
    """A client, as the core system exports it."""

    client_no = text()
    securities_account = text()
    name_en = text()
    name_zh_hk = text(null=True)
    name_zh_cn = text(null=True)
    identity_verified = yes_no()
    language = text()

    paging = Paging(key=(client_no,), order=client_no, descending=False)


class Operator(View):
    """A login of the desk with its permissions."""

    login = text()
    display_name = text()
    language = text()
    must_change_password = yes_no()
    disabled_at = moment(null=True)
    disabled_by = text(null=True)
    locked_until = moment(null=True)
    created_at = moment()
    created_by = text()
    version = integer()
    password_issued_by = text(null=True)
    password_issued_at = moment(null=True)
    password_foreign_at = moment(null=True)
    waiting_by = text(null=True)
    permissions = texts()

    paging = Paging(key=(login,), order=login, descending=False)


class PermissionRequest(View):
    """A change that waits for an administrator of another hand, or was decided by one."""

    request_id = integer()
    kind = text()
    object_id = text()
    login = text(null=True)
    permission_code = text(null=True)
    before = json()
    payload = json()
    requested_by = text()
    requested_hand = texts()
    requested_at = moment()
    state = text()
    decided_by = text(null=True)
    decided_at = moment(null=True)
    decide_remark = text(null=True)
    for_me = yes_no()

    paging = Paging(key=(request_id,), order=request_id)


class AuditLog(View):
    """One entry of the log, with the values before and after."""

    seq = integer()
    at = moment()
    operator = text()
    workstation = text()
    action = text()
    object_type = text()
    object_id = text()
    before = json(null=True)
    after = json(null=True)
    remark = text(null=True)
    hash = text(null=True)
    sealed_at = moment(null=True)

    paging = Paging(key=(seq,), order=at)


class LogReading(View):
    """How far the server's log was read."""

    looked_at = moment(null=True)
    behind_bytes = integer()
    behind_since = moment(null=True)
    collects = yes_no()

    paging = Paging(key=(looked_at,), order=looked_at)
