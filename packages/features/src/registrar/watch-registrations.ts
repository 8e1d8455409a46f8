import type { Clock, Logger, RandomBytes } from '@vaxel/base'
import type { BindingStore, Directory, Domain, User } from '@vaxel/core/ports'
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
} from '@vaxel/sip'
import { addressOfRecord } from './address-of-record.ts'
import type { Authentication } from './authenticator.ts'
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
 * `changed('reg', addressOfRecord)` from the registrar's `onChanged`.
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
  readonly further?: readonly FurtherPackage[]
}): Notifier {
  const { further = [] } = options
  const { clock, log, random, stack, transport, bindings, directory, resolveDomain, authenticate } = options
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
      const other = further.find((one) => one.package.name === event.name)
      if (other) {
        const found = watchedOf(request, directory, resolveDomain)
        const number = request.to.uri.user ?? ''
        const isHere = resolveDomain(request.to.uri.host)?.companyId === who.user.companyId
        const resource = found
          ? other.resourceOf(who.user, found)
          : isHere
            ? other.resourceOfNumber?.(who.user, number)
            : undefined
        return resource === undefined ? { ok: false, response: makeResponse(request, 404) } : { ok: true, resource }
      }
      const domain = resolveDomain(request.to.uri.host)
      const watched = domain && directory.userByAddress(domain.name, request.to.uri.user ?? '')
      return domain !== undefined && watched !== undefined && mayWatch(who.user, watched)
        ? { ok: true, resource: addressOfRecord(watched.name, domain.name) }
        : { ok: false, response: makeResponse(request, 403) }
    },
  })
}

/** Whom a SUBSCRIBE means: by name, else by the number that is dialled for them. */
function watchedOf(
  request: SipRequest,
  directory: Directory,
  resolveDomain: (host: string) => Domain | undefined,
): User | undefined {
  const { host, user = '' } = request.to.uri
  const domain = resolveDomain(host)
  if (!domain) return undefined
  const target = directory.number(domain.companyId, user)?.target
  return (
    directory.userByAddress(domain.name, user) ?? (target?.kind === 'user' ? directory.user(target.userId) : undefined)
  )
}

/** One's own registrations, and an administrator those of the company. Others see neither them nor whether there are any. */
const mayWatch = (watcher: User, watched: User): boolean =>
  watcher.id === watched.id || (watcher.role === 'administrator' && watcher.companyId === watched.companyId)
