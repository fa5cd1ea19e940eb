const ENDPOINT = /^AWS_ENDPOINT_URL(_|$)/;
const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * The origin of the emulator on this machine that AWS_* points at; undefined for anything else, which then counts as a
 * real account. One service that goes elsewhere is enough for that.
 */
export function emulatorOf(environment: NodeJS.ProcessEnv): string | undefined {
  if (environment['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']?.toLowerCase() === 'true') return undefined;
  const main = environment['AWS_ENDPOINT_URL'];
  const endpoints = Object.entries(environment).flatMap(([name, value]) => (ENDPOINT.test(name) ? [value] : []));
  return main !== undefined && endpoints.every(isOnThisMachine) ? new URL(main).origin : undefined;
}

function isOnThisMachine(url: string | undefined): boolean {
  return url !== undefined && URL.canParse(url) && LOOPBACK_HOST.test(new URL(url).hostname);
}
