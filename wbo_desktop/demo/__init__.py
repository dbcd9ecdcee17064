"""The embedded stack: PostgreSQL, a local EVM chain and simulated clients, for the demo, the sandbox and the tests.

Everything here runs on loopback with made-up money; nothing of it is used in production.
"""
