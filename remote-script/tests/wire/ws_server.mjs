// The server of the package `ws`, for test_servers.py: echoes every message, in fragments where asked, and closes.
import { WebSocketServer } from 'ws';

const say = (line) => process.stdout.write(`${line}\n`);

const server = new WebSocketServer({
  host: '127.0.0.1',
  port: 0,
  perMessageDeflate: true,
  maxPayload: 1 << 24,
});
server.on('listening', () => say(server.address().port));
server.on('connection', (socket) => {
  socket.on('error', () => {});
  socket.on('close', (code, reason) => say(`closed ${code} ${reason}`));
  socket.on('ping', (data) => say(`ping ${data}`));
  socket.on('message', (data, isBinary) => {
    const text = isBinary ? '' : data.toString();
    if (text === 'close') socket.close(4001, 'für heute');
    else if (text === 'ping') socket.ping('are you there');
    else if (text === 'terminate') socket.terminate();
    else if (text.startsWith('parts:')) sendParts(socket, text);
    else socket.send(data, { binary: isBinary });
  });
});

/** The text in frames of three characters, a ping in the middle. */
function sendParts(socket, text) {
  for (let at = 0; at < text.length; at += 3) {
    socket.send(text.slice(at, at + 3), { fin: at + 3 >= text.length });
    if (at === 6) socket.ping('inside');
  }
}
