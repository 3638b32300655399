/** Carries out what clients ask of the hub, and answers each of them. */
import type { SetId, SetInfo } from '@livetree/protocol';
import type { CommandEffect } from '../effect.ts';
import { HubError } from '../errors.ts';
import type { Switchboard } from '../switchboard.ts';
import type { Desks } from './desks.ts';
import type { HubOptions } from './hub-options.ts';
import type { Logger } from './logger.ts';
import type { Memory } from './memory.ts';
import type { Mirrors } from './mirrors.ts';
import type { RealtimeSwitch } from './realtime.ts';
import type { HubHistory } from './saves/hub-history.ts';
import type { ScriptHub } from './script-hub.ts';

const NO_SETUP = {
  code: 'UNSUPPORTED',
  message: 'This hub was started by a program that cannot copy the script.',
};

/** The parts of a hub that commands are about. */
export interface ObeyerOptions {
  readonly setup: HubOptions['setup'];
  readonly logger: Logger;
  readonly realtime: RealtimeSwitch;
  readonly history: HubHistory;
  readonly memory: Memory;
  readonly mirrors: Mirrors;
  readonly desks: Desks;
  readonly scripts: ScriptHub;
  readonly open: (path: string) => Promise<SetInfo>;
  readonly answer: (...answer: Parameters<Switchboard['answer']>) => void;
}

type Obeyed = Exclude<CommandEffect, { readonly do: 'install' }>;

export class Obeyer {
  readonly #options: ObeyerOptions;

  constructor(options: ObeyerOptions) {
    this.#options = options;
  }

  /** Carries a command out and answers: with the id of the Set, or how the switch stands. */
  async obey(command: CommandEffect): Promise<void> {
    const { client, request } = command;
    const { answer } = this.#options;
    try {
      const outcome =
        command.do === 'install'
          ? await this.#install()
          : { ok: true as const, value: await this.#execute(command) };
      answer(client, { type: 'result', request, ...outcome });
    } catch (error) {
      const code = error instanceof HubError ? error.code : 'FAILED';
      const message = error instanceof Error ? error.message : String(error);
      answer(client, { type: 'result', request, ok: false, code, message });
    }
  }

  /** @throws Error when it cannot be kept */
  async turnRealtime(isOn: boolean): Promise<void> {
    const { realtime, logger } = this.#options;
    try {
      await realtime.turn(isOn, Date.now());
    } catch (error) {
      logger.warn(`the real-time switch holds, but cannot be kept: ${String(error)}`);
      throw error;
    }
  }

  async #install() {
    const outcome = await this.#options.setup?.install();
    if (outcome?.ok === true) return { ok: true as const, value: outcome.path };
    const { code, message } = outcome ?? NO_SETUP;
    return { ok: false as const, code, message };
  }

  async #execute(command: Obeyed): Promise<string | boolean> {
    const { history, memory, mirrors, open } = this.#options;
    switch (command.do) {
      case 'history_keep':
      case 'history_delete':
        return history.obey(command);
      case 'realtime':
        return this.#realtime(command.on);
      case 'close_set':
        return this.#close(command.set);
      case 'resync':
        return this.#resync(command.set);
      case 'dismiss':
        return this.#dismiss(command.set, command.lost);
      case 'forget_sets':
        await memory.clear();
        return true;
      case 'file_changed':
        return (await mirrors.poke(command.path)).id;
      case 'open_path':
        return (await open(command.path)).id;
      case 'open_bytes':
        return this.#openBytes(command);
      default:
        return command satisfies never;
    }
  }

  async #realtime(on: boolean | undefined): Promise<boolean> {
    if (on !== undefined) await this.turnRealtime(on);
    return this.#options.realtime.isOn;
  }

  #openBytes({ name, texts }: Extract<Obeyed, { readonly do: 'open_bytes' }>): SetId {
    const bytes = Buffer.concat(texts.map((text) => Buffer.from(text, 'base64')));
    return this.#options.mirrors.openBytes(name, bytes).id;
  }

  #close(id: SetId): SetId {
    if (this.#options.scripts.lives.remove(id)) return id;
    throw new HubError('NOT_OPEN', 'Only a Set without a file, whose Live is gone, can be closed.');
  }

  #dismiss(id: SetId, lost: string): SetId {
    if (this.#options.desks.dismiss(id, lost)) return id;
    throw new HubError('NOT_OPEN', 'There are no such changes that were not saved.');
  }

  #resync(id: SetId): SetId {
    if (this.#options.scripts.retry(id)) return id;
    throw new HubError('NOT_OPEN', 'Live is not connected to this Set.');
  }
}
