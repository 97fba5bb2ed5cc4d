import type { Steps } from '../../effects/in-turns.ts';
import { type Token, Tokenizer } from '../../incremental/text/tokenizer.ts';
import { lettersOf } from '../../reading/values/normalise.ts';
import type { IssuePath } from '../../trace/issue.ts';
import { childOf, type DocumentNode, type OpenDocument } from './document.ts';

interface Frame {
  /** The released part of this container, if any. */
  readonly released: DocumentNode | undefined;
  /** How many released children have to be repeated. */
  readonly expected: number;
  readonly type: 'object' | 'array';
  readonly seen: Set<string | number>;
  /** The key of the child being read. */
  key: string | number;
}

/**
 * Compares a new answer, as it comes, with what was released: scalars and elements (by index) must be equal, an open
 * string a prefix of the new one, an open container of the same type; members may come in any order.
 */
export function agreementWith(released: Pick<OpenDocument, 'root' | 'size'>) {
  const root = released.root();
  const size = released.size();
  const tokenizer = new Tokenizer();
  const frames: Frame[] = [];
  let string: { readonly released: DocumentNode | undefined; length: number } | undefined;
  let disagreement: IssuePath | undefined;
  let isCertain = false;
  let confirmed = 0;

  /** Records the first disagreement. It is certain if no reading makes the two values equal. */
  function disagree(at: IssuePath, certain = false): void {
    if (disagreement !== undefined) return;
    disagreement = at;
    isCertain = certain;
  }

  function path(): IssuePath {
    return frames.map(({ key }) => key);
  }

  /** The released part of the value that begins. Records a disagreement if no value is allowed here. */
  function begin(type: DocumentNode['type']): DocumentNode | undefined {
    const frame = frames.at(-1);
    if (frame?.type === 'array') frame.key = typeof frame.key === 'number' ? frame.key + 1 : 0;
    const released =
      frame === undefined ? root : frame.released === undefined ? undefined : childOf(frame.released, frame.key);
    if (released !== undefined && released.type !== type) disagree(path());
    if (released === undefined && frame?.released?.isOpen === false) disagree(path());
    if (released !== undefined) {
      frame?.seen.add(frame.key);
      confirmed += 1;
    }
    return released;
  }

  function compareCharacters(part: string): void {
    if (string?.released === undefined) return;
    const { text, isOpen } = string.released;
    const expected = text.slice(string.length, string.length + part.length);
    string.length += part.length;
    const agrees = isOpen ? part.startsWith(expected) : part === expected;
    if (!agrees) disagree(path(), lettersOf(part.slice(0, expected.length)) !== lettersOf(expected));
  }

  function take(token: Token): void {
    switch (token) {
      case 'object-start':
      case 'array-start': {
        const type = token === 'object-start' ? 'object' : 'array';
        const released = begin(type);
        frames.push({
          released,
          expected: released?.children.length ?? 0,
          type,
          seen: new Set(),
          key: type === 'array' ? -1 : '',
        });
        return;
      }
      case 'object-end':
      case 'array-end': {
        const frame = frames.pop();
        if (frame !== undefined && frame.seen.size < frame.expected) disagree([...path(), ...missingKey(frame)]);
        return;
      }
      case 'name': {
        const frame = frames.at(-1);
        if (frame !== undefined) frame.key = tokenizer.text;
        return;
      }
      case 'string-start':
        string = { released: begin('string'), length: 0 };
        return;
      case 'string-part':
        compareCharacters(tokenizer.text);
        return;
      case 'string-end':
        if (string?.released !== undefined && string.length < string.released.text.length) disagree(path());
        string = undefined;
        return;
      case 'number': {
        const released = begin('number');
        if (released !== undefined && Number(released.text) !== Number(tokenizer.text)) disagree(path(), true);
        return;
      }
      case 'literal': {
        const released = begin('literal');
        if (released !== undefined && released.text !== String(tokenizer.literal)) disagree(path(), true);
        return;
      }
      default:
        return;
    }
  }

  function push(text: string): IssuePath | undefined {
    tokenizer.push(text);
    for (let token = tokenizer.next(); disagreement === undefined; token = tokenizer.next()) {
      if (token === 'more' || token === 'error' || token === 'end') break;
      take(token);
    }
    return disagreement;
  }

  return {
    /** Whether no reading of the new answer agrees. */
    isCertain: () => isCertain,
    /** Whether everything released has been repeated. */
    isConfirmed(): boolean {
      const isInOpenString = string?.released !== undefined && string.length < string.released.text.length;
      return confirmed === size && !isInOpenString;
    },

    /** Takes the next piece; returns the path of the first disagreement, once there is one. */
    push,
    /** The same for a long one, in steps of some milliseconds. */
    *pushInSteps(text: string): Steps<IssuePath | undefined> {
      for (let start = 0; start < text.length; start += step) {
        yield;
        if (push(text.slice(start, start + step)) !== undefined) break;
      }
      return disagreement;
    },
  };
}

/** How much text is compared between two steps, in characters. */
const step = 65_536;

/** A released member that is missing in the closed container. */
function missingKey({ released, seen }: Frame): IssuePath {
  const missing = released?.children.find(({ key }) => key !== undefined && !seen.has(key));
  return missing?.key === undefined ? [] : [missing.key];
}
