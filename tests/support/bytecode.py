"""Contracts of a few instructions, for tests that need a contract to do one thing."""

from __future__ import annotations


def deployable(runtime: str) -> str:
    """Creation code that installs these instructions (at most 255 bytes)."""
    return f"0x60{len(runtime) // 2:02x}8060093d393df3{runtime}"


FORWARDER = "600060006000600034600035 5af100".replace(" ", "")
"""Sends the value it gets on to the address in its calldata's first word."""

FORWARDER_THAT_REVERTS = "600060006000600034600035 5af1 60006000fd".replace(" ", "")
"""The same, and then takes everything back."""

RETURNS_NOTHING = "00"
RETURNS_FALSE = "60206000f3"
RETURNS_TRUE = "600160005260206000f3"
REVERTS = "60006000fd"
SAYS_VALID = "631626ba7e60e01b60005260206000f3"
"""Answers every isValidSignature with the magic value of EIP-1271."""
