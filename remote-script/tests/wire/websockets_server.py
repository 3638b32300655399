"""The server of the package `websockets`, for test_servers.py: echoes every message, in fragments where asked."""
import asyncio

import websockets


async def echo(socket, path=None):
    try:
        async for message in socket:
            if message == "close":
                await socket.close(4001, "für heute")
            elif message == "ping":
                await socket.ping(b"are you there")
            elif isinstance(message, str) and message.startswith("parts:"):
                await socket.send([message[at : at + 3] for at in range(0, len(message), 3)])
            else:
                await socket.send(message)
    finally:
        print("closed", socket.close_code, socket.close_reason, flush=True)


async def main():
    async with websockets.serve(echo, "127.0.0.1", 0, max_size=1 << 24) as server:
        print(server.sockets[0].getsockname()[1], flush=True)
        await asyncio.Future()


asyncio.run(main())
