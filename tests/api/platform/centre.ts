import { systemClock } from '@vaxel/base'
import { MailReaderThread } from '@vaxel/connect'
import type { Mail } from '@vaxel/core'
import { createCentreConfiguration } from '@vaxel/features/centre-configuration'
import { createCentreFigures } from '@vaxel/features/centre-figures'
import { createContactCentre } from '@vaxel/features/contact-centre'
import { createMail } from '@vaxel/features/mail'
import { createMailChannel } from '@vaxel/features/mail-channel'
import { createWebChat } from '@vaxel/features/web-chat'
import { FakeMailServers } from '../fake-mailbox.ts'
import type { Base } from './base.ts'
import { noHttp } from './fake-surroundings.ts'
import type { People } from './people.ts'

export type Centre = Awaited<ReturnType<typeof startCentre>>
export type OutgoingMail = Awaited<ReturnType<typeof startMail>>

/** Mail of the platform itself, to a server that takes it, or is silent (to `broken…`). */
export async function startMail({ store, clock, log }: Base) {
  const mailed: Mail[] = []
  const mail = createMail({
    mails: store.mails,
    sender: {
      send: async (sent) => {
        mailed.push(sent)
        return sent.to.includes('broken') ? { kind: 'unknown', reason: 'silence' } : { kind: 'sent' }
      },
      close: () => {},
    },
    host: 'api.test',
    clock,
    log,
  })
  await mail.start()
  return { mail, mailed }
}

/** The contact centre with chats of visitors and mail; there are no voice queues without telephony. */
export async function startCentre({ store, around, calls }: Base, { presence, push }: People, { mail }: OutgoingMail) {
  const contactCentre = createContactCentre({
    ...around,
    presence: presence.sources,
    live: calls.live,
    calls,
    awayMs: 30_000,
  })
  const centreConfiguration = createCentreConfiguration(store)
  const mailServers = new FakeMailServers()
  const mailReader = new MailReaderThread({ clock: systemClock })
  const mailChannel = createMailChannel({
    ...around,
    editor: centreConfiguration.editor,
    store: store.mailChannel,
    files: store.mailFiles,
    mails: store.mails,
    outbox: { wake: () => mail.mailer.wake(), retry: mail.retry, remove: mail.remove },
    door: mailServers,
    reader: mailReader,
    http: noHttp,
    desk: contactCentre.workDesk,
    host: 'api.test',
  })
  mail.mailer.onChange((...changed) => mailChannel.follow(...changed))
  await mailChannel.start()
  mail.sendVia({ send: ({ companyId, via = '', messageId }) => mailChannel.send(companyId, via, messageId) })
  const webChat = createWebChat({
    ...around,
    editor: centreConfiguration.editor,
    mailer: mail.mailer,
    workDesk: contactCentre.workDesk,
  })
  await webChat.start()
  await contactCentre.start()
  const centreFigures = createCentreFigures({
    ...around,
    desk: contactCentre.agentDesk,
    editor: centreConfiguration.editor,
    monitor: () => undefined,
    mailer: () => mail.mailer,
    push: push.tell,
    baseUrl: 'https://api.test',
  })
  await centreFigures.start()
  return { contactCentre, centreConfiguration, mailServers, mailReader, mailChannel, webChat, centreFigures }
}
