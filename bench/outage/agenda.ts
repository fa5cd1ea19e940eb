/** Something that acts at a moment of simulated time. It stands in the agenda once at most. */
export interface Actor {
  /** Milliseconds since the simulation began. */
  at: number;
  act(now: number): void;
}

export interface Agenda {
  plan(actor: Actor, at: number): void;
  /** Takes out whoever is next. */
  next(): Actor | undefined;
}

/** Who acts when: a binary heap, since millions of requests pass through it. */
export function createAgenda(): Agenda {
  const heap: Actor[] = [];

  function plan(actor: Actor, at: number): void {
    actor.at = at;
    let index = heap.length;
    heap.push(actor);
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || parent.at <= at) break;
      heap[index] = parent;
      index = above;
    }
    heap[index] = actor;
  }

  function next(): Actor | undefined {
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || first === last) return first;
    sink(last);
    return first;
  }

  /** Puts an actor at the top, and down to its place. */
  function sink(actor: Actor): void {
    let index = 0;
    for (;;) {
      const left = heap[2 * index + 1];
      const right = heap[2 * index + 2];
      if (left === undefined) break;
      const takesRight = right !== undefined && right.at < left.at;
      const child = takesRight ? right : left;
      if (child.at >= actor.at) break;
      heap[index] = child;
      index = 2 * index + (takesRight ? 2 : 1);
    }
    heap[index] = actor;
  }

  return { plan, next };
}
