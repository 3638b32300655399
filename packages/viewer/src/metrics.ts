/** The hub's figures as text for Prometheus, read back. Pure. */

export interface Sample {
  /** Without the prefix `livetree_`. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const LINE = /^livetree_([a-z_]+)(?:\{([^}]*)\})? (\S+)$/;

/** Lines that are no samples are left out. */
export function decodeMetrics(text: string): readonly Sample[] {
  return text.split('\n').flatMap((line): Sample[] => {
    const [, name, labels = '', value] = LINE.exec(line) ?? [];
    const number = Number(value);
    return name === undefined || !Number.isFinite(number)
      ? []
      : [{ name, labels: labelsOf(labels), value: number }];
  });
}

const labelsOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...text.matchAll(/([a-z_]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  );
