/** Finds a port. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HubError } from '../errors.ts';

/** The hub's ports: the first free one is taken, and those who look for a hub try them in turn. */
export const HUB_PORTS = [8765, 8766, 8767, 8768, 8769] as const;

/**
 * Makes the server listen.
 * @param port the first of `range`: the first free one of them; 0: any free one; else this one only
 * @returns the port
 * @throws HubError PORTS_TAKEN, PORT_TAKEN, LISTEN_FAILED
 */
export async function listen(
  server: Server,
  host: string,
  port: number,
  range: readonly number[] = HUB_PORTS,
): Promise<number> {
  const ports = port === range[0] ? range : [port];
  for (const each of ports) {
    if (await tryListen(server, host, each)) return (server.address() as AddressInfo).port;
  }
  throw ports.length > 1
    ? new HubError('PORTS_TAKEN', `The ports ${range[0]} to ${range.at(-1)} are all in use. ${REMEDY}`)
    : new HubError('PORT_TAKEN', `Port ${port} is in use. Name another one with --port.`);
}

const REMEDY = 'Stop another hub, or name a free port with --port.';

/** @returns `false` when the port is in use */
function tryListen(server: Server, host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      server.off('listening', onListening);
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(new HubError('LISTEN_FAILED', `Cannot listen on ${host}, port ${port}: ${error.message}.`));
    };
    const onListening = (): void => {
      server.off('error', onError);
      resolve(true);
    };
    server.once('error', onError);
    server.once('listening', onListening);
    server.listen({ host, port });
  });
}
