"""The asynchronous face of the desk and of the worker: one method for each thing that a page, a dialog or the
worker asks for, and the ports that `models` and `chain` implement.

Knows neither Qt nor PostgreSQL nor web3; the composition roots hand the implementations in.
"""
