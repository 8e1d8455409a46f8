import type { Server } from 'node:https'
import type { TLSSocket } from 'node:tls'

const stunProtocols: readonly string[] = ['stun.turn', 'stun.nat-discovery']

/** What the web's port speaks (RFC 7301, RFC 7443). */
export const alpnProtocols: readonly string[] = ['http/1.1', ...stunProtocols]

/** The first byte of STUN has two zero bits (RFC 8489 §5); that of an HTTP method is a letter. */
const isStun = (first: number): boolean => first <= 0x3f && first !== 0x0d && first !== 0x0a

/**
 * Has a web server hand over connections that speak STUN: those that say so in the handshake, and, since browsers do not, those whose
 * first byte after it does. Nothing that was read is lost; a connection that says nothing ends after `firstByteMs`.
 */
export function tellApart(server: Server, firstByteMs: number, onStun: (socket: TLSSocket) => void): void {
  const takers = server.listeners('secureConnection') as ((socket: TLSSocket) => void)[]
  server.removeAllListeners('secureConnection')
  const toWeb = (socket: TLSSocket): void => {
    for (const take of takers) take.call(server, socket)
  }
  server.on('secureConnection', (socket: TLSSocket) => {
    if (stunProtocols.includes(socket.alpnProtocol || '')) return onStun(socket)
    const fail = (): void => void socket.destroy()
    const timer = setTimeout(fail, firstByteMs)
    const look = (): void => {
      const bytes = socket.read() as Buffer | null
      if (bytes === null) return
      clearTimeout(timer)
      socket.off('readable', look).off('error', fail).off('end', fail)
      socket.unshift(bytes)
      if (isStun(bytes[0]!)) onStun(socket)
      else toWeb(socket)
    }
    socket.on('readable', look).on('error', fail).on('end', fail)
    socket.once('close', () => clearTimeout(timer))
  })
}
