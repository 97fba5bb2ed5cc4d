/** What `next()` found; `more` means the text given so far is used up. */
export type Token =
  | 'object-start'
  | 'object-end'
  | 'array-start'
  | 'array-end'
  | 'name'
  | 'string-start'
  | 'string-part'
  | 'string-end'
  | 'number-start'
  | 'number'
  | 'literal-start'
  | 'literal'
  | 'more'
  | 'end'
  | 'error';

type Expectation = 'value' | 'value-or-end' | 'name' | 'name-or-end' | 'colon' | 'comma-or-end' | 'nothing';

/**
 * Splits JSON text (RFC 8259) that comes in pieces of any size into tokens, in linear time and without recursion.
 *
 * `push` a piece, then call `next()` until it says `more`; `finish()` and call on until it says `end` or `error`. A name
 * comes whole, a string in parts that never hold half an escape or half a surrogate pair.
 *
 * @example
 * const tokenizer = new Tokenizer();
 * tokenizer.push('{"a": [1, tr');
 * for (let token = tokenizer.next(); token !== 'more'; token = tokenizer.next()) console.log(token, tokenizer.text);
 */
export class Tokenizer {
  /** The name, the decoded string part or the number's digits that the last token brought. */
  text = '';
  /** The value that a literal begins or ends. */
  literal: boolean | null = null;
  /** Where the last token ends, counted from the start of the whole text. */
  end = 0;
  /** What is wrong with the text, after `error`. */
  problem = '';

  #piece = '';
  #position = 0;
  #offset = 0;
  #finished = false;
  #expects: Expectation = 'value';
  #inside: 'structure' | 'name' | 'string' | 'number' | 'literal' = 'structure';
  #closers: ('object-end' | 'array-end')[] = [];
  #kept = '';
  #escape = '';
  #highSurrogate = '';
  #highSurrogateAt = 0;
  #word = '';

  /** How many containers are open. */
  get depth(): number {
    return this.#closers.length;
  }

  /** Whether the one JSON value is closed; only whitespace may follow. */
  get isComplete(): boolean {
    return this.#expects === 'nothing' && this.#inside === 'structure';
  }

  push(piece: string): void {
    this.#offset += this.#piece.length;
    this.#piece = piece;
    this.#position = 0;
  }

  /** Says that no text follows, which ends a number at the top. */
  finish(): void {
    this.push('');
    this.#finished = true;
  }

  next(): Token {
    if (this.problem !== '') return 'error';
    switch (this.#inside) {
      case 'structure':
        return this.#structure();
      case 'string':
      case 'name':
        return this.#characters();
      case 'number':
        return this.#number();
      case 'literal':
        return this.#literal();
    }
  }

  #structure(): Token {
    const piece = this.#piece;
    while (this.#position < piece.length) {
      const code = piece.charCodeAt(this.#position++);
      switch (code) {
        case 0x20:
        case 0x0a:
        case 0x0d:
        case 0x09:
          continue;
        case 0x2c: // ,
          if (this.#expects !== 'comma-or-end') return this.#unexpected();
          this.#expects = this.#closers[this.#closers.length - 1] === 'object-end' ? 'name' : 'value';
          continue;
        case 0x3a: // :
          if (this.#expects !== 'colon') return this.#unexpected();
          this.#expects = 'value';
          continue;
        case 0x22: // "
          return this.#quote();
        case 0x7d: // }
          return this.#close('object-end', 'name-or-end');
        case 0x5d: // ]
          return this.#close('array-end', 'value-or-end');
        default:
          if (this.#expects !== 'value' && this.#expects !== 'value-or-end') return this.#unexpected();
          return this.#value(code);
      }
    }
    if (!this.#finished) return 'more';
    return this.#expects === 'nothing' ? 'end' : this.#fail('the text ends too early');
  }

  #quote(): Token {
    this.#kept = '';
    this.end = this.#offset + this.#position;
    switch (this.#expects) {
      case 'name':
      case 'name-or-end':
        this.#inside = 'name';
        return this.#characters();
      case 'value':
      case 'value-or-end':
        this.#inside = 'string';
        return 'string-start';
      default:
        return this.#unexpected();
    }
  }

  #close(closer: 'object-end' | 'array-end', whenEmpty: Expectation): Token {
    if (this.#closers[this.#closers.length - 1] !== closer) return this.#unexpected();
    if (this.#expects !== whenEmpty && this.#expects !== 'comma-or-end') return this.#unexpected();
    this.#closers.pop();
    return this.#valueEnd(closer);
  }

  #value(code: number): Token {
    this.end = this.#offset + this.#position;
    switch (code) {
      case 0x7b: // {
        this.#closers.push('object-end');
        this.#expects = 'name-or-end';
        return 'object-start';
      case 0x5b: // [
        this.#closers.push('array-end');
        this.#expects = 'value-or-end';
        return 'array-start';
      case 0x74: // t
        return this.#startLiteral('true', true);
      case 0x66: // f
        return this.#startLiteral('false', false);
      case 0x6e: // n
        return this.#startLiteral('null', null);
      default:
        if (code !== 0x2d && !(code >= 0x30 && code <= 0x39)) return this.#unexpected();
        this.#inside = 'number';
        this.#kept = '';
        this.#position--;
        return 'number-start';
    }
  }

  #startLiteral(word: string, value: boolean | null): Token {
    this.#inside = 'literal';
    this.#word = word.slice(1);
    this.literal = value;
    return 'literal-start';
  }

  #valueEnd<TOKEN extends Token>(token: TOKEN): TOKEN {
    this.#inside = 'structure';
    this.#expects = this.#closers.length === 0 ? 'nothing' : 'comma-or-end';
    this.end = this.#offset + this.#position;
    return token;
  }

  #literal(): Token {
    while (this.#word !== '') {
      if (this.#position >= this.#piece.length) return this.#pause();
      if (this.#piece[this.#position++] !== this.#word[0]) return this.#unexpected();
      this.#word = this.#word.slice(1);
    }
    return this.#valueEnd('literal');
  }

  #number(): Token {
    const start = this.#position;
    while (this.#position < this.#piece.length && isNumberPart(this.#piece.charCodeAt(this.#position))) {
      this.#position++;
    }
    this.#kept += this.#piece.slice(start, this.#position);
    if (this.#position >= this.#piece.length && !this.#finished) return 'more';
    if (!NUMBER.test(this.#kept)) return this.#fail(`${excerpt(this.#kept)} is no number`);
    this.text = this.#kept;
    return this.#valueEnd('number');
  }

  /** Reads on in a string or name, up to its quote or the end of the piece. */
  #characters(): Token {
    const piece = this.#piece;
    let position = this.#position;
    if (position >= piece.length) return this.#pause();
    let found = this.#highSurrogate;
    while (position < piece.length) {
      if (this.#escape !== '') {
        const longer = this.#escape + piece[position];
        const decoded = decode(longer);
        if (decoded === undefined) {
          this.#position = position;
          return this.#partBefore(position, found) ?? this.#fail(`${excerpt(longer)} is no escape`);
        }
        this.#escape = longer;
        position++;
        if (decoded === '') continue;
        if (isHighSurrogate(decoded.charCodeAt(0))) this.#highSurrogateAt = this.#offset + position - ESCAPE_LENGTH;
        this.#escape = '';
        found += decoded;
        continue;
      }
      const start = position;
      let code = 0;
      while (position < piece.length) {
        code = piece.charCodeAt(position);
        if (code === 0x22 || code === 0x5c || code < 0x20) break;
        position++;
      }
      if (position > start) {
        found = found === '' ? piece.slice(start, position) : found + piece.slice(start, position);
        this.#highSurrogateAt = this.#offset + position - 1;
      }
      if (position >= piece.length) break;
      this.#position = position + 1;
      if (code === 0x22) return this.#closingQuote(found);
      if (code < 0x20) return this.#partBefore(position, found) ?? this.#unexpected();
      position++;
      const decoded = decodeAt(piece, position);
      if (decoded === undefined) {
        this.#escape = '\\';
        continue;
      }
      const isCodePoint = piece.charCodeAt(position) === LOWER_U;
      position += isCodePoint ? ESCAPE_LENGTH - 1 : 1;
      if (isCodePoint && isHighSurrogate(decoded.charCodeAt(0))) {
        this.#highSurrogateAt = this.#offset + position - ESCAPE_LENGTH;
      }
      found += decoded;
    }
    this.#position = position;
    return this.#partialCharacters(found);
  }

  /** What a string has before a character that may not stand there, if it has something. */
  #partBefore(position: number, found: string): Token | undefined {
    if (this.#inside !== 'string' || found === '' || (found.length === 1 && isHighSurrogate(found.charCodeAt(0))))
      return undefined;
    this.#position = position;
    return this.#partialCharacters(found);
  }

  #closingQuote(found: string): Token {
    this.#highSurrogate = '';
    if (this.#inside === 'name') {
      this.text = this.#kept + found;
      this.#inside = 'structure';
      this.#expects = 'colon';
      this.end = this.#offset + this.#position;
      return 'name';
    }
    if (found === '') return this.#valueEnd('string-end');
    this.#position--;
    this.end = this.#offset + this.#position;
    this.text = found;
    return 'string-part';
  }

  /** Hands over what is whole, and keeps back half a surrogate pair. */
  #partialCharacters(found: string): Token {
    this.#highSurrogate = '';
    let end = this.#offset + this.#position - this.#escape.length;
    if (found !== '' && isHighSurrogate(found.charCodeAt(found.length - 1))) {
      this.#highSurrogate = found.slice(-1);
      found = found.slice(0, -1);
      end = this.#highSurrogateAt;
    }
    if (this.#inside === 'name') {
      this.#kept += found;
      return this.#pause();
    }
    if (found === '') return this.#pause();
    this.text = found;
    this.end = end;
    return 'string-part';
  }

  #pause(): Token {
    return this.#finished ? this.#fail('the text ends too early') : 'more';
  }

  #unexpected(): Token {
    return this.#fail(`${excerpt(this.#piece.charAt(this.#position - 1))} is not expected here`);
  }

  #fail(problem: string): Token {
    this.problem = problem;
    this.end = this.#offset + this.#position;
    return 'error';
  }
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const ESCAPE_LENGTH = '\\ud800'.length;
const ESCAPED: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

const ESCAPED_BY_CODE = Array.from({ length: 128 }, (_, code) => ESCAPED[String.fromCharCode(code)]);
const LOWER_U = 0x75;
const HEX_DIGITS = '0123456789abcdefABCDEF';

/** The character of the escape whose backslash stands before; `undefined` unless it is whole and right. */
function decodeAt(piece: string, position: number): string | undefined {
  const code = piece.charCodeAt(position);
  if (code !== LOWER_U) return ESCAPED_BY_CODE[code];
  let unit = 0;
  for (let index = position + 1; index < position + ESCAPE_LENGTH - 1; index++) {
    const digit = HEX_DIGITS.indexOf(piece.charAt(index));
    if (digit < 0 || index >= piece.length) return undefined;
    unit = unit * 16 + (digit > 15 ? digit - 6 : digit);
  }
  return String.fromCharCode(unit);
}

/** The character an escape stands for, `''` while it is not whole, `undefined` when it is none. */
function decode(sequence: string): string | undefined {
  if (sequence[1] !== 'u') return ESCAPED[sequence[1] ?? ''];
  const digits = sequence.slice(2);
  if (!/^[0-9a-fA-F]*$/.test(digits)) return undefined;
  return digits.length < 4 ? '' : String.fromCharCode(Number.parseInt(digits, 16));
}

function isNumberPart(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) || code === 0x2e || code === 0x2d || code === 0x2b || code === 0x65 || code === 0x45
  );
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function excerpt(text: string): string {
  const quoted = JSON.stringify(text);
  return quoted.length > 40 ? `${quoted.slice(0, 40)}…` : quoted;
}
