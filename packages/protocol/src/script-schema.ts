/** zod schemas of what a Remote Script may send. They bound depth, too: no value nests deeper than they say. */
import * as z from 'zod';
import type { ScriptMessage } from './script.ts';
import { RAW_KINDS } from './script.ts';
import { SCRIPT_LIMITS } from './script-limits.ts';

const { text, word, props, handles, members, items, columns, names, values } = SCRIPT_LIMITS;

const handle = z.int().positive();
const run = z.string().regex(/^[0-9a-f]{32}$/, 'a run has 32 hexadecimal digits');
const seq = z.int().positive();
const count = z.int().nonnegative();
const shortText = z.string().max(text);
const label = z.string().max(word);
const time = z.number();

/** Names of properties and lists; so none can be a name of JavaScript's own. */
const propName = z.string().regex(/^[a-zA-Z][a-zA-Z0-9_]{0,63}$/, 'not a name of a property');
const handleKey = z.string().regex(/^[1-9]\d{0,14}$/, 'not a handle');

/** At most so many members. */
const few = <T extends z.ZodType<object>>(schema: T, most: number): T =>
  schema.refine((value) => Object.keys(value).length <= most, `more than ${most} members`);
const byHandle = <T extends z.ZodType>(schema: T) => few(z.record(handleKey, schema), handles);

const handleValue = z.strictObject({ handle });
const floatValue = z.strictObject({ float: z.enum(['inf', '-inf', 'nan']) });
const scalar = z.union([z.number(), shortText, z.boolean(), z.null()]);
const item = z.union([scalar, floatValue, z.array(z.union([scalar, floatValue])).max(columns)]);
const rawValue = z.union([scalar, handleValue, floatValue, z.array(item).max(items)]);
const rawProps = few(z.record(propName, rawValue), props);

const stretch = z.strictObject({
  length: count.max(members),
  from: count,
  remove: count,
  insert: z.array(handle).max(members),
});
const list = z.union([z.array(handle).max(members), stretch]);

const hello = z.object({
  protocol: z.int(),
  run,
  pid: count,
  scriptVersion: label,
  liveVersion: label,
  pythonVersion: label,
  setName: shortText,
  setPath: shortText,
  lastSeq: count,
  commandPort: z.int().positive().max(65_535).nullable(),
  simulated: z.boolean(),
  recorded: z.boolean().optional(),
  features: z.array(label).max(names),
  spool: z.object({ run, firstSeq: count, lastSeq: count, gap: z.boolean() }).nullable(),
});
const events = z.strictObject({
  run,
  seq,
  time,
  nodes: byHandle(z.strictObject({ kind: z.enum(RAW_KINDS), props: rawProps })).optional(),
  sets: byHandle(rawProps).optional(),
  lists: byHandle(few(z.record(propName, list), props)).optional(),
  names: z
    .array(z.tuple([label, handle]))
    .max(names)
    .optional(),
  begin: z.array(handle).max(handles).optional(),
  end: z.array(handle).max(handles).optional(),
  audit: byHandle(z.string().regex(/^[0-9a-f]{16}$/, 'not 16 hexadecimal digits')).optional(),
  mismatch: z
    .array(z.tuple([handle, label]))
    .max(handles)
    .optional(),
  seen: byHandle(label).optional(),
  barrier: z
    .array(z.union([label, z.number()]))
    .max(names)
    .optional(),
  late: z.boolean().optional(),
  forced: z.boolean().optional(),
  acts: z
    .array(z.tuple([handle, propName, rawValue, rawValue]))
    .max(names)
    .optional(),
});

const latest = z.union([scalar, floatValue, handleValue]);
const fields = few(z.record(propName, latest), columns);
const numbers = z.array(z.union([z.number(), floatValue, z.null()])).max(columns);
const ephemeral = z.strictObject({
  run,
  values: z.array(z.tuple([label, handle, z.union([latest, numbers, fields])])).max(values),
});

/** Figures are for Diagnostics: one that is none is left out, and ends no conversation. */
const plainFigure = z.union([z.number(), shortText, z.boolean(), z.null()]);
const figure = z.union([plainFigure, few(z.record(label, plainFigure), props)]).catch(null);

const heartbeat = z.object({
  run,
  seq: count,
  time,
  dirty: count,
  walking: z.object({ done: count, total: count }).nullable(),
  light: z.boolean(),
  realtime: z.boolean(),
  setName: shortText,
  setPath: shortText,
  listeners: count,
  unacked: count,
  spool: z.object({ bytes: count, frames: count }),
  stats: few(z.record(label, figure), props),
  pong: z.union([label, z.number()]).optional(),
});
const gap = z.strictObject({ run, fromSeq: count, toSeq: count });
const realtime = z.strictObject({ run, on: z.boolean() });
const bye = z.strictObject({ run, reason: label });

const payloads = { hello, events, ephemeral, heartbeat, gap, realtime, bye } as const;
type ScriptType = keyof typeof payloads;

const envelope = z.strictObject({
  source: z.literal('remote_script'),
  type: z.string(),
  payload: z.unknown(),
});

export type DecodedScriptMessage =
  | { readonly ok: true; readonly message: ScriptMessage }
  | { readonly ok: false; readonly reason: string; readonly lost?: LostFrame };

/** An events frame whose statements cannot be read, but whose place in the line can. */
export interface LostFrame {
  readonly run: string;
  readonly seq: number;
}

/**
 * Reads one text frame of a script.
 * @returns the message, or the reason (a sentence with the path of the field) why it is none
 */
export function decodeScriptMessage(frame: string): DecodedScriptMessage {
  const outer = envelope.safeParse(parsed(frame));
  if (!outer.success) return { ok: false, reason: sentence(outer.error, 'the frame') };
  const { type, payload } = outer.data;
  if (!isType(type)) return { ok: false, reason: `no message is called "${type.slice(0, word)}"` };
  const inner = payloads[type].safeParse(payload);
  if (inner.success) return { ok: true, message: { type, payload: inner.data } as ScriptMessage };
  const reason = `${type}: ${sentence(inner.error, 'the payload')}`;
  const place = type === 'events' ? z.object({ run, seq }).safeParse(payload) : undefined;
  return place?.success ? { ok: false, reason, lost: place.data } : { ok: false, reason };
}

function parsed(frame: string): unknown {
  try {
    return JSON.parse(frame);
  } catch {
    return undefined;
  }
}

const isType = (type: string): type is ScriptType => Object.hasOwn(payloads, type);

function sentence(error: z.ZodError, whole: string): string {
  const issue = error.issues[0];
  const path = issue?.path.map(String).join('.').slice(0, 200);
  return `${path || whole}: ${issue?.message ?? 'not valid'}`;
}
