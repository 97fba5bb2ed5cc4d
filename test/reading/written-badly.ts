import fc from 'fast-check';

/** A document, and the same written as models write it. */
export interface BadlyWritten {
  readonly value: unknown;
  readonly text: string;
}

const words = [
  '',
  'a',
  'Lyon',
  "it's",
  'the "old" town',
  'one\ntwo',
  '\\d+',
  'C:\\Users',
  'x, "y": z',
  '}{',
  '[1]',
  'True',
  '12',
  'é😀',
  '// no',
  '# no',
  '<b id="c">',
  'null',
  '`',
];
const others = fc.oneof(fc.constantFrom<unknown>(0, -1, 1.5, 1e21, true, false, null), fc.integer());
/** Numbers that stay two where a comma between them is lost. */
const plainOthers = fc.constantFrom<unknown>(-1, -1.5, -12, -1e21, true, false, null);

/** Objects and lists of strings and names of a kind. */
function documents(scalar: fc.Arbitrary<unknown>, name: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      { weight: 3, arbitrary: scalar },
      { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 4 }) },
      { weight: 2, arbitrary: fc.dictionary(name, tie('value'), { maxKeys: 4 }) },
    ),
  }));
  return value.filter((candidate) => typeof candidate === 'object' && candidate !== null);
}

const plainNames = fc.constantFrom('a', 'b', 'the name', 'n-1', 'x_y', 'Z');
const anyDocument = documents(
  fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 8 }), others),
  fc.oneof(plainNames, fc.string({ maxLength: 4 })),
);
/** Nothing of JSON stands in its strings, so that a slip of the pen leaves them as they are. */
const plainDocument = documents(
  fc.oneof(fc.constantFrom('', 'a', 'Lyon', 'old town', 'é😀', 'naïve?'), plainOthers),
  plainNames,
);

/** Documents, each written badly in ways that are drawn anew at every token. */
export const badlyWritten = writtenBadly(anyDocument);
export const plainBadlyWritten = writtenBadly(plainDocument);

function writtenBadly(document: fc.Arbitrary<unknown>): fc.Arbitrary<BadlyWritten> {
  return fc.tuple(document, fc.infiniteStream(fc.nat(99)), fc.nat(9)).map(([value, draws, around]) => {
    const draw = () => draws.next().value as number;
    return { value, text: wrapped(written(value, draw), around) };
  });
}

type Draw = () => number;

function written(document: unknown, draw: Draw): string {
  if (typeof document === 'string') return writtenString(document, draw);
  if (document === null) return draw() < 50 ? 'null' : 'None';
  if (typeof document === 'boolean') return draw() < 50 ? String(document) : document ? 'True' : 'False';
  if (typeof document === 'number') return JSON.stringify(document);
  if (Array.isArray(document))
    return `[${separated(
      document.map((item) => written(item, draw)),
      draw,
    )}]`;
  const members = Object.entries(document as object).map(
    ([name, member]) => `${writtenName(name, draw)}:${space(draw)}${written(member, draw)}`,
  );
  return `{${separated(members, draw)}}`;
}

function writtenName(name: string, draw: Draw): string {
  return /^[A-Za-z_]\w*$/.test(name) && draw() < 30 ? name : writtenString(name, draw);
}

function writtenString(text: string, draw: Draw): string {
  const json = JSON.stringify(text);
  const way = draw();
  if (way < 50) return json;
  if (way < 65) return `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
  if (way < 75) return json.replaceAll('\\n', '\n');
  if (way < 85) return `"${json.slice(1, -1).replaceAll('\\"', '"')}"`;
  // Where JSON knows the escape that comes of it, the text says something else.
  return /\\(?:$|["\\/bfnrtu'`])/.test(text) ? json : json.replaceAll('\\\\', '\\');
}

function separated(parts: readonly string[], draw: Draw): string {
  const comma = () => (draw() < 90 ? `,${space(draw)}` : ', // said\n');
  const text = parts.map((part, index) => (index === 0 ? part : `${comma()}${part}`)).join('');
  return parts.length > 0 && draw() < 15 ? `${text},` : text;
}

function space(draw: Draw): string {
  return ['', ' ', '\n  '][draw() % 3] ?? '';
}

function wrapped(text: string, around: number): string {
  switch (around) {
    case 0:
      return `\`\`\`json\n${text}\n\`\`\``;
    case 1:
      return `Here is the answer:\n\n${text}\n\nAnything else?`;
    case 2:
      return `<think>[Hm] {no}</think>\n${text}`;
    case 3:
      return text.slice(0, -1);
    default:
      return text;
  }
}
