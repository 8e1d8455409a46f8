import type { StreamSocket } from '../api/event-stream.ts'

/** Opens the event stream on the page's own origin. A browser gives the token as a subprotocol, where no cookie holds it. */
export function connectStream(path: string, token: string | undefined): StreamSocket {
  const { protocol, host } = location
  const protocols = ['vaxel.events.v1', ...(token === undefined ? [] : [`bearer.${token}`])]
  const socket = new WebSocket(`${protocol.replace('http', 'ws')}//${host}${path}`, protocols)
  return socket as unknown as StreamSocket
}
