"""Every line of every judgement, word for word: what was claimed, what was found, why, what else is worth knowing, what the
operator does next and what the client is told.

The table is `verdicts.txt`; after a change that is meant, `python -m tests.domain.test_matching_verdicts` writes it anew,
and its difference is what the change means for people.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.domain import cases
from tests.domain.cases import ALL_ROWS, Scene, scene
from wbo_desktop.domain.diagnosis import diagnose
from wbo_desktop.domain.wallet import WalletRule, WalletStatus

TABLE = Path(__file__).with_name("verdicts.txt")
MORE: dict[str, Scene] = {
    "deleted wallet pays beside a verified one": scene(
        transfer={"sender": cases.SECOND_WALLET},
        wallets=(
            *cases.WALLETS,
            replace(cases.WALLETS[0], address=cases.SECOND_WALLET, status=WalletStatus.DELETED),
        ),
    ),
    "another wallet of the client": scene(
        transfer={"sender": cases.SECOND_WALLET},
        wallets=(*cases.WALLETS, replace(cases.WALLETS[0], address=cases.SECOND_WALLET)),
    ),
    "verified in the moment of the request": scene(
        claim={"wallet_rule": WalletRule.EVERY_DEPOSIT}, wallet={"verified_at": cases.NOW}
    ),
    "verified never, by a rule for every deposit": scene(
        claim={"wallet_rule": WalletRule.EVERY_DEPOSIT}, wallet={"verified_at": None}
    ),
    "exactly the minimum": scene(claim={"minimum_base": 100_000_000}),
    "one below the minimum": scene(claim={"minimum_base": 100_000_001}),
    "exactly what is tolerated": scene(transfer={"amount": 95_000_000}),
    "one less than tolerated": scene(transfer={"amount": 94_999_999}),
    "one more than claimed": scene(transfer={"amount": 100_000_001}),
    "the gap to the second": scene(claim={"max_gap": timedelta(minutes=2)}),
    "a second above the gap": scene(claim={"max_gap": timedelta(seconds=119)}),
    "money before the request, too early": scene(
        claim={"max_gap": timedelta(seconds=119)}, transfer={"block_time": cases.NOW - timedelta(minutes=2)}
    ),
    "decimals out of range": scene(claim={"decimals": 37}),
    "decimals at their most": scene(claim={"decimals": 36}),
    "negative decimals": scene(claim={"decimals": -1}),
    "native coin on another network": scene(
        claim={"token": None}, transaction={"network": cases.OTHER_NETWORK}, transfers=()
    ),
    "account of nobody": scene(claim={"target": cases.SPARE}, transfer={"recipient": cases.SPARE}),
    "held by this record already": scene(transfer={"used_by": cases.CLAIM.record_no}),
    "unreadable target": scene(claim={"target": "0x12"}),
    "unreadable source": scene(claim={"source": "0x12"}),
    "receipt failed, token of its own": scene(transaction={"status": 0}, transfers=()),
}


def lines() -> list[str]:
    """The table, made now: each scene as it is, and what is another line once an operator accepted it."""
    told = []
    for name, facts in [*((row.name, row.scene) for row in ALL_ROWS), *MORE.items()]:
        plain = _told(facts)
        accepted = _told(replace(facts, claim=replace(facts.claim, accepted=True)))
        told += [name, *plain, *(f"  accepted {line.strip()}" for line in accepted if line not in plain)]
    # the zeros of made-up addresses and hashes are only in the way
    return [re.sub(r"0x(?:b10c)?0{9,}", "0x", line) for line in told]


def _told(facts: Scene) -> list[str]:
    judged = facts.judge()
    explained = diagnose(facts.claim, judged)
    held = judged.transfer and f"{judged.transfer.txid}/{judged.transfer.log_index}"
    return [
        f"  {judged.to_status} {judged.reason} {held}",
        *(
            f"  {v.check} {v.passed} | {v.claimed} | {v.found} | {v.reason} | {v.note}"
            for v in judged.verdicts
        ),
        *(f"  proposed {' '.join(map(str, p.values()))}" for p in judged.proposal_json()),
        f"  next {' '.join(explained.steps)} | {explained.message.code} {dict(explained.message.params)}",
    ]


def test_every_line_is_what_the_table_says() -> None:
    assert lines() == TABLE.read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    TABLE.write_text("\n".join(lines()) + "\n", encoding="utf-8")
