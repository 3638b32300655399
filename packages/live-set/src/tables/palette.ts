/**
 * Live's palette for tracks, clips, scenes and chains: 5 rows of 14, counted row by row.
 *
 * Sources, compared and equal in all 70 colours: bsom/machination, guitest4.py (all colours read from Live 11,
 * numbered 1–70); gluon/AbletonLive11_MIDIRemoteScripts, Launchpad_MK2/Colors.py (the same 70 values, as the
 * numbers that `Clip.color` gives, without order). The order is confirmed by a third list, read from the screen
 * with small errors: bitwig/bitwig-extensions, melbourneinstruments/value/ColorUtil.java.
 */
const PALETTE = [
  'ff94a6 ffa529 cc9927 f7f47c bffb00 1aff2f 25ffa8 5cffe8 8bc5ff 5480e4 92a7ff d86ce4 e553a0 ffffff',
  'ff3636 f66c03 99724b fff034 87ff67 3dc300 00bfaf 19e9ff 10a4ee 007dc0 886ce4 b677c6 ff39d4 d0d0d0',
  'e2675a ffa374 d3ad71 edffae d2e498 bad074 9bc48d d4fde1 cdf1f8 b9c1e3 cdbbe4 ae98e5 e5dce1 a9a9a9',
  'c6928b b78256 99836a bfba69 a6be00 7db04d 88c2ba 9bb3c4 85a5c2 8393cc a595b5 bf9fbe bc7196 7b7b7b',
  'af3333 a95131 724f41 dbc300 85961f 539f31 0a9c8e 236384 1a2f96 2f52a2 624bad a34bad cc2e6e 3c3c3c',
].flatMap((row) => row.split(' '));

/** The first version of Live that counts colours in this palette. */
const FIRST_LIVE = 10;

/**
 * `#rrggbb` of a palette index, 0–69 in Live 10 and later; `undefined` for any other index and for a Set of an
 * older Live: those have another palette (60 colours), of which no source gives the order.
 */
export function paletteColor(index: number, liveMajor = FIRST_LIVE): string | undefined {
  const color = liveMajor < FIRST_LIVE ? undefined : PALETTE[index];
  return color === undefined ? undefined : `#${color}`;
}
