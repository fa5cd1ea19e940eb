import type { LiveSecret, SecretSource } from '../secrets.ts';
import { isSignature, signedBy, tokenOf } from './signature.ts';
import { isEmptyBatch } from './split-body.ts';
import type { SplitBody } from './split-body.ts';

/** What a request shows to prove its sender. */
export interface Credentials {
  /** The `X-Signature` header as it came. */
  readonly signature: string | undefined;
  /** The whole `Authorization` header as it came. */
  readonly authorization: string | undefined;
}

/** The secrets a sender can prove to know. */
export interface SenderSecrets {
  readonly segment: SecretSource;
  readonly endpointToken: SecretSource;
}

export type Proof =
  | { readonly kind: 'proven'; readonly usedPrevious: readonly ('segment' | 'endpointToken')[]; readonly tokenIgnored: boolean }
  /** Something was shown and matches no live secret. */
  | { readonly kind: 'mismatch'; readonly wrong: readonly ('signature' | 'token')[] }
  /** A batch whose first item is signed, without a right token: Segment signs nothing of the rest. */
  | { readonly kind: 'batch_needs_token' };

/** True if there is anything a secret could match: a token of any form, or a signature of the right form. */
export function presentsCredential({ signature, authorization }: Credentials): boolean {
  return authorization !== undefined || (signature !== undefined && isSignature(signature));
}

/**
 * Whether the sender knows a live secret. What is signed whole is proven by a right signature alone, or by a right token if
 * it shows no signature; a batch only by the token, and what it shows besides must be right too.
 * @throws whatever reading a secret throws when it could never be read.
 */
export async function prove(body: Buffer, split: SplitBody, credentials: Credentials, secrets: SenderSecrets): Promise<Proof> {
  const { signature, authorization } = credentials;
  const isSignedWhole = split.kind === 'single' || isEmptyBatch(split);
  const signed = isSignedWhole ? body : split.first;
  const matchSignature = (live: readonly LiveSecret[]): LiveSecret | undefined =>
    signature === undefined || signed === undefined ? undefined : signedBy(signed, signature, live);
  const signer = await matchLive(secrets.segment, signature !== undefined && isSignature(signature), matchSignature);
  const token = authorization === undefined ? undefined : bearerToken(authorization);
  const wholeIsSigned = isSignedWhole && signer !== undefined;
  if (wholeIsSigned && token === undefined) return proven(signer, undefined, authorization !== undefined);

  const holder = await matchLive(secrets.endpointToken, token !== undefined, (live) => (token === undefined ? undefined : tokenOf(token, live)));
  if (wholeIsSigned) return proven(signer, holder, authorization !== undefined && holder === undefined);
  const signatureIsWrong = signature !== undefined && signer === undefined;
  if (holder !== undefined && !signatureIsWrong) return proven(signer, holder, false);
  if (split.kind === 'array' && signer !== undefined) return { kind: 'batch_needs_token' };
  const tokenIsWrong = authorization !== undefined && holder === undefined;
  return { kind: 'mismatch', wrong: [...(signatureIsWrong ? ['signature' as const] : []), ...(tokenIsWrong ? ['token' as const] : [])] };
}

function proven(signer: LiveSecret | undefined, holder: LiveSecret | undefined, tokenIgnored: boolean): Proof {
  const usedPrevious = [
    ...(signer?.stage === 'AWSPREVIOUS' ? ['segment' as const] : []),
    ...(holder?.stage === 'AWSPREVIOUS' ? ['endpointToken' as const] : []),
  ];
  return { kind: 'proven', usedPrevious, tokenIgnored };
}

/** The live secret that matches, after one forced read if none did: it may have been rotated a moment ago. */
async function matchLive(
  source: SecretSource,
  isPresented: boolean,
  match: (live: readonly LiveSecret[]) => LiveSecret | undefined,
): Promise<LiveSecret | undefined> {
  if (!isPresented) return undefined;
  return match(await source.read()) ?? match(await source.reread());
}

function bearerToken(authorization: string): string | undefined {
  return /^bearer +(\S.*)$/i.exec(authorization.trim())?.[1];
}
