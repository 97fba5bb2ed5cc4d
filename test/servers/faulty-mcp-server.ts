import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

// An MCP server over stdio that goes wrong: `node faulty-mcp-server.ts`, or `node faulty-mcp-server.ts mute` for one
// that never says a word.
if (process.argv[2] === 'mute') process.stdin.resume();
else await serve();

async function serve(): Promise<void> {
  const server = new McpServer({ name: 'faulty', version: '1.0.0' });
  server.registerTool('die', { description: 'Ends the server.' }, () => process.exit(1));
  server.registerTool('hang', { description: 'Never answers.' }, () => new Promise(() => {}));
  await server.connect(new StdioServerTransport());
}
