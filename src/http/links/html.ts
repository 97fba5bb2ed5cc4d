/** Text as HTML: nothing in it is markup, in an element or in a quoted attribute. */
export function escapeHtml(text: string): string {
  let escaped = text;
  for (const character of '&<>"\'') escaped = escaped.replaceAll(character, `&#${character.charCodeAt(0)};`);
  return escaped;
}

/** The most of a text that a page shows, in characters: it is read by a person, and made at once. */
const longestShown = 100_000;

/** A text of several lines, as HTML. A very long one is cut, and says so. */
export function readableBlock(text: string): string {
  if (text.length <= longestShown) return `<pre>${readableHtml(text)}</pre>`;
  const cut = text.slice(0, longestShown).replace(/[\uD800-\uDBFF]$/, '');
  const left = (text.length - cut.length).toLocaleString('en-US');
  return `<p role="note">This is not all of it: ${left} more characters are not shown on this page. Read them in the inbox before you decide.</p>
<pre>${readableHtml(cut)}…</pre>`;
}

/**
 * What hides in a text, or changes the order in which it is read; line breaks and tabs are neither. Joiners and variation
 * selectors count where they have nothing to join or vary.
 */
const hidden =
  /(?![\n\r\t\p{Join_Control}\p{Variation_Selector}])[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u2800\ufff9-\ufffb]|(?<=^|[\p{Script=Latin}\p{N}\p{P}\p{Z}\p{Join_Control}])\p{Join_Control}|(?<![\p{Emoji}\p{Ideographic}\p{Script=Mongolian}])\p{Variation_Selector}/gu;

/** What has nothing to hide, by a quicker look. */
const isPlain = /^[\n\r\t -~]*$/;

export function hasHidden(text: string): boolean {
  return text.search(hidden) !== -1;
}

/** A text to be read, as HTML: hidden characters are spelled out, so that nobody decides about what they do not see. */
export function readableHtml(text: string): string {
  if (isPlain.test(text)) return escapeHtml(text);
  return escapeHtml(
    text.replace(
      hidden,
      (character) => `[U+${Number(character.codePointAt(0)).toString(16).toUpperCase().padStart(4, '0')}]`,
    ),
  );
}

/**
 * A page of its own that runs no script and loads nothing. `body` is HTML.
 */
export function htmlPage({ title, body, status }: { title: string; body: string; status: number }): Response {
  const nonce = crypto.randomUUID();
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`;
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return new Response(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': policy.join('; '),
      // The address is the capability: no other site hears of it, and our own form still says where it comes from.
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    },
  });
}

const style = `
:root { color-scheme: light dark; --line: light-dark(#7c828c, #858b95); --accent: light-dark(#4338ca, #a5b4fc); --danger: light-dark(#b91c1c, #fca5a5); }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; background: light-dark(#f5f6f8, #14171c); color: light-dark(#1a1d24, #e8eaee); }
main { max-width: 46rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; line-height: 1.2; }
h2 { font-size: 1.125rem; margin: 2rem 0 .5rem; }
p, li, strong, aside { overflow-wrap: anywhere; }
ul { margin: .5rem 0; padding-left: 1.25rem; color: var(--danger); }
pre, textarea { font: .875rem/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
pre { margin: .25rem 0; padding: .75rem; border: 1px solid light-dark(#dcdfe4, #33383f); border-radius: .5rem; background: light-dark(#fff, #1c2027); }
dl { margin: 0; }
dt, dd { display: inline; margin: 0; }
dd { font-weight: 600; overflow-wrap: anywhere; }
.jump { position: sticky; bottom: .5rem; width: fit-content; margin: 1rem 0 -1rem auto; padding: .5rem 1rem; border-radius: .5rem; background: var(--accent); }
.jump a { color: light-dark(#fff, #14171c); font-weight: 600; }
h3 { font-size: 1rem; margin: 1rem 0 .5rem; }
.field { margin: .75rem 0; }
.field span { display: block; font-size: .875rem; color: var(--danger); }
@media (width >= 40rem) {
.field { display: grid; grid-template-columns: 14rem 1fr; align-items: center; gap: 0 1rem; margin: .5rem 0; }
.field span { grid-column: 2; grid-row: 2; }
}
table { border-collapse: collapse; width: 100%; }
th, td { padding: .25rem .5rem; border-bottom: 1px solid light-dark(#dcdfe4, #33383f); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { font-weight: 400; width: 40%; }
caption { padding: .75rem .5rem .25rem; text-align: left; font-weight: 600; }
.list { font-size: .875rem; }
.list th { width: auto; }
.list th, .list td { overflow-wrap: break-word; }
textarea, input, select { box-sizing: border-box; width: 100%; padding: .625rem; border: 1px solid var(--line); border-radius: .5rem; font-size: 1rem; background: light-dark(#fff, #1c2027); color: inherit; }
.check { display: flex; gap: .5rem; align-items: center; margin-top: .5rem; }
.check input { width: 1.25rem; height: 1.25rem; margin: 0; }
[aria-invalid] { border: 2px solid var(--danger); }
form { margin: 1rem 0; }
label { display: block; margin-bottom: .25rem; overflow-wrap: anywhere; }
button { min-height: 2.75rem; margin-top: .5rem; padding: 0 1.25rem; border: 1px solid var(--line); border-radius: .5rem; font: inherit; font-weight: 600; background: light-dark(#fff, #262b33); color: inherit; cursor: pointer; }
button[value="edit"] { border-color: var(--accent); background: var(--accent); color: light-dark(#fff, #14171c); }
button[value="reject"] { border-color: var(--danger); color: var(--danger); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
summary { cursor: pointer; min-height: 1.75rem; }
`;
