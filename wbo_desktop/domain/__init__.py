"""What is true of deposits, refunds, wallets and the chain, as pure Python.

Nothing here reads a clock, a database, a node or a screen, so that the tracker, the diagnoser, the desktop
and the tests can all ask the same functions.
"""
