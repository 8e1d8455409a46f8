import type { ComposedMail, MailAccess, MailAddress, MailOutcome } from '@vaxel/core'
import { outcomeOf, type SmtpFault, TextWatch } from '../mail/smtp-sender.ts'
import type { ServerPlace } from './server-place.ts'

const connectMs = 20_000
const silenceMs = 120_000

/**
 * Gives a mail to the submission server of a mailbox (RFC 6409, TLS by RFC 8314 or 3207). Only those receivers that are named get it.
 * @param places addresses of the server; another one is tried only where none before could be connected to, as nobody knows how far a mail came after that
 */
export async function submit(
  places: readonly ServerPlace[],
  access: MailAccess,
  mail: ComposedMail,
): Promise<MailOutcome> {
  let outcome: MailOutcome = { kind: 'later', reason: 'the server has no address' }
  for (const place of places) {
    const tried = await submitTo(place, access, mail)
    outcome = tried.outcome
    if (tried.isConnected) break
  }
  return outcome
}

async function submitTo(
  place: ServerPlace,
  access: MailAccess,
  mail: ComposedMail,
): Promise<{ outcome: MailOutcome; isConnected: boolean }> {
  const watch = new TextWatch()
  const transport = await transportOf(place, access, watch)
  try {
    const given = await transport.sendMail({
      from: named(mail.from),
      to: mail.to.map(named),
      cc: mail.cc.map(named),
      subject: mail.subject.replace(/[\r\n]+/g, ' '),
      text: mail.text,
      ...(mail.html === undefined ? {} : { html: mail.html }),
      messageId: mail.messageId,
      ...(mail.inReplyTo === undefined ? {} : { inReplyTo: mail.inReplyTo }),
      ...(mail.references.length === 0 ? {} : { references: [...mail.references] }),
      date: new Date(mail.atMs),
      headers: {
        'X-Vaxel-Mailbox': access.account.id,
        ...(mail.isAutomatic ? { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' } : {}),
      },
      attachments: mail.attachments.map(({ name, mediaType, content }) => ({
        filename: name,
        contentType: mediaType,
        content: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
      })),
    })
    const refused = (given.rejected ?? []).map(String)
    const reason = `The server did not take: ${refused.join(', ')}`.slice(0, 500)
    return { outcome: { kind: 'sent', ...(refused.length > 0 ? { reason } : {}) }, isConnected: true }
  } catch (error) {
    return { outcome: outcomeOf(error as SmtpFault, watch.isOut), isConnected: watch.isConnected }
  } finally {
    transport.close()
  }
}

/** Logs in and leaves. Throws what the library throws. */
export async function trySubmission(place: ServerPlace, access: MailAccess): Promise<void> {
  const transport = await transportOf(place, access)
  try {
    await transport.verify()
  } finally {
    transport.close()
  }
}

async function transportOf(place: ServerPlace, { account, secrets }: MailAccess, watch?: TextWatch) {
  const { createTransport } = await import('nodemailer')
  const user = account.sending?.login ?? ''
  return createTransport({
    host: place.address,
    port: place.port,
    secure: place.isSecure,
    requireTLS: place.isUpgraded,
    ignoreTLS: !place.isSecure && !place.isUpgraded,
    tls: place.tls,
    ...(user === ''
      ? {}
      : account.login.kind === 'oauth'
        ? { auth: { type: 'OAuth2' as const, user, accessToken: secrets.accessToken ?? '' } }
        : { auth: { user, pass: secrets.password ?? '' } }),
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: silenceMs,
    ...(watch ? { logger: watch.logger } : {}),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

/** An object is taken as it is: no second address can hide in it. */
const named = ({ address, name = '' }: MailAddress) => ({ address, name: name.replace(/[\r\n]+/g, ' ') })
