"""A ZIP archive written as it is read, so that none of it is ever held whole."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

_OLDEST = (1980, 1, 1, 0, 0, 0)
"""Before which the format knows no time."""


class _Sink(io.RawIOBase):
    """Keeps what is written until it is taken."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # ZipFile writes only bytes
        self._parts.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


def zip_parts(files: Iterable[tuple[str, Iterable[bytes]]], at: datetime) -> Iterator[bytes]:
    """The bytes of an archive of (name, content in parts), each read as it is asked for. All are of the time `at`."""
    sink = _Sink()
    time = max(_OLDEST, at.timetuple()[:6])
    with ZipFile(sink, "w", ZIP_DEFLATED) as archive:
        for name, parts in files:
            info = ZipInfo(name, time)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            with archive.open(info, "w", force_zip64=True) as member:
                for part in parts:
                    member.write(part)
                    yield sink.take()
            yield sink.take()
    yield sink.take()
