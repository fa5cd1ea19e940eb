import { describe, expect, it } from '@jest/globals';

import { emulatorOf } from './emulator-of.ts';

const HERE = { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' };

describe('emulatorOf', () => {
  it.each<[string, NodeJS.ProcessEnv, string | undefined]>([
    ['an endpoint on this machine', HERE, 'http://127.0.0.1:4566'],
    ['the same with a slash', { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566/' }, 'http://127.0.0.1:4566'],
    ['its name', { AWS_ENDPOINT_URL: 'http://localhost:4566' }, 'http://localhost:4566'],
    ['IPv6', { AWS_ENDPOINT_URL: 'http://[::1]:4566' }, 'http://[::1]:4566'],
    ['a service of its own on this machine', { ...HERE, AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9000' }, 'http://127.0.0.1:4566'],
    ['nothing set', {}, undefined],
    ['another machine', { AWS_ENDPOINT_URL: 'http://emulator.example.com:4566' }, undefined],
    ['a name that only begins like this machine', { AWS_ENDPOINT_URL: 'http://127.0.0.1.example.com' }, undefined],
    ['one service elsewhere', { ...HERE, AWS_ENDPOINT_URL_SQS: 'https://sqs.eu-west-1.amazonaws.com' }, undefined],
    ['one service alone', { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9000' }, undefined],
    ['endpoints that the clients ignore', { ...HERE, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }, undefined],
    ['no URL', { AWS_ENDPOINT_URL: 'localhost' }, undefined],
    ['an empty one', { AWS_ENDPOINT_URL: '' }, undefined],
  ])('%s', (_, environment, expected) => {
    expect(emulatorOf(environment)).toBe(expected);
  });
});
