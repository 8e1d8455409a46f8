import { flowLimits } from './flow.ts'

/** Variables that every flow has from the start. */
export const givenVariables = [
  /** The caller's number; empty when withheld. */
  'caller',
  'callerName',
  /** The number that was called. */
  'called',
  /** What was dialled first, where the call was forwarded here. */
  'firstCalled',
  /** `2026-11-21` and `14:05`, in the time zone of the flow. */
  'date',
  'time',
  /** Name of the holiday, once a node has found one. */
  'holiday',
  /** What the caller pressed last in a menu. */
  'key',
] as const

const placeholder = /\{([a-zA-Z][a-zA-Z0-9_]{0,31})\}/g

export type Variables = Readonly<Record<string, string>>

/** The names of variables that a text holds. */
export const variablesIn = (text: string): string[] => [...text.matchAll(placeholder)].map(([, name]) => name!)

/**
 * A text with the values of its variables; unknown ones are empty.
 * @param encode what makes a value fit for its place: `encodeURIComponent` in a URL
 * @example fill('{caller} called', { caller: '+46701234567' }) // '+46701234567 called'
 */
export function fill(text: string, variables: Variables, encode: (value: string) => string = (value) => value): string {
  return text.replace(placeholder, (_, name: string) => encode(valueOf(variables, name)))
}

/** @returns '' for one that is not set */
export const valueOf = (variables: Variables, name: string): string =>
  Object.hasOwn(variables, name) ? variables[name]! : ''

/** A value as it is kept: of bounded length, on one line. */
export const asValue = (text: string): string =>
  text
    // oxlint-disable-next-line no-control-regex
    .replace(/[\u0000-\u001f\u007f]+/g, ' ')
    .slice(0, flowLimits.variableLength)
