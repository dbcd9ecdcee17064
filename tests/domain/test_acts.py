"""The registry of acts: whoever adds one says what it runs, who may, what it changes, and keeps secrets out of it."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError, fields, is_dataclass

import pytest

from wbo_desktop.domain import acts
from wbo_desktop.domain.acts import ALL, Act, Topic
from wbo_desktop.domain.permissions import Permission

CHANGES_NO_PAGE = {acts.ChangeOwnPassword, acts.VerifyAudit}

every_act = pytest.mark.parametrize("act", ALL, ids=lambda act: act.__name__)


def snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def test_the_registry_has_every_act_once() -> None:
    # by name: a dataclass with slots is made twice
    assert sorted(act.__name__ for act in ALL) == sorted({act.__name__ for act in Act.__subclasses__()})
    assert len({act.function for act in ALL}) == len(ALL)


@every_act
def test_an_act_says_what_it_runs_who_may_and_what_it_changes(act: type[Act]) -> None:
    assert is_dataclass(act)
    assert act.function == snake(act.__name__)
    assert isinstance(act.permission, Permission) or act is acts.ChangeOwnPassword
    assert isinstance(act.changes, frozenset)
    assert all(isinstance(topic, Topic) for topic in act.changes)
    assert act.changes or act in CHANGES_NO_PAGE
    assert act.__doc__


@every_act
def test_no_act_that_changes_something_is_done_by_a_permission_to_look(act: type[Act]) -> None:
    assert act.permission is None or not act.permission.endswith("_inquiry") or act in CHANGES_NO_PAGE


@every_act
def test_no_act_carries_a_secret(act: type[Act]) -> None:
    named = {field.name for field in fields(act)}
    assert not {name for name in named if re.search("password|secret|passphrase|private|mnemonic", name)}


@every_act
def test_an_act_cannot_be_changed_between_the_dialog_and_the_database(act: type[Act]) -> None:
    made = act(**dict.fromkeys((field.name for field in fields(act)), "x"))
    for field in fields(act):
        with pytest.raises(FrozenInstanceError):
            setattr(made, field.name, "y")


@pytest.mark.parametrize(
    "act",
    [
        acts.RevokeDeposit,
        acts.DeleteApplication,
        acts.AcceptDeposit,
        acts.DeleteWallet,
        acts.AllowSharedWallet,
        acts.ExplainDifference,
    ],
)
def test_what_must_be_explained_takes_a_remark(act: type[Act]) -> None:
    assert "remark" in {field.name for field in fields(act)}


@pytest.mark.parametrize(
    "act",
    [acts.RevokeDeposit, acts.RecheckDeposit, acts.AcceptDeposit, acts.ApproveRefund, acts.ExecuteRefund],
)
def test_what_was_decided_on_sight_names_the_version_that_was_seen(act: type[Act]) -> None:
    assert "expected_version" in {field.name for field in fields(act)}


def test_the_password_is_asked_again_where_money_leaves_and_for_another_password() -> None:
    assert [act for act in ALL if act.step_up] == [acts.ExecuteRefund, acts.ChangeOwnPassword]


def test_requesting_and_approving_are_two_permissions() -> None:
    assert acts.RequestRefund.permission is not acts.ApproveRefund.permission


def test_an_administrator_holds_no_act_that_moves_money() -> None:
    for act in ALL:
        if act.permission is Permission.OPERATOR_ADMIN:
            assert not act.changes & {Topic.DEPOSIT, Topic.REFUND, Topic.WALLET, Topic.TRANSFER}


def test_looking_and_acting_are_separate() -> None:
    for permission in Permission:
        if permission.endswith("_operation"):
            assert Permission(permission.removesuffix("_operation") + "_inquiry")
