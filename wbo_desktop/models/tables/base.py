"""What every class of `models.tables` is: a view of schema `wbo` as a peewee model that can only be read.

A class names its fields with their types, its order and key once; pages, filters, paging and labels are derived from it. An
instance is one row as it was read: it cannot be changed, and two rows are equal when all their values are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, NoReturn, Self, TypeVar, overload

import peewee

from wbo_desktop.models.tables.keys import Keys

V = TypeVar("V")


class _Read(peewee.FieldAccessor):
    """How a row answers for a field: it refuses to be given another value."""

    def __set__(self, instance: object, value: object) -> NoReturn:
        raise AttributeError("A row is what the database said; it is not changed here")


class Field(peewee.Field, Generic[V]):
    """A column of a view. On the class it is the field, on a row its value, of type V.

    Args:
        pg_type: the column's type by PostgreSQL's own name, as the catalogue has it.
        null: whether a row may have no value.
    """

    accessor_class = _Read
    _coerce = False  # psycopg has made Python values of them already

    def __init__(self, *pg_type: str, null: bool = False) -> None:
        super().__init__(null=null)
        self.pg_types = frozenset(pg_type)

    def of(self, row: View) -> V:
        """The field's value in a row."""
        value: V = row.__data__.get(self.name)  # type: ignore[assignment]  # as the database gave it
        return value

    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: type[View]) -> Self: ...
        @overload
        def __get__(self, instance: View, owner: type[View]) -> V: ...
        def __get__(self, instance: View | None, owner: type[View]) -> Self | V: ...
        def __set__(self, instance: View, value: NoReturn) -> None: ...


@overload
def text() -> Field[str]: ...
@overload
def text(*, null: Literal[True]) -> Field[str | None]: ...
def text(*, null: bool = False) -> Field[Any]:
    """Text: names, codes, addresses, hashes."""
    return Field("text", null=null)


@overload
def number() -> Field[Decimal]: ...
@overload
def number(*, null: Literal[True]) -> Field[Decimal | None]: ...
def number(*, null: bool = False) -> Field[Any]:
    """NUMERIC: amounts in units of the coin, and everything else that is not whole."""
    return Field("numeric", null=null)


@overload
def integer() -> Field[int]: ...
@overload
def integer(*, null: Literal[True]) -> Field[int | None]: ...
def integer(*, null: bool = False) -> Field[Any]:
    """A whole number of four or eight bytes."""
    return Field("int4", "int8", null=null)


@overload
def moment() -> Field[datetime]: ...
@overload
def moment(*, null: Literal[True]) -> Field[datetime | None]: ...
def moment(*, null: bool = False) -> Field[Any]:
    """A time with its zone."""
    return Field("timestamptz", null=null)


@overload
def yes_no() -> Field[bool]: ...
@overload
def yes_no(*, null: Literal[True]) -> Field[bool | None]: ...
def yes_no(*, null: bool = False) -> Field[Any]:
    """A field of BOOLEAN."""
    return Field("bool", null=null)


def texts() -> Field[list[str]]:
    """A field of TEXT[] that is never null: codes, names."""
    return Field("_text")


def json(*, null: bool = False) -> Field[Any]:
    """JSON, as Python reads it: what is in it is told where it is used."""
    return Field("jsonb", null=null)


@dataclass(frozen=True, eq=False)
class Paging:
    """How the rows of a view are listed.

    Attributes:
        key: tells a row from all others.
        order: the view's own order; the key makes it total.
        descending: whether the greatest comes first.
        sortable: what else the view can be ordered by.
        keys: how a long view is paged; None for a short one, which is paged straight.
    """

    key: tuple[Field[Any], ...]
    order: Field[Any]
    descending: bool = True
    sortable: tuple[Field[Any], ...] = ()
    keys: Keys | None = None

    @cached_property
    def key_names(self) -> tuple[str, ...]:
        """The names of the key's columns."""
        return tuple(field.name for field in self.key)

    @cached_property
    def orders(self) -> frozenset[str]:
        """The names of all columns that the view can be ordered by."""
        return frozenset(field.name for field in (self.order, *self.sortable))

    def columns(self, order: str) -> tuple[str, ...]:
        """The names of the columns that make the order by `order` total."""
        return (order, *(name for name in self.key_names if name != order))


class View(peewee.Model):
    """One row of a view of schema `wbo`."""

    paging: ClassVar[Paging]
    _columns: ClassVar[Any]

    class Meta:
        schema = "wbo"
        primary_key = False
        legacy_table_names = False

    def __init__(self, **values: Any) -> None:
        values.pop("__no_default__", None)  # peewee's word for a row that it read
        if not values.keys() <= self._meta.fields.keys():
            unknown = ", ".join(sorted(values.keys() - self._meta.fields.keys()))
            raise TypeError(f"{type(self).__name__} has no {unknown}")
        self.__data__ = values
        self.__rel__ = {}
        self._dirty = set()

    @classmethod
    def insert(cls, *values: object, **named: object) -> NoReturn:
        """Refused, as all that writes.

        Raises:
            TypeError: always.
        """
        raise TypeError(f"{cls.__name__} is a view: only the database's functions write")

    save = delete_instance = insert_many = insert_from = update = delete = replace = replace_many = insert
    create = bulk_create = bulk_update = get_or_create = set_by_id = delete_by_id = insert
    create_table = drop_table = truncate_table = insert

    @classmethod
    def source(cls) -> str:
        """The name of the view in schema `wbo`."""
        return str(cls._meta.table_name)

    @classmethod
    def fields(cls) -> dict[str, Field[Any]]:
        """The fields by name, in the order of the view."""
        return dict(cls._meta.fields)

    @classmethod
    def of_values(cls, values: Sequence[Any]) -> Self:
        """The row with these values of all fields, in their order: quicker than by names, for what the database said."""
        row = cls.__new__(cls)
        row.__data__, row.__rel__, row._dirty = dict(zip(cls._meta.fields, values, strict=True)), {}, set()
        return row

    @classmethod
    def whole(cls) -> Any:
        """The query for all columns by name. Their list is a text: peewee would take a millisecond to write 45 fields."""
        if "_columns" not in cls.__dict__:
            cls._columns = peewee.SQL(", ".join(f'"t1"."{name}"' for name in cls._meta.fields))
        return cls.select(cls._columns)

    @property
    def key(self) -> tuple[Any, ...]:
        """What tells this row from all others."""
        return tuple([self.__data__.get(name) for name in self.paging.key_names])

    def as_mapping(self) -> dict[str, Any]:
        """The values by field name."""
        return dict(self.__data__)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__data__ == other.__data__

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None  # type: ignore[assignment]  # Python's word for what cannot be hashed

    def __str__(self) -> str:
        return " ".join(map(str, self.key))

    # for callers that still name a column by a text

    def __getitem__(self, name: str) -> Any:
        if name not in self.__data__ and name not in self._meta.fields:
            raise KeyError(name)
        return self.__data__.get(name)

    def get(self, name: str, default: Any = None) -> Any:
        """A column's value by its name."""
        return self.__data__.get(name, default)

    def keys(self) -> list[str]:
        """The names of the columns."""
        return list(self.__data__)

    def __iter__(self) -> Iterator[str]:
        return iter(self.__data__)

    def __contains__(self, name: object) -> bool:
        return name in self.__data__
