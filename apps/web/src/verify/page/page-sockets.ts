import type { Sockets } from '../ports.ts'

/** WebSockets of this browser. */
export const pageSockets: Sockets = {
  exchange: ({ url, protocol, send, expect, limitMs }) =>
    new Promise((resolve) => {
      const startedMs = performance.now()
      let isOpen = false
      let socket: WebSocket | undefined
      const end = (reached: 'answered' | 'opened' | 'nothing') => {
        window.clearTimeout(timer)
        socket?.close()
        resolve({ reached, tookMs: performance.now() - startedMs })
      }
      const giveUp = () => end(isOpen ? 'opened' : 'nothing')
      const timer = window.setTimeout(giveUp, limitMs)
      try {
        socket = new WebSocket(url, protocol)
      } catch {
        return giveUp()
      }
      socket.onopen = () => {
        isOpen = true
        socket?.send(send)
      }
      socket.onmessage = ({ data }) => {
        if (typeof data === 'string' && data.includes(expect)) end('answered')
      }
      socket.onerror = giveUp
      socket.onclose = giveUp
    }),
}
