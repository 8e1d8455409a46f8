import type { ChannelMail, MailAccount, MailAddress, MailNature } from '../ports/mail-channel.ts'
import { addressKey, withoutRepeats } from './mail-address.ts'

const mostReferences = 40
const mostQuotedLines = 2000
/** Prefixes that mail programs put before the subject of an answer, in their languages. */
const replyPrefix = /^\s*((re|sv|aw|antw|ref|rép|rif|odp|vs|ang)(\[\d+\])?\s*:\s*)+/i
const forwardPrefix = /^\s*((fwd?|vb|tr|wg|i)\s*:\s*)+/i

/** @example replySubject('Sv: RE: Invoice') // 'Re: Invoice' */
export const replySubject = (subject: string): string => `Re: ${subject.replace(replyPrefix, '').trim()}`.trim()

export const forwardSubject = (subject: string): string => `Fwd: ${subject.replace(forwardPrefix, '').trim()}`.trim()

export const ownAddresses = (account: Pick<MailAccount, 'address' | 'aliases'>): readonly MailAddress[] =>
  [account.address, ...account.aliases].map((address) => ({ address }))

/** So many are looked at for the one that is answered. */
export const lookedBack = 200

const wanting: readonly (readonly MailNature[])[] = [['person', 'list'], ['autoReply']]

/**
 * The mail that an answer answers: the last one of somebody who waits for it. A bounce and what comes back to ourselves are answered only
 * where there is nothing else: their writers are machines.
 * @param mails those that came, newest first
 */
export function mailToAnswer(mails: readonly ChannelMail[]): ChannelMail | undefined {
  for (const natures of wanting) {
    const found = mails.find(({ nature }) => natures.includes(nature))
    if (found) return found
  }
  return mails[0]
}

/**
 * Whom an answer goes to: where its writer wants answers (Reply-To), with `toAll` everybody else whom the mail reached,
 * never ourselves. Empty when only we are left: the answer then needs an address from its writer.
 */
export function receiversOf(
  mail: Pick<ChannelMail, 'from' | 'replyTo' | 'to' | 'cc' | 'kind'>,
  own: readonly MailAddress[],
  toAll: boolean,
): { readonly to: readonly MailAddress[]; readonly cc: readonly MailAddress[] } {
  const isOwn = (address: MailAddress): boolean => own.some((one) => addressKey(one) === addressKey(address))
  const wanted = mail.kind === 'out' ? mail.to : mail.replyTo.length > 0 ? mail.replyTo : mail.from ? [mail.from] : []
  const to = withoutRepeats(wanted).filter((address) => !isOwn(address))
  const known = new Set(to.map(addressKey))
  const others = mail.kind === 'out' ? mail.cc : [...mail.to, ...mail.cc]
  const cc = toAll ? withoutRepeats(others).filter((one) => !isOwn(one) && !known.has(addressKey(one))) : []
  return { to, cc }
}

/** In-Reply-To and References of an answer (RFC 5322 §3.6.4); when there are too many, the first and the last are kept. */
export function answerReferences(mail: Pick<ChannelMail, 'messageId' | 'references'>): {
  readonly inReplyTo?: string
  readonly references: readonly string[]
} {
  const { messageId } = mail
  const all = [...new Set([...mail.references, ...(messageId === undefined ? [] : [messageId])])]
  const references = all.length > mostReferences ? [all[0]!, ...all.slice(1 - mostReferences)] : all
  return { ...(messageId === undefined ? {} : { inReplyTo: messageId }), references }
}

/** The text of a mail below an answer (RFC 3676 §4.5: `>` and a space, none between signs). */
export function quoteText(text: string, heading: string): string {
  const lines = text.replace(/\s+$/, '').split(/\r?\n/).slice(0, mostQuotedLines)
  return [heading, ...lines.map((line) => (line.startsWith('>') ? `>${line}` : line === '' ? '>' : `> ${line}`))].join(
    '\n',
  )
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export const escapeText = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign]!)

/** Typed text as HTML: lines stay lines, addresses of the web become links. */
export function textToHtml(text: string): string {
  const html = escapeText(text)
    .replace(/\bhttps?:\/\/[^\s<]+[^\s<.,;:!?)\]]/g, (url) => `<a href="${url}">${url}</a>`)
    .replace(/\r?\n/g, '<br>\n')
  return `<div>${html}</div>`
}

/** The HTML alternative of an answer, with the mail it answers below. @param quotedHtml made safe; its text if absent */
export function answerHtml(options: {
  readonly text: string
  readonly heading: string
  readonly quotedText: string
  readonly quotedHtml?: string
}): string {
  const { text, heading, quotedText, quotedHtml } = options
  return [
    textToHtml(text),
    '<br>',
    `<div>${escapeText(heading)}</div>`,
    '<blockquote type="cite" style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">',
    quotedHtml ?? textToHtml(quotedText),
    '</blockquote>',
  ].join('\n')
}
