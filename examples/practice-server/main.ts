import { startPracticeServer } from './server.ts';

const server = await startPracticeServer({
  port: Number(process.env.PORT ?? 8100),
  delayMs: Number(process.env.DELAY_MS ?? 0),
});
console.log(`The practice model listens at ${server.url}`);
