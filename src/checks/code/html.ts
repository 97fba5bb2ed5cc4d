import type { DefaultTreeAdapterTypes, ParserOptions, Token } from 'parse5';
import { needPackage, type ParserLoader } from '../parsers/need-package.ts';
import type { CodeError, FindCodeErrors } from './code-error.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Options = ParserOptions<DefaultTreeAdapterTypes.DefaultTreeAdapterMap>;

/** Elements without a closing tag: https://html.spec.whatwg.org/#void-elements and #optional-tags. */
const needsNoClosing = new Set(
  `area base br col embed hr img input link meta source track wbr html head body li dt dd p rt rp optgroup option
   colgroup caption thead tbody tfoot tr td th param frame`.split(/\s+/),
);

/** What the standard calls an error and every page has. */
const harmless = new Set([
  'missing-doctype',
  'missing-whitespace-between-doctype-public-and-system-identifiers',
  'missing-whitespace-after-doctype-public-keyword',
  'unexpected-question-mark-instead-of-tag-name',
  'cdata-in-html-content',
  'non-conforming-doctype',
  'non-void-html-element-start-tag-with-trailing-solidus',
  'unknown-named-character-reference',
  'missing-semicolon-after-character-reference',
  'control-character-in-input-stream',
  'control-character-reference',
]);

/** HTML, a page or a piece of one: parse5's errors, tags that are never closed and tags that close nothing. */
export async function html(parser?: ParserLoader): Promise<FindCodeErrors> {
  const { Parser } = await needPackage<typeof import('parse5')>('parse5', parser);
  class Recorder extends Parser<DefaultTreeAdapterTypes.DefaultTreeAdapterMap> {
    readonly endTags: Token.TagToken[] = [];

    override onEndTag(tag: Token.TagToken): void {
      this.endTags.push(tag);
      super.onEndTag(tag);
    }
  }
  return (code) => {
    const errors: CodeError[] = [];
    const options: Options = {
      sourceCodeLocationInfo: true,
      onParseError: ({ code: name, startOffset }) => {
        if (!harmless.has(name) && !(name === 'invalid-first-character-of-tag-name' && isLess(code, startOffset)))
          errors.push({ message: name.replaceAll('-', ' '), offset: startOffset });
      },
    };
    const isPage = /<(?:!doctype|html|head|body)\b/i.test(code);
    // Both are static factories of the class they are called on, which their types leave out.
    const recorder = (isPage ? new Recorder(options) : Recorder.getFragmentParser(null, options)) as Recorder;
    recorder.tokenizer.write(code, true);
    const root = isPage ? recorder.document : recorder.getFragment();
    const closedAt = new Set<number>();
    let count = 0;
    for (const element of elementsOf(root.childNodes)) {
      count += 1;
      const { startTag, endTag } = element.sourceCodeLocation ?? {};
      if (endTag !== undefined) closedAt.add(endTag.startOffset);
      else if (startTag != null && !needsNoClosing.has(element.tagName) && !isSelfClosed(code, startTag.endOffset)) {
        errors.push({ message: `<${element.tagName}> is never closed`, offset: startTag.startOffset });
      }
    }
    for (const { tagName, location } of recorder.endTags) {
      if (location === null || closedAt.has(location.startOffset) || ['html', 'body', 'head'].includes(tagName))
        continue;
      errors.push({ message: `</${tagName}> closes nothing`, offset: location.startOffset });
    }
    if (count === 0 && !code.includes('<')) errors.push({ message: 'there is no element', offset: 0 });
    return errors.sort((one, other) => one.offset - other.offset);
  };
}

/** `2 < 5` and `under <5 kg` say that something is less; browsers show it so. */
function isLess(code: string, behind: number): boolean {
  return /^(?:\s(?!\s*[/>])|[\d=$€-])/.test(code.slice(behind, behind + 20));
}

function* elementsOf(roots: readonly Node[]): Generator<DefaultTreeAdapterTypes.Element> {
  const waiting = [...roots];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if ('tagName' in node) yield node;
    if ('childNodes' in node) for (const child of node.childNodes) waiting.push(child);
    // What a <template> holds is no child of it.
    if ('content' in node) for (const child of node.content.childNodes) waiting.push(child);
  }
}

function isSelfClosed(code: string, end: number): boolean {
  return code.charAt(end - 2) === '/';
}
