"""The EVM side: nodes, blocks, deposits tracked, refunds sent. Knows no database and no screen.

Four rooms: `rpc` (a network's nodes as one client), `evm` (what blocks, receipts and tokens say), `tracking` (from a
head to the records), `refunds` (from an executed refund to its final block).
"""
