import type { Clock, Logger } from '@vaxel/base'
import type { Binding, BindingStore, Directory, User } from '@vaxel/core'
import { addressOfRecord, type Authentication } from '@vaxel/features/registrar'
import {
  type Flow,
  makeRegEventPackage,
  makeResponse,
  Notifier,
  parseUri,
  type RegContact,
  type SipRequest,
  type SipStack,
  type SipTransport,
} from '@vaxel/sip'

export interface SubscriptionOptions {
  readonly clock: Clock
  readonly log: Logger
  readonly directory: Directory
  readonly bindings: BindingStore
  readonly stack: SipStack
  readonly transport: SipTransport
  authenticate(request: SipRequest, flow: Flow): Authentication
}

/** The event packages that phones may subscribe to. A person watches the own registrations; supervisors and administrators those of their company. */
export function makeNotifier(options: SubscriptionOptions): Notifier {
  const { clock, log, directory, bindings, stack, transport } = options
  return new Notifier({
    clock,
    log,
    sender: stack,
    transport,
    packages: [
      makeRegEventPackage((address) => bindings.ofAddress(address).map((binding) => contactOf(binding, clock.now()))),
    ],
    admit: (request, _event, flow) => {
      const who = options.authenticate(request, flow)
      if (!who.ok) return who
      const name = parseUri(request.uri)?.user?.toLowerCase() ?? ''
      const watched = directory.userByAddress(who.domain.name, name)
      if (!watched || !mayWatch(who.user, watched)) return { ok: false, response: makeResponse(request, 404) }
      return { ok: true, resource: addressOfRecord(watched.name, who.domain.name) }
    },
  })
}

function mayWatch(watcher: User, watched: User): boolean {
  if (watcher.companyId !== watched.companyId) return false
  return watcher.id === watched.id || watcher.role === 'supervisor' || watcher.role === 'administrator'
}

function contactOf(binding: Binding, nowMs: number): RegContact {
  return {
    id: binding.id,
    uri: binding.contact,
    state: 'active',
    event: binding.cseq > 1 ? 'refreshed' : 'registered',
    expiresSeconds: Math.max(0, Math.round((binding.expiresAtMs - nowMs) / 1000)),
    registeredSeconds: Math.max(0, Math.round((nowMs - binding.registeredAtMs) / 1000)),
    q: binding.q,
    callId: binding.callId,
    cseq: binding.cseq,
    ...(binding.instanceId ? { instanceId: binding.instanceId } : {}),
  }
}
