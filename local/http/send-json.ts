import type { ServerResponse } from 'node:http';

/** Answers with JSON text that is already written, so that numbers in it keep their digits. */
export function sendJson(response: ServerResponse, status: number, json: string, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json), ...headers });
  response.end(json);
}

/** Answers the way AWS and Metronome word their errors: an object with one string, `message`. */
export function sendMessage(response: ServerResponse, status: number, message: string, headers: Readonly<Record<string, string>> = {}): void {
  sendJson(response, status, JSON.stringify({ message }), headers);
}
