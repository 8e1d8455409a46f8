import { join } from 'node:path'
import { type Logger, Scope, type SteadyClock } from '@vaxel/base'
import { callCommands } from '@vaxel/features/calls'
import { createCentreReplay } from '@vaxel/features/centre-replay'
import { createErasure } from '@vaxel/features/erasure'
import { Retention } from '@vaxel/features/retention'
import { recordedLengthMs, sealedSoundReader } from '@vaxel/media'
import type { Store } from '@vaxel/store'
import type { Configuration } from './configuration.ts'
import type { FaultWatch } from './fault-watch.ts'
import { buildCalls } from './platform/calls.ts'
import { buildCentre, startCentre } from './platform/centre.ts'
import { keepCertificates } from './platform/certificates.ts'
import { knowPlaces, watchEmergencies } from './platform/emergency.ts'
import type { Ground } from './platform/ground.ts'
import { startKeptSound } from './platform/kept-sound.ts'
import { measure } from './platform/measure.ts'
import { watchOperation } from './platform/operation.ts'
import { buildPeople } from './platform/people.ts'
import { startPhones } from './platform/phones.ts'
import { takeSignalling } from './platform/signalling.ts'
import { openSites } from './platform/sites.ts'
import { openSubscriptions } from './platform/subscriptions.ts'
import { openTransport } from './platform/transport.ts'
import { buildTrunks } from './platform/trunks.ts'
import { openWeb } from './web.ts'

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

/** What the composition root is given. */
interface PlatformOptions {
  readonly configuration: Configuration
  readonly store: Store
  readonly bind: string
  readonly isDemo: boolean
  /** Resolves to the folder of the built web app; absent: none is served. */
  readonly webFolder?: Promise<string>
  readonly clock: SteadyClock
  readonly log: Logger
  readonly faults: Pick<FaultWatch, 'warnings'>
}

/**
 * The composition root: builds everything the configuration asks for, in the order in which one needs the other,
 * and closes it in reverse. Throws with a sentence for a person when something cannot start.
 */
export async function startPlatform({ webFolder, ...options }: PlatformOptions): Promise<Platform> {
  const scope = new Scope((error) => options.log.error('closing', { error: String(error) }))
  try {
    return await build({ ...options, scope, later: {} }, webFolder)
  } catch (error) {
    await scope.close('could not start')
    throw error
  }
}

async function build(ground: Ground, webFolder: Promise<string> | undefined): Promise<Platform> {
  const { store, clock, log, scope, later } = ground
  const recordingFolder = store.recordingFolder(sealedSoundReader)
  await closeInterruptedCalls(ground)
  const transport = await openTransport(ground)
  const phones = await startPhones(ground, transport)
  const trunks = buildTrunks(ground, transport, phones)
  const sound = await startKeptSound(ground, transport, phones, recordingFolder)
  const places = await knowPlaces(ground)
  const calling = await buildCalls(ground, transport, phones, trunks, sound, places)
  const people = await buildPeople(ground, transport, phones, sound, calling)
  const emergency = watchEmergencies(ground, phones, sound, people, places)
  const centre = buildCentre(ground, phones, sound, calling, people)
  const notifier = openSubscriptions(ground, transport, phones, sound, calling, people)
  const { network } = transport
  const { registrar } = phones
  const { mail, recording, voicemail } = sound
  const { calls, features, flows, conferences } = calling
  const { push, chat, presence, calendars } = people
  const metrics = measure(ground, transport, trunks, calls)
  const overload = takeSignalling(ground, transport, phones, trunks, calling, { registrar, chat, notifier }, metrics)
  const { ftps, office } = await keepCertificates(ground, transport)
  trunks.start()
  for (const part of [features, flows])
    part.resume().catch((error: unknown) => log.error('what was promised is not known', { error: String(error) }))
  const operation = await watchOperation(ground, { calls, recording, network, office, trunks, overload })
  const { warnings, drained, channels, upkeep, load } = operation
  const { site, siteChecks } = await openSites(ground, transport, { office, push, mail, load })
  const centreFigures = await startCentre(ground, phones, sound, people, centre)
  calendars.start()
  const retention = new Retention({ ...store, clock, log })
  scope.add(() => retention.close())
  retention.start()
  const erasure = createErasure({ ...store, directory: store.directory, recording, voicemail, clock, log })
  const web = await openWeb({
    ...ground,
    ...centre,
    centreFigures,
    centreReplay: createCentreReplay({ ...store, clock }),
    channels,
    trunks,
    ftps,
    push,
    siteChecks,
    site,
    emergency,
    erasure,
    flows,
    mail,
    voicemail,
    recording,
    recordingFolder,
    conferences,
    desks: phones.desks,
    certificates: office,
    presence,
    calendars,
    relay: transport.relay,
    chat,
    browserPhones: phones.browserPhones,
    notices: phones.notices,
    ...(webFolder ? { webFolder } : {}),
    warnings,
    upkeep,
    endBinding: (binding) => registrar.unbind(binding.userId, binding.deviceId),
    endBindingsOutside: (companyId) => registrar.unbindOutside(companyId),
    calls: callCommands(calls),
    features,
    metrics,
    network,
    certificate: transport.certificates.server,
  })
  later.web = web
  later.callerNames = web.callerNames
  scope.add(() => web.close())
  return {
    store,
    urls: web.urls,
    administratorMade: web.administratorMade,
    drain: () => upkeep.drain(),
    drained,
    close: () => scope.close('shut-down'),
  }
}

/** Calls that a stop cut off end where their recordings do, or now. */
async function closeInterruptedCalls({ configuration, store, clock, log }: Ground): Promise<void> {
  const closed = await store.ledger.closeOpenCalls(clock.now(), (file) =>
    recordedLengthMs(join(configuration.data, file)),
  )
  if (closed > 0) log.warn('calls were open when the platform stopped; they are closed as restarted', { calls: closed })
}
