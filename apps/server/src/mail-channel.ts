import type { Clock, Logger } from '@vaxel/base'
import { ForeignHttp, MailReaderThread, NetworkMailboxes } from '@vaxel/connect'
import type { CentreEditor, Notices, WorkDesk } from '@vaxel/core'
import type { MailFeature } from '@vaxel/features/mail'
import { createMailChannel, type MailChannelFeature } from '@vaxel/features/mail-channel'
import type { Store } from '@vaxel/store'

/** The mail channel with its way to the servers of companies, and the outbox that sends for it. */
export function buildMailChannel(parts: {
  readonly store: Store
  readonly mail: MailFeature
  readonly editor: CentreEditor
  readonly notices: Notices
  readonly desk: WorkDesk
  readonly host: string
  /** Inner networks in which mail servers and token servers may be. */
  readonly networks: readonly string[]
  readonly dnsServers: readonly string[] | undefined
  readonly clock: Clock
  readonly log: Logger
}): MailChannelFeature {
  const { store, mail, clock, networks: allowedNetworks, dnsServers } = parts
  const http = new ForeignHttp({ allowedNetworks, clock, ...(dnsServers ? { dnsServers } : {}) })
  const reader = new MailReaderThread({ clock })
  const channel = createMailChannel({
    ...parts,
    store: store.mailChannel,
    centres: store.centres,
    feed: store.feed,
    files: store.mailFiles,
    mails: store.mails,
    directory: store.directory,
    random: store.random,
    outbox: { wake: () => mail.mailer.wake(), retry: mail.retry, remove: mail.remove },
    door: new NetworkMailboxes({ allowedNetworks, clock }),
    reader,
    http,
  })
  mail.mailer.onChange((kept, state) => channel.follow(kept, state))
  return {
    ...channel,
    start: async () => {
      await channel.start()
      mail.sendVia({ send: ({ companyId, via = '', messageId }) => channel.send(companyId, via, messageId) })
    },
    close: async () => {
      await channel.close()
      await reader.close()
      http.close()
    },
  }
}
