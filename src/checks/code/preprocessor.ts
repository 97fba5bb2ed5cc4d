/**
 * C++ as it is when the preprocessor has run with nothing known of its headers: of each `#if` one branch, and no directives.
 * What is taken out becomes spaces, so that places stay where they are.
 */
export function withoutDirectives(code: string): string {
  const branches: { isKept: boolean; wasTaken: boolean }[] = [];
  const isKept = () => branches.every((branch) => branch.isKept);
  return code.replace(line, (text) => {
    const [, directive, condition = ''] = /^[ \t]*#[ \t]*(\w+)[ \t]*([^\n]*)/.exec(text) ?? [];
    const branch = branches.at(-1);
    if (directive === undefined) return isKept() ? text : blank(text);
    if (/^if/.test(directive)) {
      const isFalse =
        directive === 'if' ? /^0\b/.test(condition) : directive === 'ifndef' && /^__cplusplus\b/.test(condition);
      branches.push({ isKept: !isFalse, wasTaken: !isFalse });
    } else if (/^el/.test(directive) && branch !== undefined) {
      branches[branches.length - 1] = { isKept: !branch.wasTaken, wasTaken: true };
    } else if (directive === 'endif') branches.pop();
    return blank(text);
  });
}

/** A line of the program; one that ends with a backslash, or within a comment of a directive, goes on. */
const line = /^[ \t]*#(?:\\\r?\n|\/\*[\s\S]*?(?:\*\/|(?![\s\S]))|[^\n])*|^[^\n]+/gm;

/** A text of spaces, as long, and with the same lines. */
export function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
