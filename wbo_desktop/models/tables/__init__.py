"""The views of schema `wbo`, one read-only model each: its instances are the rows, its fields are what pages
name. A leaf: peewee and `domain` only."""

from __future__ import annotations

from wbo_desktop.models.tables.accounts import (
    CustodialAccount,
    CustodialRequest,
    WalletAddress,
    WalletRequest,
)
from wbo_desktop.models.tables.base import Field, View
from wbo_desktop.models.tables.configuration import (
    ChainHealth,
    Cryptocurrency,
    ListedCoin,
    Network,
    Policy,
    SchemaVersion,
)
from wbo_desktop.models.tables.deposits import DepositApplication, DepositRecord, DepositTimeline
from wbo_desktop.models.tables.people import AuditLog, Client, LogReading, Operator, PermissionRequest
from wbo_desktop.models.tables.refunds import HotWalletState, Refund, RefundAddress, RefundAttempt
from wbo_desktop.models.tables.transfers import UnexplainedBalance, UnmatchedTransfer

VIEWS: tuple[type[View], ...] = (
    AuditLog,
    ChainHealth,
    Client,
    Cryptocurrency,
    CustodialAccount,
    CustodialRequest,
    DepositApplication,
    DepositRecord,
    DepositTimeline,
    HotWalletState,
    ListedCoin,
    LogReading,
    Network,
    Operator,
    PermissionRequest,
    Policy,
    Refund,
    RefundAddress,
    RefundAttempt,
    SchemaVersion,
    UnexplainedBalance,
    UnmatchedTransfer,
    WalletAddress,
    WalletRequest,
)
"""Every one of them."""

__all__ = [
    "VIEWS",
    "AuditLog",
    "ChainHealth",
    "Client",
    "Cryptocurrency",
    "CustodialAccount",
    "CustodialRequest",
    "DepositApplication",
    "DepositRecord",
    "DepositTimeline",
    "Field",
    "HotWalletState",
    "ListedCoin",
    "LogReading",
    "Network",
    "Operator",
    "PermissionRequest",
    "Policy",
    "Refund",
    "RefundAddress",
    "RefundAttempt",
    "SchemaVersion",
    "UnexplainedBalance",
    "UnmatchedTransfer",
    "View",
    "WalletAddress",
    "WalletRequest",
]
