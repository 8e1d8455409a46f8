import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type CallId,
  type CompanyId,
  isRefusal,
  type LegId,
  silentLogger,
  systemClock,
  systemRandom,
} from '@vaxel/base'
import {
  createHttpServer,
  createIdentityTools,
  detectMediaType,
  eventStreamDoor,
  LdapThreads,
  MailReaderThread,
} from '@vaxel/connect'
import { perform, readHealth } from '@vaxel/contract'
import type {
  CalendarAnswer,
  CallCommands,
  CertificateDesk,
  LineLeg,
  LiveCall,
  Mail,
  PushMessage,
  SiteEcho,
} from '@vaxel/core'
import { createAttendant } from '@vaxel/features/attendant'
import { createAdministration } from '@vaxel/features/administration'
import { type CalendarsFeature, createCalendars } from '@vaxel/features/calendars'
import { createCallFeatureApi } from '@vaxel/features/call-features'
import { createCertificates } from '@vaxel/features/certificates'
import { createDeskSharing } from '@vaxel/features/desk-sharing'
import { createDirectory } from '@vaxel/features/directory'
import { type ChatFeature, createChat } from '@vaxel/features/chat'
import { type ConferencesFeature, createConferences } from '@vaxel/features/conferences'
import { type CentreConfiguration, createCentreConfiguration } from '@vaxel/features/centre-configuration'
import { type CentreFigures, createCentreFigures } from '@vaxel/features/centre-figures'
import { createCentreReplay } from '@vaxel/features/centre-replay'
import { type ContactCentre, createContactCentre } from '@vaxel/features/contact-centre'
import { createHistory, NoticeFan } from '@vaxel/features/history'
import { createFtps } from '@vaxel/features/ftps'
import { createFlows } from '@vaxel/features/flows'
import { createMail } from '@vaxel/features/mail'
import { createMailChannel, type MailChannelFeature } from '@vaxel/features/mail-channel'
import { createPortal } from '@vaxel/features/portal'
import { createPresence, type PresenceFeature } from '@vaxel/features/presence'
import { createPush } from '@vaxel/features/push'
import { createRecording, type RecordingFeature } from '@vaxel/features/recording'
import { createSessions } from '@vaxel/features/sessions'
import { createSite } from '@vaxel/features/site'
import { createSiteChecks, type SiteCheckDependencies } from '@vaxel/features/site-checks'
import { createTrunks } from '@vaxel/features/trunks'
import { createChannels } from '@vaxel/features/channels'
import { createUpkeep } from '@vaxel/features/upkeep'
import { createVoicemail, type VoicemailFeature } from '@vaxel/features/voicemail'
import { createWebChat } from '@vaxel/features/web-chat'
import { createWebPhone, KeyedBrowserPhones } from '@vaxel/features/web-phone'
import { sealedSoundReader, sealWav, sentences, wavLength } from '@vaxel/media'
import { deliveredCatalogues, type RunningListeners, vaxelCatalogue } from '@vaxel/site/catalogues'
import { loadDemoCompany, openStore, SearchThread, type Store } from '@vaxel/store'
import { FakeMediaEngine } from '../../packages/testkit/src/calls/fake-media-engine.ts'
import { VirtualClock } from '../../packages/testkit/src/virtual-clock.ts'
import { FakeFeatures } from './fake-features.ts'
import { FakeMailServers } from './fake-mailbox.ts'
import { CheckedClient } from './checked-client.ts'

/** Calls that a test says are going on, and the commands that came for them. */
export class FakeCalls implements CallCommands {
  calls: LiveCall[] = []
  /** What presence finds of them. */
  legs: LineLeg[] = []
  readonly commands: unknown[] = []
  readonly features = new FakeFeatures()

  async makeCall(request: Parameters<CallCommands['makeCall']>[0]) {
    this.commands.push(request)
    return { callId: 'new-call' as CallId }
  }

  liveCalls(companyId: CompanyId): readonly LiveCall[] {
    return this.calls.filter((call) => call.companyId === companyId)
  }

  async command(...command: Parameters<CallCommands['command']>) {
    this.commands.push(command)
    return { callId: command[1] }
  }
}

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
  readonly chat: ChatFeature
  readonly presence: PresenceFeature
  readonly calendars: CalendarsFeature
  /** What calendar servers answer, whoever asks. */
  readonly calendarServer: { answer: CalendarAnswer }
  readonly voicemail: VoicemailFeature
  readonly conferences: ConferencesFeature
  readonly contactCentre: ContactCentre
  readonly centreFigures: CentreFigures
  readonly mailChannel: MailChannelFeature
  /** Mail servers of companies. */
  readonly mailServers: FakeMailServers
  readonly centreConfiguration: CentreConfiguration
  readonly recording: RecordingFeature
  /** The engine that recordings listen to. */
  readonly engine: FakeMediaEngine
  readonly client: CheckedClient
  /** Looks at what expires at sites, as the server does every hour. */
  lookAtSites(): Promise<void>
  createSetupLink(): Promise<string | undefined>
  close(): Promise<void>
}

const one = (port: number) => ({ from: port, to: port })
const fakeListeners: RunningListeners = {
  ports: {
    http: one(8080),
    https: one(8443),
    sip: one(5060),
    sips: one(5061),
    stun: one(3478),
    media: one(5004),
    mediaRange: { from: 49152, to: 65535 },
  },
  reachedBy: ['203.0.113.7'],
  certificate: 'own',
  trunks: [],
  mostCalls: 1000,
}

/** A desk that has the own certificate and nothing else. */
const fakeCertificates: CertificateDesk = {
  served: () => ({
    source: 'own',
    subject: 'CN=test',
    issuer: 'CN=test',
    names: ['test'],
    validFromMs: 0,
    validToMs: 1,
    fingerprint: 'AB',
  }),
  rootPem: () => '',
  acme: () => undefined,
  upload: async () => undefined,
  order: async () => undefined,
  useOwn: async () => {},
  challenge: () => undefined,
  warnings: () => [],
}

/** One that has no port to spare. */
const noEcho: SiteEcho = {
  range: { from: 50_000, to: 50_003 },
  hasPortsToSpare: false,
  openPorts: new Set(),
  begin: async () => false,
  openPort: async () => 'too-many',
  heard: async () => [],
  keepOneClosed: () => undefined,
  openStream: async () => ({ fault: 'no-room', reason: '' }),
  figures: async () => undefined,
  endStream: async () => {},
  end: async () => {},
  onStreamEnded: () => {},
  onLost: () => {},
  close: async () => {},
}

/** @param siteChecks what a test of checks puts in place of an echo that has no ports */
export async function startApi({
  demo = true,
  siteChecks: ofChecks = {},
}: {
  demo?: boolean
  siteChecks?: Partial<SiteCheckDependencies>
} = {}): Promise<ApiPlatform> {
  const folder = await mkdtemp(join(tmpdir(), 'vaxel-api-'))
  const clock = new VirtualClock()
  const log = silentLogger
  const store = await openStore({ folder, clock, log })
  if (demo) await loadDemoCompany(store)
  const calls = new FakeCalls()
  const around = { ...store, random: systemRandom }
  const sessions = createSessions({ ...around, ...createIdentityTools({ clock, allowsLoopback: true }) })
  const notices = new NoticeFan(log)
  const desks = createDeskSharing({ ...store, clock, log, notices, reseat: async () => {} })
  const live = {
    ofCall: (callId: CallId) => calls.legs.filter((leg) => leg.callId === callId),
    all: () => [...Map.groupBy(calls.legs, ({ callId }) => callId)].map(([callId, legs]) => ({ callId, legs })),
  }
  const presence = createPresence({ ...store, notices, live })
  const calendarServer = { answer: { kind: 'failed', trouble: 'unreachable' } as CalendarAnswer }
  const calendars = createCalendars({
    ...around,
    log,
    notices,
    presence: presence.sources,
    door: { read: async () => calendarServer.answer },
  })
  calendars.start()
  const contactCentre = createContactCentre({
    ...store,
    log,
    notices,
    presence: presence.sources,
    live,
    calls,
    awayMs: 30_000,
  })
  const centreConfiguration = createCentreConfiguration(store)
  const chat = createChat({ ...store, notices, log, detectMediaType })
  const recordingFolder = store.recordingFolder(sealedSoundReader)
  const history = createHistory({
    ...store,
    recordings: recordingFolder,
    mayHearOwn: (companyId) => store.recordingStore.policy(companyId).ownMayListen,
    commands: calls,
    notices,
    isInConversation: chat.isInConversation,
    log,
  })
  const portal = createPortal({ ...store, notices, endBinding: async () => {} })
  const directory = createDirectory({
    ...around,
    search: new SearchThread(),
    ldap: new LdapThreads({ clock: systemClock }),
    notices,
    detectMediaType,
    log,
  })
  await directory.start()
  const webPhone = createWebPhone({
    ...around,
    phones: new KeyedBrowserPhones({
      key: Buffer.alloc(32, 1),
      directory: () => store.directory,
      credentials: store.credentials,
      now: () => clock.now(),
    }),
    settings: { webSockets: [], reconnectSeconds: 30, minimumClient: '0.1' },
    endBinding: async ({ addressOfRecord, id }) =>
      store.bindings.replace(
        addressOfRecord,
        store.bindings.ofAddress(addressOfRecord).filter((binding) => binding.id !== id),
      ),
  })
  const channels = createChannels({
    clock,
    directory: store.directory,
    maxCalls: 100,
    calls: { onCallChanged: () => () => {}, onRefused: () => () => {} },
    recordingsOf: () => 0,
    compared: deliveredCatalogues.find(({ id }) => id === 'akio-tws')?.requirements ?? [],
  })
  const upkeep = createUpkeep({
    calls: { count: 2, refuseNewCalls: () => {}, onCallFinished: () => () => {} },
    clock,
    log,
    version: '0.1.0',
    drainLimitMs: 600_000,
    registrations: () => 0,
    warnings: () => [],
    onDrained: () => {},
  })
  const pushed: PushMessage[] = []
  const push = createPush({
    ...store,
    userSettings: store.settings,
    log,
    sender: {
      publicKey: 'BAcDkey',
      refuse: (endpoint) => (endpoint.startsWith('https://') ? undefined : 'is not HTTPS'),
      send: async ({ endpoint }, message) => {
        pushed.push(message)
        return endpoint.includes('gone') ? 'gone' : 'sent'
      },
    },
  })
  const certificates = createCertificates(fakeCertificates)
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
    http: { ask: async () => ({ kind: 'failed', reason: 'there is no network in this test' }) },
    notices,
    desk: contactCentre.workDesk,
    host: 'api.test',
    log,
  })
  mail.mailer.onChange((...changed) => mailChannel.follow(...changed))
  await mailChannel.start()
  mail.sendVia({ send: ({ companyId, via = '', messageId }) => mailChannel.send(companyId, via, messageId) })
  const flows = createFlows({
    ...store,
    clock,
    log,
    http: { ask: async () => ({ kind: 'failed', reason: 'there is no network in this test' }) },
    mailer: mail.mailer,
    prompts: sentences,
    readWav: wavLength,
    presenceOf: () => undefined,
    spentTodayMicros: () => 0,
    isContact: async (companyId, number) =>
      (await directory.callerNames.nameOf(companyId, undefined, number)) !== undefined,
    record: async () => undefined,
  })
  const webChat = createWebChat({
    ...around,
    editor: centreConfiguration.editor,
    log,
    notices,
    mailer: mail.mailer,
    workDesk: contactCentre.workDesk,
  })
  await webChat.start()
  await contactCentre.start()
  const voicemail = createVoicemail({
    ...around,
    store: store.voicemail,
    files: store.voiceFiles({ open: sealedSoundReader.open, write: sealWav }),
    tell: push.tell,
    notices,
    log,
    mailer: () => mail.mailer,
    baseUrl: 'https://api.test',
  })
  const centreFigures = createCentreFigures({
    ...around,
    log,
    notices,
    desk: contactCentre.agentDesk,
    editor: centreConfiguration.editor,
    monitor: () => undefined,
    mailer: () => mail.mailer,
    push: push.tell,
    baseUrl: 'https://api.test',
  })
  await centreFigures.start()
  const conferences = createConferences({
    ...around,
    rooms: store.conferenceRooms,
    log,
    engine: new FakeMediaEngine(),
    notices,
    sounds: { soundOf: async () => undefined, namesFolder: undefined },
  })
  const engine = new FakeMediaEngine()
  const recording = createRecording({
    ...around,
    recordingFolder,
    engine,
    log,
    mailer: mail.mailer,
    baseUrl: 'https://api.test',
  })
  const site = createSite({
    ...around,
    log,
    delivered: deliveredCatalogues,
    makeOwn: (version, day) => vaxelCatalogue(fakeListeners, version, day),
    tell: (owner, message) => push.tell(owner, message),
    mailer: mail.mailer,
    baseUrl: undefined,
  })
  await site.load()
  const trunks = createTrunks({
    ...around,
    log,
    stack: { request: async () => ({ kind: 'timeout' }) },
    certificate: () => ({ names: ['test'], source: 'own' }),
  })
  trunks.start()
  const siteChecks = createSiteChecks({
    clock,
    random: systemRandom,
    echo: noEcho,
    reach: () => ({
      address: () => '127.0.0.1',
      ports: { web: 8080, webTls: 8443, sip: 5060, sips: 5061, stun: 3478, media: 5004 },
    }),
    catalogue: () => site.shelf.newest('vaxel'),
    invitations: site.invitations,
    busyWith: () => undefined,
    ...ofChecks,
  })
  const ftps = createFtps({
    ...around,
    accounts: store.ftpsAccounts,
    recordings: store.recordingFolder(sealedSoundReader),
    log,
    place: { host: 'voice.api.test', port: 21, implicitPort: 990, passivePorts: [30_000, 30_999] },
  })
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
      perform(readHealth, async () => {
        await store.check()
        return { status: 'ok' as const, version: '0.1.0', uptimeSeconds: clock.monotonicMs() / 1000, warnings: [] }
      }),
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
    pushed,
    mailed,
    queueMail: (companyId, sent) => mail.mailer.queue(companyId, sent),
    chat,
    presence,
    calendars,
    calendarServer,
    voicemail,
    conferences,
    contactCentre,
    mailChannel,
    mailServers,
    centreConfiguration,
    centreFigures,
    recording,
    engine,
    client: await CheckedClient.open(url),
    lookAtSites: () => site.look(),
    createSetupLink: () => sessions.createSetupLink(url),
    async close() {
      await server.close()
      await siteChecks.close()
      await site.close()
      await voicemail.close()
      await recording.close()
      await centreFigures.close()
      webChat.close()
      contactCentre.close()
      conferences.close()
      await flows.close()
      await mailChannel.close()
      await mailReader.close()
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

/** A finished call between two users of the demo company, in the ledger. */
export async function recordCall(store: Store, from: string, to: string, atMs: number): Promise<CallId> {
  const caller = store.directory.userByAddress('demo.vaxel.test', from)!
  const called = store.directory.userByAddress('demo.vaxel.test', to)!
  const id = `${atMs}-${from}-${to}` as CallId
  const { companyId } = caller
  const party = (user: typeof caller) => ({ number: user.name, name: user.displayName, userId: user.id })
  const times = { startedAtMs: atMs, answeredAtMs: atMs + 3000, endedAtMs: atMs + 63_000 }
  const termination = { blame: 'caller' as const, reason: 'hung-up' }
  const data = (user: typeof caller) => ({ leg: `${id}-${user.name}`, number: user.name, userId: user.id })
  const refused = await store.ledger.append({
    call: {
      id,
      companyId,
      direction: 'internal',
      ...times,
      caller: party(caller),
      dialled: to,
      called: party(called),
      termination,
    },
    legs: [caller, called].map((user, i) => ({
      id: `${id}-${user.name}` as LegId,
      callId: id,
      companyId,
      role: i === 0 ? ('caller' as const) : ('callee' as const),
      party: party(user),
      ...times,
      termination,
      sipCallId: `${user.name}@127.0.0.1`,
    })),
    events: [
      { kind: 'call.originated', atMs, companyId, callId: id, data: { ...data(caller), dialled: to } },
      { kind: 'call.established', atMs: atMs + 3000, companyId, callId: id, data: data(called) },
      { kind: 'call.ended', atMs: atMs + 63_000, companyId, callId: id, data: { termination, answered: true } },
    ],
  })
  if (isRefusal(refused)) throw new Error('not written')
  return id
}
