/** Properties by the table of words. */
import type { PropValue, TreeNode } from '../model/node.ts';
import type { PropChange } from './facts.ts';
import { formatChange, formatCount } from './format-value.ts';
import { PROP_WORDS, type PropWord, THINGS, type ValueWord } from './prop-words.ts';
import { type Crowd, fold, type Story, takeProp, tell } from './story.ts';

/** Everything the table has words for. */
export function tellProps(story: Story): void {
  for (const id of [...story.facts.props.keys()]) {
    const node = story.after.index.get(id);
    if (node === undefined) continue;
    for (const [name, word] of Object.entries(PROP_WORDS[node.kind])) {
      const change = takeProp(story, id, name);
      if (change !== undefined) tellWord(story, node, word, change);
    }
  }
}

function tellWord(story: Story, node: TreeNode, word: PropWord, change: PropChange): void {
  if (isOnlyWritten(story, node, word, change)) {
    fold(story, 'bookkeeping', [node.id]);
    return;
  }
  const label = 'label' in word ? word.label : '';
  const what = whatHappened(word, change, node);
  tell(story, node.id, {
    kind: word.kind,
    ...(label === '' ? {} : { label }),
    what,
    crowds: wordCrowds(story, node, word, what),
  });
}

/** A version that states, or no longer states, what went without saying. */
function isOnlyWritten(story: Story, node: TreeNode, word: PropWord, { was, now }: PropChange): boolean {
  if (was !== undefined && now !== undefined) return false;
  if ('show' in word && shown(word, was, 0, node) === shown(word, now, 0, node)) return true;
  return story.isOtherVersion && (word.isNew === true || ('show' in word && word.absent === undefined));
}

function whatHappened(word: PropWord, { was, now }: PropChange, node: TreeNode): string {
  if ('says' in word) return word.says;
  if ('on' in word) return now === true ? word.on : word.off;
  return formatChange(was, now, (value, more) => shown(word, value, more, node));
}

function shown(word: ValueWord, value: PropValue | undefined, more: number, node: TreeNode): string {
  const show = word.show as (value: PropValue, more: number, node: TreeNode) => string;
  return value === undefined ? (word.absent ?? 'none') : show(value, more, node);
}

/** Those that changed in just the same way; then those that changed. */
function wordCrowds(story: Story, node: TreeNode, word: PropWord, what: string): readonly Crowd[] {
  const isSend = node.kind === 'send';
  const thing = isSend ? 'track' : THINGS[node.kind];
  const label = isSend ? story.after.names.title(node.id) : 'label' in word ? word.label : '';
  const countTracks = !isSend && node.kind !== 'track' && node.kind !== 'scene';
  const any = doneText(word, label, what);
  const same = 'show' in word ? ` › ${label}: ${what}` : any;
  return [...new Set([same, any])].map((done) => ({
    key: `${node.kind}${done}`,
    say: (count) => `${formatCount(count, thing)}${done}`,
    countTracks,
  }));
}

/** ` muted`, `: Volume changed`, ` coloured`. */
function doneText(word: PropWord, label: string, what: string): string {
  if ('says' in word) return ` ${word.many}`;
  if ('show' in word) return `: ${label} changed`;
  return label === '' && !what.includes(' ') ? ` ${what}` : `: ${label} ${what}`.replace('  ', ' ');
}
