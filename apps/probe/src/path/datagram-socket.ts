import { createSocket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import type { Clock } from '@vaxel/base'

export interface Endpoint {
  readonly address: string
  readonly port: number
}

/** A UDP socket of the probe; what it is made of, a check does not know. */
export interface DatagramSocket {
  /** The address that the system chose towards the far end, and the port. */
  readonly local: Endpoint
  /** Resolves when it has left: undefined, or why the system refused it (`EMSGSIZE`, `ENETUNREACH`). */
  send(bytes: Uint8Array, to: Endpoint): Promise<string | undefined>
  /** Takes the place of the listener before. A listener that throws harms only itself. */
  onDatagram(listener: (bytes: Uint8Array, from: Endpoint) => void): void
  close(): void
}

export interface DatagramPlace {
  readonly clock: Clock
  /** A new socket on a port that the system chooses; `towards` is an address that it will send to. */
  open(towards: string): Promise<DatagramSocket>
}

/** The sockets of this machine. */
export function machineDatagrams(clock: Clock): DatagramPlace {
  return { clock, open: (towards) => openHere(towards) }
}

async function openHere(towards: string): Promise<DatagramSocket> {
  const isSix = isIPv6(towards)
  const make = () =>
    createSocket({
      type: isSix ? 'udp6' : 'udp4',
      // Addresses alone come here: no name is ever looked up.
      lookup: (host, _options, tell) => tell(null, host, isSix ? 6 : 4),
    })
  const localAddress = await addressTowards(make, towards, isSix ? '::1' : '127.0.0.1')
  const socket = make()
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.bind({ port: 0, address: isSix ? '::' : '0.0.0.0', exclusive: true }, resolve)
  })
  socket.removeAllListeners('error').on('error', () => {})
  const { port } = socket.address()
  let isClosed = false
  return {
    local: { address: localAddress, port },
    send: (bytes, to) =>
      new Promise((resolve) => {
        if (isClosed) return resolve('ECLOSED')
        socket.send(bytes, to.port, to.address, (error) =>
          resolve(error ? ((error as NodeJS.ErrnoException).code ?? error.message) : undefined),
        )
      }),
    onDatagram: (listener) => {
      socket.removeAllListeners('message')
      socket.on('message', (bytes, { address, port: from }) => listener(bytes, { address, port: from }))
    },
    close: () => {
      if (isClosed) return
      isClosed = true
      socket.close()
    },
  }
}

/** Which of its addresses the system would send from; sends nothing. */
async function addressTowards(
  make: () => ReturnType<typeof createSocket>,
  towards: string,
  otherwise: string,
): Promise<string> {
  const socket = make()
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.connect(9, towards, () => resolve())
    })
    return socket.address().address
  } catch {
    return otherwise
  } finally {
    socket.close()
  }
}
