import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Language } from '@vaxel/core'

const folder = new URL('../../../packages/media/src/play/prompts/', import.meta.url)

/** Sound file of a prompt in a language; English where the language has none. */
export function promptPath(prompt: string, language: Language): string {
  const path = fileURLToPath(new URL(`${language}/${prompt}.wav`, folder))
  return existsSync(path) ? path : fileURLToPath(new URL(`en/${prompt}.wav`, folder))
}
