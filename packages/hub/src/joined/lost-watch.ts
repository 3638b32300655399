/** What was not saved when a Live ended: frozen with what is needed to do it again, and held against what comes next. */
import type { NodeId, NodeOf, TreeNode } from '@livetree/live-set';
import { walk } from '@livetree/live-set';
import { countOf } from '../text.ts';
import { detailProofs } from './detail-proof.ts';
import type { SaveEnv } from './env.ts';
import { actsOf, type Ending, LostBook } from './lost-book.ts';
import { redoOf } from './redo.ts';
import type { Line } from './unsaved-list.ts';

type LostEnv = Pick<SaveEnv, 'root' | 'details' | 'file' | 'facet' | 'readNotes' | 'isRealtime'>;

export class LostWatch {
  readonly book = new LostBook();
  readonly #env: LostEnv;
  /** Clips whose notes Live is asked for, to see whether they are back. */
  #asked: ReadonlySet<NodeId> = new Set();

  constructor(env: LostEnv) {
    this.#env = env;
  }

  /** @param from details that Live told of after this moment, ms since 1970, are not in the file */
  freeze(run: string, lines: readonly Line[], from: number, now: number): void {
    const root = this.#env.root();
    if (root === undefined) return;
    const nodes = new Map(walk(root).map((node) => [node.id, node]));
    const nodeOf = (id: NodeId): TreeNode | undefined => nodes.get(id);
    const details = this.#env.details(from);
    const acts = actsOf(lines, (line) => redoOf(line, nodeOf, details));
    const proved = acts.map((act, at) => {
      const known = detailProofs(lines[at] as Line, nodeOf, details);
      return known.length === 0 ? act : { ...act, known };
    });
    this.book.freeze(run, proved, { ...this.ending(now), savedAt: this.#env.file.own?.savedAt });
    this.#asked = new Set();
  }

  /** What is said of a Live that is not heard any more from now on: only one that is followed can be seen to end. */
  ending(endedAt: number): Pick<Ending, 'endedAt' | 'cause'> {
    return { endedAt, cause: this.#env.isRealtime() ? undefined : 'realtime_off' };
  }

  /** Live is no longer shown. @returns what people are told of the changes that were listed */
  aside(acts: number): string | undefined {
    if (acts === 0) return undefined;
    return this.#env.isRealtime()
      ? `Closed without saving: ${countOf(acts, 'change')} set aside`
      : `Real time switched off: ${countOf(acts, 'change')} listed until then`;
  }

  /** Live has come with its whole tree. @returns what people are told of it */
  cameBack(root: NodeOf<'set'>): string | undefined {
    const { facet } = this.#env;
    const back = this.book.cameBack(root, facet);
    this.#asked = this.book.unread(root, facet);
    if (this.#asked.size > 0) this.#env.readNotes([...this.#asked]);
    return back === 0 ? undefined : sayBack(back);
  }

  /** Details of nodes were read. @returns what people are told of acts that they prove */
  read(nodes: readonly NodeId[]): string | undefined {
    const root = this.#env.root();
    if (root === undefined || !nodes.some((id) => this.#asked.has(id))) return undefined;
    const read = new Set(nodes);
    this.#asked = new Set([...this.#asked].filter((id) => !read.has(id)));
    const back = this.book.cameBack(root, this.#env.facet);
    return back === 0 ? undefined : sayBack(back);
  }
}

const sayBack = (acts: number): string =>
  `Live has come back with ${countOf(acts, 'change')} that had not been saved.`;
