/** Colours for a terminal, or none. */
import pc from 'picocolors';

/** The variables that say what a terminal can do and what its user wants. */
export type TerminalEnv = Readonly<
  Partial<Record<'NO_COLOR' | 'FORCE_COLOR' | 'TERM' | 'COLORTERM', string>>
>;

export interface Paint {
  readonly colors: ReturnType<typeof pc.createColors>;
  /** A small square of a colour (`#rrggbb`) with a blank behind it; nothing where it cannot be shown. */
  swatch(hex: string | undefined): string;
}

/** Colours as the terminal has them: NO_COLOR turns them off, FORCE_COLOR turns them on in pipes too. */
export function createPaint(env: TerminalEnv, isTerminal: boolean): Paint {
  const hasColor = wantsColor(env, isTerminal);
  const isTrueColor = hasColor && /^(truecolor|24bit)$/i.test(env.COLORTERM ?? '');
  return {
    colors: pc.createColors(hasColor),
    swatch: (hex) => (isTrueColor && hex !== undefined ? `${inTrueColor(hex)} ` : ''),
  };
}

function wantsColor({ NO_COLOR, FORCE_COLOR, TERM }: TerminalEnv, isTerminal: boolean): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTerminal && TERM !== 'dumb';
}

function inTrueColor(hex: string): string {
  const number = Number.parseInt(hex.slice(1), 16);
  return `\u001b[38;2;${number >> 16};${(number >> 8) & 255};${number & 255}m■\u001b[39m`;
}
