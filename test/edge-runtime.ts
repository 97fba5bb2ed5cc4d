import { EdgeRuntime } from 'edge-runtime';
import { build } from 'esbuild';

/** Bundles a program that begins in the top folder for the edge, and runs it in Vercel's edge runtime. */
export async function inEdgeRuntime(program: string, external: string[] = []): Promise<EdgeRuntime> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    conditions: ['edge-light', 'worker'],
    external,
    logLevel: 'error',
  });
  const runtime = new EdgeRuntime();
  runtime.evaluate(outputFiles[0]?.text ?? '');
  return runtime;
}
