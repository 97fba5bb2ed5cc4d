/** Numbers from 0 to 1, the same ones for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x80000000;
  };
}

/** The text in random pieces of one to seven characters. */
export function* pieces(text: string, random: () => number): Generator<string> {
  for (let position = 0; position < text.length; ) {
    const length = 1 + Math.floor(random() * 7);
    yield text.slice(position, position + length);
    position += length;
  }
}
