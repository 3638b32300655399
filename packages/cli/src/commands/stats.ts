import type { Coverage, SetStats, Shares } from '@livetree/live-set';
import type { Command } from 'commander';
import type { Output } from '../output.ts';
import { printable } from '../printable.ts';
import { readSet } from '../read-set.ts';

/** Version of the JSON that this command prints. */
const SCHEMA = 1;

interface Options {
  readonly json?: true;
  readonly coverage?: true;
}

export function addStats(program: Command, output: Output): void {
  program
    .command('stats')
    .argument('<file>', 'an .als file')
    .description('count what a Set holds')
    .option('--json', 'as one JSON document')
    .option('--coverage', 'also how much of the file is read: modelled, other settings, noise')
    .addHelpText(
      'after',
      '\nExamples:\n  livetree stats "My Song.als"\n  livetree stats --json --coverage "My Song.als" | jq .devices',
    )
    .action((file: string, options: Options) => run(file, options, output));
}

async function run(file: string, options: Options, output: Output): Promise<void> {
  const set = await readSet(file, output);
  const { coverage, setStats } = await import('../parser.ts');
  const stats = setStats(set);
  const { creator = null, liveMajor: live = null } = set.root.props;
  const shares = options.coverage === true ? coverage(set) : undefined;
  if (options.json === true) {
    const more = shares === undefined ? {} : { coverage: { live, ...shares } };
    await output.data(`${JSON.stringify({ schema: SCHEMA, creator, ...stats, ...more })}\n`);
    return;
  }
  const lines = [printable(creator ?? 'unknown writer'), ...rows(stats)];
  if (shares !== undefined) lines.push('', ...coverageRows(shares, live));
  await output.data(`${lines.join('\n')}\n`);
}

const COUNT_COLUMNS = 10;
const row = (count: number, words: string): string =>
  `${count.toLocaleString('en').padStart(COUNT_COLUMNS)}  ${words}`;

/** `1 track`, `2 tracks`. */
const counted = (count: number, one: string, many = `${one}s`): string =>
  row(count, count === 1 ? one : many);

/** What is counted in parts, with the sum before them. */
function summed(one: string, parts: readonly (readonly [number, string])[]): string {
  const sum = parts.reduce((total, [count]) => total + count, 0);
  const detail = parts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
  return counted(sum, one) + (detail.length === 0 ? '' : ` (${detail.join(', ')})`);
}

function rows(stats: SetStats): readonly string[] {
  const { tracks, clips } = stats;
  return [
    summed('track', [
      [tracks.audio, 'audio'],
      [tracks.midi, 'MIDI'],
      [tracks.group, 'group'],
      [tracks.return, 'return'],
    ]),
    counted(stats.scenes, 'scene'),
    counted(stats.clipSlots, 'clip slot'),
    summed('clip', [
      [clips.session, 'in slots'],
      [clips.arrangement, 'in the arrangement'],
      [clips.takeLane, 'in take lanes'],
    ]),
    counted(stats.midiClips, 'MIDI clip'),
    counted(stats.audioClips, 'audio clip'),
    counted(stats.notes, 'note'),
    counted(stats.devices, 'device'),
    counted(stats.pluginDevices, 'plug-in'),
    counted(stats.maxDevices, 'Max device'),
    counted(stats.racks, 'rack'),
    counted(stats.chains, 'chain'),
    counted(stats.warpMarkers, 'warp marker'),
    counted(stats.locators, 'locator'),
    counted(stats.takeLanes, 'take lane'),
    counted(stats.automationEnvelopes, 'automation envelope'),
    counted(stats.clipEnvelopes, 'clip envelope'),
  ];
}

const coverageRows = ({ elements, attributes }: Coverage, live: number | null): readonly string[] => [
  `Coverage, Live ${live ?? '?'}`,
  shareRow('elements', elements),
  shareRow('attributes', attributes),
];

function shareRow(things: string, { modelled, opaque, noise, lost }: Shares): string {
  const total = modelled + opaque + noise + lost;
  const percent = (part: number): string => `${((100 * part) / Math.max(total, 1)).toFixed(1)} %`;
  return row(
    total,
    `${things}: ${percent(modelled)} modelled, ${percent(opaque)} other settings, ${percent(noise)} noise, ${lost} lost`,
  );
}
