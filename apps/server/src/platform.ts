import { hostname, networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { type Logger, Scope, type SteadyClock, type UserId } from '@vaxel/base'
import {
  CertificateKeeper,
  CertificateOffice,
  createNetwork,
  createRelay,
  detectMediaType,
  loadOrCreateCertificates,
  openStunListener,
  SmtpSender,
  SipMirror,
  WebPushSender,
} from '@vaxel/connect'
import type {
  Binding,
  CallRecord,
  NumberedEvent,
  CallerNames,
  PresenceState,
  ReadAttachment,
  WebChat,
} from '@vaxel/core'
import { CallService, callCommands, createCallFeatures, conferenceCalls, takeInvite } from '@vaxel/features/calls'
import { createChannels } from '@vaxel/features/channels'
import { createChat } from '@vaxel/features/chat'
import { createConferences, emptyNamesFolder } from '@vaxel/features/conferences'
import { createCentreConfiguration } from '@vaxel/features/centre-configuration'
import { createCentreFigures } from '@vaxel/features/centre-figures'
import { createCentreReplay } from '@vaxel/features/centre-replay'
import { createContactCentre } from '@vaxel/features/contact-centre'
import { NoticeFan } from '@vaxel/features/history'
import { createDeskSharing } from '@vaxel/features/desk-sharing'
import { createMail } from '@vaxel/features/mail'
import { createHandlingCodes } from '@vaxel/features/portal'
import { createPush } from '@vaxel/features/push'
import type { QueueVoiceFeature } from '@vaxel/features/queue-voice'
import { createRecording, type RecordingFeature } from '@vaxel/features/recording'
import { Registrar, watchRegistrations } from '@vaxel/features/registrar'
import { createPresence } from '@vaxel/features/presence'
import { createTrunks, type OwnCertificate, trustOf } from '@vaxel/features/trunks'
import { createUpkeep } from '@vaxel/features/upkeep'
import { createVoicemail, WaitingLamps } from '@vaxel/features/voicemail'
import { createWebChat, KeyedVisitorPhones } from '@vaxel/features/web-chat'
import { KeyedBrowserPhones } from '@vaxel/features/web-phone'
import { createSite } from '@vaxel/features/site'
import { createSiteChecks } from '@vaxel/features/site-checks'
import { createEmbeddedMedia, PromptShelf, recordedLengthMs, sealedSoundReader, sealWav } from '@vaxel/media'
import {
  allowValue,
  createSipStack,
  type ExtraHeaders,
  type Flow,
  type IncomingRequest,
  makeResponse,
  type SipRequest,
  supportedValue,
  type SipResponse,
} from '@vaxel/sip'
import { deliveredCatalogues, vaxelCatalogue } from '@vaxel/site/catalogues'
import type { Store } from '@vaxel/store'
import { browserPhoneKey } from './browser-phone-key.ts'
import { buildCalendars } from './calendars.ts'
import { ClockWatch } from './clock-watch.ts'
import type { Configuration } from './configuration.ts'
import { DiskWatch } from './disk-watch.ts'
import { domainOfHost } from './domain-of-host.ts'
import { openFtps } from './ftps.ts'
import { flowToBinding } from './flow-to-binding.ts'
import { buildFlows } from './flows.ts'
import { liveLegs } from './live-legs.ts'
import { LoadWatch } from './load-watch.ts'
import { buildMailChannel } from './mail-channel.ts'
import { Metrics } from './metrics.ts'
import { NatKeepAlive } from './nat-keep-alive.ts'
import { promptPath } from './prompts.ts'
import { pushKeys } from './push-keys.ts'
import { buildQueueVoice, recordingByQueue } from './queue-voice.ts'
import { runningListeners } from './running-listeners.ts'
import { siteReach } from './site-reach.ts'
import { version } from './version.ts'
import { openWeb, type Web } from './web.ts'

/** The running platform. */
export interface Platform {
  readonly store: Store
  readonly urls: Readonly<Record<string, string>>
  /** Resolves when an administrator was made on an installation that had none: it may now listen to the network. */
  readonly administratorMade: Promise<void>
  /** Takes no new calls, and resolves `drained` when the last one has ended or the limit has come. */
  drain(): void
  readonly drained: Promise<void>
  /** Calls are cleared, everything told is durable, listeners are closed. */
  close(): Promise<void>
}

/**
 * The composition root: builds everything the configuration asks for, in the order in which one needs the other,
 * and closes it in reverse. Throws with a sentence for a person when something cannot start.
 */
export async function startPlatform(options: {
  configuration: Configuration
  store: Store
  bind: string
  isDemo: boolean
  /** Resolves to the folder of the built web app; absent: none is served. */
  webFolder?: Promise<string>
  clock: SteadyClock
  log: Logger
}): Promise<Platform> {
  const { configuration, store, bind, isDemo, clock, log } = options
  const scope = new Scope((error) => log.error('closing', { error: String(error) }))
  try {
    const recordingFolder = store.recordingFolder(sealedSoundReader)
    const closed = await store.ledger.closeOpenCalls(clock.now(), (file) =>
      recordedLengthMs(join(configuration.data, file)),
    )
    if (closed > 0)
      log.warn('calls were open when the platform stopped; they are closed as restarted', { calls: closed })
    const folder = join(configuration.data, 'certificates')
    const names = certificateNames(store, configuration)
    const certificates = await loadOrCreateCertificates(folder, names)
    const network = await createNetwork({
      clock,
      log,
      udp: [{ address: bind, port: configuration.sipPort }],
      tcp: [{ address: bind, port: configuration.sipPort }],
      tls: [{ address: bind, port: configuration.sipsPort, certificate: certificates.server }],
      ...(configuration.publicAddress ? { publicAddress: configuration.publicAddress } : {}),
      clientCertificate: certificates.server,
      limits: configuration.limits.network,
      trustOf: (key) => trustOf(store.directory, key),
      ...(configuration.dns ? { dnsServers: configuration.dns } : {}),
    })
    scope.add(() => network.close())
    const phoneKey = await browserPhoneKey(configuration.data)
    const relay = createRelay({
      clock,
      secret: phoneKey,
      media: { port: configuration.mediaPort, addresses: mediaAddresses(bind, isDemo) },
      phonePorts: configuration.mediaPorts,
      ...(configuration.publicAddress ? { publicAddress: configuration.publicAddress } : {}),
      stunPort: configuration.stunPort,
      httpsPort: configuration.httpsPort,
    })
    const stun = await openStunListener({ address: bind, port: configuration.stunPort }, relay.door)
    scope.add(() => stun.close())
    scope.add(() => relay.door.close())
    // Closed after the engine: recordings end with it.
    let recording: RecordingFeature | undefined
    scope.add(() => recording?.close())
    const { engine, siteEcho } = await createEmbeddedMedia({
      clock,
      log,
      workers: configuration.mediaWorkers,
      mediaPort: configuration.mediaPort,
      portRange: configuration.mediaPorts,
      drainMs: configuration.mediaDrainMs,
      bindAddresses: mediaAddresses(bind, isDemo),
      advertise: (peer) => network.advertisedAddress(peer),
      certificate: certificates.dtls,
      // Told every ten seconds or so, and at the very time-out.
      silentAfterMs: configuration.mediaTimeoutMs / Math.ceil(configuration.mediaTimeoutMs / 10_000),
    })
    scope.add(() => engine.close())
    scope.add(() => siteEcho.close())
    const stack = createSipStack({ clock, log, transport: network, product: `Vaxel/${version}` })
    scope.add(() => stack.close())

    const { directory, bindings, ledger } = store
    const resolveDomain = (host: string) =>
      domainOfHost(directory, host, (name) => name === 'localhost' || name === configuration.publicAddress)
    const keepAlive = new NatKeepAlive(network)
    scope.add(() => keepAlive.close())
    let onBindings: (bindings: readonly Binding[]) => void = () => {}
    const browserPhones = new KeyedBrowserPhones({
      key: phoneKey,
      directory: () => directory,
      credentials: store.credentials,
      now: () => clock.now(),
    })
    const notices = new NoticeFan(log)
    const desks = createDeskSharing({ ...store, clock, log, notices, reseat: (deviceId) => registrar.reseat(deviceId) })
    scope.add(() => desks.close())
    let tellWatchers: (packageName: string, resource: string) => void = () => {}
    let offeredChat: (chatId: string) => WebChat | undefined = () => undefined
    const visitorPhones = new KeyedVisitorPhones({
      key: phoneKey,
      directory,
      credentials: store.credentials,
      relays: relay.credentials,
      webSockets: configuration.webSockets,
      clock,
      offered: (chatId) => offeredChat(chatId),
    })
    const registrar = new Registrar({
      browserPhones,
      visitors: visitorPhones,
      clock,
      log,
      directory,
      bindings,
      ledger,
      resolveDomain,
      abuseLimits: configuration.limits.abuse,
      personAt: desks.personAt,
      onChanged: (address, now) => {
        keepAlive.follow(address, now)
        onBindings(now)
        tellWatchers('reg', address)
      },
    })
    scope.add(() => registrar.close())
    await registrar.start()
    scope.add(clock.onJump(({ byMs }) => registrar.clockJumped(byMs)))
    for (const address of addressesBound(bindings)) keepAlive.follow(address, bindings.ofAddress(address))
    const flowOf = async (binding: Binding): Promise<Flow | undefined> => flowToBinding(network, binding)
    // A shared desk phone speaks for whoever is logged in at it.
    const authenticateCaller: Registrar['authenticate'] = (request, flow) => {
      const who = registrar.authenticate(request, flow)
      return who.ok ? { ...who, user: desks.personAt(who.device.id) ?? who.user } : who
    }
    const authenticate = ({ request, flow }: IncomingRequest) => authenticateCaller(request, flow)
    let ownCertificate: (() => OwnCertificate) | undefined
    const trunks = createTrunks({
      clock,
      log,
      random: store.random,
      directory,
      ledger,
      feed: store.feed,
      stack,
      keepAlive: (flow) => network.keepAlive(flow),
      usage: (id) => calls.usageOf(id),
      certificate: () => ownCertificate?.(),
      peerNamesBy: (flow, trust) => network.peerNamesBy(flow, trust),
      provesLogin: (...proof) => registrar.provesLogin(...proof),
    })
    scope.add(() => trunks.close())
    const attachments: Record<string, ReadAttachment> = {}
    const readAttachment: ReadAttachment = async (companyId, reference) =>
      attachments[reference.split(' ', 1)[0] ?? '']?.(companyId, reference)
    const mail = createMail({
      mails: store.mails,
      ...(configuration.smtp ? { sender: new SmtpSender(configuration.smtp, readAttachment) } : {}),
      host: configuration.publicAddress ?? hostname(),
      clock,
      log,
    })
    scope.add(() => mail.close())
    await mail.start()
    recording = createRecording({
      ...store,
      recordingFolder,
      engine,
      clock,
      log,
      mailer: mail.mailer,
      baseUrl: configuration.publicAddress === undefined ? undefined : `https://${configuration.publicAddress}`,
    })
    attachments.recording = recording.attachment
    const cut = await recording.start()
    if (cut > 0)
      log.warn('recordings ran when the platform stopped; they end where their files do', { recordings: cut })
    const { desk: recordingDesk } = recording
    let queueVoice: QueueVoiceFeature | undefined
    let tellBrowsers: Parameters<typeof createVoicemail>[0]['tell'] = () => {}
    const voicemail = createVoicemail({
      ...store,
      tell: (...told) => tellBrowsers?.(...told),
      store: store.voicemail,
      files: store.voiceFiles({ open: sealedSoundReader.open, write: sealWav }),
      notices,
      clock,
      log,
      mailer: () => mail.mailer,
      baseUrl: webAddress(configuration),
    })
    attachments['voicemail'] = voicemail.attachment
    scope.add(() => voicemail.close())
    await voicemail.start()
    let callerNames: CallerNames | undefined
    let presenceOf: ((userId: UserId) => PresenceState | undefined) | undefined
    const prompts = new PromptShelf({ clock, log, ownFolder: join(configuration.data, 'prompts') })
    scope.add(() => prompts.close())
    prompts.fillWhenSettled()
    const calls = new CallService({
      callerNames: { nameOf: async (...number) => callerNames?.nameOf(...number) },
      clock,
      log,
      directory,
      bindings,
      ledger,
      engine,
      stack,
      authenticate: authenticateCaller,
      bindingsOfGruu: (uri) => registrar.bindingsOfGruu(uri),
      flowOf,
      promptPath,
      recordingDesk: recordingByQueue(recordingDesk, () => queueVoice),
      soundOf: (prompt, language) => prompts.path(prompt, language),
      folder: configuration.data,
      mediaTimeoutMs: configuration.mediaTimeoutMs,
      reconnectMs: configuration.reconnectMs,
      notices,
      maxCalls: configuration.maxCalls,
      settings: store.settings,
      trunks: trunks.ways,
      presenceOf: (userId) => presenceOf?.(userId),
    })
    scope.add(() => calls.close())
    const features = createCallFeatures(calls, {
      notices,
      owed: store.owed,
      tellWatchers: (packageName, resource) => tellWatchers(packageName, resource),
    })
    for (const [feature, action] of createHandlingCodes(store)) features.actions.register(feature, action)
    features.actions.register('deskSharing', desks.code(features.deviceOf))
    scope.add(() => features.close())
    calls.people.lastTalks
      .load(directory, store.history)
      .catch((error: unknown) => log.warn('who talked last is not known', { error: String(error) }))
    calls.voice.provide('voicemail', voicemail.service)
    const flows = buildFlows({
      store,
      clock,
      log,
      mailer: mail.mailer,
      lookupNetworks: [...configuration.lookupNetworks, ...(isDemo ? ['127.0.0.0/8', '::1'] : [])],
      dnsServers: configuration.dns,
      calls,
      callerNames: () => callerNames,
      presenceOf: (userId) => presenceOf?.(userId),
    })
    scope.add(() => flows.close())
    calls.voice.provide('flow', flows.service)
    const conferences = createConferences({
      ...store,
      rooms: store.conferenceRooms,
      clock,
      log,
      engine,
      notices,
      calls: conferenceCalls(calls),
      tellWatchers: (packageName, resource) => tellWatchers(packageName, resource),
      sounds: {
        soundOf: (prompt, language) => prompts.path(prompt, language),
        namesFolder: await emptyNamesFolder(configuration.data),
      },
    })
    calls.voice.provide('conference', conferences.serve)
    calls.openAdHoc = conferences.service.openAdHoc
    calls.inviteIntoRoom = conferences.service.inviteIntoRoom
    scope.add(() => conferences.close())
    const push = createPush({
      ...store,
      userSettings: store.settings,
      clock,
      log,
      sender: new WebPushSender({
        keys: await pushKeys(configuration.data),
        subject: `https://${configuration.publicAddress ?? hostname()}`,
        allowsLoopback: isDemo,
        log,
      }),
    })
    scope.add(() => push.close())
    tellBrowsers = push.tell
    const chat = createChat({
      alerts: push.alerts,
      ...store,
      notices,
      log,
      detectMediaType,
      phones: { bindings, stack, flowOf, authenticate },
    })
    scope.add(() => chat.close())
    const presence = createPresence({
      ...store,
      clock,
      notices,
      live: liveLegs(calls),
      tellWatchers: (packageName, resource) => tellWatchers(packageName, resource),
      mailbox: (userId) => {
        const { newMessages, savedMessages } = voicemail.counts(userId)
        return { newMessages, oldMessages: savedMessages }
      },
    })
    scope.add(() => presence.close())
    presenceOf = (userId) => presence.stateOf(userId)
    const calendars = buildCalendars({
      store,
      notices,
      presence: presence.sources,
      networks: [...configuration.lookupNetworks, ...(isDemo ? ['127.0.0.0/8', '::1'] : [])],
      dnsServers: configuration.dns,
      clock,
      log,
    })
    scope.add(() => calendars.close())
    const centreConfiguration = createCentreConfiguration({ ...store, clock })
    const contactCentre = createContactCentre({
      ...store,
      clock,
      log,
      notices,
      presence: presence.sources,
      live: liveLegs(calls),
      calls: callCommands(calls),
      awayMs: configuration.reconnectMs,
    })
    scope.add(() => contactCentre.close())
    const { workDesk: desk, agentDesk: agents } = contactCentre
    queueVoice = buildQueueVoice({ store, clock, log, notices, calls, desk, agents, voicemail })
    scope.add(() => queueVoice?.close())
    for (const [feature, action] of queueVoice.codes) features.actions.register(feature, action)
    const webChat = createWebChat({
      ...store,
      clock,
      log,
      notices,
      mailer: mail.mailer,
      workDesk: contactCentre.workDesk,
      phones: visitorPhones,
      editor: centreConfiguration.editor,
    })
    offeredChat = webChat.offered
    scope.add(() => webChat.close())
    const mailChannel = buildMailChannel({
      store,
      mail,
      editor: centreConfiguration.editor,
      notices,
      desk: contactCentre.workDesk,
      host: configuration.publicAddress ?? hostname(),
      networks: [...configuration.lookupNetworks, ...(isDemo ? ['127.0.0.0/8', '::1'] : [])],
      dnsServers: configuration.dns,
      clock,
      log,
    })
    scope.add(() => mailChannel.close())
    const notifier = watchRegistrations({
      clock,
      log,
      stack,
      transport: network,
      bindings,
      directory,
      resolveDomain,
      authenticate: (request, flow) => registrar.authenticate(request, flow),
      further: [...features.watched(presence.packages), conferences.service.watched],
    })
    tellWatchers = (packageName, resource) => notifier.changed(packageName, resource)
    scope.add(() => notifier.close())
    const waitingLamps = new WaitingLamps({
      clock,
      log,
      directory,
      bindings,
      stack,
      flowOf,
      counts: voicemail.counts,
      isSubscribed: ({ userId, flow: { remoteAddress: address, remotePort } }) =>
        notifier.isWatchedFrom('message-summary', userId, { address, port: remotePort }),
    })
    scope.add(() => waitingLamps.close())
    voicemail.onChange((userId) => {
      notifier.changed('message-summary', userId)
      waitingLamps.changed(userId)
    })
    onBindings = (now) => {
      calls.browsers.bindingsChanged(now)
      chat.bindingsChanged(now)
      waitingLamps.bindingsChanged(now)
    }
    const metrics = new Metrics({
      callsNow: () => calls.count,
      bindings: () => [...bindings.all()].length,
      openTransactions: () => stack.counts().clientTransactions + stack.counts().serverTransactions,
      ledgerQueued: () => store.queued(),
      trunks: () => trunks.desk.counts(),
    })
    scope.add(store.feed.subscribe((events) => countEnds(metrics, events)))

    const handle = (incoming: IncomingRequest): void => {
      switch (incoming.request.method) {
        case 'REGISTER':
          return registrar.onRequest(incoming)
        case 'OPTIONS':
          return incoming.respond(
            withHeaders(makeResponse(incoming.request, 200), [
              ['Allow', allowValue],
              ['Supported', supportedValue],
              ['Accept', 'application/sdp'],
            ]),
          )
        case 'MESSAGE':
          return chat.onMessage(incoming)
        case 'SUBSCRIBE':
          return notifier.onSubscribe(incoming)
        case 'NOTIFY':
          // Every subscription of ours is known to the stack; this is for none of them.
          return incoming.respond(makeResponse(incoming.request, 481))
        case 'ACK':
          return
        default:
          return incoming.respond(withHeaders(makeResponse(incoming.request, 405), [['Allow', allowValue]]))
      }
    }
    const isOverTrunk = (request: SipRequest, flow: Flow): boolean =>
      request.method !== 'REGISTER' && trunks.door.trunkAt(request, flow) !== undefined
    stack.setUser({
      admits: (request, flow) => isOverTrunk(request, flow) || registrar.admits(request, flow),
      screen: (request, flow, sizeBytes) =>
        isOverTrunk(request, flow) ? undefined : registrar.screen(request, flow, sizeBytes),
      mayBeForged: (flow) => registrar.mayBeForged(flow),
      onInvite: (invite) => {
        takeInvite(calls, invite).catch((error: unknown) => {
          log.error('an INVITE could not be handled', { error: String(error) })
          invite.refuse(500)
        })
      },
      onRequest: handle,
      onWire: (direction, message, flow, bytes) => {
        metrics.messageSeen(direction, flow.protocol)
        calls.trace.see(direction, message, flow, bytes)
      },
    })
    let siteChecks: ReturnType<typeof createSiteChecks> | undefined
    const mirror = new SipMirror({
      clock,
      keyOf: (checkId) => siteChecks?.keyOf(checkId),
      send: (flow, bytes) => network.send(flow, bytes),
      contactFor: (flow) => {
        const { address, port } = network.advertised(flow)
        return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
      },
    })
    network.onMessage((flow, bytes) => {
      if (!mirror.takes(flow, bytes)) stack.receive(flow, bytes)
    })
    network.onFlowClosed((flow) => {
      stack.flowClosed(flow)
      calls.browsers.flowClosed(flow)
      trunks.flowClosed(flow)
      void registrar.flowGone(flow.id)
    })
    let web: Web | undefined
    const ftps = await openFtps({
      configuration,
      store,
      bind,
      certificate: certificates.server,
      advertise: (peer) => network.advertisedAddress(peer),
      clock,
      log,
    })
    scope.add(() => ftps.close())
    const keeper = new CertificateKeeper({
      clock,
      log,
      folder,
      names,
      current: certificates,
      onRenewed: ({ server }) => {
        network.replaceCertificate(server)
        web?.replaceCertificate(server)
        ftps.replaceCertificate(server)
      },
    })
    scope.add(() => keeper.stop())
    const office = await CertificateOffice.open({ clock, log, folder, keeper })
    scope.add(() => office.close())
    ownCertificate = () => office.served()
    trunks.start()
    for (const part of [features, flows])
      part.resume().catch((error: unknown) => log.error('what was promised is not known', { error: String(error) }))
    const diskWatch = new DiskWatch({
      clock,
      folders: [configuration.data, configuration.journal ?? configuration.data],
      leastBytes: configuration.diskWarningBytes,
    })
    scope.add(() => diskWatch.close())
    await diskWatch.look()
    const clockWatch = new ClockWatch(clock, log)
    scope.add(() => clockWatch.close())
    const warnings = () => [
      ...diskWatch.warnings(),
      ...recording.warnings(),
      ...clockWatch.warnings(),
      ...store.warnings(),
      ...network.warnings(),
      ...office.warnings(),
      ...trunks.warnings(),
    ]
    let isDrained: () => void = () => {}
    const drained = new Promise<void>((resolve) => {
      isDrained = resolve
    })
    const channels = createChannels({
      clock,
      directory,
      maxCalls: configuration.maxCalls,
      calls,
      recordingsOf: (companyId) => calls.recordings.countOf(companyId),
      compared: deliveredCatalogues.find(({ id }) => id === 'akio-tws')?.requirements ?? [],
    })
    scope.add(() => channels.close())
    const upkeep = createUpkeep({
      calls,
      clock,
      log,
      version,
      drainLimitMs: configuration.drainLimitMs,
      registrations: () => [...bindings.all()].length,
      warnings,
      onDrained: isDrained,
    })
    scope.add(() => upkeep.close())
    const load = new LoadWatch({
      clock,
      isDraining: () => calls.isDraining,
      calls: () => calls.count,
      maxCalls: configuration.maxCalls,
    })
    scope.add(() => load.close())
    const site = createSite({
      ...store,
      log,
      delivered: deliveredCatalogues,
      makeOwn: (number, day) => {
        const trunks = [...directory.companies()].flatMap(({ id }) => directory.trunksOf(id))
        const acmeDirectoryUrl = office.acme()?.directoryUrl
        const certificate = office.served().source
        return vaxelCatalogue(runningListeners({ configuration, trunks, certificate, acmeDirectoryUrl }), number, day)
      },
      tell: (owner, message) => push.tell(owner, message),
      mailer: mail.mailer,
      baseUrl: configuration.publicAddress === undefined ? undefined : `https://${configuration.publicAddress}`,
    })
    scope.add(() => site.close())
    await site.load()
    siteChecks = createSiteChecks({
      clock,
      random: store.random,
      echo: siteEcho,
      relays: relay.credentials,
      reach: () => siteReach(configuration, (peer) => network.advertisedAddress(peer)),
      catalogue: () => site.shelf.newest('vaxel'),
      invitations: site.invitations,
      busyWith: () => load.busyWith(),
      isOff: !configuration.siteChecks,
    })
    scope.add(() => siteChecks?.close())
    const centreFigures = createCentreFigures({
      ...store,
      clock,
      log,
      notices,
      desk: contactCentre.agentDesk,
      editor: centreConfiguration.editor,
      monitor: () => queueVoice?.monitor,
      mailer: () => mail.mailer,
      push: push.tell,
      baseUrl: webAddress(configuration),
    })
    attachments['report'] = centreFigures.attachment
    scope.add(() => centreFigures.close())
    await webChat.start()
    await contactCentre.start()
    await webChat.settle()
    await centreFigures.start()
    await mailChannel.start()
    calendars.start()
    web = await openWeb({
      contactCentre,
      webChat,
      mailChannel,
      calendars,
      centreConfiguration,
      centreFigures,
      centreReplay: createCentreReplay({ ...store, clock }),
      channels,
      trunks,
      ftps,
      push,
      siteChecks,
      site,
      flows,
      mail,
      voicemail,
      recording,
      recordingFolder,
      conferences,
      desks,
      certificates: office,
      presence,
      relay,
      chat,
      browserPhones,
      notices,
      ...(options.webFolder ? { webFolder: options.webFolder } : {}),
      warnings,
      upkeep,
      endBinding: (binding) => registrar.unbind(binding.userId, binding.deviceId),
      configuration,
      store,
      bind,
      isDemo,
      clock,
      log,
      calls: callCommands(calls),
      features,
      metrics,
      network,
      certificate: certificates.server,
    })
    callerNames = web.callerNames
    const opened = web
    scope.add(() => opened.close())
    return {
      store,
      urls: opened.urls,
      administratorMade: opened.administratorMade,
      drain: () => upkeep.drain(),
      drained,
      close: () => scope.close('shut-down'),
    }
  } catch (error) {
    await scope.close('could not start')
    throw error
  }
}

/** Where people open the web app from elsewhere, as far as the configuration says. */
function webAddress({ publicAddress, httpsPort }: Configuration): string | undefined {
  if (publicAddress === undefined) return undefined
  const host = publicAddress.includes(':') ? `[${publicAddress}]` : publicAddress
  return `https://${host}${httpsPort === 443 ? '' : `:${httpsPort}`}`
}

/** Addresses of record that have bindings. */
function addressesBound(bindings: Store['bindings']): Set<string> {
  const addresses = new Set<string>()
  for (const { addressOfRecord } of bindings.all()) addresses.add(addressOfRecord)
  return addresses
}

/** Names that the certificate must hold: domains, the host's own name and addresses. */
function certificateNames(store: Store, configuration: Configuration): string[] {
  const names = ['localhost', '127.0.0.1', '::1', hostname()]
  for (const company of store.directory.companies())
    for (const domain of store.directory.domainsOf(company.id)) names.push(domain.name)
  if (configuration.publicAddress) names.push(configuration.publicAddress)
  return names
}

/**
 * Where audio is bound. The wildcard of both families is one address for each, as media sockets are of one family.
 * The demo's media port is on the machine's first other address too: Firefox sends no media to 127.0.0.1.
 */
export function mediaAddresses(bind: string, isDemo: boolean, interfaces = networkInterfaces()): string[] {
  const own = Object.values(interfaces).flatMap((addresses) => addresses ?? [])
  if (bind === '::') return own.some(({ family }) => family === 'IPv6') ? ['0.0.0.0', '::'] : ['0.0.0.0']
  const other = own.find(({ internal, family }) => !internal && family === 'IPv4')
  return isDemo && bind !== '0.0.0.0' && other && other.address !== bind ? [bind, other.address] : [bind]
}

function withHeaders(response: SipResponse, headers: ExtraHeaders): SipResponse {
  for (const [name, value] of headers) response.headers.append(name, value)
  return response
}

/** Counts ends of calls for the metrics, from the ledger. */
function countEnds(metrics: Metrics, events: readonly NumberedEvent[]): void {
  for (const { kind, data } of events) {
    if (kind !== 'call.ended') continue
    const { termination, direction, talkMs } = data as {
      termination?: CallRecord['termination']
      direction?: string
      talkMs?: number
    }
    metrics.callEnded(
      {
        reason: termination?.reason ?? 'unknown',
        blame: termination?.blame ?? 'unknown',
        direction: direction ?? 'unknown',
      },
      talkMs === undefined ? undefined : talkMs / 1000,
    )
  }
}
