/** `settings.json` beside the script, as far as we write it. Pure. The script reads it: remote-script/LiveTree/wire/settings.py. */

import { SetupError } from '../errors.ts';

/** The first port of the hub; without a setting the script tries five from here on. */
const DEFAULT_PORT = 8765;

/**
 * The settings with another port of the hub; what else is in them stays.
 * @param text of the file; empty where there is none
 * @param port of `livetree serve --port`; the default one takes the setting away
 * @returns `undefined` where nothing would be different
 * @throws SetupError SETTINGS_BROKEN
 */
export function settingsWithPort(text: string, port: number): string | undefined {
  const settings = text.trim() === '' ? {} : decoded(text);
  if (settings === undefined) throw new SetupError('SETTINGS_BROKEN', BROKEN);
  const { ports, ...others } = settings;
  const wanted = port === DEFAULT_PORT ? undefined : [port];
  if (JSON.stringify(ports) === JSON.stringify(wanted)) return undefined;
  return `${JSON.stringify({ ...others, ...(wanted !== undefined && { ports: wanted }) }, null, 2)}\n`;
}

const BROKEN =
  'The file settings.json beside the script is not a JSON object, so no port was added. Correct or delete it, then try again.';

/** @returns `undefined` for anything but an object */
function decoded(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

const DEFAULT_PORTS = [8765, 8766, 8767, 8768, 8769] as const;

/** Ports on which the script looks for the hub, as far as its settings are a list; else the default. */
export function portsIn(text: string): readonly number[] {
  const ports = decoded(text)?.['ports'];
  const isList = Array.isArray(ports) && ports.length > 0;
  const found = isList ? ports.filter((port) => Number.isInteger(port)) : [];
  return found.length > 0 ? found : DEFAULT_PORTS;
}
