export { inflateSet, inflateSetAside } from './inflate.ts';
export { nodePlatform } from './platform.ts';
export type { SetFile } from './read-file.ts';
export { readSetFile } from './read-file.ts';
export type { Container } from './recognise.ts';
export { gzipOddities, recognise } from './recognise.ts';
