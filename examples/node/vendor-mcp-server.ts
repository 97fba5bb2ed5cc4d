import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { z } from 'zod';
import { findVendors, vendors } from './vendors.ts';

// An MCP server over stdio: `node vendor-mcp-server.ts`. Its standard output belongs to the protocol.
const server = new McpServer({ name: 'vendors', version: '1.0.0' });

server.registerTool(
  'lookUpVendor',
  {
    description: 'Finds a vendor in our books by its name and tells its vendor id and address.',
    inputSchema: { name: z.string().min(1).describe('The name of the vendor, or a part of it.') },
    annotations: { readOnlyHint: true },
  },
  ({ name }) => {
    const found = findVendors(name);
    if (found.length === 0) return { isError: true, content: [{ type: 'text', text: `No vendor is named ${name}.` }] };
    return { content: [{ type: 'text', text: JSON.stringify(found) }] };
  },
);

server.registerTool(
  'listVendors',
  { description: 'Lists the names of all vendors in our books.', annotations: { readOnlyHint: true } },
  () => ({ content: [{ type: 'text', text: JSON.stringify(vendors.map(({ name }) => name)) }] }),
);

await server.connect(new StdioServerTransport());
