/** One example for each kind of sentence: the source of docs/sentences.md and a test of each kind. */
import type { Example } from './example.ts';
import { SETTINGS, STATE } from './examples-settings.ts';
import { SOUND } from './examples-sound.ts';
import { STRUCTURE } from './examples-structure.ts';

export const EXAMPLES: readonly Example[] = [...STRUCTURE, ...SOUND, ...SETTINGS, ...STATE];
