import { feedbackSince, findTask } from './conversation.ts';
import type { PracticeAnswer, PracticeMessage, PracticeRequest, PracticeTool } from './exchange.ts';
import { type InvoiceReading, invoices, type PracticeInvoice } from './invoices.ts';
import type { JsonObject } from './json.ts';
import { factFor, instanceOf, memberNames } from './schema-instance.ts';

/** Reads the invoice the user sent, as carelessly as models do; `undefined` when the user wants something else. */
export function readInvoice(request: PracticeRequest): PracticeAnswer | undefined {
  const task = findInvoice(request.messages);
  if (task === undefined) return undefined;
  const feedback = feedbackSince(request.messages, task.position);
  const answered = request.messages.findLast(({ role }) => role === 'assistant')?.text ?? '';
  const told = feedback.map(({ text }) => text).join('\n');
  const { isFenced, ...reading } = task.invoice.read({ feedback: told, recent: `${answered}\n${told}` });

  const tool = vendorTool(request, feedback);
  if (tool !== undefined && !isKnown(reading.vendorId, request.messages)) return callWith(tool, reading.vendor);
  if (request.schema !== undefined && !isAboutInvoices(request.schema, reading)) return undefined;
  if (!request.wantsJson && !mentionsJson(request.messages)) return { text: summaryOf(task.invoice, reading) };
  const value = request.schema === undefined ? reading : instanceOf(request.schema, reading);
  return { text: isFenced === true ? fence(value) : JSON.stringify(value) };
}

interface InvoiceTask {
  readonly invoice: PracticeInvoice;
  readonly position: number;
}

function findInvoice(messages: readonly PracticeMessage[]): InvoiceTask | undefined {
  const tasks = invoices.map((invoice) => ({ invoice, position: findTask(messages, invoice.number) }));
  const [latest] = tasks.filter(({ position }) => position !== -1).sort((a, b) => b.position - a.position);
  return latest;
}

const MAX_LOOK_UPS = 3;

function vendorTool(
  { tools, toolChoice }: PracticeRequest,
  feedback: readonly PracticeMessage[],
): PracticeTool | undefined {
  const lookUps = feedback.filter(({ role }) => role === 'tool').length;
  if (toolChoice === 'none' || lookUps >= MAX_LOOK_UPS) return undefined;
  return tools.find(({ name }) => /vendor/i.test(name));
}

function isKnown(id: unknown, messages: readonly PracticeMessage[]): boolean {
  return messages.some(({ role, text }) => (role === 'user' || role === 'tool') && text.includes(String(id)));
}

function callWith(tool: PracticeTool, vendor: unknown): PracticeAnswer {
  const names = memberNames(tool.inputSchema);
  const name = names.find((candidate) => /name|vendor|query|search|text/i.test(candidate)) ?? names[0] ?? 'name';
  return { toolCalls: [{ name: tool.name, input: JSON.stringify(instanceOf(tool.inputSchema, { [name]: vendor })) }] };
}

function isAboutInvoices(schema: JsonObject, reading: object): boolean {
  return memberNames(schema).some((name) => factFor(name, { ...reading }) !== undefined);
}

function mentionsJson(messages: readonly PracticeMessage[]): boolean {
  return messages.some(({ role, text }) => role !== 'assistant' && /json/i.test(text));
}

function summaryOf({ number }: PracticeInvoice, { vendor, currency, total }: Omit<InvoiceReading, 'isFenced'>): string {
  return `Invoice ${number} comes from ${vendor}; it is over ${total}${currency === undefined ? '' : ` ${currency}`}.`;
}

function fence(value: unknown): string {
  return `Sure! Here is the invoice as JSON:\n\n\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\`\n\nLet me know if you need anything else.`;
}
