import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Endpoint } from '../path/datagram-socket.ts'

/** One connection of the probe. */
export interface StreamSocket {
  readonly local: Endpoint
  send(text: string): void
  /** Told bytes as latin1, and undefined when it has ended. */
  onText(listener: (text: string | undefined) => void): void
  close(): void
}

export interface StreamPlace {
  /** Connects; undefined when that does not come about in time. */
  connect(
    protocol: 'tcp' | 'tls',
    to: Endpoint,
    withinMs: number,
    signal: AbortSignal,
  ): Promise<StreamSocket | undefined>
}

/** The connections of this machine. */
export const machineStreams: StreamPlace = { connect }

async function connect(
  protocol: 'tcp' | 'tls',
  { address, port }: Endpoint,
  withinMs: number,
  signal: AbortSignal,
): Promise<StreamSocket | undefined> {
  const socket: Socket =
    protocol === 'tcp'
      ? connectTcp({ host: address, port })
      : // Whose certificate it is, another check looks at; what comes back here proves itself by its own MAC.
        connectTls({ host: address, port, rejectUnauthorized: false, minVersion: 'TLSv1.2' })
  const isOpen = await new Promise<boolean>((resolve) => {
    const end = (open: boolean) => () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', late)
      resolve(open)
    }
    const late = end(false)
    const timer = setTimeout(late, withinMs)
    signal.addEventListener('abort', late, { once: true })
    socket.once(protocol === 'tcp' ? 'connect' : 'secureConnect', end(true))
    socket.once('error', late)
    socket.once('close', late)
    if (signal.aborted) late()
  })
  if (!isOpen) {
    socket.on('error', () => {})
    socket.destroy()
    return undefined
  }
  socket.setNoDelay(true)
  let listener = (_text: string | undefined): void => {}
  socket.on('data', (bytes: Buffer) => listener(bytes.toString('latin1')))
  socket.on('error', () => {})
  socket.on('close', () => listener(undefined))
  return {
    local: { address: socket.localAddress ?? '', port: socket.localPort ?? 0 },
    send: (text) => void socket.write(text, 'latin1'),
    onText: (next) => {
      listener = next
    },
    close: () => socket.destroy(),
  }
}
