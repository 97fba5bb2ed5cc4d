import { Ajv } from 'ajv';
import type { CallOptions, GenerateResult, LanguageModel } from '../src/model/language-model.ts';
import { invoiceSchema } from './fixtures.ts';

const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(invoiceSchema);

/** What one would write without a library: parse, validate by compiled code, ask again with what was wrong. */
export async function askByHand(model: LanguageModel, request: CallOptions): Promise<GenerateResult> {
  let params = request;
  for (let attempt = 1; ; attempt += 1) {
    const result = await model.doGenerate(params);
    let text = '';
    for (const part of result.content) if (part.type === 'text') text += part.text;
    const problem = problemOf(text);
    if (problem === undefined) return result;
    if (attempt === 3) throw new Error(problem);
    params = {
      ...request,
      prompt: [
        ...request.prompt,
        { role: 'assistant', content: [{ type: 'text', text }] },
        { role: 'user', content: [{ type: 'text', text: `Mend the answer: ${problem}` }] },
      ],
    };
  }
}

function problemOf(text: string): string | undefined {
  try {
    if (validate(JSON.parse(text))) return undefined;
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`).join('\n');
  } catch {
    return 'it is no JSON';
  }
}
