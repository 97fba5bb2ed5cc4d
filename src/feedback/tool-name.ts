/**
 * The longest tool name every provider takes.
 *
 * @see https://platform.openai.com/docs/api-reference/chat/create#chat-create-tools
 * @see https://googleapis.github.io/java-genai/javadoc/google-genai/com.google.genai.types/-function-declaration/-builder/name.html
 */
const maxLength = 64;
const legal = /^[a-zA-Z_][a-zA-Z0-9_-]*$/;

/** Whether every provider takes a tool of this name. */
export function isLegalToolName(name: string): boolean {
  return name.length <= maxLength && legal.test(name) && !isInherited(name);
}

/** Provider packages look names up in plain objects, where these stand for something else. */
function isInherited(name: string): boolean {
  return name in Object.prototype;
}

/** The nearest name every provider takes that is not taken yet; a legal one stays as it is. */
export function legalToolName(name: string, isTaken: (name: string) => boolean): string {
  const plain = name.replace(/[^a-zA-Z0-9_-]/g, '_').replace(/^(?![a-zA-Z_])/, '_');
  for (let count = 1; ; count += 1) {
    const suffix = count === 1 ? '' : `_${count}`;
    const candidate = plain.slice(0, maxLength - suffix.length) + suffix;
    if (!isTaken(candidate) && !isInherited(candidate)) return candidate;
  }
}
