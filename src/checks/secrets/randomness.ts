/** Letters and digits, and neither words with numbers after them nor runs of the alphabet: `base64-encoded-32`, `abc123`. */
export function isRandom(text: string): boolean {
  const plain = text.replace(algorithm, '');
  if (!/\d/.test(plain) || !/[A-Za-z]/.test(plain) || /^https?:\/\//.test(text)) return false;
  return !plain.split(/[-_./:]/).every((part) => /^(?:[A-Z]?[a-z]+|[A-Z]+)?\d{0,3}$/.test(part)) && !isCounted(text);
}

/** Letters and digits by turns, as no name with a number has them: what has no more than a word beside it to say that it is a secret. */
export function isMixed(text: string): boolean {
  return (text.replace(algorithm, '').match(/\d+(?=[A-Za-z])|[A-Za-z]+(?=\d)/g)?.length ?? 0) >= 3;
}

/** Names that have a number in them. */
const algorithm =
  /(?<![A-Za-z\d])(?:base|sha|utf|ed|md|hs|rs|es|aes|rsa|oauth|argon|pbkdf)-?\d{1,5}(?:url|id|[id])?(?!\d)/gi;

/** Whether a text consists of pieces that count up: `abc123def456`, `12345678abcd`. */
function isCounted(text: string): boolean {
  const plain = text.toLowerCase().replace(/[^a-z\d]/g, '');
  let length = 1;
  for (let index = 1; index <= plain.length; index += 1) {
    if (plain.charCodeAt(index) === plain.charCodeAt(index - 1) + 1) length += 1;
    else if (length < 3) return false;
    else length = 1;
  }
  return true;
}
