"""What tarfile reads an archive from, held to limits: it would otherwise read a header of any length whole."""

import gzip
import re
from typing import IO

from azora_tui.formats.archive_errors import ArchiveError, bomb, most_unpacked

MAX_BYTES = 2_000_000_000
"""Of all files of a tar together, unpacked; pictures and films count, for one has to read past them."""
CHUNK = 65_536
_BLOCK = 512
_LONG_NUMBER = re.compile(rb"[0-9]{100}")


class BoundedStream:
    """A stream of `packed` bytes. Raises `ArchiveError` where it unpacks to more than is in proportion."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile, packed: int) -> None:
        self._stream = stream
        self._most = min(most_unpacked(packed), MAX_BYTES + 40_000_000)
        self._position = 0
        self._last = b""
        self._again = b""

    def read(self, size: int = -1) -> bytes:
        """What tarfile asks for: headers. No honest one is long, and tarfile looks for numbers in it from each of its
        digits on."""
        if not 0 <= size <= CHUNK:
            raise ArchiveError("archive_header_too_large")
        data = self._read(size)
        if size > _BLOCK and _LONG_NUMBER.search(data):
            raise ArchiveError("archive_header_too_large")
        return data

    def content(self, start: int, size: int) -> bytes:
        """What stands in the stream from `start` on, fewer bytes than `size` only at its end."""
        self.seek(start)
        parts = []
        while size > 0 and (data := self._read(min(CHUNK, size))):
            parts.append(data)
            size -= len(data)
        return b"".join(parts)

    def tell(self) -> int:
        return self._position

    def seek(self, position: int, whence: int = 0) -> int:
        if whence:
            raise ValueError("seeks from the beginning only")
        self._check(position)
        if position == self._position - 1 and self._last:
            # As tarfile does after each file: gzip would begin again from the start.
            self._again, self._last = self._last, b""
            self._position = position
        elif position < self._position:
            self._stream.seek(position)
            self._position = position
            self._again = self._last = b""
        while self._position < position and self._read(min(CHUNK, position - self._position)):
            pass
        return self._position

    def read_to_the_end(self) -> None:
        """Also what follows the last file: gzip tells only there whether all of it arrived as it was sent."""
        while self._read(CHUNK):
            pass

    def seekable(self) -> bool:
        return True

    def _read(self, size: int) -> bytes:
        data = self._again[:size]
        self._again = self._again[size:]
        if len(data) < size:
            data += self._stream.read(size - len(data))
        self._position += len(data)
        self._last = data[-1:] or self._last
        self._check(self._position)
        return data

    def _check(self, position: int) -> None:
        if position > self._most:
            raise bomb("This archive")
