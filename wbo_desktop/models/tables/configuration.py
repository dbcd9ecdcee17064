"""What is configured: coins, networks, the policy, and the version of the schema."""

from __future__ import annotations

from wbo_desktop.models.tables.base import Paging, View, integer, json, moment, number, text, texts, yes_no


class Cryptocurrency(View):
    """A coin on a network, with its rules."""

    code = text()
    network = text()
    name_en = text()
    name_zh_hk = text()
    name_zh_cn = text()
    contract = text(null=True)
    decimals = integer()
    minimum_deposit = number()
    confirmations = integer()
    wallet_rule = text()
    deposit_enabled = yes_no()
    credit_tolerance = number()
    confirmation_steps = json()
    approvals_needed = integer()
    two_approvals_above = number(null=True)
    cooling_off_hours = integer()
    daily_refund_limit = number(null=True)
    alert_level = number(null=True)
    stop_level = number(null=True)
    remark = text(null=True)
    version = integer()
    updated_at = moment()

    paging = Paging(key=(code, network), order=code, descending=False)


class ListedCoin(View):
    """A coin as every operator may see it: without limits and remark."""

    code = text()
    network = text()
    name_en = text()
    name_zh_hk = text()
    name_zh_cn = text()
    contract = text(null=True)
    decimals = integer()
    minimum_deposit = number()
    confirmations = integer()
    deposit_enabled = yes_no()
    coin_id = integer()

    paging = Paging(key=(code, network), order=code, descending=False)

    class Meta:
        table_name = "coin"


class Network(View):
    """A network, with its nodes."""

    name = text()
    chain_id = integer()
    finality = text()
    rpc_urls = texts()
    explorer_tx_url = text(null=True)
    explorer_address_url = text(null=True)
    txid_grace_seconds = integer()
    agreement = integer()
    worker_agreement = integer()
    head_number = integer(null=True)
    head_seen_at = moment(null=True)
    checkpoint_number = integer(null=True)
    worker = text(null=True)
    worker_until = moment(null=True)
    alarm = text(null=True)
    version = integer()
    updated_at = moment()

    paging = Paging(key=(name,), order=name, descending=False)


class ChainHealth(View):
    """The state of a network as every operator may see it: how far it is followed, and by which worker."""

    network = text()
    chain_id = integer()
    explorer_tx_url = text(null=True)
    explorer_address_url = text(null=True)
    head_number = integer(null=True)
    head_seen_at = moment(null=True)
    checkpoint_number = integer(null=True)
    block_seconds = number(null=True)
    alarm = text(null=True)
    worker = text(null=True)
    worker_until = moment(null=True)
    worker_state = json(null=True)

    paging = Paging(key=(network,), order=network, descending=False)


class Policy(View):
    """One setting of the desk."""

    name = text()
    value = json()
    updated_at = moment()
    updated_by = text()

    paging = Paging(key=(name,), order=name, descending=False)


class SchemaVersion(View):
    """The migrations of the database: the newest one's number, and all names with their SHA-256."""

    version = integer(null=True)
    migrations = json(null=True)

    paging = Paging(key=(version,), order=version)
