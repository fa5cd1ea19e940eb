import type { IncomingMessage, ServerResponse } from 'node:http';

import { isObject } from '../../lambda/json-value.ts';
import type { ByteBudget } from '../http/byte-budget.ts';
import { readBody } from '../http/read-body.ts';
import { sendJson } from '../http/send-json.ts';
import { StudioProblem } from './problem.ts';

/** A mappings file and an event of the largest kind, escaped, in bytes. */
export const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** The members of a request's body, each asked for by its name. */
export interface Body {
  /** @throws StudioProblem if it isn't a text */
  text(name: string): string;
  optionalText(name: string): string | undefined;
  /** Only if it says so itself. */
  isFalse(name: string): boolean;
}

/** @throws StudioProblem if the body isn't a JSON object, or is too large */
export async function bodyOf(request: IncomingMessage, budget: ByteBudget): Promise<Body> {
  const body = await readBody(request, MAX_BODY_BYTES, budget);
  if (body.kind === 'too_large') throw new StudioProblem(413, `The request is over ${MAX_BODY_BYTES} bytes; the studio takes no more.`);
  if (body.kind === 'no_room') throw new StudioProblem(503, 'Too many requests are under way at once; try it again in a moment.');
  if (body.kind === 'cut_off') throw new StudioProblem(400, 'The request broke off; try it again.');
  try {
    return membersOf(JSON.parse(body.bytes.toString('utf8')));
  } catch (error) {
    if (error instanceof SyntaxError) throw new StudioProblem(400, 'The request is not JSON.');
    throw error;
  } finally {
    budget.giveBack(body.bytes.length);
  }
}

function membersOf(value: unknown): Body {
  if (!isObject(value)) throw new StudioProblem(400, 'The request must be a JSON object.');
  const optionalText = (name: string): string | undefined => {
    const member = value[name];
    if (member === undefined || typeof member === 'string') return member;
    throw new StudioProblem(400, `The request's "${name}" must be a text.`);
  };
  return {
    optionalText,
    isFalse: (name) => value[name] === false,
    text(name) {
      const text = optionalText(name);
      if (text === undefined) throw new StudioProblem(400, `The request needs a text "${name}".`);
      return text;
    },
  };
}

/** An answer of the API: never kept, and nothing to run in it. */
export function answerJson(response: ServerResponse, status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): void {
  sendJson(response, status, JSON.stringify(value), { 'cache-control': 'no-store', 'content-security-policy': "default-src 'none'; frame-ancestors 'none'", ...headers });
}
