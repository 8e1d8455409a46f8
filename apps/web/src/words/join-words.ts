import type { coreEn } from './core-en.ts'
import type { laterEn } from './later-en.ts'

type Core = typeof coreEn
type Later = typeof laterEn

/** The texts of a language, whole. */
export const joinWords = (core: Core, later: Later) => ({
  ...core,
  ...later,
  errors: { ...core.errors, ...later.errors },
  history: { ...core.history, ...later.history },
})
