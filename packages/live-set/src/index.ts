export type { Coverage, Shares } from './coverage.ts';
export { coverage } from './coverage.ts';
export { renames, withIds } from './diff/adopt.ts';
export type { SetDiff } from './diff/diff.ts';
export { diffSets } from './diff/diff.ts';
export type { Matching } from './diff/match.ts';
export { match } from './diff/match.ts';
export { findingTreeOps, longestIncreasing, propChanges, treeOps } from './diff/ops.ts';
export { sameProps } from './diff/reuse.ts';
export type { ErrorPlace, LiveSetErrorCode } from './errors.ts';
export { LiveSetError } from './errors.ts';
export type { Limits } from './limits.ts';
export { DEFAULT_LIMITS } from './limits.ts';
export type { BarPosition, Signature } from './model/bars.ts';
export { barPosition, barText, COMMON_TIME, signatureOf } from './model/bars.ts';
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
export type { OtherSettings, ParsedSet, ParseOptions } from './parse/parse-set.ts';
export { otherSettings, parseSet, readFacet } from './parse/parse-set.ts';
export { pointeeCounter } from './parse/pointee-counter.ts';
export { applyOps } from './patch/apply.ts';
export { compose } from './patch/compose.ts';
export { invert, withWas } from './patch/invert.ts';
export type { InsertOp, MoveOp, Op, Place, PropChanges, RemoveOp, SetOp, Touched } from './patch/op.ts';
export { forEachChild, PatchError, Tree, walk } from './patch/tree.ts';
export type { Platform } from './platform.ts';
export { portablePlatform } from './portable.ts';
export type { FacetSource } from './sentences/facet-source.ts';
export { facetsOf } from './sentences/facet-source.ts';
export {
  formatChange,
  formatCount,
  formatDecibels,
  formatInUnit,
  formatNote,
  formatNumber,
  formatPan,
  formatRoot,
  formatSignature,
  formatTempo,
  formatValue,
} from './sentences/format-value.ts';
export type { HeadlineOptions } from './sentences/headline.ts';
export { headline } from './sentences/headline.ts';
export { choiceName } from './sentences/prop-words.ts';
export type { Sentence, SentenceKind } from './sentences/sentence.ts';
export { SENTENCE_KINDS } from './sentences/sentence.ts';
export type { Change, SetState, Telling } from './sentences/sentences.ts';
export { sentences, tellChange } from './sentences/sentences.ts';
export type { Folded, FoldReason } from './sentences/story.ts';
export type { Located, Step } from './sentences/where.ts';
export { Places } from './sentences/where.ts';
export type { SetStats } from './stats.ts';
export { setStats } from './stats.ts';
export { deviceName } from './tables/device-names.ts';
export { paletteColor } from './tables/palette.ts';
export type { Masks, Oddity, Tape } from './xml/tape.ts';
export { HAS_ESCAPES, LENGTH_MASK } from './xml/tape.ts';
