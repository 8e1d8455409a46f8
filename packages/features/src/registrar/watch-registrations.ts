import type { Clock, Logger, RandomBytes } from '@vaxel/base'
import type { BindingStore, Directory, Domain, User } from '@vaxel/core/ports'
import {
  type Admission,
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

/**
 * The notifier of the reg event package (RFC 3680). Give it SUBSCRIBEs by `onSubscribe`, and call
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
}): Notifier {
  const { clock, log, random, stack, transport, bindings, directory, resolveDomain, authenticate } = options
  return new Notifier({
    clock,
    log,
    ...(random !== undefined && { random }),
    sender: stack,
    transport,
    packages: [makeRegEventPackage(makeRegSource({ bindings, directory, nowMs: () => clock.now() }))],
    admit(request, _, flow): Admission {
      const who = authenticate(request, flow)
      if (!who.ok) return who
      const domain = resolveDomain(request.to.uri.host)
      const watched = domain && directory.userByAddress(domain.name, request.to.uri.user ?? '')
      return domain !== undefined && watched !== undefined && mayWatch(who.user, watched)
        ? { ok: true, resource: addressOfRecord(watched.name, domain.name) }
        : { ok: false, response: makeResponse(request, 403) }
    },
  })
}

/** One's own registrations, and an administrator those of the company. Others see neither them nor whether there are any. */
const mayWatch = (watcher: User, watched: User): boolean =>
  watcher.id === watched.id || (watcher.role === 'administrator' && watcher.companyId === watched.companyId)
