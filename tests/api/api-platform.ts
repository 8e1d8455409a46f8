import { rm } from 'node:fs/promises'
import type { CompanyId } from '@vaxel/base'
import { createHttpServer, eventStreamDoor } from '@vaxel/connect'
import type { Mail, PushMessage } from '@vaxel/core'
import { createAdministration } from '@vaxel/features/administration'
import { createAttendant } from '@vaxel/features/attendant'
import { createCallFeatureApi } from '@vaxel/features/call-features'
import { createCentreReplay } from '@vaxel/features/centre-replay'
import { createErasure } from '@vaxel/features/erasure'
import type { NoticeFan } from '@vaxel/features/history'
import type { SiteCheckDependencies } from '@vaxel/features/site-checks'
import type { Store } from '@vaxel/store'
import type { VirtualClock } from '../../packages/testkit/src/virtual-clock.ts'
import { CheckedClient } from './checked-client.ts'
import { startBase } from './platform/base.ts'
import { type Centre, startCentre, startMail } from './platform/centre.ts'
import type { FakeCalls } from './platform/fake-calls.ts'
import { startOperation } from './platform/operation.ts'
import { type People, startPeople } from './platform/people.ts'
import { buildVoice, type Voice } from './platform/voice.ts'

/** The API over a real store and a real listener on loopback, without telephony. */
export interface ApiPlatform {
  readonly url: string
  /** The data folder. */
  readonly folder: string
  readonly store: Store
  readonly clock: VirtualClock
  readonly calls: FakeCalls
  readonly notices: NoticeFan
  /** Messages that were sent to browsers. */
  readonly pushed: readonly PushMessage[]
  /** Mails that a mail server took, or was silent about (to `broken…`). */
  readonly mailed: readonly Mail[]
  queueMail(companyId: CompanyId, mail: Mail): Promise<void>
  readonly chat: People['chat']
  readonly presence: People['presence']
  readonly calendars: People['calendars']
  /** What calendar servers answer, whoever asks. */
  readonly calendarServer: People['calendarServer']
  readonly voicemail: Voice['voicemail']
  readonly conferences: Voice['conferences']
  readonly contactCentre: Centre['contactCentre']
  readonly centreFigures: Centre['centreFigures']
  readonly mailChannel: Centre['mailChannel']
  /** Mail servers of companies. */
  readonly mailServers: Centre['mailServers']
  readonly centreConfiguration: Centre['centreConfiguration']
  readonly recording: Voice['recording']
  /** The engine that recordings listen to. */
  readonly engine: Voice['engine']
  readonly client: CheckedClient
  /** Looks at what expires at sites, as the server does every hour. */
  lookAtSites(): Promise<void>
  createSetupLink(): Promise<string | undefined>
  close(): Promise<void>
}

/** @param siteChecks what a test of checks puts in place of an echo that has no ports */
export async function startApi({
  demo = true,
  siteChecks: ofChecks = {},
}: {
  demo?: boolean
  siteChecks?: Partial<SiteCheckDependencies>
} = {}): Promise<ApiPlatform> {
  const base = await startBase(demo)
  const { folder, clock, log, store, notices, around, calls } = base
  const people = await startPeople(base)
  const outgoing = await startMail(base)
  const centre = await startCentre(base, people, outgoing)
  const voice = buildVoice(base, people, outgoing)
  const operation = await startOperation(base, people, outgoing, ofChecks)
  const { sessions, desks, presence, calendars, chat, history, portal, directory, webPhone, push } = people
  const { mail, mailed } = outgoing
  const { contactCentre, centreConfiguration, mailChannel, webChat, centreFigures } = centre
  const { flows, voicemail, conferences, recording, ftps } = voice
  const { channels, upkeep, certificates, site, emergency, trunks, siteChecks, health } = operation
  const server = await createHttpServer({
    clock,
    log,
    http: { address: '127.0.0.1', port: 0 },
    handlers: [
      ...sessions.handlers,
      ...createAdministration({ ...around, audit: store.audit }).handlers,
      ...history.handlers,
      ...createCallFeatureApi({ ...store, features: calls.features, commands: calls }).handlers,
      ...chat.handlers,
      ...presence.handlers,
      ...calendars.handlers,
      ...portal.handlers,
      ...directory.handlers,
      ...webPhone.handlers,
      ...push.handlers,
      ...certificates.handlers,
      ...siteChecks.handlers,
      ...site.handlers,
      ...emergency.handlers,
      ...createErasure({ ...around, personEraser: store.personEraser, recording, voicemail }).handlers,
      ...flows.handlers,
      ...mail.handlers,
      ...createAttendant({ ...store, mailer: mail.mailer }).handlers,
      ...mailChannel.handlers,
      ...trunks.handlers,
      ...ftps.handlers,
      ...voicemail.handlers,
      ...conferences.handlers,
      ...contactCentre.handlers,
      ...webChat.handlers,
      ...centreConfiguration.handlers,
      ...centreFigures.handlers,
      ...createCentreReplay(around).handlers,
      ...desks.handlers,
      ...recording.handlers,
      ...upkeep.handlers,
      ...channels.handlers,
      health,
    ],
    authenticate: sessions.authenticate,
    metrics: () => 'vaxel_up 1\n',
    landing: { version: '0.1.0' },
  })
  server.onUpgrade(
    '/api/v1/events',
    eventStreamDoor({ authenticate: sessions.authenticate, open: history.openStream, clock }),
  )
  await server.listen()
  const url = `http://127.0.0.1:${server.addresses.http!.port}`
  return {
    url,
    folder,
    store,
    clock,
    calls,
    notices,
    pushed: people.pushed,
    mailed,
    queueMail: (companyId, sent) => mail.mailer.queue(companyId, sent),
    chat,
    presence,
    calendars,
    calendarServer: people.calendarServer,
    voicemail,
    conferences,
    contactCentre,
    mailChannel,
    mailServers: centre.mailServers,
    centreConfiguration,
    centreFigures,
    recording,
    engine: voice.engine,
    client: await CheckedClient.open(url),
    lookAtSites: () => site.look(),
    createSetupLink: () => sessions.createSetupLink(url),
    async close() {
      await server.close()
      await siteChecks.close()
      await site.close()
      await emergency.close()
      await voicemail.close()
      await recording.close()
      await centreFigures.close()
      webChat.close()
      contactCentre.close()
      conferences.close()
      await flows.close()
      await mailChannel.close()
      await centre.mailReader.close()
      await mail.close()
      await trunks.close()
      await chat.close()
      calendars.close()
      presence.close()
      await directory.close()
      await store.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
