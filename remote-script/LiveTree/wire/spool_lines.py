"""The lines of a spool file. Each has a checksum in front, so that a torn end is found:

    CRC32 run {"run": …, "time": …}      the first line
    CRC32 SEQ {…}                        payload of an `events` frame
    CRC32 gap FROM TO                    frames that are nowhere any more
"""
import binascii

LONGEST = 1 << 22  # bytes of one line; longer ones are damage


def line(kind, rest):
    """One line of bytes."""
    body = kind + b" " + rest
    return b"%08x %s\n" % (binascii.crc32(body) & 0xFFFFFFFF, body)


def parse(text):
    """(kind, rest) of a line without its end, or None where it is damaged."""
    body = text[9:]
    try:
        if text[8:9] != b" " or int(text[:8], 16) != binascii.crc32(body) & 0xFFFFFFFF:
            return None
    except ValueError:
        return None
    kind, blank, rest = body.partition(b" ")
    return (kind, rest) if blank else None


class LineReader(object):
    """Complete, undamaged lines of a file from an offset on, a bounded number of bytes a call.

    `ended`: nothing more can be read from here. `offset`: end of the last good line."""

    def __init__(self, file, offset=0, end=None):
        self.ended = False
        self.offset = offset
        self._is_damaged = False
        self.bytes_read = 0
        self._file = file
        self._at = offset
        self._end = end
        self._buffer = b""
        self._lines = []

    def next(self, allowance):
        """(kind, rest) of the next line, or None: at the end, or `allowance` bytes were read. Raises OSError."""
        self.bytes_read = 0
        while not self.ended:
            if self._lines:
                return self._judge(self._lines.pop())
            if self.bytes_read >= allowance:
                return None
            self._fill()
        return None

    def extend(self, end):
        """The file has grown up to here."""
        self._end = end
        self.ended = self._is_damaged

    def _judge(self, text):
        found = parse(text)
        if found is None:
            self.ended = self._is_damaged = True
        else:
            self.offset += len(text) + 1
        return found

    def _fill(self):
        size = 65536 if self._end is None else min(65536, self._end - self._at)
        self._file.seek(self._at)
        block = self._file.read(size) if size > 0 else b""
        self._at += len(block)
        self.bytes_read += len(block)
        self._buffer += block
        if not block or len(self._buffer) > LONGEST:
            self.ended = True
            self._is_damaged = bool(self._buffer)  # a line without end: torn
            return
        if b"\n" in block:
            lines = self._buffer.split(b"\n")
            self._buffer = lines.pop()
            self._lines = lines[::-1]
