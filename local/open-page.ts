import type { IncomingMessage, ServerResponse } from 'node:http';

import { isForLoopback } from './http/loopback-host.ts';
import { requestTarget } from './http/request-target.ts';
import { sendJson, sendMessage } from './http/send-json.ts';
import type { State } from './state.ts';
import type { Studio } from './studio/studio.ts';

const OPEN_PAGE = `Segment to Metronome bridge, local run

POST /segment      Segment's webhook
GET  /api/state    counts of events, as JSON
`;

/** Everything but the webhook: the state, and the studio, or a page that says what there is. */
export async function answerOpenPage(request: IncomingMessage, response: ServerResponse, state: () => Promise<State>, studio?: Studio): Promise<void> {
  if (!isForLoopback(request)) return sendMessage(response, 403, 'Call the local run as 127.0.0.1 or localhost.');
  const { rawPath: pathname } = requestTarget(request);
  if (studio?.serves(pathname) === true) return studio.answer(request, response);
  if (pathname !== '/' && pathname !== '/api/state') return sendMessage(response, 404, 'Not Found');
  if (request.method !== 'GET' && request.method !== 'HEAD') return sendMessage(response, 405, 'Use GET.', { allow: 'GET, HEAD' });
  if (pathname === '/api/state') return sendJson(response, 200, JSON.stringify(await state()));
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(OPEN_PAGE);
}
