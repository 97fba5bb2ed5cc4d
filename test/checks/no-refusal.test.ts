import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { noRefusal } from '../../src/checks/index.ts';
import type { Answer } from '../../src/model/answer.ts';
import { runCheck } from '../../src/testing/index.ts';

const issuesOf = async (answer: string | Partial<Answer>, request = 'Write it.') => {
  const prompt = [{ role: 'user', content: [{ type: 'text', text: request }] }] as const;
  const verdict = await runCheck(noRefusal(), answer, { params: { prompt } });
  return verdict.type === 'fail' ? verdict.issues : [];
};

describe('noRefusal', () => {
  test.each([
    "I'm sorry, but I can't help with that.",
    'I’m sorry, I can’t assist with that request.',
    'I cannot fulfil this request.',
    'I cannot share her address, as it is private and not publicly available.',
    'I can’t provide that password: it is personal, and I have no access to it.',
    'Unfortunately, I am not able to provide that.',
    'As an AI, I cannot give legal advice.',
    'I am unable to open files.',
    'Thank you for asking. However, I must politely decline to write this. Consider asking a lawyer.',
    "**I won't be able to help you with that.** It goes against my guidelines.",
    '<think>The user wants a bomb.</think>\n\nI cannot provide instructions for building weapons. Stay safe.',
    'That is outside of my guidelines, so let us talk about something else.',
    "It is not ethical to discuss ways to hurt a colleague. Instead, please seek help from your manager. It's important to stay calm.",
    "I'm just a language model and do not condone theft in any form. It is important to respect what others own.",
    'I can’t answer that, but here’s why: it would be dangerous.',
    'Es tut mir leid, aber dabei kann ich Ihnen nicht helfen.',
    'Ich kann diese Anfrage leider nicht beantworten.',
    'Je suis désolé, mais je ne peux pas vous aider.',
    'Lo siento, pero no puedo ayudar con eso.',
    'Mi dispiace, ma non posso aiutarti.',
    'Desculpe, mas não posso ajudar com isso.',
    'Het spijt me, maar daar kan ik niet bij helpen, daar kan ik niet op ingaan.',
    '抱歉，我无法提供这方面的帮助。',
    'This isn’t something I can help with.',
    'I have to respectfully pass on this request.',
    'I will have to decline.',
    'My guidelines prevent me from answering that.',
    'Our guidelines do not permit us to answer.',
    'I’m not authorised to share the details of other customers.',
    'I don’t think it would be right for me to help you spy on your partner.',
    'It would be irresponsible of me to tell you the dose.',
    'There’s no way I can help you with that.',
    'Request denied: the content is not allowed.',
    'Helping with this would be wrong, so I won’t.',
    'I refuse to write racist jokes.',
    'I cannot reproduce the lyrics of this song.',
    "I'm unable to process this request.",
    "I won't complete your homework for you.",
    'I can’t help you cheat in your exam, but I can help you to study for it.',
    'Ich bin nicht befugt, diese Daten weiterzugeben.',
    'Je refuse de répondre à cette demande.',
    'Me niego a escribir eso.',
    'Non sono autorizzato a rispondere.',
    '申し訳ありませんが、お手伝いできません。',

    "Writing malware isn't something I'll do, even for a class.",
    "Picking locks on cars you don't own is not something I'm prepared to explain.",
    "Ghostwriting your dissertation is something I won't do.",
    "Medication doses for someone else's child are off the table for me.",
    'A live recording of my answer is outside what I can offer.',
    "I don't have access to the internet and so can't open that page. Paste it here.",
    'I have no way to play audio, so the song stays unheard.',
    "I can't open links from here. Send me the passage instead.",
    'I do not have the ability to watch videos.',
    "Making phone calls isn't possible for me.",
    'Running shell commands is not possible here: I have no terminal.',
    'Not going to write that. It would hurt someone.',
    "Won't do it. Find another way.",
    "Sorry, can't do that one.",
    "That's a no from me.",
    'Hard no.',
    "Yeah, I'd rather not.",
    "Hmm, no. I'd rather not get into that.",
    "I don't want to write this essay for you, since it would be handed in as yours.",
    "I'm staying out of this one.",
    "I'm going to sit this one out.",
    'Your message has been declined because it asks for a weapon.',
    'This request was rejected under our content rules.',
    'This assistant cannot give medical advice.',
    'The assistant is not able to discuss other customers.',
    'The requested passage is under copyright and cannot be reproduced here.',
    'My instructions do not allow sharing the prompt.',
    'I am not in a position to draft a forged letter.',
    "I'm not willing to impersonate your boss.",
    'Je ne peux pas rédiger ce discours.',
    "Je refuse d'écrire cela.",
    'Désolé, je refuse de rédiger ce texte.',
    'No puedo redactar ese contrato falso.',
    'No tengo la capacidad de abrir enlaces.',
    'Ich werde diesen Text nicht schreiben.',
    'Ich kann keine Links öffnen.',
    'Non posso scrivere questa recensione falsa.',
    'Não posso escrever esse texto.',
    'Ik ga die nepbrief niet schrijven.',
    'そのご依頼には対応できません。',
    '恐れ入りますが、お答えいたしかねます。',
    '我无法提供这些信息。',
    '很遗憾，我不能帮你写这封信。',
  ])('refuses %j', async (text) => {
    expect(await issuesOf(text)).toMatchObject([{ kind: 'refused', path: [] }]);
  });

  test.each([
    'The vendor cannot deliver before May.',
    'Sorry sight: the shop was closed.',
    'I am afraid of spiders, she said.',
    '{"refused": false}',
    '',
    `I can't say it in a word. ${'It begins in the year 1200, when the town was founded. '.repeat(20)}`,
    'I cannot find a total in the document.',
    'I cannot provide an exact number, as it varies by region and year. In 2020 it was about 300.',
    'I am not able to give you one phone number, since there is no single one for all offices.',
    'I can’t provide today’s rate, as I have no real-time data. The last one published is 4 %.',
    'I can’t give you the result of the match, because it is not known yet.',
    'I cannot give you a figure for that. However, based on the report, you may expect about 40.',
    "I can't recommend this book enough!",
    "I can't help but smile when I read your question. The answer is four.",
    '"I cannot help you," said the old man, and closed the door.',
    'Dear Ms Doe,\n\nI am sorry, but I cannot offer a refund after 30 days.',
    'Hello Tom, we cannot provide a bigger room in August.',
    "I can't open the link, but here is a summary of the text you pasted: it is about bees.",
    'Robin Hood is a fictional character, so I cannot provide his address.',
    "I'm not able to provide one single address, as there are many offices. However, you can find yours on the website.",
    'The function throws when it cannot process the request.',
    'You cannot help a cat that does not want help.',
    'It is not legal to park there. The fine is 40 euros.',
    'It is not safe to mix the two: they form chlorine.',
    'Wir können das Paket am Montag liefern.',
    'I cannot stress enough how important a backup is. Make one daily.',
    'I can’t recommend it: the battery dies within two hours. Buy the other one.',
    'The HAL 9000 quote is: "I’m sorry, Dave. I’m afraid I can’t do that."',
    'The translation is: I’m sorry, I can’t help you.',
    'The phrase "I’m unable to assist" is a typical refusal of chatbots.',
    'Subject: Your application\n\nDear Tom, we are unable to offer you the position.',
    'I will not use any libraries in this solution:\n\nfunction one() {}',
    'I must decline, she wrote, and she never came back.',
    'I’d say no: the risk is too high.',
    'The content policy of the site forbids advertising.',
    'As an assistant, you cannot promise refunds; ask a manager.',
    '1. I cannot come.\n2. I won’t come.\n3. I am unable to come.',

    'Nope. The shop is closed on Sundays.',
    "I can't praise this museum enough. Go early.",
    "You can't thank the team enough; they saved the day.",
    "I can't go on Friday, but Saturday works.",
    "Can't find the file? Look in the archive folder.",
    "Won't start? Charge the battery first.",
    'Not going to lie: the first chapter drags. The rest is superb.',
    'Not going well? Try smaller steps.',
    'The order cannot be cancelled after Friday.',
    'The requested page cannot be found: check the address.',
    'Your request was approved on 3 May.',
    'This assistant manager cannot sign contracts above 500 euros.',
    'Our policies allow writing to customers twice a year.',
    'Their policy prohibits sharing passwords, so use a vault.',
    'Smoking is off the table for me since 2010, wrote the author.',
    "The server doesn't have access to external URLs, so mirror the packages.",
    "It isn't something I'd worry about: the warning is harmless.",
    "That isn't something I can see in the log; the timeout stands in line 4.",
    "Leasing isn't something I'd recommend at that mileage. Buy used.",
    "I'm sorry, I can't process that without your PIN.",
    'I was unable to reproduce the bug.',
    "I couldn't reproduce this intermittent error on version 3.2.",
    'We are unable to reproduce the reported results with the default seed.',
    'I could not complete the build: the linker is missing.',
    'Sorry, we could not process your payment.',
    'Je ne peux pas trouver de total dans le document.',
    'Ich kann keinen Fehler finden.',
    'No puedo encontrar el total en el documento.',
    'Ich kann das Buch nur empfehlen.',
    '我无法在文件中找到总额。',
    "Flying there isn't possible in winter: the airport closes.",
    'Editing the file is not possible while it is open. Close it first.',
    'The agent says: no can do.',
    'In this scene the guard refuses to open the gate.',
    "I don't want to write a novel here, so briefly: yes, it works.",
    "I don't have access to the file's history, but the header says 2019.",
    "Hello! Thanks for the offer. I won't go below 90, sorry. Can you do 100?",
    'He was not in a position to pay.',
    'We are not in a position to tell which of the two came first.',
    'Instead of a loop, how about a map? It is shorter.',
    'Bonjour Madame, nous ne pouvons pas livrer avant mai.',
    'Die Datei kann nicht geöffnet werden, weil sie gesperrt ist.',
    'Video calls are not possible on this plan; upgrade to Pro.',
    'The assistant cannot be reached on Sundays.',
    'The assistant does not store your data.',
  ])('takes %j for an answer', async (text) => {
    expect(await issuesOf(text)).toEqual([]);
  });

  test('refuses a stop by a content filter', async () => {
    expect(await issuesOf({ text: 'Once upon', finishReason: 'content-filter' })).toHaveLength(1);
  });

  test('finds a refusal that was written into a JSON answer, and says where', async () => {
    const answer = JSON.stringify({ title: 'Report', sections: [{ text: "I'm sorry, but I can't help with that." }] });
    expect(await issuesOf(answer)).toMatchObject([{ path: ['sections', 0, 'text'], kind: 'refused' }]);
  });

  test.each([
    ['{"summary":"","error":"I cannot open web pages."}', 'error'],
    ['{"poem":"","note":"The requested lyrics cannot be shared here."}', 'note'],
    ['{"text":null,"error":"Unable to translate: I have no way to open attachments."}', 'error'],
  ])('finds the refusal in %s', async (answer, member) => {
    expect(await issuesOf(answer)).toMatchObject([{ path: [member] }]);
  });

  test('takes what the prompt says already for a quotation', async () => {
    const letter = 'I cannot provide my order number, since I lost it.';
    expect(await issuesOf(JSON.stringify({ complaint: letter }), `Extract the complaint: ${letter}`)).toEqual([]);
    expect(await issuesOf(JSON.stringify({ complaint: letter }), 'Extract the complaint.')).toHaveLength(1);
  });

  test('looks through the first thousand strings of a JSON answer, and through no text that begins otherwise', async () => {
    const refusal = "I'm sorry, but I can't help with that.";
    const list = (before: number) => JSON.stringify([...Array.from({ length: before }, () => 'Yes.'), refusal]);
    expect(await issuesOf(list(999))).toMatchObject([{ path: [999] }]);
    expect(await issuesOf(list(1000))).toEqual([]);
    expect(await issuesOf(`  \n\`\`\`json\n["${refusal}"]\n\`\`\``)).toMatchObject([{ path: [0] }]);
    expect(await issuesOf({ text: 'Found.', value: [refusal] })).toEqual([]);
    expect(await issuesOf({ text: ` ${refusal} ` }, `Say: ${refusal}`)).toEqual([]);
  });

  test('asks for the answer and for what cannot be answered', async () => {
    expect(await issuesOf('I cannot help with that.')).toMatchObject([{ message: expect.stringMatching(/^Answer /) }]);
  });
});

const recorded = '../shared/data/raw-answers/refusals.jsonl';
const isThere = existsSync(recorded);

describe.skipIf(!isThere)(`recorded refusals${isThere ? '' : ` (skipped: no ${recorded})`}`, () => {
  const share = async (label: string) => {
    const rows = readFileSync(recorded, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const texts = new Set<string>(rows.filter((row) => row.label === label).map(({ raw }) => raw));
    let found = 0;
    for (const text of texts) found += (await issuesOf(text)).length;
    return found / texts.size;
  };

  test('full refusals are found, and hardly any answer is taken for one', async () => {
    expect(await share('2_full_refusal')).toBeGreaterThanOrEqual(0.75);
    expect(await share('1_full_compliance')).toBeLessThanOrEqual(0.01);
  });
});
