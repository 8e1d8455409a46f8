import { fileURLToPath } from 'node:url'

/** The sentences that the platform itself says. */
export type PromptName =
  | 'number-not-in-use'
  | 'callee-unavailable'
  | 'service-not-available'
  | 'call-cannot-be-completed'

export const promptNames: readonly PromptName[] = [
  'number-not-in-use',
  'callee-unavailable',
  'service-not-available',
  'call-cannot-be-completed',
]
export const promptLanguages = ['en', 'sv', 'fr'] as const

/**
 * Where the prompt's WAV file is; English for a language that we do not speak.
 * @param language BCP 47, e.g. `sv` or `fr-CH`
 */
export function promptPath(name: PromptName, language: string): string {
  const primary = language.toLowerCase().split('-')[0]
  const spoken = promptLanguages.find((known) => known === primary) ?? 'en'
  return fileURLToPath(new URL(`prompts/${spoken}/${name}.wav`, import.meta.url))
}
