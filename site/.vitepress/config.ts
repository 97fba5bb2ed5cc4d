import { existsSync, readFileSync } from 'node:fs';
import type { MarkdownRenderer } from 'vitepress';
import { type DefaultTheme, defineConfig } from 'vitepress';

const repository = 'https://github.com/ai-staged-retry/ai-staged-retry';

export default defineConfig({
  title: 'ai-staged-retry',
  description: 'Middleware for the Vercel AI SDK that makes a model’s answer right.',
  base: '/ai-staged-retry/',
  srcDir: '../docs',
  cleanUrls: true,
  lastUpdated: false,
  markdown: { config: linkToRepository },
  themeConfig: {
    search: { provider: 'local' },
    socialLinks: [{ icon: 'github', link: repository }],
    editLink: { pattern: `${repository}/edit/main/docs/:path` },
    nav: [
      { text: 'Get started', link: '/getting-started' },
      { text: 'Reference', link: '/reference/' },
      { text: 'Changelog', link: `${repository}/blob/main/CHANGELOG.md` },
    ],
    sidebar: [
      section('Start', ['getting-started', 'concepts', 'faq', 'troubleshooting']),
      section('Guides', [
        'guides/structured-extraction',
        'guides/agents',
        'guides/chat',
        'guides/batch-jobs',
        'guides/feedback',
        'guides/configuration',
        'guides/testing',
      ]),
      section('Come from elsewhere', [
        'migration/from-a-loop',
        'migration/from-ai-retry',
        'migration/from-sdk-caching',
      ]),
      section('In depth', [
        'options',
        'checks',
        'stages',
        'streaming',
        'reading',
        'escalation',
        'cache',
        'providers',
        'operations',
        'costs',
        'observability',
        'security',
        'architecture',
        'quality',
      ]),
      { text: 'Reference', collapsed: true, items: reference() },
    ],
  },
});

/** The pages that exist, by their titles. */
function section(text: string, pages: readonly string[]): DefaultTheme.SidebarItem {
  const items = pages
    .filter((page) => existsSync(`../docs/${page}.md`))
    .map((page) => ({ text: titleOf(page), link: `/${page}` }));
  return { text, items };
}

function titleOf(page: string): string {
  return /^# (.+)$/m.exec(readFileSync(`../docs/${page}.md`, 'utf8'))?.[1] ?? page;
}

/** One page for each entry of the package, as `typedoc` left them. */
function reference(): DefaultTheme.SidebarItem[] {
  const file = '../docs/reference/typedoc-sidebar.json';
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}

/** Files outside `docs/` are no pages: a link to one leads to the repository. */
function linkToRepository(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('link-to-repository', ({ tokens, env }) => {
    const depth = String((env as { relativePath?: string }).relativePath ?? '').split('/').length;
    const outside = '../'.repeat(depth);
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const target = token.type === 'link_open' ? token.attrGet('href') : undefined;
      if (target?.startsWith(outside)) token.attrSet('href', `${repository}/blob/main/${target.slice(outside.length)}`);
    }
  });
}
