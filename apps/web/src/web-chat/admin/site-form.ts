import type { ReplyOf, RequestOf } from '../../api/api.ts'

export type ChatSite = ReplyOf<'listChatSites'>['items'][number]
type Wish = RequestOf<'createChatSite'>['body']

/** What is typed into the form of a website with a chat. */
export interface SiteForm {
  readonly name: string
  readonly queueId: string
  readonly origins: string
  readonly asks: Wish['asks']
  readonly greeting: string
  readonly consent: string
  readonly privacyUrl: string
  readonly offlineMail: string
  readonly offersVoice: boolean
  readonly keepDays: string
}

/** @param queueId of a new one */
export const formOf = (site: Wish | undefined, queueId: string): SiteForm => ({
  name: site?.name ?? '',
  queueId: site?.queueId ?? queueId,
  origins: site?.origins.join('\n') ?? '',
  asks: site?.asks ?? 'name',
  greeting: site?.greeting ?? '',
  consent: site?.consent ?? '',
  privacyUrl: site?.privacyUrl ?? '',
  offlineMail: site?.offlineMail ?? '',
  offersVoice: site?.offersVoice ?? false,
  keepDays: String(site?.keepDays ?? 90),
})

/** What the server is asked with. */
export const wishOf = (form: SiteForm): Wish => ({
  name: form.name.trim(),
  queueId: form.queueId,
  origins: form.origins
    .split(/\s+/)
    .filter((line) => line !== '')
    .map(asOrigin),
  asks: form.asks,
  greeting: form.greeting.trim(),
  consent: form.consent.trim(),
  offersVoice: form.offersVoice,
  keepDays: Number(form.keepDays),
  ...(form.privacyUrl.trim() === '' ? {} : { privacyUrl: form.privacyUrl.trim() }),
  ...(form.offlineMail.trim() === '' ? {} : { offlineMail: form.offlineMail.trim() }),
})

/** Whether enough is typed to ask the server. */
export const isReady = (form: SiteForm): boolean =>
  form.name.trim() !== '' && form.origins.trim() !== '' && form.queueId !== ''

/** An address as people paste it, without what comes after the host. */
function asOrigin(typed: string): string {
  try {
    return new URL(typed.includes('://') ? typed : `https://${typed}`).origin
  } catch {
    return typed
  }
}
