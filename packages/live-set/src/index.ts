export type { ErrorPlace, LiveSetErrorCode } from './errors.ts';
export { LiveSetError } from './errors.ts';
export type { Limits } from './limits.ts';
export { DEFAULT_LIMITS } from './limits.ts';
export type { FacetItem } from './model/facet.ts';
export type {
  FacetName,
  KindProps,
  ListName,
  NodeId,
  NodeKind,
  NodeLists,
  NodeOf,
  Props,
  PropValue,
  TreeNode,
} from './model/node.ts';
export { asNodeId, FACET_COUNT, FACET_NAMES, LIST_NAMES } from './model/node.ts';
export { trackNumbers, trackTitle } from './model/title.ts';
export { applyOps } from './patch/apply.ts';
export type { InsertOp, MoveOp, Op, Place, PropChanges, RemoveOp, SetOp, Touched } from './patch/op.ts';
export { forEachChild, PatchError, Tree, walk } from './patch/tree.ts';
export type { Platform } from './platform.ts';
export { paletteColor } from './tables/palette.ts';
export type { Masks, Oddity, Tape } from './xml/tape.ts';
export { HAS_ESCAPES, LENGTH_MASK } from './xml/tape.ts';
export type { OtherSettings, ParsedSet, ParseOptions } from './parse/parse-set.ts';
export { otherSettings, parseSet, readFacet } from './parse/parse-set.ts';
export { portablePlatform } from './portable.ts';
export type { SetStats } from './stats.ts';
export { setStats } from './stats.ts';
export type { SetDiff } from './diff/diff.ts';
export { diffSets } from './diff/diff.ts';
export type { Coverage, Shares } from './coverage.ts';
export { coverage } from './coverage.ts';
