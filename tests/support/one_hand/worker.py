"""The machine beside the person: a worker that believes what the chain says and proposes whatever that would allow.

It judges no more than it must: what is wrong with a credit or a proof is for the database's guards to say.
"""

from __future__ import annotations

from typing import Any

from psycopg.types.json import Jsonb

from tests.support.one_hand.chain import Chain, signature
from tests.support.one_hand.desk import Becoming

NETWORK = "Ethereum"

_RECORDS = """
SELECT DISTINCT ON (d.record_no) d.record_no, d.version, t.id, EXISTS (
           SELECT FROM wbo_data.wallet_address w WHERE w.client_no = d.client_no AND w.network = d.network
             AND w.address = t.sender AND w.status = 'verified') AS proven,
       t.amount_base <= d.claimed_base AND t.amount_base * 100 >= d.claimed_base * (100 - k.credit_tolerance) AS fits
FROM wbo_data.deposit d JOIN wbo_data.cryptocurrency k ON k.id = d.coin_id
JOIN wbo_data.chain_transfer t ON t.network = d.network AND t.coin_id = d.coin_id AND t.recipient = d.target_address
     AND t.canonical AND t.purpose = 'deposit'
     AND NOT EXISTS (SELECT FROM wbo_data.deposit o WHERE o.transfer_id = t.id AND o.record_no <> d.record_no)
WHERE d.network = %s AND d.status = 'pending_auth'
ORDER BY d.record_no, fits DESC, t.id"""
_DUE = """
SELECT d.record_no, d.version FROM wbo_data.deposit d JOIN wbo_data.checkpoint c ON c.network = d.network
WHERE d.network = %s AND d.status = 'processing' AND d.confirm_height <= c.number"""


class Worker:
    """A worker that leads the network with a lease of its own, within the campaign's transaction."""

    def __init__(self, desk: Becoming, chain: Chain) -> None:
        self.desk, self.chain = desk, chain
        self.epoch = 0

    def _call(self, statement: str, *values: Any) -> Any:
        return self.desk.act("oh_worker", statement, *values)

    def begin(self) -> None:
        """Lead, and say where the chain begins and what the hot wallet holds."""
        self.lead()
        self._call(
            "SELECT wbo_chain.start_tracking(%s, %s, %s, %s, %s, now())",
            NETWORK, self.epoch, self.chain.number, self.chain.hash, self.chain.hash,
        )  # fmt: skip
        hot = "0x" + "5" * 40
        self._call("SELECT wbo_chain.register_hot_wallet(%s, %s, %s, 0, 0)", NETWORK, self.epoch, hot)
        held = Jsonb(dict.fromkeys(("ETH", "USDT", "DAI"), "1000000"))
        self._call("SELECT wbo_chain.report_balances(%s, %s, %s)", NETWORK, self.epoch, held)

    def lead(self) -> None:
        """Take the lease; it lasts longer than any walk."""
        self.epoch = self._call("SELECT wbo_chain.take_lease(%s, 'one hand', 300)", NETWORK)

    def tick(self) -> None:
        """A block is mined, and everything that it allows is proposed."""
        parent, block = self.chain.next_block()
        self._call(
            "SELECT wbo_chain.record_blocks(%s, %s, 300, %s, %s, %s, %s)",
            NETWORK, self.epoch, parent, Jsonb([block]), self.chain.number, self.chain.number,
        )  # fmt: skip
        self._decide(wallets=self._wallets())
        self._decide(records=self._records())
        due = self._rows(_DUE, NETWORK)
        self._decide(credits=[{"record_no": r, "version": v, "agreed": True} for r, v in due])

    def _decide(self, **decisions: list[dict[str, Any]]) -> None:
        if any(decisions.values()):
            self._call("SELECT wbo_chain.apply_decisions(%s, %s, %s)", NETWORK, self.epoch, Jsonb(decisions))

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return list(self.desk.connection.execute(query.encode(), values).fetchall())

    def _records(self) -> list[dict[str, Any]]:
        said = []
        for record, version, transfer, proven, fits in self._rows(_RECORDS, NETWORK):
            if proven:
                status, reason = ("processing", None) if fits else ("abnormal", "amount_differs")
                said.append(
                    {
                        "record_no": record, "version": version, "ticket": 0, "status": status, "reason": reason,
                        "transfer_id": transfer, "check_again_seconds": None,
                    }
                )  # fmt: skip
        return said

    def _wallets(self) -> list[dict[str, Any]]:
        ((cases,),) = self._rows("SELECT wbo_rule.wallet_cases(%s, 100)", NETWORK)
        said = []
        for case in cases:
            one = {
                "wallet_id": case["wallet_id"],
                "version": case["version"],
                "evidence": {},
                "transfer_id": None,
            }
            if case["transfer"] is not None:
                one["transfer_id"] = case["transfer"]["id"]
                final = case["transfer"]["confirm_height"] <= self.chain.number
                one["outcome"] = "verified" if final else "seen"
            elif case["method"] == "message_signature" and case["signature"] is not None:
                true = case["signature"] == signature(case["address"], case["challenge"])
                one |= (
                    {"outcome": "verified"} if true else {"outcome": "failed", "failure": "signature_wrong"}
                )
            else:
                one["outcome"] = "expired"
            said.append(one)
        return said
