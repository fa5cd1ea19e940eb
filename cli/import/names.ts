/** Names of their own, in order: an empty one gets one, a repeated one a number. */
export function uniqueNames(names: readonly string[]): readonly string[] {
  const given = new Set(names);
  const taken = new Set<string>();
  return names.map((name, index) => {
    const unique = firstFree(name === '' ? `Subscription ${index + 1}` : name, (candidate) => taken.has(candidate) || (candidate !== name && given.has(candidate)));
    taken.add(unique);
    return unique;
  });
}

function firstFree(name: string, isTaken: (candidate: string) => boolean): string {
  let candidate = name;
  for (let number = 2; isTaken(candidate); number += 1) candidate = `${name} (${number})`;
  return candidate;
}

/** Sentences about the subscriptions whose mapping is named otherwise. */
export function renamingNotes(all: readonly { readonly label: string; readonly name: string }[], names: readonly string[]): readonly string[] {
  return all.flatMap(({ label, name }, index) => {
    const given = JSON.stringify(names[index]);
    if (name === names[index]) return [];
    return [name === '' ? `${label} has no name, and its mapping is called ${given}` : `${label} shares its name with another, so its mapping is called ${given}`];
  });
}
