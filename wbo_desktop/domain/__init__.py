"""The rules about deposits, refunds, wallets and blocks, as pure Python: values in, values out.

Nothing here reads a clock, a database, a node or a screen, so that the tracker, the diagnosis, the desktop
and the tests call the same functions. Asking for the facts is left to `models` and `chain`, the wording to
`views`.
"""
