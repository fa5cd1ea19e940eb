import { describe, expect, it } from '@jest/globals';

import { readRoute, routeText } from '../../../../local/studio/page/route-text.ts';

describe('readRoute', () => {
  it.each([
    ['', { view: 'live' }],
    ['#/live/12', { view: 'live', detail: '12' }],
    ['#/mappings', { view: 'mappings' }],
    ['#/quarantine/missing_field%20', { view: 'quarantine', detail: 'missing_field%20' }],
    ['#/nowhere/1', { view: 'live', detail: '1' }],
    ['#main', { view: 'live' }],
  ])('reads %j', (hash, route) => {
    expect(readRoute(hash)).toEqual(route);
  });

  it('reads back what routeText writes', () => {
    expect(readRoute(routeText({ view: 'try', detail: 'x' }))).toEqual({ view: 'try', detail: 'x' });
  });
});
