import { describe, expect, it } from '@jest/globals';

import { readStartSettings } from '../../local/start-settings.ts';

describe('readStartSettings', () => {
  it('has a default for everything', () => {
    expect(readStartSettings({ BRIDGE_PORT: '' })).toEqual({
      port: 8787,
      dataFolder: '.bridge',
      segmentSharedSecret: 'local-shared-secret',
      endpointToken: 'local-endpoint-token',
      target: { kind: 'sandbox' },
    });
  });

  it('takes what is set', () => {
    const environment = { BRIDGE_PORT: '0', BRIDGE_DATA: '/data', SEGMENT_SHARED_SECRET: 's', ENDPOINT_TOKEN: 't', METRONOME_API_TOKEN: ' m\n', METRONOME_BASE_URL: 'http://127.0.0.1:4701/' };

    expect(readStartSettings(environment)).toEqual({
      port: 0,
      dataFolder: '/data',
      segmentSharedSecret: 's',
      endpointToken: 't',
      target: { kind: 'metronome', baseUrl: 'http://127.0.0.1:4701', token: 'm' },
    });
  });

  it('bills at the real Metronome, or where the setting says, once there is a token', () => {
    expect(readStartSettings({ METRONOME_API_TOKEN: 'm' }).target).toMatchObject({ baseUrl: 'https://api.metronome.com' });
    expect(readStartSettings({ METRONOME_API_TOKEN: 'm' }, 'https://metronome.example').target).toMatchObject({ baseUrl: 'https://metronome.example' });
  });

  it.each([
    [{ BRIDGE_PORT: 'http' }, /BRIDGE_PORT is "http"; expected/],
    [{ BRIDGE_PORT: '65536' }, /BRIDGE_PORT/],
    [{ BRIDGE_PORT: '-1' }, /BRIDGE_PORT/],
    [{ ENDPOINT_TOKEN: 'ä b' }, /ENDPOINT_TOKEN has characters/],
    [{ BRIDGE_PORT: '1.5' }, /BRIDGE_PORT/],
    [{ METRONOME_BASE_URL: 'https://metronome.example' }, /no effect without METRONOME_API_TOKEN/],
    [{ METRONOME_API_TOKEN: 'm', METRONOME_BASE_URL: 'http://metronome.example' }, /expected an https origin/],
    [{ METRONOME_API_TOKEN: 'm', METRONOME_BASE_URL: 'https://metronome.example/v1' }, /expected an https origin/],
    [{ METRONOME_API_TOKEN: 'm', METRONOME_BASE_URL: 'https://user:pass@metronome.example' }, /expected an https origin/],
    [{ METRONOME_API_TOKEN: 'm', METRONOME_BASE_URL: 'metronome.example' }, /expected an https origin/],
  ])('refuses %j by name', (environment, message) => {
    expect(() => readStartSettings(environment)).toThrow(message);
  });
});
