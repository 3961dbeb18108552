"""Values to bytes and back, as data alone: what is read can run no code."""

import functools
from typing import Any, TypeVar

import msgspec

Value = TypeVar("Value")


class Undecodable(Exception):
    """The bytes are no value of the type."""


def encode(value: object) -> bytes:
    """A value as MessagePack."""
    return msgspec.msgpack.encode(value)


@functools.cache
def _decoder(type_: Any) -> Any:
    return msgspec.msgpack.Decoder(type_)


def decode(content: bytes, type_: type[Value]) -> Value:
    """The value of a type that was encoded. Raises Undecodable."""
    try:
        found: Value = _decoder(type_).decode(content)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Undecodable from error
    return found
