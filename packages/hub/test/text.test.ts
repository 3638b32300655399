import fc from 'fast-check';
import { expect, it } from 'vitest';
import { utf8Bytes } from '../src/text.ts';

it('[HUB-6] counts bytes as UTF-8 has them, lone surrogates included', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(utf8Bytes(text)).toBe(Buffer.byteLength(text));
    }),
  );
  for (const text of ['\ud800', '\ud800a', '\udc00\ud800', '😀', 'ü♪'])
    expect(utf8Bytes(text)).toBe(Buffer.byteLength(text));
});
