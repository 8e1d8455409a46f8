import { loadForeignFunctions } from '../native/foreign-functions.ts'
import { MSG_DONTWAIT, MSG_TRUNC } from './linux-sockets.ts'

// The same on x64 and arm64 (include/uapi/linux/io_uring.h).
const ioUringSetup = 425
const ioUringEnter = 426
/** Only the thread that made it uses it; unknown to kernels before 6.0, which then say so. */
const IORING_SETUP_SINGLE_ISSUER = 1 << 12
const IORING_FEAT_SINGLE_MMAP = 1 << 0
const IORING_OFF_SQES = 0x1000_0000
const IORING_OP_SENDMSG = 9
const IORING_OP_RECVMSG = 10
const IOSQE_CQE_SKIP_SUCCESS = 1 << 6
const PROT_READ_WRITE = 3
const MAP_SHARED_POPULATE = 0x8001
const parameterBytes = 120
const submissionAt = 40
const completionAt = 80
const submissionBytes = 64
const completionBytes = 16
/** Tries to hand over what the system would not take, before it is given up. */
const mostTries = 3

/** Orders that one call takes at most. */
export const mostOrders = 128

interface Calls {
  readonly syscall: (number: number, a: number, b: number, c: number, d: number, e: number, f: number) => number
  /** Memory of the ring; throws where there is none. */
  readonly map: (fd: number, offset: number, bytes: number) => ArrayBuffer
  readonly close: (fd: number) => number
  readonly addressOf: (buffer: Uint8Array) => number
}

/**
 * Many datagrams of many sockets by one system call (io_uring). Whatever is asked for is done or refused when {@link go} returns: nothing ever
 * waits in the kernel, as no order may block. So memory that an order names must stay only until then.
 */
export class IoRing {
  readonly #calls: Calls
  readonly #fd: number
  readonly #orders: DataView
  readonly #ring: Uint32Array
  readonly #results: DataView
  readonly #tailAt: number
  readonly #headAt: number
  readonly #resultHeadAt: number
  readonly #resultTailAt: number
  readonly #resultsAt: number
  readonly #orderMask: number
  readonly #resultMask: number
  #tail: number
  #waiting = 0
  #isClosed = false

  private constructor(calls: Calls, fd: number, parameters: DataView) {
    const at = (from: number, index: number) => parameters.getUint32(from + 4 * index, true)
    const bytes = Math.max(at(completionAt, 5) + mostOrders * 2 * completionBytes, at(submissionAt, 6) + 4 * mostOrders)
    const memory = calls.map(fd, 0, bytes)
    this.#calls = calls
    this.#fd = fd
    this.#orders = new DataView(calls.map(fd, IORING_OFF_SQES, mostOrders * submissionBytes))
    this.#ring = new Uint32Array(memory, 0, bytes >> 2)
    this.#results = new DataView(memory)
    this.#headAt = at(submissionAt, 0) >> 2
    this.#tailAt = at(submissionAt, 1) >> 2
    this.#orderMask = this.#ring[at(submissionAt, 2) >> 2]!
    const places = at(submissionAt, 6) >> 2
    for (let i = 0; i < mostOrders; i++) this.#ring[places + i] = i
    this.#resultHeadAt = at(completionAt, 0) >> 2
    this.#resultTailAt = at(completionAt, 1) >> 2
    this.#resultMask = this.#ring[at(completionAt, 2) >> 2]!
    this.#resultsAt = at(completionAt, 5)
    this.#tail = this.#ring[this.#tailAt]!
  }

  /** Undefined where the system has none, is too old, or forbids it, as many containers do. */
  static open(): IoRing | undefined {
    if (process.platform !== 'linux' || (process.arch !== 'x64' && process.arch !== 'arm64')) return undefined
    let fd = -1
    let calls: Calls | undefined
    try {
      calls = loadCalls()
      const parameters = Buffer.from(new ArrayBuffer(parameterBytes))
      parameters.writeUInt32LE(IORING_SETUP_SINGLE_ISSUER, 8)
      fd = calls.syscall(ioUringSetup, mostOrders, calls.addressOf(parameters), 0, 0, 0, 0)
      if (fd < 0) return undefined
      const isUsual =
        parameters.readUInt32LE(0) === mostOrders &&
        parameters.readUInt32LE(4) === 2 * mostOrders &&
        (parameters.readUInt32LE(20) & IORING_FEAT_SINGLE_MMAP) !== 0
      if (!isUsual) throw new Error('another kind of ring')
      return new IoRing(calls, fd, new DataView(parameters.buffer))
    } catch {
      if (fd >= 0) calls?.close(fd)
      return undefined
    }
  }

  /** Asks for a datagram of a socket, if it has one. @param header address of a msghdr @param mark what its result is told by, below 2^31 */
  receive(fd: number, header: number, mark: number): void {
    this.#put(IORING_OP_RECVMSG, 0, fd, header, MSG_DONTWAIT | MSG_TRUNC, mark)
  }

  /** Asks for a datagram to be sent; what the system does not take is dropped. @param header address of a msghdr */
  send(fd: number, header: number): void {
    this.#put(IORING_OP_SENDMSG, IOSQE_CQE_SKIP_SUCCESS, fd, header, MSG_DONTWAIT, sentMark)
  }

  /**
   * Has all done that was asked for.
   * @param received told of each {@link receive}: its mark, and the length of the datagram or a negative error
   * @returns false when the system does not take orders any more; some may have been done
   */
  go(received?: (mark: number, length: number) => void): boolean {
    const ring = this.#ring
    if (this.#isClosed) return false
    ring[this.#tailAt] = this.#tail
    for (let tries = 0; this.#waiting > 0; ) {
      const taken = this.#calls.syscall(ioUringEnter, this.#fd, this.#waiting, 0, 0, 0, 0)
      if (taken > 0) this.#waiting -= taken
      else if (++tries === mostTries) break
    }
    let head = ring[this.#resultHeadAt]!
    const tail = ring[this.#resultTailAt]!
    for (; head !== tail; head = (head + 1) >>> 0) {
      const at = this.#resultsAt + (head & this.#resultMask) * completionBytes
      const mark = this.#results.getUint32(at, true)
      if (mark !== sentMark) received?.(mark, this.#results.getInt32(at + 8, true))
    }
    ring[this.#resultHeadAt] = head
    return this.#waiting === 0 && ring[this.#headAt] === this.#tail
  }

  /** Its memory of some 20 KiB stays with the process: a view on memory that is gone would be worse. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#calls.close(this.#fd)
  }

  #put(operation: number, flags: number, fd: number, header: number, messageFlags: number, mark: number): void {
    if (this.#waiting === mostOrders || this.#isClosed) throw new Error('the ring takes no more orders')
    const orders = this.#orders
    const at = (this.#tail & this.#orderMask) * submissionBytes
    // The rest of an order is never written, so it is zero.
    orders.setUint32(at, operation | (flags << 8), true)
    orders.setInt32(at + 4, fd, true)
    orders.setUint32(at + 16, header >>> 0, true)
    orders.setUint32(at + 20, Math.floor(header / 0x1_0000_0000), true)
    orders.setUint32(at + 24, 1, true)
    orders.setUint32(at + 28, messageFlags, true)
    orders.setUint32(at + 32, mark, true)
    this.#tail = (this.#tail + 1) >>> 0
    this.#waiting++
  }
}

const sentMark = 0xffff_ffff

function loadCalls(): Calls {
  const koffi = loadForeignFunctions()
  const library = koffi.load(null)
  const mmap: (at: number, bytes: number, protection: number, flags: number, fd: number, offset: number) => unknown =
    library.func('void *mmap(uintptr_t, size_t, int, int, int, long)')
  return {
    syscall: library.func('long syscall(long, long, long, long, long, uintptr_t, long)'),
    map: (fd, offset, bytes) => {
      const at = mmap(0, bytes, PROT_READ_WRITE, MAP_SHARED_POPULATE, fd, offset)
      if (BigInt.asIntN(64, BigInt(koffi.address(at))) === -1n) throw new Error('no memory for the ring')
      return koffi.view(at, bytes)
    },
    close: library.func('int close(int)'),
    addressOf: (buffer) => Number(koffi.address(buffer)),
  }
}
