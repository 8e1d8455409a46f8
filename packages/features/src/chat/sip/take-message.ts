import { isRefusal, type Refusal } from '@vaxel/base'
import { type Device, type Domain, resolveNumber, type User } from '@vaxel/core'
import { type IncomingRequest, makeResponse, type SipResponse } from '@vaxel/sip'
import type { ConversationService } from '../conversation-service.ts'
import type { ChatParts, Person } from '../dependencies.ts'
import type { MessageService } from '../message-service.ts'
import { acceptedTypes, readMessage } from './read-message.ts'

/** Who sent a request, or the challenge to send. */
export type Authentication =
  | { readonly ok: true; readonly user: User; readonly domain: Domain; readonly device: Device }
  | { readonly ok: false; readonly response: SipResponse }

export interface TakeMessageOptions {
  readonly parts: ChatParts
  readonly conversations: ConversationService
  readonly messages: MessageService
  authenticate(incoming: IncomingRequest): Authentication
}

/** Ten thousand characters of most scripts, and an envelope. */
const mostBytes = 32 * 1024
const mostCharacters = 10_000

/**
 * A pager-mode message (RFC 3428) from somebody's phone to a colleague. It becomes a message of their conversation; 202 says that it
 * is kept and will reach the colleague, at once or later, on phones and in the web app. Strangers and other companies are refused.
 */
export async function takeMessage(options: TakeMessageOptions, incoming: IncomingRequest): Promise<void> {
  const { request } = incoming
  try {
    incoming.respond(await answer(options, incoming))
  } catch (error) {
    options.parts.log.error('a MESSAGE could not be kept', { error: String(error) })
    incoming.respond(makeResponse(request, 500))
  }
}

async function answer(options: TakeMessageOptions, incoming: IncomingRequest): Promise<SipResponse> {
  const { request } = incoming
  const sender = options.authenticate(incoming)
  if (!sender.ok) return sender.response
  if (request.body.length > mostBytes) return makeResponse(request, 413)
  const receiver = receiverOf(options.parts, sender.user, sender.domain, request.uri)
  if (!receiver) return makeResponse(request, 404)
  if (receiver.id === sender.user.id) return makeResponse(request, 403)
  const said = readMessage(request.headers.get('Content-Type'), request.body)
  if (said.kind === 'unknown') {
    const response = makeResponse(request, 415)
    response.headers.append('Accept', acceptedTypes)
    return response
  }
  if (said.kind === 'report') return makeResponse(request, 200)
  const person: Person = { userId: sender.user.id, companyId: sender.user.companyId }
  const seat = await options.conversations.openPair(person, receiver.id)
  if (isRefusal(seat)) return refuse(incoming, seat)
  if (said.kind === 'typing') {
    if (said.isActive) options.conversations.typing(person, seat.conversation.id)
    return makeResponse(request, 200)
  }
  if (said.text.trim() === '') return makeResponse(request, 200)
  if (said.text.length > mostCharacters) return makeResponse(request, 413)
  const kept = await options.messages.post(person, seat.conversation.id, {
    clientId: `sip ${request.headers.get('Call-ID') ?? ''} ${request.headers.get('CSeq') ?? ''}`.slice(0, 300),
    text: said.text,
    deviceId: sender.device.id,
  })
  return isRefusal(kept) ? refuse(incoming, kept) : makeResponse(request, 202)
}

function refuse({ request }: IncomingRequest, { sip, retryAfterSeconds }: Refusal): SipResponse {
  const response = makeResponse(request, sip)
  if (retryAfterSeconds !== undefined) response.headers.append('Retry-After', String(retryAfterSeconds))
  return response
}

function receiverOf({ directory }: ChatParts, sender: User, domain: Domain, uri: string): User | undefined {
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
