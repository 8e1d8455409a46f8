import { mailboxFaults } from '../../mail-channel/mailbox-faults.ts'
import type { Centre, CentreMailbox, CentreWebsite } from '../centre.ts'
import { type CentreFinding, type CentreSurroundings, type Finder, finderAt } from './centre-finding.ts'

/** What is the matter with mailboxes and websites: what they are set to, where their work goes, whether they can be read. */
export function checkChannels(centre: Centre, around: CentreSurroundings): readonly CentreFinding[] {
  return [
    ...centre.mailboxes.flatMap((mailbox) => checkMailbox(mailbox, centre, around)),
    ...centre.websites.flatMap((website) => checkWebsite(website, centre, around)),
  ]
}

function checkMailbox(mailbox: CentreMailbox, centre: Centre, around: CentreSurroundings): readonly CentreFinding[] {
  const { id, name, login, members } = mailbox
  const { error, warning } = finderAt('mailboxes', id, name)
  const isTwice = centre.mailboxes.some((other) => other.id !== id && isSameMailbox(other.reading, mailbox.reading))
  return [
    ...(around.isIdOfOthers('mailboxes', id) ? [error('id-of-others', {}, '/id')] : []),
    ...mailboxFaults(mailbox).map(({ fault, at }) => error(`mailbox-${fault}`, {}, at)),
    ...checkQueueOf(mailbox, 'mail', centre, { error, warning }),
    ...(members.every((userId) => around.userName(userId) !== undefined)
      ? []
      : [warning('mailbox-member-gone', {}, '/members')]),
    ...(isTwice ? [error('mailbox-twice', {}, '/reading')] : []),
    ...(around.isReadElsewhere(mailbox) ? [error('mailbox-read-elsewhere', {}, '/reading')] : []),
    ...(!around.hasSecrets(mailbox)
      ? [warning(login.kind === 'password' ? 'mailbox-no-password' : 'mailbox-no-token', {}, '/login')]
      : []),
  ]
}

function checkWebsite(website: CentreWebsite, centre: Centre, around: CentreSurroundings): readonly CentreFinding[] {
  const { id, name } = website
  const finder = finderAt('websites', id, name)
  return [
    ...(around.isIdOfOthers('websites', id) ? [finder.error('id-of-others', {}, '/id')] : []),
    ...checkQueueOf(website, 'chat', centre, finder),
  ]
}

/** The queue of a channel is there, and takes what comes by it. */
function checkQueueOf(
  { queueId }: CentreMailbox | CentreWebsite,
  channel: 'mail' | 'chat',
  { queues }: Centre,
  { error }: Finder,
): readonly CentreFinding[] {
  if (queueId === undefined) return []
  const queue = queues.find(({ id }) => id === queueId)
  if (!queue) return [error(channel === 'mail' ? 'mailbox-queue-unknown' : 'website-queue-unknown', {}, '/queueId')]
  if (queue.channels.includes(channel)) return []
  const params = { queue: queue.name }
  return [error(channel === 'mail' ? 'mailbox-queue-no-mail' : 'website-queue-no-chat', params, '/queueId')]
}

/** Whether two settings read the same mails. */
export const isSameMailbox = (one: CentreMailbox['reading'], other: CentreMailbox['reading']): boolean =>
  one.server.host.toLowerCase() === other.server.host.toLowerCase() &&
  one.server.port === other.server.port &&
  one.login.toLowerCase() === other.login.toLowerCase() &&
  (one.protocol === 'pop3' || one.folder === other.folder)
