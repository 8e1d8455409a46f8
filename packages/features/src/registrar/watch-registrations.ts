import type { Clock, Logger, RandomBytes } from '@vaxel/base'
import type { Binding, BindingStore, Directory, Domain, User } from '@vaxel/core/ports'
import {
  type Admission,
  type EventPackage,
  type Flow,
  makeRegEventPackage,
  makeResponse,
  Notifier,
  type SipRequest,
  type SipStack,
  type SipTransport,
  type Uri,
} from '@vaxel/sip'
import { addressOfRecord } from './address-of-record.ts'
import type { Authenticated, Authentication } from './authenticator.ts'
import { whereaboutsOf } from './outside-networks.ts'
import { makeRegSource } from './reg-contacts.ts'

/** A further package to which telephones subscribe, and who may. */
export interface FurtherPackage {
  readonly package: EventPackage
  /** The resource that the watcher's subscription means; undefined: for them there is nothing (404). */
  resourceOf(watcher: User, watched: User): string | undefined
  /** The same for a number that is no person's. */
  resourceOfNumber?(watcher: User, number: string): string | undefined
}

/**
 * The notifier of the reg event package (RFC 3680) and of further ones. Give it SUBSCRIBEs by `onSubscribe`, and call
 * `changed('reg', addressOfRecord)` and `reached(deviceId)` from the registrar's `onChanged`.
 */
export function watchRegistrations(options: {
  readonly clock: Clock
  readonly log: Logger
  readonly random?: RandomBytes
  readonly stack: Pick<SipStack, 'request'>
  readonly transport: SipTransport
  readonly bindings: BindingStore
  readonly directory: Directory
  readonly resolveDomain: (host: string) => Domain | undefined
  readonly authenticate: (request: SipRequest, flow: Flow) => Authentication
  /** Who that is now; undefined when the device that they came with is theirs no more, or may not be where it is. */
  readonly userNow: (who: Authenticated) => User | undefined
  /** An open way to a registered device, if there is one. */
  readonly flowOf?: (binding: Binding) => Flow | undefined
  readonly further?: readonly FurtherPackage[]
}): Notifier {
  const { further = [] } = options
  const { clock, log, random, stack, transport, bindings, directory, resolveDomain, authenticate } = options
  const { userNow, flowOf } = options

  /** The way by which a device is registered now: a telephone whose connection broke has another one, and its lamps go on over that. */
  const flowNow = ({ user, device }: Authenticated): Flow | undefined => {
    for (const binding of bindings.ofUser(user.id)) {
      const flow = binding.deviceId === device.id ? flowOf?.(binding) : undefined
      if (flow?.isOpen) return flow
    }
    return undefined
  }

  /** What somebody watches who subscribes to that address, or the status that refuses them. */
  const resourceFor = (watcher: User, { name }: EventPackage, { host, user = '' }: Uri): string | 403 | 404 => {
    const domain = resolveDomain(host)
    const other = further.find((one) => one.package.name === name)
    if (other) {
      const watched = domain && watchedOf(domain, user, directory)
      if (watched) return other.resourceOf(watcher, watched) ?? 404
      return (domain?.companyId === watcher.companyId && other.resourceOfNumber?.(watcher, user)) || 404
    }
    const watched = domain && directory.userByAddress(domain.name, user)
    return watched && mayWatch(watcher, watched) ? addressOfRecord(watched.name, domain.name) : 403
  }
  return new Notifier({
    clock,
    log,
    ...(random !== undefined && { random }),
    sender: stack,
    transport,
    packages: [
      makeRegEventPackage(makeRegSource({ bindings, directory, nowMs: () => clock.now() })),
      ...further.map((one) => one.package),
    ],
    admit(request, event, flow): Admission {
      const who = authenticate(request, flow)
      if (!who.ok) return who
      const { uri } = request.to
      const resource = resourceFor(who.user, event, uri)
      if (typeof resource === 'number') return { ok: false, response: makeResponse(request, resource) }
      return {
        ok: true,
        resource,
        watcher: who.device.id,
        ...(flowOf && { flowNow: () => flowNow(who) }),
        endedBy(over) {
          const now = userNow({ ...who, from: whereaboutsOf(over) })
          if (now === undefined) return { reason: 'rejected' }
          return resourceFor(now, event, uri) === resource ? undefined : { reason: 'deactivated' }
        },
      }
    },
  })
}

/** Whom a SUBSCRIBE means: by name, else by the number that is dialled for them. */
function watchedOf(domain: Domain, name: string, directory: Directory): User | undefined {
  const target = directory.number(domain.companyId, name)?.target
  return (
    directory.userByAddress(domain.name, name) ?? (target?.kind === 'user' ? directory.user(target.userId) : undefined)
  )
}

/** One's own registrations, and an administrator those of the company. Others see neither them nor whether there are any. */
const mayWatch = (watcher: User, watched: User): boolean =>
  watcher.id === watched.id || (watcher.role === 'administrator' && watcher.companyId === watched.companyId)
