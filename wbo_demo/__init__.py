"""The embedded stack of the demo, the sandbox and the tests: PostgreSQL, a local EVM chain, clients.

Everything here runs on loopback with made-up money; nothing of it is used in production.
"""
