import type { ChatFeature } from '@vaxel/features/chat'
import type { Registrar } from '@vaxel/features/registrar'
import {
  allowValue,
  type ExtraHeaders,
  type IncomingRequest,
  makeResponse,
  type SipResponse,
  supportedValue,
} from '@vaxel/sip'

/** Who takes which requests outside of a call. */
export interface RequestTakers {
  readonly registrar: Pick<Registrar, 'onRequest'>
  readonly chat: Pick<ChatFeature, 'onMessage'>
  readonly notifier: { onSubscribe(incoming: IncomingRequest): void }
}

/** Gives a request outside of a call to whoever takes its method; 405 for the others (RFC 3261 §21.4.6). */
export function takeRequest({ registrar, chat, notifier }: RequestTakers, incoming: IncomingRequest): void {
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

function withHeaders(response: SipResponse, headers: ExtraHeaders): SipResponse {
  for (const [name, value] of headers) response.headers.append(name, value)
  return response
}
