import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OutgoingHttpHeaders } from 'node:http';

import { PATHS } from '../../../local/studio/api.ts';
import { rawRequest } from '../http/raw-request.ts';
import { startStudioWorld } from './studio-world.ts';
import type { StudioWorld } from './studio-world.ts';

const POSTS: ReadonlySet<string> = new Set([PATHS.lint, PATHS.try, PATHS.run, PATHS.save, PATHS.replay, PATHS.send]);
const METHODS = Object.values(PATHS).map((path) => [POSTS.has(path) ? 'POST' : 'GET', path] as const);

let world: StudioWorld;

beforeAll(async () => {
  world = await startStudioWorld();
});

afterAll(() => world.stop());

function ask(method: string, path: string, headers: OutgoingHttpHeaders) {
  return rawRequest(`${world.url}${path}`, { method, headers: { 'x-studio-token': world.token, ...headers }, body: method === 'POST' ? '{}' : undefined });
}

describe.each(METHODS)('%s %s', (method, path) => {
  it.each<[string, number, OutgoingHttpHeaders]>([
    ['by a name that points here', 403, { host: 'evil.example' }],
    ['by a name that begins like this machine\'s', 403, { host: 'localhost.evil.example' }],
    ['from another site', 403, { origin: 'https://evil.example' }],
    ['from another port of this machine', 403, { origin: 'http://127.0.0.1:1' }],
    ['from a page without an origin', 403, { origin: 'null' }],
    ['from another site, by what the browser says', 403, { 'sec-fetch-site': 'cross-site' }],
    ['from a site next door, by what the browser says', 403, { 'sec-fetch-site': 'same-site' }],
    ['as a page opened from another site', 403, { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }],
    ['with a wrong token', 401, { 'x-studio-token': 'wrong' }],
    ['with an empty token', 401, { 'x-studio-token': '' }],
    ['with the token twice', 401, { 'x-studio-token': ['a', 'b'] }],
  ])('refuses what comes %s with %d', async (_, status, headers) => {
    const answer = await ask(method, path, headers);

    expect(answer).toMatchObject({ status, body: expect.stringMatching(/^\{"error":"[^"]+\."\}$/), headers: { 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin' } });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('refuses what has no token, and other methods', async () => {
    const bare = await rawRequest(`${world.url}${path}`, { method });
    const other = await ask(method === 'GET' ? 'DELETE' : 'PUT', path, {});

    expect(bare.status).toBe(401);
    expect(other).toMatchObject({ status: 405, body: `{"error":"Use ${method}."}` });
  });
});

it('answers no preflight: a page of another site can\'t send the token\'s header', async () => {
  const answer = await rawRequest(`${world.url}${PATHS.save}`, { method: 'OPTIONS', headers: { origin: 'https://evil.example', 'access-control-request-headers': 'x-studio-token' } });

  expect(answer.status).toBe(403);
  expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
});

it('takes its own page\'s requests', async () => {
  const host = new URL(world.url).host;

  const answer = await ask('GET', PATHS.events, { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' });

  expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json', 'cache-control': 'no-store' } });
});

it('knows no other path', async () => {
  expect((await world.ask('/api/studio/')).status).toBe(404);
  expect((await world.ask('/api/studio/__proto__')).status).toBe(404);
});

describe('a body', () => {
  it.each([
    ['is not JSON', '{', 400],
    ['is no object', '[]', 400],
    ['lacks a member', '{}', 400],
    ['has a member of another kind', '{"text":1}', 400],
    ['is over the limit', JSON.stringify({ text: 'x'.repeat(8 * 1024 * 1024) }), 413],
    ['is nested too deeply', JSON.stringify({ text: `{"mappings":${'['.repeat(50_000)}${']'.repeat(50_000)}}` }), 200],
  ])('that %s is answered in words', async (_, body, status) => {
    const answer = await rawRequest(`${world.url}${PATHS.lint}`, { method: 'POST', headers: { 'x-studio-token': world.token }, body });

    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toEqual(status === 200 ? expect.objectContaining({ problems: [expect.any(String)] }) : { error: expect.any(String) });
  });
});
