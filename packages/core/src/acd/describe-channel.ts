import type { MailServer } from '../ports/mail-channel.ts'
import type { CentreMailbox, CentreWebsite } from './centre.ts'
import type { CentreNames, Facts } from './thing-facts.ts'

const bytesOfMegabyte = 1_048_576

/** A mailbox, without its secrets. */
export function describeMailbox(mailbox: CentreMailbox, facts: Facts, names: CentreNames): void {
  const { words } = facts
  const { reading, sending, login, autoReply, queueId } = mailbox
  facts.add('address', mailbox.address)
  facts.add('sender', mailbox.sender)
  facts.add('aliases', mailbox.aliases.join(', '))
  facts.add('isRead', mailbox.isOn)
  facts.add('readFrom', `${reading.protocol.toUpperCase()}, ${sayServer(reading.server)}`)
  facts.add('login', reading.login)
  facts.add('folder', reading.protocol === 'imap' ? reading.folder : undefined)
  facts.add('afterReading', words.afterReading[reading.after])
  facts.add('moveTo', reading.after === 'move' ? reading.moveTo : undefined)
  facts.add('first', words.firstReading[reading.first])
  facts.seconds('poll', reading.pollSeconds)
  facts.add('mostSize', words.megabytes({ n: Math.round((reading.mostBytes / bytesOfMegabyte) * 10) / 10 }))
  facts.add('sendVia', sending && sayServer(sending.server))
  facts.add('sendLogin', sending?.login)
  facts.add('how', words.logins[login.kind])
  if (login.kind === 'oauth') {
    facts.add('tokenUrl', login.tokenUrl)
    facts.add('client', login.clientId)
    facts.add('scope', login.scope)
  }
  facts.add('trusted', mailbox.trusted)
  facts.add('inQueue', queueId === undefined ? undefined : names.of('queues', queueId))
  facts.add('members', mailbox.members.map((id) => names.user(id)).join(', '))
  facts.add('signature', mailbox.signature)
  facts.add('autoReply', autoReply && `${autoReply.subject}: ${autoReply.text}`)
}

/** A website that shows a chat. */
export function describeWebsite(website: CentreWebsite, facts: Facts, names: CentreNames): void {
  facts.add('inQueue', names.of('queues', website.queueId))
  facts.add('pages', website.origins.join(', '))
  facts.add('asks', facts.words.visitorAsks[website.asks])
  facts.add('greeting', website.greeting)
  facts.add('consent', website.consent)
  facts.add('privacy', website.privacyUrl)
  facts.add('voice', website.offersVoice)
  facts.add('offline', website.offlineMail)
  facts.add('keepDays', website.keepDays)
}

const sayServer = ({ host, port, security }: MailServer): string =>
  `${host}:${port}${security === 'none' ? '' : ` (${security.toUpperCase()})`}`
