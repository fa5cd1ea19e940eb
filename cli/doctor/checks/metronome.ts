import { askMetronome } from '../ask-metronome.ts';
import type { Asked } from '../ask-metronome.ts';
import { fail, ok, warn } from '../check.ts';
import type { Check, CredentialsContext, Finding } from '../check.ts';
import { tokenFinding } from './metronome-token.ts';

const WAITING = 'Events wait in the queue meanwhile, for days if need be.';
const LATER = `Try again in a few minutes, and see Metronome's status page. ${WAITING}`;
const ADDRESS = 'Is the setting "metronomeBaseUrl" right? It is the origin alone, like https://api.metronome.com.';
/** Nobody of this name, or somebody else: https://nodejs.org/api/errors.html, https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const WRONG_ADDRESS = /^(?:ENOTFOUND|EPROTO|ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_|HOSTNAME_MISMATCH)/;

/** Whether Metronome is there, and whether it takes the token: one request tells both. */
export function metronomeChecks(): readonly Check<CredentialsContext>[] {
  let asked: Promise<Asked | undefined> | undefined;
  const askOnce = (patient: CredentialsContext): Promise<Asked | undefined> => {
    asked ??= askMetronome(patient);
    return asked;
  };
  return [
    { name: 'Metronome', run: async (patient) => metronomeFinding(await askOnce(patient)) },
    { name: 'Metronome token', run: async (patient) => tokenFinding(patient.credentials.metronomeToken, () => askOnce(patient)) },
  ];
}

function metronomeFinding(asked: Asked | undefined): Finding {
  if (asked === undefined) return ok('Not needed while no bridge runs: it is the sandbox.');
  if (asked.kind === 'no_answer') return unreachable(asked.baseUrl, asked.code);
  const { baseUrl, status } = asked;
  if (status === 429) return warn(`${baseUrl} is too busy right now (429).`, LATER);
  if (status === 408 || status >= 500) return fail(`${baseUrl} is down: it answers ${status}.`, LATER);
  if ((status >= 200 && status < 300) || status === 400 || status === 401 || status === 403) return ok(`${baseUrl} answers.`);
  return fail(`${baseUrl} answers ${status}, as Metronome never does.`, `${ADDRESS} ${WAITING}`);
}

function unreachable(baseUrl: string, code: string): Finding {
  const why = `${baseUrl} can't be reached from this machine (${code}).`;
  return WRONG_ADDRESS.test(code) ? fail(why, `${ADDRESS} If it is, look at this machine's way there: DNS, proxy, certificates. ${WAITING}`) : fail(why, LATER);
}
