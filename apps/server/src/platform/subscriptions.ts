import { watchRegistrations } from '@vaxel/features/registrar'
import { WaitingLamps } from '@vaxel/features/voicemail'
import { flowToBinding } from '../flow-to-binding.ts'
import type { Calls } from './calls.ts'
import type { Ground } from './ground.ts'
import type { KeptSound } from './kept-sound.ts'
import type { People } from './people.ts'
import type { Phones } from './phones.ts'
import type { Transport } from './transport.ts'

/** Event packages that phones subscribe to (RFC 6665), and the lamps of those that are told unasked. Returns the notifier. */
export function openSubscriptions(
  { store, clock, log, scope, later }: Ground,
  { network, stack }: Transport,
  { resolveDomain, registrar, flowOf }: Phones,
  { voicemail }: Pick<KeptSound, 'voicemail'>,
  { calls, features, conferences }: Calls,
  { chat, presence }: People,
) {
  const { directory, bindings } = store
  const notifier = watchRegistrations({
    clock,
    log,
    stack,
    transport: network,
    bindings,
    directory,
    resolveDomain,
    authenticate: (request, flow) => registrar.authenticate(request, flow),
    userNow: (who) => registrar.userNow(who),
    flowOf: (binding) => flowToBinding(network, binding),
    further: [...features.watched(presence.packages), conferences.service.watched],
  })
  later.tellWatchers = (packageName, resource) => notifier.changed(packageName, resource)
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
  later.bindingsChanged = (now) => {
    calls.browsers.bindingsChanged(now)
    calls.streams.bindingsChanged(now)
    chat.bindingsChanged(now)
    waitingLamps.bindingsChanged(now)
    for (const { deviceId } of now) notifier.reached(deviceId)
  }
  return notifier
}
