import type { Refusal } from '@vaxel/base'
import { type DecisionParams, decided, explanationOf, type RouteDecision } from './decision.ts'

/** Decisions with the sentence of each. */
export interface Explained {
  /** What was decided, in order; `explanation` has the sentence of each. */
  readonly decisions: readonly RouteDecision[]
  readonly explanation: readonly string[]
}

/** Collects what is decided on the way to a route. */
export class Saying {
  readonly decisions: RouteDecision[] = []

  say(code: string, params: DecisionParams, text: string): this {
    this.decisions.push(decided(code, params, text))
    return this
  }

  all(): Explained {
    return { decisions: this.decisions, explanation: explanationOf(this.decisions) }
  }

  refuse(refusal: Refusal): Explained & { readonly kind: 'refused'; readonly refusal: Refusal } {
    return { kind: 'refused', refusal, ...this.all() }
  }
}
