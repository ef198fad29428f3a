"""A credential baked into a picture, as Open Badges 3.0 says (https://www.imsglobal.org/spec/ob/v3p0, Baked Badge)."""

import re
import struct
import zlib
from collections.abc import Iterator

from azora_tui.errors import CertificateFileError

PNG_START = b"\x89PNG\r\n\x1a\n"
_KEYWORD = b"openbadgecredential"
_NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
_TOKEN = re.compile(r"[\w.-]+", re.ASCII)


def bake_png(picture: bytes, token: str) -> bytes:
    """A PNG that holds the token in an uncompressed iTXt chunk, right behind its header, in place of any other.

    Raises `ValueError` for what is not a PNG.
    """
    chunks = [(kind, data) for kind, data in _chunks(picture) if not _is_baked(kind, data)]
    chunks.insert(1, (b"iTXt", _KEYWORD + b"\0\0\0\0\0" + token.encode("ascii")))
    return PNG_START + b"".join(_chunk(kind, data) for kind, data in chunks)


def unbake_png(picture: bytes) -> str:
    """The token in a PNG; raises `ValueError` where there is none, more than one, or the picture is damaged."""
    found = [data for kind, data in _chunks(picture) if _is_baked(kind, data)]
    if len(found) != 1:
        raise CertificateFileError("picture_without_certificate" if not found else "picture_with_two_certificates")
    flags, text = found[0][len(_KEYWORD) + 1 :][:2], found[0][len(_KEYWORD) + 3 :]
    language, _, rest = text.partition(b"\0")
    translated, end, token = rest.partition(b"\0")
    if flags != b"\0\0" or language or translated or not end:
        raise CertificateFileError("picture_not_as_standard")
    return _token(token.decode("ascii", "replace"))


def bake_svg(picture: str, token: str) -> str:
    """An SVG that holds the token right behind its `<svg …>`; raises `ValueError` for what is not an SVG."""
    start = re.search(r"<svg\b[^>]*", picture)
    if start is None or "<openbadges:credential" in picture:
        raise CertificateFileError("svg_unsuitable")
    head, rest = picture[: start.end()], picture[start.end() + 1 :]
    return (
        f'{head} xmlns:openbadges="{_NAMESPACE}">\n'
        f'<openbadges:credential verify="{token}"></openbadges:credential>{rest}'
    )


def unbake_svg(picture: str) -> str:
    """The token in an SVG, whoever wrote it; raises `ValueError` where there is none or more than one."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser, ParseError

    found: list[str] = []
    try:
        parser = DefusedXMLParser(target=_Credentials(found))
        parser.feed(picture)
        parser.close()
    except (DefusedXmlException, ParseError, ValueError):
        raise CertificateFileError("svg_damaged") from None
    if len(found) != 1:
        raise CertificateFileError("picture_without_certificate" if not found else "picture_with_two_certificates")
    return _token(found[0])


class _Credentials:
    """Gathers what is baked into an SVG, and builds nothing of its picture."""

    def __init__(self, found: list[str]) -> None:
        self._found = found

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == f"{{{_NAMESPACE}}}credential":
            self._found.append(attributes.get("verify", ""))


def png(rows: list[bytes], palette: list[tuple[int, int, int]]) -> bytes:
    """A picture of rows of palette places, a byte a pixel."""
    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 3, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    colours = b"".join(bytes(colour) for colour in palette)
    chunks = ((b"IHDR", header), (b"PLTE", colours), (b"IDAT", data), (b"IEND", b""))
    return PNG_START + b"".join(_chunk(kind, data) for kind, data in chunks)


def _token(text: str) -> str:
    if not _TOKEN.fullmatch(text):
        raise CertificateFileError("picture_unsigned")
    return text


def _is_baked(kind: bytes, data: bytes) -> bool:
    return kind == b"iTXt" and data.startswith(_KEYWORD + b"\0")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(kind, data) of each chunk of a PNG, up to its end; raises `ValueError` where one is damaged."""
    if not picture.startswith(PNG_START):
        raise CertificateFileError("not_a_png")
    at, kind = len(PNG_START), b""
    while kind != b"IEND":
        head, at = picture[at : at + 8], at + 8
        if len(head) < 8:
            raise CertificateFileError("png_cut_off")
        size, kind = struct.unpack(">I4s", head)
        data, checksum = picture[at : at + size], picture[at + size : at + size + 4]
        at += size + 4
        if checksum != struct.pack(">I", zlib.crc32(kind + data)):
            raise CertificateFileError("png_damaged")
        yield kind, data
