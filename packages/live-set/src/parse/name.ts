/** The element `Name` of tracks and chains. */
import { text, textIfAny } from './decode.ts';
import { into, noise, prop, type Rule, table } from './rules.ts';

/**
 * `EffectiveName` is what Live shows, `UserName` what the user typed (empty while Live names the thing), and
 * `MemorizedFirstClipName` a hint for Live's own naming.
 */
export const name: Rule = into(
  table({
    EffectiveName: prop('name', text),
    UserName: prop('userName', textIfAny),
    Annotation: prop('annotation', textIfAny),
    MemorizedFirstClipName: noise,
  }),
);
