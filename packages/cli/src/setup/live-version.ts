/** Versions of Live, as its folders and its log name them. Pure. */

export interface LiveVersion {
  /** `12.1.5`, or `12.2b5` for a beta. */
  readonly text: string;
  readonly numbers: readonly [major: number, minor: number, bugfix: number];
}

const NAME = /^Live (\d+)(?:\.(\d+))?(?:\.(\d+))?(?:[b ].*)?$/;
/** Scripts of Python 3 and the members we need: from this one on (docs/live-api.md §1). */
const FIRST_WITH_SCRIPTS = 11;

/** @returns `undefined` for folders of another kind, such as `Live Reports` */
export function versionOfFolder(name: string): LiveVersion | undefined {
  const [, major, minor, bugfix] = NAME.exec(name) ?? [];
  if (major === undefined) return undefined;
  return {
    text: name.slice('Live '.length),
    numbers: [Number(major), Number(minor ?? 0), Number(bugfix ?? 0)],
  };
}

/** Over 0 where `a` is the newer one. */
export function compareVersions(a: LiveVersion, b: LiveVersion): number {
  for (const [index, number] of a.numbers.entries()) {
    const difference = number - (b.numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether changes can be followed in real time; an older Live is followed by its saved files. */
export const canRunScript = ({ numbers: [major] }: LiveVersion): boolean => major >= FIRST_WITH_SCRIPTS;
