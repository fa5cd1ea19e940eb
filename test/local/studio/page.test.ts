import { afterEach, describe, expect, it } from '@jest/globals';
import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { rawRequest } from '../http/raw-request.ts';
import { PAGE, startStudioWorld } from './studio-world.ts';
import type { StudioWorld } from './studio-world.ts';

let world: StudioWorld;

afterEach(() => world.stop());

function nonceOf(policy: unknown): string {
  return /style-src 'self' 'nonce-([\w-]{20,})'/.exec(String(policy))?.[1] ?? '';
}

describe('the page', () => {
  it('may run and load nothing but its own, in nobody\'s frame, and is never kept', async () => {
    world = await startStudioWorld();

    const { status, headers, body } = await rawRequest(world.url);

    const policy = headers['content-security-policy'];
    expect(status).toBe(200);
    expect(String(policy).split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonceOf(policy)}'`,
      "img-src 'self' data:",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(body).toContain(`content="${nonceOf(policy)}"`);
    expect(body).not.toContain('{{');
  });

  it('has a new nonce each time, and one token a run', async () => {
    world = await startStudioWorld();
    const other = await startStudioWorld();
    const [first, second] = [await rawRequest(world.url), await rawRequest(world.url)];
    await other.stop();

    expect(nonceOf(first.headers['content-security-policy'])).not.toBe(nonceOf(second.headers['content-security-policy']));
    expect(second.body).toContain(world.token);
    expect(world.token).toMatch(/^[\w-]{40,}$/);
    expect(other.token).not.toBe(world.token);
  });

  it.each([
    ['opens by a link from another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }, 200],
    ['is refused to another site\'s frame', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }, 403],
    ['is refused to another site\'s script', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' }, 403],
  ])('%s', async (_, headers, status) => {
    world = await startStudioWorld();

    expect((await rawRequest(world.url, { headers })).status).toBe(status);
  });

  it.each(['/studio.js', '/studio.css'])('serves %s packed, and not again while it is the same', async (path) => {
    world = await startStudioWorld();

    const packed = await rawRequest(`${world.url}${path}`, { headers: { 'accept-encoding': 'gzip, br' } });
    const again = await rawRequest(`${world.url}${path}`, { headers: { 'if-none-match': String(packed.headers['etag']) } });
    const elsewhere = await rawRequest(`${world.url}${path}`, { headers: { 'sec-fetch-site': 'cross-site' } });

    expect(packed).toMatchObject({ status: 200, headers: { 'content-encoding': 'gzip', 'x-content-type-options': 'nosniff' } });
    expect(again).toMatchObject({ status: 304, body: '' });
    expect(elsewhere.status).toBe(403);
  });

  it('is put together anew when one of its files changes', async () => {
    world = await startStudioWorld();
    const script = async (): Promise<string> => (await rawRequest(`${world.url}/studio.js`)).body;
    expect(await script()).toContain('"studio"');

    const path = join(world.folder, 'page/main.tsx');
    writeFileSync(path, 'document.title = "another";');
    utimesSync(path, 1, 1);

    expect(await script()).toContain('"another"');
  });

  it('says what is wrong when it can\'t be put together, as text, and mends itself', async () => {
    world = await startStudioWorld({ page: { ...PAGE, 'main.tsx': 'import "./<script>alert(1)</script>";' } });
    const broken = await rawRequest(world.url);
    writeFileSync(join(world.folder, 'page/main.tsx'), '');
    const mended = await rawRequest(world.url);

    expect(broken).toMatchObject({ status: 500, headers: { 'content-type': 'text/html; charset=utf-8' }, body: expect.stringContaining('npm ci') });
    expect(broken.body).toContain('&#60;script&#62;alert(1)');
    expect(broken.body).not.toContain('<script');
    expect(mended.status).toBe(200);
  });

  it('doesn\'t break a run whose page is gone', async () => {
    world = await startStudioWorld();
    rmSync(join(world.folder, 'page'), { recursive: true });

    expect((await rawRequest(world.url)).status).toBe(500);
  });
});
