import { closeSync, openSync, read, writeSync } from 'node:fs'
import { systemCalls } from './system-calls.ts'

/** linux/if_tun.h */
const tunSetIff = 0x400454ca
const [iffTun, iffNoPacketInformation] = [0x0001, 0x1000]
/** Of linux/if.h: a name of 16 bytes, then the flags. */
const ifreqBytes = 40
const longestPacketBytes = 65_536

/** A network interface whose packets this process carries (Linux, CAP_NET_ADMIN). It may be moved to another namespace. */
export class TunDevice {
  readonly #fd: number
  #isClosed = false

  /** @throws when the device cannot be made */
  constructor(name: string) {
    const { ioctl, errno } = systemCalls()
    this.#fd = openSync('/dev/net/tun', 'r+')
    const request = Buffer.alloc(ifreqBytes)
    request.write(name, 'latin1')
    request.writeUInt16LE(iffTun | iffNoPacketInformation, 16)
    if (ioctl(this.#fd, tunSetIff, request) < 0) {
      closeSync(this.#fd)
      throw new Error(`no TUN device ${name}: errno ${errno()}`)
    }
  }

  /** Tells each packet that the system sends by the interface; the bytes are valid during the call only. */
  read(tell: (packet: Buffer) => void): void {
    const buffer = Buffer.alloc(longestPacketBytes)
    const next = (): void => {
      read(this.#fd, buffer, 0, buffer.length, null, (error, bytes) => {
        if (this.#isClosed) return
        if (!error) tell(buffer.subarray(0, bytes))
        // An interface that is down or just being moved has nothing to read for a moment.
        if (error) setTimeout(next, 10)
        else next()
      })
    }
    next()
  }

  /** The system receives the packet by the interface; one that it does not want is lost. */
  write(packet: Uint8Array): void {
    try {
      writeSync(this.#fd, packet)
    } catch (error) {
      if (!isLost(error)) throw error
    }
  }

  close(): void {
    this.#isClosed = true
    closeSync(this.#fd)
  }
}

/** EIO: the interface is down; EINVAL: no IP packet. */
const isLost = (error: unknown): boolean => ['EIO', 'EINVAL'].includes((error as NodeJS.ErrnoException).code ?? '')
