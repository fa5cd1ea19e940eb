import { connect } from 'node:net';
import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import * as fc from 'fast-check';
import { HTTP_API_MAX_BODY_BYTES } from '../../../lambda/limits.ts';
import { startGateway } from '../../../local/gateway/gateway.ts';
import type { GatewayOptions, HttpHandler } from '../../../local/gateway/gateway.ts';
import type { LoopbackServer } from '../../../local/http/http-server.ts';
import type { Problem } from '../../../local/problem.ts';
import { rawRequest } from '../http/raw-request.ts';
import { until } from '../../helpers/until.ts';

const NOW = Date.parse('2026-11-02T03:04:05.006Z');

let gateway: LoopbackServer;
let problems: Problem[];
let invoked: { readonly event: APIGatewayProxyEventV2; readonly context: Context }[];

afterEach(async () => {
  await gateway.stop();
});

async function start(answer: (event: APIGatewayProxyEventV2) => ReturnType<HttpHandler> = async () => ({ statusCode: 204 }), changes: Partial<GatewayOptions> = {}): Promise<void> {
  problems = [];
  invoked = [];
  const handler: HttpHandler = (event, context) => {
    invoked.push({ event, context });
    return answer(event);
  };
  gateway = await startGateway({
    port: 0,
    routes: { '/segment': handler, '/segment/': handler },
    functionName: 'ingest',
    functionTimeoutSeconds: 9,
    report: (problem) => problems.push(problem),
    now: () => NOW,
    ...changes,
  });
}

function lastEvent(): APIGatewayProxyEventV2 {
  const last = invoked.at(-1);
  if (last === undefined) throw new TypeError('The handler was not invoked.');
  return last.event;
}

function bytesOf({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): Buffer {
  return Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
}

describe('the event', () => {
  it('has the shape of payload format 2.0', async () => {
    await start();

    await rawRequest(`${gateway.url}/segment?a=1&b=x%20y&a=2&empty=`, {
      method: 'POST',
      headers: {
        'User-Agent': 'Segment.io/1.0',
        'Content-Type': 'application/json',
        'X-Signature': 'abc',
        'X-Twice': ['one', 'two'],
        Cookie: 'a=1; b=2',
      },
      body: '{"n":1.0}',
    });

    expect(lastEvent()).toEqual({
      version: '2.0',
      routeKey: 'ANY /segment',
      rawPath: '/segment',
      rawQueryString: 'a=1&b=x%20y&a=2&empty=',
      cookies: ['a=1', 'b=2'],
      headers: {
        host: gateway.url.replace('http://', ''),
        'user-agent': 'Segment.io/1.0',
        'content-type': 'application/json',
        'content-length': '9',
        'x-signature': 'abc',
        'x-twice': 'one,two',
      },
      queryStringParameters: { a: '1,2', b: 'x y', empty: '' },
      requestContext: {
        accountId: '000000000000',
        apiId: 'local',
        domainName: gateway.url.replace('http://', ''),
        domainPrefix: 'local',
        http: { method: 'POST', path: '/segment', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'Segment.io/1.0' },
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        routeKey: 'ANY /segment',
        stage: '$default',
        time: '02/Nov/2026:03:04:05 +0000',
        timeEpoch: NOW,
      },
      body: '{"n":1.0}',
      isBase64Encoded: false,
    });
    expect(invoked[0]?.context).toMatchObject({ functionName: 'ingest', awsRequestId: expect.any(String) });
  });

  it('leaves out what the request has not', async () => {
    await start();

    await fetch(`${gateway.url}/segment/`);

    expect(lastEvent()).toMatchObject({ routeKey: 'ANY /segment/', rawQueryString: '', isBase64Encoded: false });
    expect(Object.keys(lastEvent())).not.toEqual(expect.arrayContaining(['body', 'cookies', 'queryStringParameters']));
  });

  it('keeps repetitions of headers Node would drop', async () => {
    await start();

    await rawRequest(`${gateway.url}/segment`, { headers: { Authorization: ['Bearer a', 'Bearer b'], __proto__x: '1' } });

    expect(lastEvent().headers).toMatchObject({ authorization: 'Bearer a,Bearer b', __proto__x: '1' });
  });

  it.each([
    ['application/json', 'é', false],
    ['APPLICATION/JSON; charset=utf-8', 'é', false],
    ['text/plain', 'é', false],
    ['application/xml', 'é', false],
    ['application/javascript', 'é', false],
    ['application/vnd.segment+json', 'é', false],
    ['image/svg+xml', 'é', false],
    ['application/octet-stream', 'é', true],
    ['application/x-www-form-urlencoded', 'é', true],
    ['application/jsonx', 'é', true],
    ['', 'é', true],
    ['application/json', Buffer.from([0xff, 0x00, 0xfe]), true],
    ['application/json', Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d]), false],
  ])('carries a body of type "%s" (%j) with isBase64Encoded %j', async (contentType, body, isBase64Encoded) => {
    await start();

    await rawRequest(`${gateway.url}/segment`, { method: 'POST', headers: { 'content-type': contentType }, body });

    expect(lastEvent().isBase64Encoded).toBe(isBase64Encoded);
    expect(bytesOf(lastEvent())).toEqual(Buffer.from(body));
  });

  it('carries any bytes under any type unchanged', async () => {
    await start();
    const contentTypes = fc.constantFrom('application/json', 'text/plain', 'application/octet-stream', '');
    const bodies = fc.oneof(fc.uint8Array({ minLength: 1 }), fc.string({ unit: 'binary', minLength: 1 }).map((text) => Buffer.from(text)));

    await fc.assert(
      fc.asyncProperty(bodies, contentTypes, async (bytes, contentType) => {
        await rawRequest(`${gateway.url}/segment`, { method: 'POST', headers: { 'content-type': contentType }, body: Buffer.from(bytes) });
        expect(bytesOf(lastEvent()).equals(bytes)).toBe(true);
      }),
    );
  });

  it('carries a body of exactly 10 MB', async () => {
    await start();

    const answer = await fetch(`${gateway.url}/segment`, { method: 'POST', body: Buffer.alloc(HTTP_API_MAX_BODY_BYTES, 1) });

    expect(answer.status).toBe(204);
    expect(bytesOf(lastEvent())).toHaveLength(HTTP_API_MAX_BODY_BYTES);
  });
});

describe('the answer', () => {
  it('carries status, headers and cookies', async () => {
    await start(async () => ({ statusCode: 418, headers: { 'Content-Type': 'text/html', 'X-N': 7, 'X-B': true }, cookies: ['a=1', 'b=2'], body: 'é' }));

    const answer = await fetch(`${gateway.url}/segment`);

    expect([answer.status, await answer.text()]).toEqual([418, 'é']);
    expect(Object.fromEntries(answer.headers)).toMatchObject({ 'content-type': 'text/html', 'content-length': '2', 'x-n': '7', 'x-b': 'true' });
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it('carries bytes', async () => {
    const bytes = Buffer.from([0, 255, 128]);
    await start(async () => ({ statusCode: 200, body: bytes.toString('base64'), isBase64Encoded: true }));

    const answer = await fetch(`${gateway.url}/segment`);

    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
  });

  it.each<[string, () => ReturnType<HttpHandler>, string]>([
    ['a text', async () => 'done', 'done'],
    ['an object without statusCode', async () => ({ body: 'x' }), '{"body":"x"}'],
  ])('is a 200 for %s', async (_, result, body) => {
    await start(result);

    const answer = await fetch(`${gateway.url}/segment`);

    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([200, 'application/json', body]);
  });

  it('says how long it is itself, whatever the function says', async () => {
    await start(async () => ({ statusCode: 200, headers: { 'content-length': '1', 'transfer-encoding': 'chunked' }, body: 'whole' }));

    expect(await (await fetch(`${gateway.url}/segment`)).text()).toBe('whole');
  });

  it.each<[string, () => ReturnType<HttpHandler>]>([
    ['throws', async () => Promise.reject(new RangeError('boom'))],
    [
      'throws before it returns a promise',
      () => {
        throw new RangeError('boom');
      },
    ],
    ['returns no possible status', async () => ({ statusCode: 42 })],
    ['returns an impossible header', async () => ({ statusCode: 200, headers: { 'x-a': 'line\nbreak' } })],
  ])('is a 500 when the function %s, and the next request is served', async (_, result) => {
    let isFirst = true;
    await start(async () => {
      if (!isFirst) return { statusCode: 204 };
      isFirst = false;
      return result();
    });

    const failed = await fetch(`${gateway.url}/segment`);

    expect([failed.status, await failed.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
    expect(problems).toMatchObject([{ at: 'gateway', message: expect.stringContaining('ingest'), cause: expect.anything() }]);
    expect((await fetch(`${gateway.url}/segment`)).status).toBe(204);
  });

  it('is a 503 when the function takes too long, and its late answer is ignored', async () => {
    const late = Promise.withResolvers<string>();
    await start(() => late.promise, { functionTimeoutSeconds: 0.05 });

    const answer = await fetch(`${gateway.url}/segment`);
    late.resolve('late');

    expect([answer.status, await answer.text()]).toEqual([503, '{"message":"Service Unavailable"}']);
    expect(problems).toHaveLength(1);
  });

  it.each([
    ['a declared length', { 'content-length': String(HTTP_API_MAX_BODY_BYTES + 1) }],
    ['chunks', { 'transfer-encoding': 'chunked' }],
  ])('is a 413 for a body over 10 MB sent with %s, without invoking', async (_, headers) => {
    await start();

    const answer = await rawRequest(`${gateway.url}/segment`, { method: 'POST', headers, body: Buffer.alloc(HTTP_API_MAX_BODY_BYTES + 1) });

    expect([answer.status, answer.body]).toEqual([413, '{"message":"Request Entity Too Large"}']);
    expect(invoked).toEqual([]);
  });
});

describe('a path without a route', () => {
  it.each(['/', '/segment/x', '/Segment', '/toString', '/__proto__'])('%s is a 404', async (path) => {
    await start();

    const answer = await fetch(`${gateway.url}${path}`, { method: 'POST', body: 'x' });

    expect([answer.status, await answer.text()]).toEqual([404, '{"message":"Not Found"}']);
    expect(invoked).toEqual([]);
  });

  it('goes to the fallback when there is one', async () => {
    await start(undefined, { fallback: (request, response) => void response.end(`page ${request.url}`) });

    expect(await (await fetch(`${gateway.url}/api/state?x=1`)).text()).toBe('page /api/state?x=1');
    expect((await fetch(`${gateway.url}/segment`)).status).toBe(204);
  });

  it('is a 500 when the fallback fails', async () => {
    await start(undefined, { fallback: () => Promise.reject(new RangeError('boom')) });

    expect((await fetch(gateway.url)).status).toBe(500);
    expect(problems).toHaveLength(1);
  });
});

describe('a client that goes away', () => {
  it('in the middle of its body invokes nothing, and holds nothing up', async () => {
    await start();
    const socket = connect(gateway.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write('POST /segment HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf');
    await fetch(`${gateway.url}/nowhere`);
    socket.resetAndDestroy();
    await once(socket, 'close');

    await gateway.stop();

    expect(invoked).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('during the invocation does not trouble it', async () => {
    const finish = Promise.withResolvers<string>();
    await start(() => finish.promise);
    const sent = httpRequest(`${gateway.url}/segment`, { method: 'POST' });
    sent.on('error', () => undefined);
    sent.end('x');
    await until(() => invoked.length === 1);
    sent.destroy();
    finish.resolve('unheard');

    await gateway.stop();

    expect(problems).toEqual([]);
  });
});

describe('stop', () => {
  it('finishes the request in flight, then takes no more', async () => {
    const finish = Promise.withResolvers<string>();
    await start(() => finish.promise);
    const inFlight = fetch(`${gateway.url}/segment`, { method: 'POST', body: 'x' });
    await until(() => invoked.length === 1);

    const stopped = gateway.stop();
    finish.resolve('finished');

    expect(await (await inFlight).text()).toBe('finished');
    await stopped;
    await expect(fetch(`${gateway.url}/segment`)).rejects.toThrow();
  });

  it('does not wait for idle connections, used or not', async () => {
    await start();
    const agent = new Agent({ keepAlive: true });
    const used = httpRequest(`${gateway.url}/segment`, { agent }).end();
    const [response] = await once(used, 'response');
    response.resume();
    const unused = connect(gateway.port, '127.0.0.1');
    await once(unused, 'connect');
    const began = performance.now();

    await gateway.stop();

    expect(performance.now() - began).toBeLessThan(1_000);
    agent.destroy();
    unused.destroy();
  });
});

describe('startGateway', () => {
  it('passes on that the port is taken', async () => {
    await start();

    const second = startGateway({ port: gateway.port, routes: {}, functionName: 'ingest', functionTimeoutSeconds: 9, report: () => undefined });

    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE', port: gateway.port });
  });
});
