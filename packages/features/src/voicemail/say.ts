import { isPublicHoliday, type Mailbox, type Party, type Spoken } from '@vaxel/core'
import type { VoicemailDependencies } from './parts.ts'

/** Sentences by name, one after another. */
export const prompt = (...names: string[]): Spoken[] => names.map((name) => ({ kind: 'prompt', name }))

/** How many messages there are, as one sentence or two. */
export function sayCounts({ newMessages, savedMessages }: { newMessages: number; savedMessages: number }): Spoken[] {
  if (newMessages + savedMessages === 0) return prompt('voicemail-no-messages')
  return [...sayCount(newMessages, 'new'), ...sayCount(savedMessages, 'saved')]
}

function sayCount(count: number, kind: 'new' | 'saved'): Spoken[] {
  if (count === 0) return []
  if (count === 1) return prompt('voicemail-you-have', `voicemail-one-${kind}`)
  return [
    ...prompt('voicemail-you-have'),
    { kind: 'number', value: Math.min(count, 999) },
    ...prompt(`voicemail-many-${kind}`),
  ]
}

/** Who left a message and when. */
export function sayDetails(from: Party, atMs: number): Spoken[] {
  const digits = from.number.replace(/\D/g, '')
  const who: Spoken[] =
    digits === '' ? prompt('voicemail-from-unknown') : [...prompt('voicemail-from'), { kind: 'digits', digits }]
  return [...who, { kind: 'pause', ms: 200 }, { kind: 'time', atMs }, { kind: 'pause', ms: 300 }]
}

/** Whether it is a public holiday now, where the mailbox is. */
export function isHolidayAt({ directory, clock }: VoicemailDependencies, { companyId }: Mailbox): boolean {
  const company = directory.company(companyId)
  return company !== undefined && isPublicHoliday(company, clock.now())
}
