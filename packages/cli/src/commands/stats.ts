import { coverage, type Shares, type SetStats, setStats } from '@livetree/live-set';
import type { Command } from 'commander';
import type { Output } from '../output.ts';
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
    .option('--coverage', 'how much of the file is read: modelled, other settings, noise')
    .addHelpText('after', '\nExamples:\n  livetree stats "My Song.als"\n  livetree stats --json --coverage "My Song.als"')
    .action((file: string, options: Options) => run(file, options, output));
}

async function run(file: string, options: Options, output: Output): Promise<void> {
  const set = await readSet(file, output);
  const stats = setStats(set);
  const { creator, liveMajor } = set.root.props;
  const shares = options.coverage === true ? { coverage: { live: liveMajor ?? null, ...coverage(set) } } : {};
  if (options.json === true) {
    await output.data(`${JSON.stringify({ schema: SCHEMA, creator: creator ?? null, ...stats, ...shares })}\n`);
    return;
  }
  await output.data(`${creator ?? 'unknown writer'}\n${rows(stats).join('\n')}\n`);
  if (shares.coverage !== undefined) {
    const { elements, attributes } = shares.coverage;
    await output.data(`\nCoverage, Live ${liveMajor ?? '?'}\n${shareRow('elements', elements)}\n${shareRow('attributes', attributes)}\n`);
  }
}

const LABELS: Readonly<Record<string, string>> = {
  clipSlots: 'clip slots',
  midiClips: 'MIDI clips',
  audioClips: 'audio clips',
  pluginDevices: 'plug-ins',
  maxDevices: 'Max devices',
  warpMarkers: 'warp markers',
  takeLanes: 'take lanes',
  takeLane: 'in take lanes',
  automationEnvelopes: 'automation envelopes',
  clipEnvelopes: 'clip envelopes',
  session: 'in slots',
  arrangement: 'in the arrangement',
  midi: 'MIDI',
};

const count = (label: string, value: number): string => `${value.toLocaleString('en').padStart(10)}  ${label}`;

function rows(stats: SetStats): readonly string[] {
  return Object.entries(stats).flatMap(([name, value]) => {
    const label = LABELS[name] ?? name;
    if (typeof value === 'number') return [count(label, value)];
    const parts = Object.entries(value as Readonly<Record<string, number>>);
    const total = parts.reduce((sum, [, part]) => sum + part, 0);
    const detail = parts.map(([part, n]) => `${n} ${LABELS[part] ?? part}`).join(', ');
    return [`${count(label, total)} (${detail})`];
  });
}

function shareRow(label: string, shares: Shares): string {
  const total = shares.modelled + shares.opaque + shares.noise + shares.lost;
  const percent = (part: number): string => `${((100 * part) / Math.max(total, 1)).toFixed(1)} %`;
  return (
    `${total.toLocaleString('en').padStart(10)}  ${label}: ${percent(shares.modelled)} modelled, ` +
    `${percent(shares.opaque)} other settings, ${percent(shares.noise)} noise, ${shares.lost} lost`
  );
}
