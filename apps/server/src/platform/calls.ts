import { join } from 'node:path'
import type { EmergencyPlaces } from '@vaxel/core'
import { CallService, conferenceCalls, createCallFeatures } from '@vaxel/features/calls'
import { createConferences, emptyNamesFolder } from '@vaxel/features/conferences'
import { createHandlingCodes } from '@vaxel/features/portal'
import type { TrunksFeature } from '@vaxel/features/trunks'
import { PromptShelf } from '@vaxel/media'
import { buildFlows } from '../flows.ts'
import { promptPath } from '../prompts.ts'
import { recordingByQueue } from '../queue-voice.ts'
import { type Ground, innerNetworks } from './ground.ts'
import type { KeptSound } from './kept-sound.ts'
import type { Phones } from './phones.ts'
import type { Transport } from './transport.ts'

export type Calls = Awaited<ReturnType<typeof buildCalls>>

/** Calls, and what answers in the place of a person: feature codes, voicemail, flows, conference rooms. */
export async function buildCalls(
  ground: Ground,
  { engine, stack }: Transport,
  { notices, desks, registrar, flowOf, authenticateCaller }: Phones,
  trunks: Pick<TrunksFeature, 'ways'>,
  { mail, recording, voicemail }: KeptSound,
  places: EmergencyPlaces,
) {
  const { configuration, store, clock, log, scope, later } = ground
  const { directory, bindings, ledger } = store
  const tellWatchers = (packageName: string, resource: string) => later.tellWatchers?.(packageName, resource)
  const prompts = new PromptShelf({
    clock,
    log,
    ownFolder: join(configuration.data, 'prompts'),
    namesFolder: join(configuration.data, 'spoken-names'),
    isBusy: () => calls.count > 0,
  })
  scope.add(() => prompts.close())
  prompts.fillWhenSettled()
  const calls = new CallService({
    callerNames: { nameOf: async (...number) => later.callerNames?.nameOf(...number) },
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
    recordingDesk: recordingByQueue(recording.desk, () => later.queueVoice),
    soundOf: (prompt, language) => prompts.path(prompt, language),
    folder: configuration.data,
    mediaTimeoutMs: configuration.mediaTimeoutMs,
    reconnectMs: configuration.reconnectMs,
    notices,
    maxCalls: configuration.maxCalls,
    settings: store.settings,
    trunks: trunks.ways,
    places,
    presenceOf: (userId) => later.presenceOf?.(userId),
  })
  later.calls = calls
  scope.add(() => calls.close())
  const features = createCallFeatures(calls, { notices, owed: store.owed, tellWatchers })
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
    lookupNetworks: innerNetworks(ground),
    dnsServers: configuration.dns,
    calls,
    callerNames: () => later.callerNames,
    presenceOf: (userId) => later.presenceOf?.(userId),
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
    tellWatchers,
    sounds: {
      soundOf: (prompt, language) => prompts.path(prompt, language),
      namesFolder: await emptyNamesFolder(configuration.data),
    },
  })
  calls.voice.provide('conference', conferences.serve)
  calls.openAdHoc = conferences.service.openAdHoc
  calls.inviteIntoRoom = conferences.service.inviteIntoRoom
  scope.add(() => conferences.close())
  return { calls, features, flows, conferences, prompts }
}
