/** Live and the file together: pure. Rules in docs/compared-with-the-file.md. */
export { align, aligning } from './align.ts';
export type { Comparable, Compared, How, Outcome } from './comparable.ts';
export { COMPARABLE, compareProp } from './comparable.ts';
export type { AsLiveOptions, Leave, PropDifference } from './file-as-live.ts';
export type { Underlay } from './overlay.ts';
export { NO_UNDERLAY, overlaid, overlay, overlayOps, underlayOf } from './overlay.ts';
export type { Pairing } from './pairing.ts';
export { NO_PAIRS, pairingOf } from './pairing.ts';
export { toEnd } from './slices.ts';
export { underLiveIds } from './under-live-ids.ts';
export type { UnsavedSince } from './unsaved-since.ts';
export { findingUnsaved, unsavedSince } from './unsaved-since.ts';
