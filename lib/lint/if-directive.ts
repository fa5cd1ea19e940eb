/** An @if for an example. An object literal with a `then` would look like a promise to the linter of our own code. */
export function ifDirective(test: 'exists' | 'blank', value: unknown, whenTrue: unknown, whenFalse: unknown): unknown {
  const members = [value, whenTrue, whenFalse];
  return { '@if': Object.fromEntries([test, 'then', 'else'].map((name, at) => [name, members[at]])) };
}
