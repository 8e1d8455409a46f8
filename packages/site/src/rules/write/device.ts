import type { Opening } from '../../plan/opening.ts'
import type { Language } from '../../words/say.ts'
import type { RuleOptions, RuleSaid } from '../rule-file.ts'
import type { NameAbility, WantedRule } from './wanted.ts'

export interface Writing {
  readonly language: Language
  readonly options: RuleOptions
  /** Sentences for the head of the file; each in one line, not yet in the device's characters. */
  readonly head: () => readonly string[]
  /** Something of an opening that the device cannot say. */
  readonly gap: (opening: Opening, said: RuleSaid) => void
  readonly note: (said: RuleSaid) => void
}

/** How the rules of one kind of firewall are written. */
export interface Device {
  readonly fileName: string
  readonly mediaType: string
  readonly names: NameAbility
  /** Notes and gaps are added before the head is asked for. */
  readonly write: (rules: readonly WantedRule[], writing: Writing) => string
}
