/** A key that an object has twice; of its values JSON.parse keeps the last, without a word. */
export interface DuplicateKey {
  readonly key: string;
  /** Where the object is, as `['mappings', 0]`. */
  readonly path: readonly (string | number)[];
}

/** An object or array that isn't closed yet. */
interface OpenContainer {
  /** None for an array. */
  readonly keys: Set<string> | undefined;
  /** Of the value that is read next. */
  step: string | number;
  /** In an object, whether the next text is a key. */
  awaitsKey: boolean;
}

/** Where texts begin, and the marks between values; numbers, words and blanks matter to nobody here. */
const TOKEN = /["[\]{},:]/g;

/** Every key that is written twice in one object. For text that JSON.parse takes: nothing else is checked. */
export function duplicateKeys(json: string): readonly DuplicateKey[] {
  const found: DuplicateKey[] = [];
  const open: OpenContainer[] = [];
  for (const token of tokensOf(json)) {
    const container = open.at(-1);
    if (token === '{') open.push({ keys: new Set(), step: '', awaitsKey: true });
    else if (token === '[') open.push({ keys: undefined, step: 0, awaitsKey: false });
    else if (token === '}' || token === ']') open.pop();
    else if (container !== undefined) readInside(container, token, () => found.push({ key: String(container.step), path: open.slice(0, -1).map(({ step }) => step) }));
  }
  return found;
}

function readInside(container: OpenContainer, token: string, onDuplicate: () => void): void {
  if (token === ':') return;
  if (token === ',') {
    if (typeof container.step === 'number') container.step += 1;
    container.awaitsKey = container.keys !== undefined;
  } else if (container.awaitsKey && container.keys !== undefined) {
    container.step = String(JSON.parse(token));
    container.awaitsKey = false;
    if (container.keys.has(container.step)) onDuplicate();
    container.keys.add(container.step);
  }
}

/** No pattern for a whole text: matching a long one overflows the stack. */
function* tokensOf(json: string): Generator<string> {
  const token = new RegExp(TOKEN);
  for (let found = token.exec(json); found !== null; found = token.exec(json)) {
    const [mark] = found;
    if (mark === '"') token.lastIndex = textEnd(json, found.index);
    yield mark === '"' ? json.slice(found.index, token.lastIndex) : mark;
  }
}

function textEnd(json: string, start: number): number {
  let quote = json.indexOf('"', start + 1);
  while (quote !== -1 && isEscaped(json, quote)) quote = json.indexOf('"', quote + 1);
  return quote === -1 ? json.length : quote + 1;
}

function isEscaped(json: string, quote: number): boolean {
  let first = quote;
  while (json[first - 1] === '\\') first -= 1;
  return (quote - first) % 2 === 1;
}
