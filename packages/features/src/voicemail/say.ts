import { isPublicHoliday, type Mailbox, type Spoken, type VoiceMessage } from '@vaxel/core'
import type { VoicemailDependencies, VoicemailParts } from './parts.ts'

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

/** Who left a message and when: a colleague by the name that they have recorded, everybody else digit by digit. */
export function sayDetails(
  { boxes, files }: Pick<VoicemailParts, 'boxes' | 'files'>,
  { from, atMs, companyId }: VoiceMessage,
): Spoken[] {
  const digits = from.number.replace(/\D/g, '')
  const box = from.userId && boxes.find(companyId, from.userId)
  const name = box && box.greetings.find(({ kind }) => kind === 'name')
  const who: Spoken[] = name
    ? [...prompt('voicemail-from'), { kind: 'sound', source: files.source(name) }]
    : digits === ''
      ? prompt('voicemail-from-unknown')
      : [...prompt('voicemail-from'), { kind: 'digits', digits }]
  return [...who, { kind: 'pause', ms: 200 }, { kind: 'time', atMs }, { kind: 'pause', ms: 300 }]
}

/** Whether it is a public holiday now, where the mailbox is. */
export function isHolidayAt({ directory, clock }: VoicemailDependencies, { companyId }: Mailbox): boolean {
  const company = directory.company(companyId)
  return company !== undefined && isPublicHoliday(company, clock.now())
}
