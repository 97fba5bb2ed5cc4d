import { responds, streams } from '../servers/replay-reply.ts';
import { type ReplayServer, startReplayServer } from '../servers/replay-server.ts';
import type { Recording } from './recordings.ts';

/** Serves recordings over HTTP: the model id of a request is the file of the recording it gets. */
export function serveRecordings(recordings: readonly Recording[]): Promise<ReplayServer> {
  const byFile = new Map(recordings.map((recording) => [recording.file, recording]));
  return startReplayServer(({ body }) => {
    const recording = byFile.get(String(body.model));
    if (recording === undefined) return undefined;
    return body.stream === true ? streams(recording.chunks) : responds(recording.json);
  });
}
