"""Follows a Set with Python's standard library alone: prints its tracks, then one change.  client.py [PORT]"""
import json, socket, struct, sys, zlib

PORT = int(sys.argv[1]) if len(sys.argv) > 1 else 8765
HEAD = ("GET /sync HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: bGl2ZXRyZWUgY2xpZW50IQ==\r\n\r\n")

def send(kind, data):  # one frame; clients mask what they send, and a mask of zeros is one
    size = bytes([128 + len(data)]) if len(data) < 126 else b"\xfe" + struct.pack("!H", len(data))
    hub.sendall(bytes([128 + kind]) + size + bytes(4) + data)

def receive():  # one message; this hub sends each in one frame. Pings are answered
    kind, size = stream.read(2)
    if size > 125:
        size = int.from_bytes(stream.read(2 if size == 126 else 8), "big")
    data = stream.read(size)
    if kind == 0x89:
        send(10, data)
        return receive()
    return json.loads(data) if kind == 0x81 else data if kind == 0x82 else sys.exit("closed: %r" % data[2:])

def show(tracks, indent=""):
    for track in tracks:
        print(indent + track["kind"], track["id"], track["props"].get("name", ""), flush=True)
        show(track["lists"].get("tracks", ()), indent + "  ")

hub = socket.create_connection(("127.0.0.1", PORT))
stream = hub.makefile("rb")
hub.sendall((HEAD % PORT).encode())
while stream.readline() not in (b"\r\n", b""):
    pass  # the head of the answer
send(1, json.dumps({"type": "hello", "protocol": 1, "request": "1"}).encode())
while True:
    message = receive()
    if message["type"] == "snapshot":  # so many binary frames follow: the root node as JSON, deflated
        tree = json.loads(zlib.decompress(b"".join(receive() for _ in range(message["chunks"])), -15))
        show(tree["lists"]["tracks"])
    elif message["type"] == "patch" and message["ops"]:
        print("revision %d: %s" % (message["to"], json.dumps(message["ops"][0], ensure_ascii=False)))
        break
