"""Bytes of a `.als` file <-> its text. docs/als-format.md, Container."""

import struct
import zlib

from .errors import AlsError

GZIP_MAGIC = b"\x1f\x8b"
#: The byte of the gzip header that names the system: 19 = Mac from 12.2 on, 3 = Mac before, 11 = Windows.
MAC, MAC_NEW, WINDOWS = 3, 19, 11
#: More XML than this from one file is refused (bytes).
MAX_XML_BYTES = 1 << 30


class Container(object):
    """What must stay as it was around the text: gzip or not, the system's byte, the kind of line end."""

    def __init__(self, gzipped, system, eol):
        self.gzipped = gzipped
        self.system = system
        self.eol = eol


def unpack(data):
    """``(text, Container)`` of the bytes of a file; raises AlsError for anything but a Set's text."""
    gzipped = data[:2] == GZIP_MAGIC
    raw = _inflate(data) if gzipped else data
    if raw[:5] != b"<?xml":
        raise AlsError("not a Live Set: neither gzip nor XML")
    text = raw.decode("utf-8", "surrogateescape")
    eol = "\r\n" if "\r\n" in text[:400] else "\n"
    system = data[9] if gzipped else (WINDOWS if eol == "\r\n" else MAC)
    return text, Container(gzipped, system, eol)


def pack(text, container):
    """The bytes of a file as Live writes it: one gzip member, no name, time 0. Live never writes bare XML."""
    raw = text.encode("utf-8", "surrogateescape")
    head = GZIP_MAGIC + struct.pack("<BBIBB", 8, 0, 0, 0, container.system)
    squeeze = zlib.compressobj(6, zlib.DEFLATED, -15)
    body = squeeze.compress(raw) + squeeze.flush()
    return head + body + struct.pack("<II", zlib.crc32(raw) & 0xFFFFFFFF, len(raw) & 0xFFFFFFFF)


def _inflate(data):
    opened = zlib.decompressobj(31)
    try:
        raw = opened.decompress(data, MAX_XML_BYTES)
    except zlib.error as problem:
        raise AlsError("the gzip data is damaged: %s" % problem)
    if not opened.eof:
        raise AlsError("the gzip data ends too early")
    return raw
