import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { sha256 } from '../../src/trace/sha256.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

const refusing = {
  getBuiltinModule() {
    throw new Error('A Node.js API is used which is not supported.');
  },
};

test.each([
  ['there is no Node', undefined],
  ['a runtime only pretends to be Node', refusing],
])("Node's digest is WebCrypto's, which runs where %s", async (_, process) => {
  const digest = vi.spyOn(crypto.subtle, 'digest');
  vi.stubGlobal('process', process);
  vi.resetModules();
  const elsewhere = (await import('../../src/trace/sha256.ts')).sha256;
  vi.unstubAllGlobals();

  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (drawn) => {
      const bytes = new Uint8Array(drawn);
      digest.mockClear();
      const own = await sha256(bytes);
      expect(digest).not.toHaveBeenCalled();
      expect([...(await elsewhere(bytes))]).toEqual([...own]);
      expect(digest).toHaveBeenCalledOnce();
    }),
  );
});
