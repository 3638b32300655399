import type { SetInfo, SetupState } from '@livetree/protocol';
import { asSetId, decodeSetupAnswer, SETUP_STEPS } from '@livetree/protocol';
import { describe, expect, it } from 'vitest';
import { setupAnswer } from '../src/setup.ts';

const OPEN = { state: 'open' } as const;
const TOLD: SetupState = {
  canInstall: true,
  copied: { state: 'done', note: '/x' },
  restarted: OPEN,
  chosen: { state: 'unknown' },
};
const set = (more: Partial<SetInfo>): SetInfo => ({
  id: asSetId('a'),
  name: 'a',
  file: { state: 'missing' },
  live: { state: 'none' },
  ...more,
});
const states = (...args: Parameters<typeof setupAnswer>) =>
  setupAnswer(...args).steps.map(({ state }) => state);

describe('the way from Live to the page', () => {
  it('[INST-16] five steps in their order; what nobody can tell is unknown', () => {
    const answer = setupAnswer(undefined, []);
    expect(answer.steps.map(({ id }) => id)).toEqual(SETUP_STEPS);
    expect(answer.canInstall).toBe(false);
    expect(states(undefined, [])).toEqual(['unknown', 'unknown', 'unknown', 'open', 'open']);
    expect(states(TOLD, [])).toEqual(['done', 'open', 'unknown', 'open', 'open']);
  });

  it('[INST-16] a real Live that is connected proves what files do not tell, a simulated one does not', () => {
    const live = { state: 'live', leads: true } as const;
    expect(states(TOLD, [set({ live })])).toEqual(['done', 'done', 'done', 'done', 'open']);
    expect(states(TOLD, [set({ live: { ...live, simulated: true } })])).toEqual([
      'done',
      'open',
      'unknown',
      'done',
      'open',
    ]);
    expect(states(TOLD, [set({ live: { state: 'gone' } })])).toEqual([
      'done',
      'open',
      'unknown',
      'open',
      'open',
    ]);
    const saved = set({ path: '/a.als', file: { state: 'ok' } });
    expect(setupAnswer(TOLD, [saved]).steps[4]).toEqual({ id: 'file', state: 'done', note: '/a.als' });
    const broken = set({ path: '/a.als', file: { state: 'broken', problem: 'It is cut off' } });
    expect(setupAnswer(TOLD, [broken]).steps[4]).toEqual({
      id: 'file',
      state: 'open',
      note: 'It is cut off',
    });
  });

  it('[INST-16] the page takes that answer, and nothing else', () => {
    const answer = setupAnswer(TOLD, []);
    expect(decodeSetupAnswer(JSON.stringify(answer))).toEqual(answer);
    for (const text of ['', 'null', '{}', '[]', '{"canInstall":true,"steps":[]}', 'Not found.'])
      expect(decodeSetupAnswer(text)).toBeUndefined();
    const other = { ...answer, steps: answer.steps.toReversed() };
    expect(decodeSetupAnswer(JSON.stringify(other))).toBeUndefined();
  });
});
