import type { CallId } from '@vaxel/base'
import type { Company, Language } from '@vaxel/core'
import type { CallOwner } from './call-owner.ts'

/** What recordings need of the calls that go on. */
export interface RecordedCalls {
  owner(id: CallId): CallOwner | undefined
  companyOf(id: CallId): Company | undefined
  /** Undefined when there is no such sound. */
  soundOf(prompt: string, language: Language): Promise<string | undefined>
}
