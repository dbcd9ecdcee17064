"""The schema as it stood in November 2026, kept as it was: campaigns must find its known faults before they are believed
when they find none in today's.
"""

from importlib import resources

TABLES = (resources.files(__name__) / "tables.sql").read_text(encoding="utf-8")
CODE = (resources.files(__name__) / "code.sql").read_text(encoding="utf-8")
