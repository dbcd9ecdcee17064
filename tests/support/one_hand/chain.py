"""The chain that an honest worker tells the database: who really signed what is known here, and nowhere else."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

NATIVE_SIGNATURE = "0x5160"


def new_hash() -> str:
    """A hash that nothing else has."""
    return "0x" + secrets.token_hex(32)


@dataclass(frozen=True)
class Payment:
    """A Transfer as a node tells it; `signer` sent the transaction. `contract` is None for the native coin."""

    contract: str | None
    sender: str
    recipient: str
    amount: int
    signer: str
    txid: str = field(default_factory=new_hash)


@dataclass
class Chain:
    """The blocks of one network, and what still waits to be mined."""

    network: str
    number: int = 100
    hash: str = field(default_factory=new_hash)
    waiting: list[Payment] = field(default_factory=list)
    paid: dict[str, Payment] = field(default_factory=dict)

    def next_block(self) -> tuple[str, dict[str, Any]]:
        """The hash it builds on, and the block as the worker tells it."""
        paid, self.waiting = self.waiting, []
        parent, self.hash = self.hash, new_hash()
        self.number += 1
        self.paid |= {p.txid: p for p in paid}
        return parent, {
            "number": self.number,
            "hash": self.hash,
            "parent_hash": parent,
            "mined_at": datetime.now(UTC).isoformat(),
            "txids": [p.txid for p in paid],
            "transfers": [
                {
                    "txid": p.txid, "log_index": 0, "contract": p.contract, "sender": p.sender,
                    "recipient": p.recipient, "amount": p.amount, "signed_by": p.signer,
                }
                for p in paid
            ],
            "sent": [],
        }  # fmt: skip


def signature(address: str, challenge: str) -> str:
    """The signature of that address's owner: here a secret word instead of cryptography."""
    return f"{NATIVE_SIGNATURE}{address[2:].lower()}{challenge.encode().hex()[-64:]}"
