import type { StepParams } from './step-params.ts'

type Sentence = (about: StepParams) => string

/** What a flow does with a call, in one language. The sentences are those of the check and the simulation (packages/core/src/flow/words). */
export interface FlowStepWords<Code extends string> {
  /** From Monday. */
  readonly weekdays: readonly string[]
  readonly states: Readonly<Record<string, string>>
  readonly languages: Readonly<Record<string, string>>
  readonly matches: Readonly<Record<string, Sentence>>
  readonly decisions: Readonly<Record<Code, Sentence>>
  readonly begins: Sentence
  readonly notLive: Sentence
  readonly recordRefused: Sentence
}

/** Steps of a story by the words that flows note. */
export function flowSteps<Code extends string>(
  words: FlowStepWords<Code>,
): Readonly<Record<`service.flow.${Code | 'begins' | 'not-live' | 'record-refused'}`, Sentence>> {
  const steps: Record<string, Sentence> = {
    'service.flow.begins': words.begins,
    'service.flow.not-live': words.notLive,
    'service.flow.record-refused': words.recordRefused,
  }
  for (const [code, say] of Object.entries<Sentence>(words.decisions))
    steps[`service.flow.${code}`] = (params) => `${say(inWords(words, params))}.`
  return steps as Readonly<Record<`service.flow.${Code | 'begins' | 'not-live' | 'record-refused'}`, Sentence>>
}

function inWords(
  { weekdays, states, languages, matches }: Omit<FlowStepWords<string>, 'decisions'>,
  params: StepParams,
): StepParams {
  const { weekday, state, language, match } = params
  return {
    ...params,
    ...(weekday === undefined ? {} : { day: weekdays[Number(weekday) - 1] ?? '' }),
    ...(state === undefined ? {} : { state: states[state] ?? state }),
    ...(language === undefined ? {} : { language: languages[language] ?? language }),
    ...(match === undefined ? {} : { match: matches[match]?.(params) ?? match }),
  }
}
