"""What four nodes say together: a majority, a tie, silence; and who is set aside for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest

from tests.chain.rpc.test_endpoints import CHAIN_ID, QUICK, claim, more_money, reasons
from tests.support.fault_proxy import Fault, FaultProxy, Kind
from wbo_demo.chain import Chain
from wbo_desktop.chain.evm.quorum import Assertion, Finding, agree
from wbo_desktop.chain.rpc.endpoints import Endpoints
from wbo_desktop.chain.rpc.health import Aside

__all__ = ["claim"]

ASIDE = Aside.CONTRADICTED.value


@pytest.fixture
async def proxies(evm: Chain) -> AsyncIterator[list[FaultProxy]]:
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(FaultProxy(evm.rpc_url)) for _ in range(4)]


@pytest.fixture
async def four(proxies: list[FaultProxy]) -> AsyncIterator[Endpoints]:
    async with Endpoints([proxy.url for proxy in proxies], CHAIN_ID, QUICK) as endpoints:
        yield endpoints


def lie(proxies: list[FaultProxy], *which: int) -> None:
    """These nodes show a thousand times as much."""
    for one in which:
        proxies[one].add(Fault(Kind.CHANGE, change=more_money))


def behind(proxies: list[FaultProxy], claim: Assertion, *which: int) -> None:
    """These nodes have lost the claim's block."""
    for one in which:
        proxies[one].add(Fault(Kind.LAG, frozen_at=claim.block_number - 1))


def a_lie(claim: Assertion) -> Assertion:
    """What such a node reported."""
    (transfer,) = claim.transfers
    return replace(claim, transfers=(replace(transfer, amount=transfer.amount * 1000),))


@pytest.mark.parametrize("against", [(1, 2), (1, 3)])
async def test_a_tie_confirms_nothing_and_blames_nobody(
    four: Endpoints, proxies: list[FaultProxy], claim: Assertion, against: tuple[int, int]
) -> None:
    """Two against two, the reporter among them: as many speak for it as a quorum, and as many against. Once one
    contradicts, all are asked.
    """
    lie(proxies, *against)
    source = four.report()[0].label
    agreement = await agree(four, [claim], source)
    assert not agreement.confirmed
    assert not agreement.unheard
    assert sorted(agreement.disputed[claim.txid].values()) == [
        Finding.OTHER_TRANSFERS,
        Finding.OTHER_TRANSFERS,
        Finding.SAME,
    ]
    assert reasons(four) == [""] * 4


async def test_three_against_one_are_believed_and_the_one_is_set_aside(
    four: Endpoints, proxies: list[FaultProxy], claim: Assertion
) -> None:
    """It is asked first, so that the others have to be asked as well."""
    lie(proxies, 1)
    agreement = await agree(four, [claim], four.report()[0].label)
    assert agreement.confirmed == {claim.txid}
    assert not agreement.disputed
    assert reasons(four) == ["", ASIDE, "", ""]


async def test_the_reporter_alone_against_three_is_set_aside(
    four: Endpoints, proxies: list[FaultProxy], claim: Assertion
) -> None:
    lie(proxies, 0)
    agreement = await agree(four, [a_lie(claim)], four.report()[0].label)
    assert not agreement.confirmed
    assert reasons(four) == [ASIDE, "", "", ""]


async def test_a_tie_for_a_lie_confirms_nothing_and_blames_nobody(
    four: Endpoints, proxies: list[FaultProxy], claim: Assertion
) -> None:
    """The reporter and one more against two, who are asked first."""
    lie(proxies, 0, 3)
    agreement = await agree(four, [a_lie(claim)], four.report()[0].label)
    assert not agreement.confirmed
    assert reasons(four) == [""] * 4


async def test_without_a_known_reporter_all_that_are_needed_are_asked(
    four: Endpoints, proxies: list[FaultProxy], claim: Assertion
) -> None:
    """After a restart: nobody has a voice before it was asked, and nobody is blamed as the reporter."""
    before = four.requests
    assert (await agree(four, [claim])).confirmed == {claim.txid}
    assert four.requests == before + 2
    lie(proxies, 0, 1, 2, 3)
    agreement = await agree(four, [claim])
    assert list(agreement.disputed) == [claim.txid]
    assert four.requests == before + 6
    assert reasons(four) == [""] * 4


@pytest.mark.parametrize(("lost_it", "confirmed"), [((2, 3), False), ((3,), True)])
async def test_a_quorum_of_three_is_three(
    four: Endpoints, proxies: list[FaultProxy], claim: Assertion, lost_it: tuple[int, ...], confirmed: bool
) -> None:
    """Nodes that have lost the newest block say nothing, neither for nor against."""
    four.rules = replace(QUICK, quorum=3)
    behind(proxies, claim, *lost_it)
    agreement = await agree(four, [claim], four.report()[0].label)
    assert (agreement.confirmed == {claim.txid}) is confirmed
    assert (agreement.unheard == {claim.txid}) is not confirmed
    assert not agreement.disputed


async def test_a_quorum_above_the_number_of_nodes_is_all_of_them(
    four: Endpoints, proxies: list[FaultProxy], claim: Assertion
) -> None:
    four.rules = replace(QUICK, quorum=9)
    assert four.quorum == 4
    assert (await agree(four, [claim], four.report()[0].label)).confirmed == {claim.txid}
    behind(proxies, claim, 3)
    assert (await agree(four, [claim], four.report()[0].label)).unheard == {claim.txid}


async def test_one_that_lost_the_block_does_not_soften_a_contradiction(
    four: Endpoints, proxies: list[FaultProxy], claim: Assertion
) -> None:
    """One for it beside the reporter, one against, one silent: more for than against, and enough."""
    lie(proxies, 1)
    behind(proxies, claim, 3)
    agreement = await agree(four, [claim], four.report()[0].label)
    assert agreement.confirmed == {claim.txid}
    four.rules = replace(QUICK, quorum=3)
    agreement = await agree(four, [claim], four.report()[0].label)
    assert not agreement.confirmed


async def test_each_claim_is_counted_by_itself(
    four: Endpoints, proxies: list[FaultProxy], claim: Assertion
) -> None:
    """A true one and a false one of one request: neither gets the other's votes."""
    false = replace(claim, txid=type(claim.txid)("0x" + "34" * 32))
    agreement = await agree(four, [false, claim], four.report()[0].label)
    assert agreement.confirmed == {claim.txid}
    assert list(agreement.disputed) == [false.txid]


async def test_several_answers_are_of_several_nodes(four: Endpoints, proxies: list[FaultProxy]) -> None:
    """`most` of them, the next where one fails."""
    proxies[1].add(Fault(Kind.RESET))

    async def ask(client: object) -> str:
        return str(await client.call("eth_chainId"))  # type: ignore[attr-defined]

    said = await four.ask_several(ask, 3)
    labels = [report.label for report in four.report()]
    assert list(said) == [labels[0], labels[2], labels[3]]
    assert len(await four.ask_several(ask, 1)) == 1
