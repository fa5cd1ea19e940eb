/** One event of a stream, as the WHATWG HTML standard frames them ("Server-sent events"). */
export interface ServerEvent {
  readonly name: string;
  readonly body: string;
}

/**
 * Reads server-sent events out of pieces of text, wherever they are cut. `EventSource` would do it, but can't send a header.
 * @returns a function that takes the next piece and gives the events that are whole by now
 */
export function serverEventParser(): (piece: string) => readonly ServerEvent[] {
  let rest = '';
  let name = '';
  let lines: string[] = [];

  function takeLine(line: string): ServerEvent | undefined {
    if (line === '') return endEvent();
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /u, '');
    if (field === 'event') name = value;
    if (field === 'data') lines.push(value);
    return undefined;
  }

  function endEvent(): ServerEvent | undefined {
    const event = lines.length === 0 ? undefined : { name: name || 'message', body: lines.join('\n') };
    name = '';
    lines = [];
    return event;
  }

  return (piece) => {
    const complete = (rest + piece).split(/\r\n|\n|\r(?!$)/u);
    rest = complete.pop() ?? '';
    return complete.map(takeLine).filter((event) => event !== undefined);
  };
}
