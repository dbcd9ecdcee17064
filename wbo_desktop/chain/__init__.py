"""The EVM side: nodes, blocks, tokens, signed transactions. Knows no database and no screen.

Read from the outside in: `endpoints` (all nodes of a network as one) → `reader` (blocks, in one request) →
`blocks` and `traces` (pure decoding) → `agreement`; for money going out `transactions`, `fees`, `signer`,
`signed`, `node_words`.
"""
