"""The async face of the desk: what a page, a dialog or the worker asks for, one method each.

Knows neither Qt nor PostgreSQL nor web3; `models` and `chain` are handed in by the composition roots.
"""
