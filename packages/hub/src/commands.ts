/** What a client may ask the hub to do. Nothing here can write to a Set or to what Live has open. */
import type { Command, SetId } from '@livetree/protocol';
import { asSetId } from '@livetree/protocol';
import type { HubLimits } from './limits.ts';
import type { Outbox } from './outbox.ts';
import { Upload } from './upload.ts';

export class Commands {
  readonly #isAllowed: boolean;
  readonly #upload: Upload;

  /** @param isAllowed whether the connection comes from a page of the hub, or has its token */
  constructor(isAllowed: boolean, limits: HubLimits) {
    this.#isAllowed = isAllowed;
    this.#upload = new Upload(limits.openBytes);
  }

  /** @param set the one that the client follows */
  take(command: Command, set: SetId | undefined, out: Outbox): void {
    const { request, name } = command;
    if (!this.#isAllowed) refuse(out, request, 'FORBIDDEN', FORBIDDEN);
    else if (name === 'open_path' || name === 'file_changed') this.#pass(command, name, out);
    else if (name === 'open_bytes') this.#openBytes(command, out);
    else if (name === 'realtime') this.#realtime(command, out);
    else if (name === 'forget_sets') out.effects.push({ do: name, client: out.client, request });
    else if (name === 'close') this.#close(command, out);
    else if (name === 'dismiss') this.#dismiss(command, set, out);
    else if (name === 'resync') this.#resync(command, set, out);
    else if (name === 'install') out.effects.push({ do: 'install', client: out.client, request });
    else if (name === 'history_delete') this.#deleteHistory(command, out);
    else if (name === 'history_keep') this.#keepHistory(command, out);
    else name satisfies never;
  }

  #pass({ request, args }: Command, name: 'open_path' | 'file_changed', out: Outbox): void {
    const path = args['path'];
    if (typeof path !== 'string')
      refuse(out, request, 'BAD_ARGUMENTS', `The command ${name} needs the text argument "path".`);
    else out.effects.push({ do: name, client: out.client, request, path });
  }

  #realtime({ request, args }: Command, out: Outbox): void {
    const on = args['on'];
    if (on === undefined || typeof on === 'boolean')
      out.effects.push({ do: 'realtime', client: out.client, request, on });
    else refuse(out, request, 'BAD_ARGUMENTS', 'The argument "on" of realtime is true, false, or left out.');
  }

  #close({ request, args }: Command, out: Outbox): void {
    const set = args['set'];
    if (typeof set === 'string')
      out.effects.push({ do: 'close_set', client: out.client, request, set: asSetId(set) });
    else refuse(out, request, 'BAD_ARGUMENTS', 'The command close needs the text argument "set".');
  }

  /** Which one must be said, also that it is all. */
  #deleteHistory({ request, args }: Command, out: Outbox): void {
    const { set, all } = args;
    const effect = { do: 'history_delete', client: out.client, request } as const;
    if (typeof set === 'string' && all === undefined) out.effects.push({ ...effect, set: asSetId(set) });
    else if (all === true && set === undefined) out.effects.push(effect);
    else
      refuse(
        out,
        request,
        'BAD_ARGUMENTS',
        'The command history_delete needs the id of a "set", or "all": true.',
      );
  }

  #keepHistory({ request, args }: Command, out: Outbox): void {
    const { megabytes, days } = args;
    const given = [megabytes, days].filter((each) => each !== undefined);
    const isRight = given.length > 0 && given.every((each) => Number.isInteger(each) && Number(each) >= 1);
    if (!isRight) {
      refuse(
        out,
        request,
        'BAD_ARGUMENTS',
        'The command history_keep needs whole numbers: "megabytes", "days".',
      );
      return;
    }
    const limits = {
      ...(megabytes !== undefined && { mostMegabytes: Number(megabytes) }),
      ...(days !== undefined && { mostDays: Number(days) }),
    };
    out.effects.push({ do: 'history_keep', client: out.client, request, limits });
  }

  #resync({ request }: Command, set: SetId | undefined, out: Outbox): void {
    if (set === undefined) refuse(out, request, 'NO_SET', 'This connection follows no Set.');
    else out.effects.push({ do: 'resync', client: out.client, request, set });
  }

  #dismiss({ request, args }: Command, set: SetId | undefined, out: Outbox): void {
    const { lost } = args;
    if (set === undefined) refuse(out, request, 'NO_SET', 'This connection follows no Set.');
    else if (typeof lost !== 'string')
      refuse(out, request, 'BAD_ARGUMENTS', 'The command dismiss needs the text argument "lost".');
    else out.effects.push({ do: 'dismiss', client: out.client, request, set, lost });
  }

  #openBytes({ request, args }: Command, out: Outbox): void {
    const step = this.#upload.take(args);
    if (step.is === 'refused') refuse(out, request, step.code, step.message);
    else if (step.is === 'part') out.send({ type: 'result', request, ok: true, value: step.bytes });
    else {
      const { name, texts } = step;
      out.effects.push({ do: 'open_bytes', client: out.client, request, name, texts });
    }
  }
}

const FORBIDDEN =
  'Commands are taken from pages of this hub, and from programs that connect with the token of its state file.';

function refuse(out: Outbox, request: string, code: string, message: string): void {
  out.send({ type: 'result', request, ok: false, code, message });
}
