"""What an EVM node shows, decoded strictly: heads, blocks with their receipts, traces, tokens, accounts."""
