"""Conversion between the worker's JSON, as the functions of `wbo_chain` take and return it, and the values of
`services.tracking`.

Amounts travel as text in both directions, since many readers take JSON's numbers for floats.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from wbo_desktop.domain.deposit import DepositStatus, Reason
from wbo_desktop.domain.facts import Claim, OurAddress, PlacedTransfer, Transfer, WalletFact
from wbo_desktop.domain.finality import FinalityRule
from wbo_desktop.domain.types import Address, BlockHash, TxHash
from wbo_desktop.domain.wallet import VerificationMethod, WalletRule, WalletStatus
from wbo_desktop.services.tracking import (
    Checkpoint,
    CoinSettings,
    Configuration,
    Decisions,
    DueRecord,
    FoundBlock,
    MicroTransfer,
    NetworkSettings,
    RecordFacts,
    SentTransaction,
    StoredTransfer,
    WalletCase,
    Work,
)

Json = Mapping[str, Any]

# what the database says


def configuration(row: Json) -> Configuration:
    """The worker's configuration from the JSON of `wbo_chain.configuration`."""
    return Configuration(
        networks=tuple(
            NetworkSettings(
                name=n["name"],
                chain_id=n["chain_id"],
                finality=FinalityRule(n["finality"]),
                rpc_urls=tuple(n["rpc_urls"]),
                agreement=n["agreement"],
                worker_agreement=n["worker_agreement"],
            )
            for n in sorted(row["networks"], key=lambda n: n["name"])
        ),
        coins=tuple(_coin(c) for c in sorted(row["coins"], key=lambda c: c["id"])),
        hot_wallets={h["network"]: Address(h["address"]) for h in row["hot_wallets"]},
    )


def _coin(row: Json) -> CoinSettings:
    steps = tuple((int(step["from_base"]), int(step["confirmations"])) for step in row["confirmation_steps"])
    contract = None if row["contract"] is None else Address(row["contract"])
    return CoinSettings(row["id"], row["code"], row["network"], contract, row["confirmations"], steps)


def checkpoint(row: Json) -> Checkpoint:
    """A network's checkpoint from the JSON of `wbo_chain.checkpoint`."""
    return Checkpoint(
        row["number"], BlockHash(row["hash"]), row["head"], row.get("finalized"), row.get("alarm")
    )


def work(row: Json) -> Work:
    """The work of a network from the JSON of `wbo_chain.record_blocks`."""
    return Work(
        checkpoint=checkpoint(row["checkpoint"]),
        records=tuple(_facts(r) for r in row["records"]),
        due=tuple(_due(d) for d in row["due"]),
        wallets=tuple(_wallet(w) for w in row["wallets"]),
        unasked=tuple(Address(a) for a in row["unasked"]),
        sent=tuple(_sent(s) for s in row["sent"]),
    )


def _sent(row: Json) -> SentTransaction:
    places_known = all(one.get("log_index") is not None for one in row["transfers"])
    return SentTransaction(
        txid=TxHash(row["txid"]),
        block_number=row["block_number"],
        block_hash=BlockHash(row["block_hash"]),
        sender=Address(row["sender"]),
        nonce=row["nonce"],
        succeeded=row["succeeded"],
        transfers=tuple(_found({"txid": row["txid"], **one}) for one in row["transfers"])
        if places_known
        else None,
    )


def _facts(row: Json) -> RecordFacts:
    network = row["network"]
    claim = Claim(
        record_no=row["record_no"],
        client_no=row["client_no"],
        coin=row["coin"],
        network=network,
        token=None if row["contract"] is None else Address(row["contract"]),
        decimals=row["decimals"],
        claimed_base=int(row["claimed"]),
        minimum_base=int(row["minimum"]),
        source=row["source_address"],
        target=row["target_address"],
        txid=None if row["txid"] is None else TxHash(row["txid"]),
        created_at=datetime.fromisoformat(row["created_at"]),
        wallet_rule=WalletRule(row["wallet_rule"]),
        tolerance_bps=row["tolerance_bp"],
        max_gap=timedelta(hours=row["max_gap_hours"]) if row["max_gap_hours"] else None,
        accepted=row["accepted"],
        contested=row["contested"],
    )
    return RecordFacts(
        claim=claim,
        ticket=row["ticket"],
        version=row["version"],
        status=DepositStatus(row["status"]),
        reason=None if row["reason"] is None else Reason(row["reason"]),
        coin_id=row["coin_id"],
        overdue=row["overdue"],
        grace_left=float(row["grace_left"]),
        transfers=tuple(_stored(network, t) for t in row["transfers"]),
        wallets=tuple(_wallet_fact(network, w) for w in row["wallets"]),
        accounts=our_addresses(network, row["accounts"]),
    )


def our_addresses(network: str, rows: list[Any]) -> tuple[OurAddress, ...]:
    """Custodial accounts of a network from their JSON."""
    return tuple(OurAddress(network, Address(a["address"]), a["client_no"]) for a in rows)


def _wallet_fact(network: str, row: Json) -> WalletFact:
    verified_at = None if row["verified_at"] is None else datetime.fromisoformat(row["verified_at"])
    status = WalletStatus(row["status"])
    return WalletFact(row["client_no"], network, Address(row["address"]), status, verified_at)


def _stored(network: str, row: Json) -> StoredTransfer:
    transfer = PlacedTransfer(
        txid=TxHash(row["txid"]),
        log_index=row["log_index"],
        network=network,
        token=None if row["contract"] is None else Address(row["contract"]),
        sender=Address(row["sender"]),
        recipient=Address(row["recipient"]),
        amount=int(row["amount"]),
        status=1,  # only transfers of transactions that succeeded are stored
        canonical=True,
        block_number=row["block_number"],
        block_hash=BlockHash(row["block_hash"]),
        block_time=datetime.fromisoformat(row["mined_at"]),
        used_by=row["used_by"],
    )
    return StoredTransfer(row["id"], transfer)


def _found(row: Json) -> Transfer:
    return Transfer(
        txid=TxHash(row["txid"]),
        log_index=row["log_index"],
        token=None if row["contract"] is None else Address(row["contract"]),
        sender=Address(row["sender"]),
        recipient=Address(row["recipient"]),
        amount=int(row["amount"]),
        signed_by=None if row.get("signed_by") is None else Address(row["signed_by"]),
    )


def _due(row: Json) -> DueRecord:
    return DueRecord(
        row["record_no"], row["version"], _found(row), row["block_number"], BlockHash(row["block_hash"])
    )


def _wallet(row: Json) -> WalletCase:
    seen = row["transfer"]
    return WalletCase(
        wallet_id=row["wallet_id"],
        version=row["version"],
        address=Address(row["address"]),
        client_no=row["client_no"],
        method=VerificationMethod(row["method"]),
        challenge=row["challenge"],
        signature=row["signature"],
        micro_target=None if row["micro_target"] is None else Address(row["micro_target"]),
        micro_contract=None if row["micro_contract"] is None else Address(row["micro_contract"]),
        micro_amount=None if row["micro_amount"] is None else int(row["micro_amount"]),
        expired=bool(row["expired"]),
        transfer=None if seen is None else _micro(seen),
    )


def _micro(row: Json) -> MicroTransfer:
    return MicroTransfer(
        id=row["id"],
        transfer=_found(row),
        block_number=row["block_number"],
        block_hash=BlockHash(row["block_hash"]),
        attached=row["attached"],
        confirm_height=row["confirm_height"],
    )


# what it is told


def block_json(block: FoundBlock) -> dict[str, Any]:
    """The JSON of a block, as `wbo_chain.record_blocks` takes it."""
    return {
        "number": block.number,
        "hash": block.hash,
        "parent_hash": block.parent_hash,
        "mined_at": block.mined_at.isoformat(),
        "txids": block.txids,
        "transfers": [
            {
                "txid": t.txid,
                "log_index": t.log_index,
                "position": t.position,
                "contract": t.token,
                "sender": t.sender,
                "recipient": t.recipient,
                "amount": str(t.amount),
                "signed_by": t.signed_by,
            }
            for t in block.transfers
        ],
        "sent": [
            {
                "txid": s.txid,
                "sender": s.sender,
                "nonce": s.nonce,
                "succeeded": s.succeeded,
                "fee": str(s.fee),
                "value": str(s.value),
            }
            for s in block.sent
        ],
    }


def decisions_json(decisions: Decisions) -> dict[str, Any]:
    """The JSON of decisions, as `wbo_chain.apply_decisions` takes it."""
    return {
        "records": [
            {
                "record_no": r.record_no,
                "version": r.version,
                "ticket": r.ticket,
                "status": r.status.value if r.status else None,
                "reason": r.reason.value if r.reason else None,
                "transfer_id": r.transfer_id,
                "required_confirmations": r.required_confirmations,
                "verdicts": list(r.verdicts),
                "proposal": list(r.proposal),
                "check_again_seconds": r.check_again,
            }
            for r in decisions.records
        ],
        "credits": [
            {"record_no": c.record_no, "version": c.version, "agreed": c.agreed} for c in decisions.credits
        ],
        "sent": [{"txid": s.txid, "block_hash": s.block_hash, "agreed": s.agreed} for s in decisions.sent],
        "wallets": [
            {
                "wallet_id": w.wallet_id,
                "version": w.version,
                "outcome": w.outcome,
                "transfer_id": w.transfer_id,
                "evidence": w.evidence,
                "failure": w.failure,
            }
            for w in decisions.wallets
        ],
    }
