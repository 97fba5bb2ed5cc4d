import type { Inbox } from '../../../src/index.ts';
import { check, human, retry, withStagedRetry } from '../../../src/index.ts';
import type { LanguageModel } from '../../../src/model/language-model.ts';
import { type ScriptedModel, scriptedModel } from '../../../src/testing/index.ts';

/** A model that never gets it right, with a person behind it. */
export function escalatingModel({ inbox, scope }: { inbox: Inbox; scope: string }): {
  model: LanguageModel;
  scripted: ScriptedModel;
} {
  const scripted = scriptedModel(['bad', 'worse']);
  const model = withStagedRetry(scripted, {
    checks: [check('good', ({ text }) => text.startsWith('good') || 'Begin with good.')],
    stages: [retry({ attempts: 2 }), human({ inbox })],
    scope,
  });
  return { model: model as unknown as LanguageModel, scripted };
}

/** Sends the one request there is, without the SDK, which takes longer to load than all the rest. */
export async function send(model: LanguageModel): Promise<string> {
  const { content } = await model.doGenerate({
    prompt: [{ role: 'user', content: [{ type: 'text', text: 'Say something good.' }] }],
  });
  return content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}
