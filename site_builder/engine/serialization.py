"""Values to bytes and back (MessagePack, by msgspec): the form in which values are cached.

The bytes are data. Decoding makes values of the type that the caller names, and of the types that its annotations name,
and calls nothing else; so bytes that a stranger wrote can give a wrong value, but cannot run code.

Supported are `None`, `bool`, `int` (64 bits), `float`, `str`, `bytes`, `Decimal`, dates and times, `Literal`, tuples,
lists, dicts with any of these as keys, sets, named tuples, dataclasses, subclasses of `str`, and unions of which at
most one member is an array (tuple, list, set, named tuple) and at most one an object (dict, dataclass).
"""

import dataclasses
import datetime
import types
import typing
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, Union, overload

import msgspec

Value = TypeVar("Value")
SCALARS = (type(None), bool, int, float, str, bytes, Decimal, datetime.date, datetime.datetime, datetime.time)
# Generic types that hold values of their arguments and are no sets themselves.
CONTAINERS = (Union, types.UnionType, tuple, list, dict, Mapping, Sequence)


class Undecodable(Exception):
    """The bytes are no value of the type that was asked for."""


def encode(value: object) -> bytes:
    """Encode a value.

    Equal values give equal bytes if their dicts have the same order: sets are encoded in the order of their encoded
    members, dicts in their own order. Raises TypeError for an unsupported value, OverflowError for an integer of more
    than 64 bits, and UnicodeEncodeError for text with half of a surrogate pair.
    """
    return _encoder().encode(_with_sorted_sets(value) if _may_have_sets(value) else value)


@overload
def decode(content: bytes, shape: type[Value]) -> Value: ...


@overload
def decode(content: bytes, shape: Any) -> Any: ...


def decode(content: bytes, shape: Any) -> Any:
    """Decode bytes that `encode` made of a value of the type `shape`, for example `tuple[str, Place | None]`.

    Raises Undecodable for bytes that are no such value, and TypeError if the type itself is not supported.
    """
    decoder = _decoder(shape)
    try:
        return decoder.decode(content)
    except (msgspec.MsgspecError, ValueError, OverflowError, RecursionError, MemoryError) as error:
        raise Undecodable(str(error)) from error


@overload
def decode_cached(content: bytes | None, shape: type[Value]) -> Value | None: ...


@overload
def decode_cached(content: bytes | None, shape: Any) -> Any: ...


def decode_cached(content: bytes | None, shape: Any) -> Any:
    """As `decode`, but None where nothing is cached, and for bytes that are no such value: both are cache misses."""
    if content is None:
        return None
    try:
        return decode(content, shape)
    except Undecodable:
        return None


@cache
def _encoder() -> msgspec.msgpack.Encoder:
    return msgspec.msgpack.Encoder(enc_hook=_plain)


@cache
def _decoder(shape: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(shape, dec_hook=_of_type)


def _plain(value: object) -> str:
    """A value that msgspec does not know, as one that it knows."""
    if isinstance(value, str):
        return str.__str__(value)
    raise TypeError(f"{type(value).__name__} cannot be encoded")


def _of_type(kind: type, value: object) -> object:
    """A decoded value as the type in the annotation, where that is a subclass of `str`."""
    if issubclass(kind, str) and isinstance(value, str):
        return kind(value)
    raise ValueError(f"{kind.__name__} cannot be decoded")


# Sets in a stable order --------------------------------------------------------------------------------------------


def _may_have_sets(value: object) -> bool:
    """Whether there may be a set in a value; named tuples and dataclasses are judged by their annotations."""
    kind: Any = type(value)
    if kind in SCALARS:
        return False
    if kind is tuple or kind is list:
        return any(map(_may_have_sets, typing.cast("Sequence[object]", value)))
    if isinstance(value, dict):
        return any(map(_may_have_sets, value)) or any(map(_may_have_sets, value.values()))
    if isinstance(value, str) or _is_free_of_sets(kind):
        return False
    return isinstance(value, set | frozenset) or any(map(_may_have_sets, _fields(value).values()))


def _with_sorted_sets(value: Any) -> Any:
    """The value with lists for its sets; named tuples and dataclasses become what they are encoded as."""
    if isinstance(value, set | frozenset):
        return sorted(map(_with_sorted_sets, value), key=_encoder().encode)
    if isinstance(value, dict):
        return {_with_sorted_sets(key): _with_sorted_sets(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return tuple(map(_with_sorted_sets, value))
    if isinstance(value, list):
        return list(map(_with_sorted_sets, value))
    if dataclasses.is_dataclass(value):
        return {name: _with_sorted_sets(one) for name, one in _fields(value).items()}
    return value


def _fields(value: Any) -> dict[str, Any]:
    """The fields of a named tuple or dataclass; nothing for other values."""
    if dataclasses.is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    return (
        dict(zip(value._fields, value, strict=True)) if isinstance(value, tuple) and hasattr(value, "_fields") else {}
    )


@cache
def _is_free_of_sets(kind: Any, within: frozenset[Any] = frozenset()) -> bool:
    """Whether no value of a type can have a set in it, as its annotations say; `within` are the types around it."""
    if kind in SCALARS or kind is Ellipsis or kind in within:
        return True
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is Literal:
        return True
    if origin is Annotated:
        return _is_free_of_sets(arguments[0], within)
    if origin in CONTAINERS:
        return all(_is_free_of_sets(one, within) for one in arguments)
    if dataclasses.is_dataclass(kind) or hasattr(kind, "_fields"):
        try:
            hints = typing.get_type_hints(kind)
        except NameError:
            return False
        return all(_is_free_of_sets(one, within | {kind}) for one in hints.values())
    return isinstance(kind, type) and issubclass(kind, str)
