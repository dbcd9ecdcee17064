"""What of peewee mypy has to know by name: models and their fields. Everything else of it is Any, as it ships no types."""

from typing import Any

class Model:
    _meta: Any
    __data__: dict[str, Any]
    __rel__: dict[str, Any]
    _dirty: set[str]
    def __init__(self, **values: Any) -> None: ...
    @classmethod
    def select(cls, *fields: Any) -> Any: ...

class Field:
    name: str
    null: bool
    field_type: str
    accessor_class: Any
    def __init__(self, *, null: bool = False) -> None: ...
    def asc(self) -> Any: ...
    def desc(self) -> Any: ...

class FieldAccessor:
    def __init__(self, model: type[Model], field: Field, name: str) -> None: ...

class PeeweeException(Exception): ...

def __getattr__(name: str) -> Any: ...
