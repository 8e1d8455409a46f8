/** One thing that routing decided: a stable word with what it is about, and the sentence in English. */
export interface RouteDecision {
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
  readonly text: string
}

export type DecisionParams = RouteDecision['params']

/** A decision from its word, its parameters and its sentence. */
export const decided = (code: string, params: DecisionParams, text: string): RouteDecision => ({ code, params, text })

/** The sentences of decisions, for who reads English. */
export const explanationOf = (decisions: readonly RouteDecision[]): string[] => decisions.map(({ text }) => text)
