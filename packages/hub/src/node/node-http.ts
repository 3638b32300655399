/**
 * Node's HTTP, and nothing more. An `import` of `node:http` takes the value of everything that the module exports, and
 * from Node 22 on three of these load the whole of `fetch` and HTTP/2: 10 to 13 MB of a hub that waits (IDLE-1).
 */
const { createServer, STATUS_CODES } = process.getBuiltinModule('node:http');

export { createServer, STATUS_CODES };
