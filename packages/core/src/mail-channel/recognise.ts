import type { MailAddress, MailNature, ReadMail } from '../ports/mail-channel.ts'
import { addressKey, domainOf } from './mail-address.ts'

/** What a mail is, and why. */
export interface Recognised {
  readonly nature: MailNature
  /** In English, for the journal. */
  readonly reason?: string
  /** The words of a filter on the way that holds it for spam. */
  readonly spam?: string
}

/** Field that our own mails carry, so that one which comes back to us is known. */
const loopField = 'x-vaxel-mailbox'

const postmasters = /^(mailer-daemon|postmaster|mail-daemon|double-bounce|bounce[s]?)(?=[@+.-])/i
const silentSenders =
  /^(no-?reply|do-?not-?reply|noreply|nicht-?antworten|svara-?(ej|inte)|ne-?pas-?repondre)(?=[@+.-])/i

/**
 * What a mail is: a bounce (RFC 3464), an answer of a machine (RFC 3834 §2, §5), a list's (RFC 2919, 2369), our own that came back, or
 * a person's. Persons' and lists' wait for an answer; only a person's is ever answered by a machine. A mail from an address of the mailbox is
 * no loop by that alone: forms of websites write so for customers.
 */
export function recognise(mail: ReadMail, accountId: string): Recognised {
  const spam = spamReason(mail)
  const is = (nature: MailNature, reason?: string): Recognised => ({
    nature,
    ...(reason === undefined ? {} : { reason }),
    ...(spam === undefined ? {} : { spam }),
  })
  const field = (name: string): string | undefined => mail.fields[name]?.[0]?.trim()
  if (mail.fields[loopField]?.some((value) => value.trim() === accountId)) {
    // A bounce may carry the fields of what it returns in a part of its own, never in its own head.
    return is('loop', 'it was sent from this mailbox')
  }
  if (mail.reports.length > 0) return is('bounce', 'it holds a report of delivery')
  const from = mail.from?.address ?? ''
  const returnPath = field('return-path')?.replace(/[<>\s]/g, '')
  if (/report-type="?delivery-status/i.test(field('content-type') ?? '')) return is('bounce', 'its type is a report')
  if (postmasters.test(from) && (returnPath === undefined || returnPath === '' || postmasters.test(returnPath)))
    return is('bounce', `it comes from ${from}`)
  if (field('x-failed-recipients') !== undefined) return is('bounce', 'X-Failed-Recipients')
  const submitted = field('auto-submitted')?.toLowerCase()
  if (submitted !== undefined && !/^no\b/.test(submitted)) return is('autoReply', `Auto-Submitted: ${submitted}`)
  for (const name of ['x-autoreply', 'x-autorespond', 'x-autoresponse', 'x-mail-autoreply'])
    if (field(name) !== undefined) return is('autoReply', name)
  const precedence = field('precedence')?.toLowerCase()
  if (precedence === 'auto_reply') return is('autoReply', 'Precedence: auto_reply')
  if (field('x-auto-response-suppress')?.match(/\b(all|oof|autoreply)\b/i) && mail.inReplyTo.length === 0)
    return is('autoReply', 'X-Auto-Response-Suppress')
  if (field('list-id') !== undefined || field('list-post') !== undefined) return is('list', 'List-Id')
  if (field('list-unsubscribe') !== undefined) return is('list', 'List-Unsubscribe')
  if (precedence !== undefined && /^(bulk|list|junk)$/.test(precedence)) return is('list', `Precedence: ${precedence}`)
  return is('person')
}

/** Whether a machine may answer it (RFC 3834 §2): a person wrote it, to this mailbox, and an answer can reach them. */
export function mayAutoReply(mail: ReadMail, recognised: Recognised, own: readonly MailAddress[]): boolean {
  if (recognised.nature !== 'person' || recognised.spam !== undefined || !mail.from) return false
  if (mail.fields['return-path']?.some((value) => value.trim() === '<>')) return false
  if (silentSenders.test(mail.from.address) || postmasters.test(mail.from.address)) return false
  if (mail.fields['x-auto-response-suppress'] !== undefined) return false
  // A copy in secret, or a list that says nothing of itself.
  return [...mail.to, ...mail.cc].some((to) => own.some((address) => addressKey(address) === addressKey(to)))
}

/**
 * Who wants something: its writer, or, where it comes from the company itself, whom answers shall go to (forms of websites).
 * @param own every address of the mailbox
 */
export function customerOf({ from, replyTo }: ReadMail, own: readonly MailAddress[]): MailAddress | undefined {
  const isOwn = (address: MailAddress): boolean => own.some((one) => domainOf(one) === domainOf(address))
  const other = from && isOwn(from) ? replyTo.find((address) => !isOwn(address)) : undefined
  return other ?? from
}

/** What servers on the way found. Only the first fields count, which the last server has added; a sender can write below them. */
function spamReason({ fields }: ReadMail): string | undefined {
  const first = (name: string): string => fields[name]?.[0]?.trim() ?? ''
  if (/^yes\b/i.test(first('x-spam-flag'))) return 'X-Spam-Flag: YES'
  if (/^yes\b/i.test(first('x-spam-status'))) return `X-Spam-Status: ${first('x-spam-status').slice(0, 100)}`
  if (/^(yes|spam)\b/i.test(first('x-spam'))) return 'X-Spam'
  const scl = Number(
    /SCL:(-?\d+)/i.exec(first('x-forefront-antispam-report'))?.[1] ?? first('x-ms-exchange-organization-scl'),
  )
  if (scl >= 5) return `SCL ${scl}`
  const results = first('authentication-results')
  if (/\bdmarc=fail\b/i.test(results)) return 'DMARC failed'
  if (/\bspf=fail\b/i.test(results) && !/\b(dkim|dmarc)=pass\b/i.test(results)) return 'SPF failed'
  return undefined
}
