# pragma version 0.4.3
"""
@title A listed token that takes a fee, or answers false and does nothing (its constructor says which).
"""

event Transfer:
    sender: indexed(address)
    receiver: indexed(address)
    value: uint256

balanceOf: public(HashMap[address, uint256])
fee_percent: immutable(uint256)
refuses: immutable(bool)


@deploy
def __init__(supply: uint256, fee: uint256, refuse: bool):
    fee_percent = fee
    refuses = refuse
    self.balanceOf[msg.sender] = supply


@external
def transfer(to: address, amount: uint256) -> bool:
    if refuses:
        return False
    fee: uint256 = amount * fee_percent // 100
    self.balanceOf[msg.sender] -= amount
    self.balanceOf[to] += amount - fee
    self.balanceOf[self] += fee
    log Transfer(sender=msg.sender, receiver=to, value=amount - fee)
    log Transfer(sender=msg.sender, receiver=self, value=fee)
    return True
