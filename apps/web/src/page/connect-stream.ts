import type { StreamSocket } from '../api/event-stream.ts'

/** Opens the event stream on the page's own origin; the browser sends the cookie of the login along. */
export function connectStream(path: string): StreamSocket {
  const { protocol, host } = location
  const socket = new WebSocket(`${protocol.replace('http', 'ws')}//${host}${path}`, ['vaxel.events.v1'])
  return socket as unknown as StreamSocket
}
