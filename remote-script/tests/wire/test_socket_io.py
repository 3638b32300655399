import errno
import socket
import unittest

from livetree_wire.socket_io import CLOSED, CONNECTING, OPEN, TcpStream

from .support import free_ports


class FakeSocket(object):
    """The answers of another system, in turn; the codes are Winsock's or macOS'."""

    def __init__(self, connects, errors=(), peers=()):
        self.connects, self.errors, self.peers = list(connects), list(errors), list(peers)
        self.is_closed = False

    def socket(self, family, kind):
        return self

    def setblocking(self, flag):
        assert flag is False

    def setsockopt(self, *args):
        raise OSError(10042, "WSAENOPROTOOPT")

    def connect_ex(self, address):
        return self.connects.pop(0)

    def getsockopt(self, *args):
        return self.errors.pop(0) if self.errors else 0

    def getpeername(self):
        if not self.peers or not self.peers.pop(0):
            raise OSError(10057, "not connected")
        self.peers = [True] * 9
        return ("127.0.0.1", 8765)

    def getsockname(self):
        self.peers = [True] * 9
        return ("127.0.0.1", 50000)

    def close(self):
        self.is_closed = True


class Connecting(unittest.TestCase):
    def poll(self, fake, times=5):
        stream = TcpStream("127.0.0.1", 8765, fake)
        return stream, [stream.state] + [stream.poll() for _ in range(times)]

    def test_real(self):
        """[SCRIPT-8] a listening port is reached, a free one refuses, in a later poll"""
        listener = socket.socket()
        self.addCleanup(listener.close)
        listener.bind(("127.0.0.1", 0))
        listener.listen(1)
        stream = TcpStream(*listener.getsockname())
        self.addCleanup(stream.close)
        while stream.poll() == CONNECTING:
            pass
        self.assertEqual(stream.state, OPEN)
        refused = TcpStream("127.0.0.1", free_ports(1)[0])
        while refused.poll() == CONNECTING:
            pass
        self.assertEqual((refused.state, "refused" in refused.error.lower()), (CLOSED, True))

    def test_unanswered(self):
        """[SCRIPT-8] a connection that is not answered stays pending and blocks nothing"""
        listener = socket.socket()
        self.addCleanup(listener.close)
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        streams = [TcpStream(*listener.getsockname()) for _ in range(4)]
        for stream in streams:
            self.addCleanup(stream.close)
            for _ in range(50):
                stream.poll()
        self.assertEqual(streams[-1].state, CONNECTING)

    def test_windows(self):
        """[SCRIPT-8] Windows: 10035 is pending, 10022 and 10037 are pending, 10056 is there, 10061 refused"""
        fake = FakeSocket([10035, 10022, 10037, 10056])
        self.assertEqual(self.poll(fake, 3)[1], [CONNECTING, CONNECTING, CONNECTING, OPEN])
        fake = FakeSocket([10035, 10022], peers=[False, True])
        self.assertEqual(self.poll(fake, 2)[1], [CONNECTING, CONNECTING, OPEN])
        stream, states = self.poll(FakeSocket([10035, 10022], errors=[0, 10061]), 2)
        self.assertEqual((states, stream.error), ([CONNECTING, CONNECTING, CLOSED], "[Errno 10061] error 10061"))
        self.assertEqual(self.poll(FakeSocket([10061]), 1)[1], [CLOSED, CLOSED])

    def test_self_connection(self):
        """[SCRIPT-8] a socket that reached itself is no connection"""
        fake = FakeSocket([0])
        fake.getsockname = fake.getpeername = lambda: ("127.0.0.1", 8765)
        self.assertEqual(self.poll(fake, 0)[1], [CLOSED])

    def test_closed_under_it(self):
        """[SCRIPT-8] sockets closed by Live, unusable ports and hosts end the attempt, nothing else"""
        stream = TcpStream("127.0.0.1", free_ports(1)[0])
        if stream._socket:
            stream._socket.close()
        stream.poll()
        self.assertEqual(stream.state, CLOSED)
        for port in (-1, 65536, 1 << 70):
            self.assertEqual(TcpStream("127.0.0.1", port).state, CLOSED)


class Bytes(unittest.TestCase):
    def setUp(self):
        listener = socket.socket()
        self.addCleanup(listener.close)
        listener.bind(("127.0.0.1", 0))
        listener.listen(1)
        self.stream = TcpStream(*listener.getsockname())
        self.addCleanup(self.stream.close)
        self.peer = listener.accept()[0]
        self.addCleanup(self.peer.close)
        while self.stream.poll() == CONNECTING:
            pass

    def test_partial_sends(self):
        """[SCRIPT-9] ten megabytes to a reader that pauses: sent in parts, in order, none twice"""
        data = b"".join(b"%09d " % number for number in range(1000000))
        self.stream.write(data)
        got, stuck = b"", 0
        self.peer.settimeout(5)
        while len(got) < len(data):
            sent = self.stream.flush(65536)
            self.assertLessEqual(sent, 65536)
            stuck += not sent
            if not sent:
                got += self.peer.recv(1 << 20)
        self.assertEqual((got == data, self.stream.waiting, self.stream.state), (True, 0, OPEN))
        self.assertGreater(stuck, 0)

    def test_codes(self):
        """[SCRIPT-9] would-block in the numbers of Linux, macOS and Windows is no end; a reset is"""
        for code in (errno.EAGAIN, errno.EINTR, 10035):
            stream = self.stream
            real, stream._socket = stream._socket, Raising(code)
            stream.write(b"x")
            self.assertEqual((stream.flush(9), stream.read(9), stream.state, stream.waiting > 0), (0, b"", OPEN, True))
            stream._socket = real
        self.stream._socket.close()
        self.stream._socket = Raising(10054)
        self.assertEqual((self.stream.read(9), self.stream.state), (b"", CLOSED))

    def test_end(self):
        """[SCRIPT-9] the other end closes: what it sent is read first"""
        self.peer.sendall(b"last words")
        self.peer.close()
        got = b""
        while self.stream.state == OPEN:
            got += self.stream.read(4)
        self.assertEqual((got, self.stream.error), (b"last words", "closed by the other end"))
        self.stream.write(b"late")
        self.assertEqual((self.stream.flush(9), self.stream.waiting, self.stream.poll()), (0, 0, CLOSED))

    def test_soft_close(self):
        """[SCRIPT-17] bytes that were not read do not take along what was sent before the close"""
        self.peer.sendall(b"unread" * 1000)
        self.stream.write(b"goodbye")
        self.stream.flush(100)
        self.stream.close_softly()
        self.assertEqual((self.peer.recv(100), self.peer.recv(100)), (b"goodbye", b""))


class Raising(object):
    def __init__(self, code):
        self.code = code

    def send(self, data):
        raise OSError(self.code, "x")

    def recv(self, size):
        raise OSError(self.code, "x")

    def close(self):
        pass


if __name__ == "__main__":
    unittest.main()
