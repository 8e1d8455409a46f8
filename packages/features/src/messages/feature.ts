import type { Clock, Logger } from '@vaxel/base'
import { type Binding, type BindingStore, type Directory, type Domain, resolveNumber, type User } from '@vaxel/core'
import { type Flow, type IncomingRequest, makeResponse, type SipResponse, type SipStack } from '@vaxel/sip'

/** Who sent a request, or the challenge to send. */
export type Authentication =
  | { readonly ok: true; readonly user: User; readonly domain: Domain }
  | { readonly ok: false; readonly response: SipResponse }

export interface MessageRelayOptions {
  readonly clock: Clock
  readonly log: Logger
  readonly directory: Directory
  readonly bindings: BindingStore
  readonly stack: SipStack
  authenticate(incoming: IncomingRequest): Authentication
  flowOf(binding: Binding): Promise<Flow | undefined>
}

const mostBytes = 8192

/**
 * Pager-mode messages (RFC 3428) between people of one company: handed to every registered device, answered with the
 * best of their answers. Nothing is kept: a message for someone who is away gets 480.
 */
export async function relayMessage(options: MessageRelayOptions, incoming: IncomingRequest): Promise<void> {
  const { request } = incoming
  const sender = options.authenticate(incoming)
  if (!sender.ok) return incoming.respond(sender.response)
  if (request.body.length > mostBytes) return incoming.respond(makeResponse(request, 413))
  const receiver = receiverOf(options, sender.user, sender.domain, request.uri)
  if (!receiver) return incoming.respond(makeResponse(request, 404))
  const bindings = options.bindings.ofUser(receiver.id).filter((b) => b.expiresAtMs > options.clock.now())
  const statuses = await Promise.all(
    bindings.map((binding) => deliver(options, sender.user, sender.domain, receiver, binding, incoming)),
  )
  const best = statuses.find((s) => s >= 200 && s < 300) ?? statuses.toSorted((a, b) => a - b)[0] ?? 480
  incoming.respond(makeResponse(request, best))
}

function receiverOf({ directory }: MessageRelayOptions, sender: User, domain: Domain, uri: string): User | undefined {
  const company = directory.company(sender.companyId)
  const name = /^sips?:([^@;?]+)@/i.exec(uri)?.[1]
  if (!company || !name) return undefined
  const resolved = resolveNumber(directory, company, domain.name, decodeName(name))
  if (resolved.kind === 'user') return resolved.user
  return resolved.kind === 'own' && resolved.number.target.kind === 'user'
    ? directory.user(resolved.number.target.userId)
    : undefined
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

async function deliver(
  options: MessageRelayOptions,
  sender: User,
  domain: Domain,
  receiver: User,
  binding: Binding,
  { request }: IncomingRequest,
): Promise<number> {
  const flow = await options.flowOf(binding)
  const outcome = await options.stack.request({
    method: 'MESSAGE',
    uri: binding.contact,
    from: `"${sender.displayName.replace(/["\\]/g, '')}" <sip:${sender.name}@${domain.name}>`,
    to: `<sip:${receiver.name}@${domain.name}>`,
    routes: binding.path,
    body: { contentType: request.headers.get('Content-Type') ?? 'text/plain', bytes: request.body },
    ...(flow ? { flow } : {}),
  })
  if (outcome.kind === 'response') return outcome.response.status
  options.log.info('a message could not be delivered', { to: receiver.name, why: outcome.kind })
  return outcome.kind === 'timeout' ? 408 : 503
}
