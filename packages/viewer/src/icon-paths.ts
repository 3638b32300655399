/** The page's own drawings: 16 × 16, one line each, coloured by the text around them. */
const circle = (x: number, y: number, r: number): string =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
const box = (x: number, y: number, width: number, height: number, r: number): string =>
  `M${x + r} ${y}h${width - 2 * r}a${r} ${r} 0 0 1 ${r} ${r}v${height - 2 * r}a${r} ${r} 0 0 1 ${-r} ${r}` +
  `h${2 * r - width}a${r} ${r} 0 0 1 ${-r} ${-r}v${2 * r - height}a${r} ${r} 0 0 1 ${r} ${-r}z`;

/** What a path is made of. */
export const ICON_PATHS = {
  audio: 'M2 8v0M4.5 5.5v5M7 3v10M9.5 5.5v5M12 6.5v3M14 8v0',
  midi: 'M2 11.5h4v1H2zM6.5 8h3v1h-3zM10 4.5h4v1h-4zM2 4h2.5v1H2zM11 11.5h3v1h-3z',
  group: 'M2.5 4.5h4l1.5 2h5.5v6h-11z',
  return: 'M3 6h7a3 3 0 0 1 0 6H6M5.5 3.5L3 6l2.5 2.5',
  main: `${circle(8, 8, 5)}${circle(8, 8, 1)}`,
  device: `${box(2.5, 3.5, 11, 9, 1.5)}M5.5 9.5a2.5 2.5 0 1 1 5 0M8 7.5l1-1.2`,
  rack: `${box(2.5, 2.5, 11, 11, 1.5)}M2.5 6.2h11M2.5 9.8h11`,
  plugin: 'M5.5 2v3M10.5 2v3M3.5 5h9v3a4.5 4.5 0 0 1-9 0zM8 12.5V15',
  max: `${box(2, 3, 5, 3.5, 0.8)}${box(9, 9.5, 5, 3.5, 0.8)}M4.5 6.5c0 4 7 0 7 3`,
  chain: `M2.5 4v4.5a2 2 0 0 0 2 2h3${box(8, 8, 5.5, 5, 1)}`,
  scene: 'M5 3.5l7 4.5-7 4.5z',
  locator: 'M4.5 14V2.5l8 3.5-8 3.5',
  send: 'M2.5 8h10M9 4.5L12.5 8 9 11.5',
  takeLane: 'M2.5 4.5h11M2.5 8h7M2.5 11.5h9',
  slot: 'M3 6V4h2M7 4h2M11 4h2v2M13 10v2h-2M9 12H7M5 12H3v-2',
  twisty: 'M6 4l4.5 4L6 12',
  search: `${circle(7, 7, 4)}M10 10l3.5 3.5`,
  open: 'M2 12.5V4h4l1.5 2H13v1.5M2 12.5L4 7.5h11l-2 5z',
  play: 'M5 3.5l7 4.5-7 4.5z',
  pause: 'M5.5 4v8M10.5 4v8',
  record: circle(8, 8, 4),
  close: 'M4 4l8 8M12 4l-8 8',
  'theme-system': `${circle(8, 8, 5.2)}M8 2.8v10.4M10 3.4v9.2M12 4.8v6.4`,
  'theme-light': `${circle(8, 8, 2.8)}M8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M3.4 12.6l1.1-1.1M11.5 4.5l1.1-1.1`,
  'theme-dark': 'M13 9.6A5.6 5.6 0 0 1 6.4 3a5.4 5.4 0 1 0 6.6 6.6z',
} as const;
export type IconName = keyof typeof ICON_PATHS;

/** Drawings that are areas, not lines. */
export const FILLED: ReadonlySet<IconName> = new Set(['play', 'record', 'midi']);
