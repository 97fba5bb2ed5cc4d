import { createInbox } from 'ai-staged-retry';
import { store } from './store.ts';
import { tellTheTeam } from './webhooks.ts';

/** Where the app's escalations wait for the team. */
export const inbox = createInbox({ store, onFiled: tellTheTeam });
