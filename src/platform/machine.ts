// Legality as data: a machine lists the states and, for each, which action leads where. The database checks the same list.

export type Transitions<State extends string> = Readonly<Record<State, Readonly<Record<string, State>>>>

export interface Machine<State extends string> {
  readonly name: string
  readonly states: readonly State[]
  readonly transitions: Transitions<State>
  /** The state that `action` leads to from `from`, or null where it is not legal. */
  next(from: State, action: string): State | null
  /** The actions that are legal in `from`. */
  actions(from: State): readonly string[]
  /** Whether nothing leads out of `state`. */
  isTerminal(state: State): boolean
}

/** Makes a machine from its transitions; every state that is led to must be listed. */
export function machine<State extends string>(name: string, transitions: Transitions<State>): Machine<State> {
  const states: State[] = []
  for (const state in transitions) states.push(state)
  return {
    name,
    states,
    transitions,
    next: (from, action) => (Object.hasOwn(transitions[from], action) ? (transitions[from][action] ?? null) : null),
    actions: (from) => Object.keys(transitions[from]),
    isTerminal: (state) => Object.keys(transitions[state]).length === 0,
  }
}
