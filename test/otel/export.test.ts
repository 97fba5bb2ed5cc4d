import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { generateText } from 'ai';
import { expect, test } from 'vitest';
import { withStagedRetry } from '../../src/index.ts';
import { otelTelemetry } from '../../src/otel/index.ts';
import { says } from '../fixtures.ts';

test('spans reach a server of the OpenTelemetry protocol, with its headers', async () => {
  const received: { url?: string | undefined; authorization?: string | undefined; body: string }[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const { url, headers } = incoming;
    let body = '';
    for await (const part of incoming) body += part;
    received.push({ url, authorization: headers.authorization, body });
    outgoing.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const exporter = new OTLPTraceExporter({
    url: `http://127.0.0.1:${port}/api/public/otel/v1/traces`,
    headers: { authorization: 'Basic cGs6c2s=' },
  });
  const provider = new TracerProvider({ spanProcessors: [new BatchSpanProcessor({ exporter })] });
  const telemetry = otelTelemetry({ tracer: provider.getTracer('app') });
  await generateText({ model: withStagedRetry(says('twelve'), { telemetry }), prompt: 'Total?' });
  await provider.shutdown();
  server.close();
  expect(received.map(({ url, authorization }) => [url, authorization])).toEqual([
    ['/api/public/otel/v1/traces', 'Basic cGs6c2s='],
  ]);
  const { resourceSpans } = JSON.parse(received[0]?.body ?? '');
  const names = resourceSpans[0].scopeSpans[0].spans.map(({ name }: { name: string }) => name);
  expect(names).toEqual(['staged_retry.attempt', 'staged_retry.run']);
});
