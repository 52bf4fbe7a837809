// Every refusal of Ordo: a stable code with its status, what happened and how to mend it, in English and Chinese (RFC 9457).

export interface ProblemText {
  readonly en: string
  readonly zh: string
}

export interface ProblemDefinition extends ProblemText {
  readonly status: number
  readonly fix: ProblemText
}

/** One thing that is wrong: where (a JSON pointer or a column), which code, and details that a machine can read. */
export interface ProblemItem {
  readonly code: string
  readonly pointer?: string
  readonly detail?: string
  readonly [key: string]: unknown
}

const catalogue = new Map<string, ProblemDefinition>()

/** A refusal: thrown it refuses the whole; its `code` is in the catalogue. */
export class Problem extends Error {
  readonly code: string
  readonly status: number
  readonly details: Readonly<Record<string, unknown>>
  readonly errors: readonly ProblemItem[]

  constructor(code: string, details: Readonly<Record<string, unknown>> = {}, errors: readonly ProblemItem[] = []) {
    const definition = catalogue.get(code)
    super(definition?.en ?? code)
    this.name = 'Problem'
    this.code = code
    this.status = definition?.status ?? 500
    this.details = details
    this.errors = errors
  }
}

/** Enters a module's refusals into the catalogue; a code that is there already throws at start-up. Answers a maker typed by the codes. */
export function problems<Code extends string>(definitions: Readonly<Record<Code, ProblemDefinition>>) {
  for (const [code, definition] of Object.entries<ProblemDefinition>(definitions)) {
    if (catalogue.has(code)) throw new Error(`problem code ${code} is defined twice`)
    catalogue.set(code, definition)
  }
  return (code: Code, details?: Readonly<Record<string, unknown>>, errors?: readonly ProblemItem[]): Problem =>
    new Problem(code, details, errors)
}

/** The whole catalogue, by code. */
export function problemCatalogue(): ReadonlyMap<string, ProblemDefinition> {
  return catalogue
}

/** The body of a refusal as problem+json, in the language asked for. */
export function problemBody(problem: Problem, language: 'en' | 'zh', instance?: string) {
  const definition = catalogue.get(problem.code)
  return {
    type: `https://ordo.dev/problems/${problem.code}`,
    title: definition?.[language] ?? problem.message,
    status: problem.status,
    code: problem.code,
    detail: definition?.fix[language],
    ...(instance === undefined ? {} : { instance }),
    ...problem.details,
    ...(problem.errors.length === 0 ? {} : { errors: problem.errors }),
  }
}
