import net from 'node:net';

/**
 * Runs `start` so that any server it opens is reachable from this machine alone. The queue emulator asks for 0.0.0.0
 * and has no option for another address, and events must not be open to the network around a laptop.
 */
export async function onLoopbackOnly<T>(start: () => Promise<T>): Promise<T> {
  const listen = net.Server.prototype.listen;
  net.Server.prototype.listen = function listenOnLoopback(this: net.Server, ...given: unknown[]) {
    const [first] = given;
    if (typeof first === 'object' && first !== null && 'host' in first) given[0] = { ...first, host: '127.0.0.1' };
    return Reflect.apply(listen, this, given);
  };
  try {
    return await start();
  } finally {
    net.Server.prototype.listen = listen;
  }
}
