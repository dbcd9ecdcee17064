# pragma version 0.4.3
"""
@title Says that coins moved when none did, in every shape; passes on what it is sent, in ways that confuse watchers.
"""

event Transfer:
    sender: indexed(address)
    receiver: indexed(address)
    value: uint256


@external
def pretend(sender: address, receiver: address, amount: uint256, times: uint256):
    for i: uint256 in range(times, bound=200):
        log Transfer(sender=sender, receiver=receiver, value=amount)


@external
def shout(topics: DynArray[bytes32, 4], data: Bytes[160]):
    """
    @dev Any log, well-formed or not.
    """
    if len(topics) == 1:
        raw_log([topics[0]], data)
    if len(topics) == 2:
        raw_log([topics[0], topics[1]], data)
    if len(topics) == 3:
        raw_log([topics[0], topics[1], topics[2]], data)
    if len(topics) == 4:
        raw_log([topics[0], topics[1], topics[2], topics[3]], data)


@external
@payable
def forward(to: address):
    raw_call(to, b"", value=msg.value)


@external
@payable
def forward_then_revert(to: address):
    raw_call(to, b"", value=msg.value)
    raise "changed my mind"


@external
@payable
def forward_and_swallow(to: address):
    """
    @dev The inner call moves the coin and takes it back; the transaction succeeds all the same.
    """
    done: bool = raw_call(
        self,
        abi_encode(to, method_id=method_id("forward_then_revert(address)")),
        value=msg.value,
        revert_on_failure=False,
    )
    assert not done


@external
def try_transfer(token: address, to: address, amount: uint256):
    """
    @dev A token transfer that fails inside a transaction that succeeds.
    """
    done: bool = raw_call(
        token,
        abi_encode(to, amount, method_id=method_id("transfer(address,uint256)")),
        revert_on_failure=False,
    )


@external
def pull(token: address, sender: address, receiver: address, amount: uint256):
    extcall IERC20(token).transferFrom(sender, receiver, amount)


@external
def pull_two(
    token: address, sender: address, receiver: address, amount: uint256, other: address, other_amount: uint256
):
    """
    @dev Two transfers in one transaction.
    """
    extcall IERC20(token).transferFrom(sender, receiver, amount)
    extcall IERC20(token).transferFrom(sender, other, other_amount)


interface IERC20:
    def transferFrom(sender: address, receiver: address, amount: uint256) -> bool: nonpayable
