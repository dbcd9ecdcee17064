"""PostgreSQL, and nothing else: the schema and its migrations, pages, acts, and the worker's side of the
database.

Blocking by design; `services` runs it on threads. Every refusal leaves as `domain.errors.RuleViolation`.
"""
