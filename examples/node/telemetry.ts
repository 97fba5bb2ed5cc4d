import { fileURLToPath } from 'node:url';
import { OpenTelemetry } from '@ai-sdk/otel';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { generateText, Output, registerTelemetry } from 'ai';
import { lendTools, retry, withStagedRetry } from '../../src/index.ts';
import { mcpServers } from '../../src/mcp/index.ts';
import { otelTelemetry } from '../../src/otel/index.ts';
import { Invoice } from '../practice-server/invoice-schema.ts';
import { unnumberedInvoice } from '../practice-server/invoices.ts';
import { inTheBooks } from './demo/checks.ts';
import { openai } from './openai.ts';
import { printTree } from './telemetry/print-tree.ts';

// A program would send its spans to a server; here they stay in memory, to be printed.
const exporter = new InMemorySpanExporter();
trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }));
context.setGlobalContextManager(new AsyncLocalStorageContextManager());
registerTelemetry(new OpenTelemetry());

const vendorServer = fileURLToPath(new URL('vendor-mcp-server.ts', import.meta.url));
const tools = mcpServers({ mcpServers: { vendors: { command: process.execPath, args: [vendorServer] } } });
const model = withStagedRetry(openai('gpt-5-mini'), {
  checks: [inTheBooks],
  stages: [retry({ attempts: 2 }), lendTools({ attempts: 2, tools })],
  telemetry: otelTelemetry(),
});

await generateText({ model, output: Output.object({ schema: Invoice }), prompt: unnumberedInvoice.mail });
printTree(exporter.getFinishedSpans());
