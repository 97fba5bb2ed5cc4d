import fc from 'fast-check';
import { type BadlyWritten, plainBadlyWritten } from './written-badly.ts';

/** Documents written badly, with up to three slips of the pen on top. */
export const spoilt: fc.Arbitrary<BadlyWritten> = fc
  .tuple(
    plainBadlyWritten,
    fc.uniqueArray(fc.tuple(fc.nat(slips().length - 1), fc.nat(999)), { maxLength: 3, selector: ([slip]) => slip }),
  )
  .map(([{ value, text }, drawn]) => ({
    value,
    text: drawn.reduce((spoiling, [slip, at]) => slips()[slip]?.(spoiling, at) ?? spoiling, text),
  }));

type Slip = (text: string, draw: number) => string;

function slips(): readonly Slip[] {
  return [
    without(','),
    without(':'),
    doubled(','),
    inserted(','),
    ...['"', "'"].flatMap((quote) =>
      [without(quote), doubled(quote), inserted(quote)].map((slip) => oddOnce(slip, quote)),
    ),
    whereBalanced(doubled('}')),
    whereBalanced(doubled(']')),
    whereBalanced((text) => text.replace(/[\]}]+$/, '')),
    (text) => text.replaceAll('\n', '\r\n'),
    (text) => text.replaceAll(/,\s*/g, ',\u00a0'),
    (text) => text.replaceAll(/,\s*/g, '\n'),
    (text) => `${text},`,
    (text) => `${text};`,
    (text) => `${text}\n\nI hope that this helps!`,
    (text) => `The answer, as [1] says, is:\n${text}`,
    (text) => `<answer>${text}</answer>`,
    (text) => `\`\`\`\n${text}\n\`\`\`\n\`\`\`json\n${text}\n\`\`\``,
    (text) => `\uFEFF${text}`,
    inserted(' /* one */ '),
    inserted(' // two\n'),
    inserted('\n# three\n'),
    inserted(' '),
    inserted('\n'),
  ];
}

/** A second quote that went wrong could make the first one right. */
function oddOnce(slip: Slip, quote: string): Slip {
  return (text, draw) => (placesOf(text, quote).length % 2 === 0 ? slip(text, draw) : text);
}

/** So could a second bracket. */
function whereBalanced(slip: Slip): Slip {
  return (text, draw) => (placesOf(text, '[{').length === placesOf(text, '\\]}').length ? slip(text, draw) : text);
}

/** Leaves one of a character's places out. */
function without(character: string): Slip {
  return (text, draw) => {
    const at = placeOf(text, character, draw);
    return at === -1 ? text : text.slice(0, at) + text.slice(at + 1);
  };
}

function doubled(character: string): Slip {
  return (text, draw) => {
    const at = placeOf(text, character, draw);
    return at === -1 ? text : text.slice(0, at) + character + text.slice(at);
  };
}

/** Puts a piece where white space may stand: before or after a bracket, a comma or a colon. */
function inserted(piece: string): Slip {
  return (text, draw) => {
    const position = Math.max(placeOf(text, '[\\]{},:', draw), 0) + (draw % 2);
    return text.slice(0, position) + piece + text.slice(position);
  };
}

function placeOf(text: string, characters: string, draw: number): number {
  const places = placesOf(text, characters);
  return places[draw % Math.max(places.length, 1)] ?? -1;
}

function placesOf(text: string, characters: string): readonly number[] {
  return [...text.matchAll(new RegExp(`[${characters}]`, 'g'))].map(({ index }) => index);
}
