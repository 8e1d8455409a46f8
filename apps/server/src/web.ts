import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Clock, Logger, UserId } from '@vaxel/base'
import {
  createHttpServer,
  createIdentityTools,
  detectMediaType,
  eventStreamDoor,
  LdapThreads,
  type Network,
  type Relay,
  staticFiles,
  whereaboutsOf,
} from '@vaxel/connect'
import { NotReady, type OperationHandler, perform, readHealth } from '@vaxel/contract'
import type {
  BrowserPhones,
  CallCommands,
  CallerNames,
  CertificateDesk,
  Notices,
  TelephoneFeatures,
  RecordingFolder,
} from '@vaxel/core'
import { createAdministration } from '@vaxel/features/administration'
import { createAttendant } from '@vaxel/features/attendant'
import { createCallFeatureApi } from '@vaxel/features/call-features'
import { createCertificates } from '@vaxel/features/certificates'
import type { DeskSharing } from '@vaxel/features/desk-sharing'
import { createDirectory } from '@vaxel/features/directory'
import type { ChatFeature } from '@vaxel/features/chat'
import { createHistory } from '@vaxel/features/history'
import { createPortal } from '@vaxel/features/portal'
import type { PresenceFeature } from '@vaxel/features/presence'
import type { PushFeature } from '@vaxel/features/push'
import { createSessions } from '@vaxel/features/sessions'
import type { FtpsFeature } from '@vaxel/features/ftps'
import type { FlowsFeature } from '@vaxel/features/flows'
import type { MailFeature } from '@vaxel/features/mail'
import type { CalendarsFeature } from '@vaxel/features/calendars'
import type { MailChannelFeature } from '@vaxel/features/mail-channel'
import type { EmergencyFeature } from '@vaxel/features/emergency'
import type { createErasure } from '@vaxel/features/erasure'
import type { SiteFeature } from '@vaxel/features/site'
import type { TrunksFeature } from '@vaxel/features/trunks'
import type { SiteChecks } from '@vaxel/features/site-checks'
import type { Upkeep } from '@vaxel/features/upkeep'
import type { ConferencesFeature } from '@vaxel/features/conferences'
import type { CentreConfiguration } from '@vaxel/features/centre-configuration'
import type { CentreFigures } from '@vaxel/features/centre-figures'
import type { CentreReplayFeature } from '@vaxel/features/centre-replay'
import type { ContactCentre } from '@vaxel/features/contact-centre'
import type { WebChatFeature } from '@vaxel/features/web-chat'
import type { RecordingFeature } from '@vaxel/features/recording'
import type { VoicemailFeature } from '@vaxel/features/voicemail'
import { createWebPhone } from '@vaxel/features/web-phone'
import { ensureProbeBuilt } from '@vaxel/probe/build'
import { SearchThread, type Store } from '@vaxel/store'
import type { Configuration } from './configuration.ts'
import type { Metrics } from './metrics.ts'
import { probeDownload } from './probe-download.ts'
import { version } from './version.ts'

export interface WebOptions {
  readonly configuration: Configuration
  readonly store: Store
  readonly bind: string
  /** Login providers may be on this machine, without TLS. */
  readonly isDemo: boolean
  readonly clock: Clock
  readonly log: Logger
  readonly calls: CallCommands
  readonly features: TelephoneFeatures
  readonly chat: ChatFeature
  readonly presence: PresenceFeature
  readonly metrics: Metrics
  readonly notices: Notices
  readonly browserPhones: BrowserPhones
  readonly certificates: CertificateDesk
  readonly push: Pick<PushFeature, 'handlers'>
  readonly siteChecks: Pick<SiteChecks, 'handlers'>
  readonly site: Pick<SiteFeature, 'handlers'>
  readonly emergency: Pick<EmergencyFeature, 'handlers'>
  readonly erasure: ReturnType<typeof createErasure>
  readonly flows: Pick<FlowsFeature, 'handlers'>
  readonly mail: Pick<MailFeature, 'handlers' | 'mailer'>
  readonly trunks: Pick<TrunksFeature, 'handlers'>
  readonly ftps: Pick<FtpsFeature, 'handlers'>
  readonly voicemail: Pick<VoicemailFeature, 'handlers'>
  readonly recording: Pick<RecordingFeature, 'handlers'>
  readonly recordingFolder: RecordingFolder
  readonly conferences: Pick<ConferencesFeature, 'handlers'>
  readonly contactCentre: Pick<ContactCentre, 'handlers' | 'pageOpened'>
  readonly webChat: Pick<WebChatFeature, 'handlers' | 'framedBy'>
  readonly mailChannel: Pick<MailChannelFeature, 'handlers'>
  readonly calendars: Pick<CalendarsFeature, 'handlers'>
  readonly centreFigures: Pick<CentreFigures, 'handlers'>
  readonly centreReplay: CentreReplayFeature
  readonly centreConfiguration: Pick<CentreConfiguration, 'handlers'>
  readonly desks: Pick<DeskSharing, 'handlers'>
  readonly relay: Relay
  /** Resolves to the folder of the built web app; absent: there is none. */
  readonly webFolder?: Promise<string>
  readonly network: Network
  /** What is wrong although calls go on, a sentence each. */
  readonly warnings: () => readonly string[]
  readonly upkeep: Upkeep
  readonly channels: { readonly handlers: readonly OperationHandler[] }
  readonly certificate: { readonly certPem: string; readonly keyPem: string }
  readonly endBinding: NonNullable<Parameters<typeof createAdministration>[0]['endBinding']>
  readonly endBindingsOutside: NonNullable<Parameters<typeof createAdministration>[0]['endBindingsOutside']>
}

/** The web's door with everything behind it. */
export interface Web {
  readonly urls: Readonly<Record<string, string>>
  readonly administratorMade: Promise<void>
  readonly callerNames: CallerNames
  /** For HTTPS connections from now on. */
  replaceCertificate(certificate: WebOptions['certificate']): void
  close(): Promise<void>
}

/** Opens HTTP and HTTPS, the API, the event stream and SIP over WebSocket. */
export async function openWeb(options: WebOptions): Promise<Web> {
  const { configuration, store, bind, clock, log, network } = options
  const { configuration: writer, sessions: sessionStore, identity, credentials, bindings, random } = store
  const sessions = createSessions({
    configuration: writer,
    sessions: sessionStore,
    identity,
    credentials,
    clock,
    random,
    lifetimes: { lifetimeMs: configuration.sessionLifetimeMs, idleMs: configuration.sessionIdleMs },
    ...createIdentityTools({ clock, allowsLoopback: options.isDemo }),
  })
  const administration = createAdministration({
    configuration: writer,
    audit: store.audit,
    flows: store.flows,
    centres: store.centres,
    credentials,
    sessions: sessionStore,
    bindings,
    clock,
    random,
    endBinding: options.endBinding,
    endBindingsOutside: options.endBindingsOutside,
  })
  const history = createHistory({
    ...store,
    recordings: options.recordingFolder,
    mayHearOwn: (companyId) => store.recordingStore.policy(companyId).ownMayListen,
    commands: options.calls,
    notices: options.notices,
    isInConversation: options.chat.isInConversation,
    log,
  })
  const portal = createPortal({
    ...store,
    notices: options.notices,
    endBinding: options.endBinding,
    presenceOf: (userId) => options.presence.stateOf(userId),
  })
  const directory = createDirectory({
    ...store,
    search: new SearchThread(),
    ldap: new LdapThreads({ clock }),
    notices: options.notices,
    detectMediaType,
    log,
  })
  const webPhone = createWebPhone({
    configuration: writer,
    credentials,
    bindings,
    phones: options.browserPhones,
    relays: options.relay.credentials,
    clock,
    random,
    settings: {
      webSockets: configuration.webSockets,
      reconnectSeconds: configuration.reconnectMs / 1000,
      ...(configuration.minimumClient === undefined ? {} : { minimumClient: configuration.minimumClient }),
    },
    endBinding: options.endBinding,
  })
  const startedMs = clock.monotonicMs()
  const health = perform(readHealth, async () => {
    try {
      await store.check()
    } catch (error) {
      return NotReady(`The database does not answer: ${(error as Error).message}`)
    }
    return {
      status: options.upkeep.isDraining() ? ('draining' as const) : ('ok' as const),
      version,
      uptimeSeconds: (clock.monotonicMs() - startedMs) / 1000,
      warnings: [...options.warnings(), ...sessions.warnings()],
    }
  })
  let clientBuild: string | undefined
  options.webFolder
    ?.then((folder) => readFile(join(folder, 'build-id'), 'utf8'))
    .then((id) => {
      clientBuild = id.trim()
    })
    // Whoever built it has said so already.
    .catch(() => {})
  const server = await createHttpServer({
    clock,
    log,
    http: { address: bind, port: configuration.httpPort },
    https: { address: bind, port: configuration.httpsPort, ...options.certificate },
    proxies: configuration.proxies,
    handlers: [
      ...sessions.handlers,
      ...administration.handlers,
      ...history.handlers,
      ...createCallFeatureApi({ ...store, features: options.features, commands: options.calls }).handlers,
      ...options.chat.handlers,
      ...options.presence.handlers,
      ...portal.handlers,
      ...webPhone.handlers,
      ...options.push.handlers,
      ...options.siteChecks.handlers,
      ...options.site.handlers,
      ...options.emergency.handlers,
      ...options.erasure.handlers,
      ...options.flows.handlers,
      ...options.mail.handlers,
      ...createAttendant({ ...store, mailer: options.mail.mailer }).handlers,
      ...options.trunks.handlers,
      ...options.ftps.handlers,
      ...options.voicemail.handlers,
      ...options.recording.handlers,
      ...options.conferences.handlers,
      ...options.contactCentre.handlers,
      ...options.webChat.handlers,
      ...options.mailChannel.handlers,
      ...options.calendars.handlers,
      ...options.centreConfiguration.handlers,
      ...options.centreFigures.handlers,
      ...options.centreReplay.handlers,
      ...options.desks.handlers,
      ...createCertificates(options.certificates).handlers,
      ...directory.handlers,
      ...options.upkeep.handlers,
      ...options.channels.handlers,
      health,
    ],
    authenticate: sessions.authenticate,
    metrics: () => options.metrics.text(),
    landing: { version },
    ...(options.webFolder ? { serveOther: filesAndProbe(options.webFolder, options.webChat) } : {}),
    clientBuild: () => clientBuild,
    certificates: options.certificates,
    connectTo: configuration.webSockets.map((address) => address.split('/', 3).join('/')),
  })
  server.onUpgrade('/sip', (request, socket, head, place) =>
    network.handleUpgrade(request, socket, head, place, whereaboutsOf(request)),
  )
  const openStream: typeof history.openStream = (principal, wish, client) => {
    client.onClosed(options.contactCentre.pageOpened(principal.userId as UserId))
    history.openStream(principal, wish, client)
  }
  server.onUpgrade('/api/v1/events', eventStreamDoor({ authenticate: sessions.authenticate, open: openStream, clock }))
  server.onStun((socket, place) => options.relay.door.acceptStream(socket, 'tls', place))
  await server.listen()
  const reading = directory
    .start()
    .catch((error: unknown) => log.error('directories of others cannot be read', { error: String(error) }))
  directory.load().catch((error: unknown) => log.error('the directory could not be read', { error: String(error) }))
  const host = urlHost(bind)
  const plain = `http://${host}:${server.addresses.http?.port}`
  const secure = `https://${host}:${server.addresses.https?.port}`
  const setup = await sessions.createSetupLink(plain)
  const made = whenMade(store, sessions.isSetupNeeded)
  return {
    urls: {
      web: plain,
      'web (TLS)': secure,
      api: `${plain}/api/openapi.json`,
      sip: `${host}:${configuration.sipPort} (UDP, TCP), ${host}:${configuration.sipsPort} (TLS), ${secure.replace('https', 'wss')}/sip`,
      ...(setup ? { 'set-up (once)': setup } : {}),
    },
    administratorMade: made.promise,
    callerNames: directory.callerNames,
    replaceCertificate: ({ certPem, keyPem }) => server.setCertificate(certPem, keyPem),
    close: async () => {
      made.stop()
      await server.close()
      await reading
      await directory.close()
    },
  }
}

/** The files of the web app, and the probe as one file. */
function filesAndProbe(
  webFolder: Promise<string>,
  webChat: Pick<WebChatFeature, 'framedBy'>,
): ReturnType<typeof staticFiles> {
  const files = staticFiles(webFolder)
  const probe = probeDownload(() => ensureProbeBuilt(version))
  return async (request, response) => {
    frameVisitors(request, response, webChat)
    return (await probe(request, response)) || (await files(request, response))
  }
}

/** The page of visitors stands in frames of the websites that it is for, and of no others. */
function frameVisitors(
  { url = '' }: IncomingMessage,
  response: ServerResponse,
  webChat: Pick<WebChatFeature, 'framedBy'>,
): void {
  const [path, query] = url.split('?', 2)
  if (path !== '/visitor') return
  const origins = webChat.framedBy(new URLSearchParams(query).get('site') ?? '')
  const policy = String(response.getHeader('content-security-policy') ?? '')
  if (origins.length === 0 || policy === '') return
  response.removeHeader('x-frame-options')
  response.setHeader(
    'content-security-policy',
    policy.replace("frame-ancestors 'none'", `frame-ancestors 'self' ${origins.join(' ')}`),
  )
}

/** Resolves when the first administrator is there; never where there is one already. */
function whenMade(store: Store, isNeeded: () => boolean): { promise: Promise<void>; stop: () => void } {
  if (!isNeeded()) return { promise: new Promise(() => {}), stop: () => {} }
  let stop = (): void => {}
  const promise = new Promise<void>((resolve) => {
    stop = store.feed.subscribe(() => {
      if (!isNeeded()) resolve()
    })
  })
  return { promise, stop }
}

function urlHost(bind: string): string {
  if (bind === '::' || bind === '0.0.0.0') return 'localhost'
  return bind.includes(':') ? `[${bind}]` : bind
}
