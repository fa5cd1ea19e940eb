import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server of somebody else, on this machine as on any: one empty page at every path. */
export interface OtherSite {
  readonly port: number;
  stop(): Promise<void>;
}

export async function startOtherSite(): Promise<OtherSite> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Another site</title><body></body>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
