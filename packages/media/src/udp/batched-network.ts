import { TransientMap } from '@vaxel/base'
import {
  AF_INET,
  AF_INET6,
  EPOLL_CLOEXEC,
  EPOLL_CTL_ADD,
  EPOLLIN,
  IP_RECVTOS,
  IP_TOS,
  IPPROTO_IP,
  IPPROTO_IPV6,
  IPV6_RECVTCLASS,
  IPV6_TCLASS,
  IPV6_V6ONLY,
  type LinuxSockets,
  MSG_DONTWAIT,
  MSG_TRUNC,
  SO_MEMINFO,
  SO_RCVBUF,
  SO_SNDBUF,
  SOCK_DGRAM_NONBLOCK_CLOEXEC,
  SOL_SOCKET,
} from './linux-sockets.ts'
import { BehindClock } from './behind-clock.ts'
import { IoRing, mostOrders } from './io-ring.ts'
import { MessageBatch, readAddress, writeAddress } from './message-batch.ts'
import { UdpAddress } from './udp-address.ts'
import {
  type BindOptions,
  expeditedForwarding,
  largestDatagramBytes,
  type UdpFault,
  type UdpNetwork,
  type UdpSocket,
} from './udp-network.ts'

const receiveBatch = 32
const sendBatch = mostOrders
const eventsAtOnce = 256
/** struct epoll_event is packed on x86-64 alone. */
const eventBytes = process.arch === 'x64' ? 12 : 16
const eventDataAt = process.arch === 'x64' ? 4 : 8
/** Of one socket in one turn; more waits for the next turn, so that a flood on one leg leaves time for the others. */
const batchesPerTurn = 4
/** While the thread cannot keep up, what may have waited for longer than that is thinned out, to what came within the second. */
const mostLateMs = 60
const keptMs = 40
/** So much is thinned out at once at most, in batches; no socket has room for more than some of that. */
const mostShedBatches = 512
const memoryWords = 9

/**
 * UDP by recvmmsg and sendmmsg on Linux, and for many sockets at once by io_uring where the system lets us. It has no loop of its own: its owner calls {@link poll} again and again,
 * which may wait for a moment, so it belongs into a thread that does nothing else.
 */
export class BatchedNetwork implements UdpNetwork {
  readonly #system: LinuxSockets
  readonly #nowMs: () => number
  readonly #epoll: number
  readonly #sockets = new TransientMap<number, BatchedSocket>()
  /** The same by file descriptor, for the packets. */
  readonly #byFd: (BatchedSocket | undefined)[] = []
  #polls = 0
  readonly #incoming: MessageBatch
  /** For sockets that tell the traffic class; made with the first one. */
  #telling: MessageBatch | undefined
  readonly #outgoing: MessageBatch
  readonly #outgoingFd = new Int32Array(sendBatch)
  #waiting = 0
  /** Undefined where the system has none for us. */
  #ring: IoRing | undefined
  /** Sockets that have a datagram each, the first so many, and how long that is, while they are asked for all of them. */
  readonly #asked: BatchedSocket[] = []
  #askedCount = 0
  readonly #askedLength = new Int32Array(receiveBatch)
  readonly #events: DataView
  readonly #eventsAt: number
  readonly #from = new UdpAddress()
  readonly #behind: BehindClock
  readonly #mayBeShed: (packet: Uint8Array, length: number) => boolean
  readonly #memory = Buffer.alloc(memoryWords * 4)
  readonly #memoryLength = Buffer.alloc(4)
  #shed = 0
  #waitedMs = 0
  #isClosed = false

  /**
   * @param nowMs      monotonic milliseconds
   * @param mayBeShed  which datagrams may go when there are more than can be handed on; by default none
   * @param ring       null: do without one
   */
  constructor(
    system: LinuxSockets,
    nowMs: () => number = () => performance.now(),
    mayBeShed: (packet: Uint8Array, length: number) => boolean = () => false,
    ring: IoRing | null | undefined = IoRing.open(),
  ) {
    this.#ring = ring ?? undefined
    this.#system = system
    this.#nowMs = nowMs
    this.#mayBeShed = mayBeShed
    this.#behind = new BehindClock(nowMs())
    this.#epoll = system.epollCreate(EPOLL_CLOEXEC)
    if (this.#epoll < 0) throw new Error(`epoll_create1: ${system.errnoName(system.errno())}`)
    this.#incoming = new MessageBatch(system, receiveBatch)
    this.#outgoing = new MessageBatch(system, sendBatch)
    const events = Buffer.from(new ArrayBuffer(eventsAtOnce * eventBytes))
    this.#events = new DataView(events.buffer)
    this.#eventsAt = system.addressOf(events)
  }

  get hasSockets(): boolean {
    return this.#sockets.size > 0
  }

  /** Datagrams that were dropped because they had waited for too long and others as well, since the beginning. */
  get shed(): number {
    return this.#shed
  }

  /** Time in which {@link poll} had nothing to do, since the beginning. */
  get waitedMs(): number {
    return this.#waitedMs
  }

  async bind(options: BindOptions): Promise<UdpSocket | UdpFault> {
    const local = UdpAddress.parse(options.address, options.port)
    if (!local || this.#isClosed) return { fault: 'EINVAL' }
    const system = this.#system
    const fd = system.socket(local.family === 4 ? AF_INET : AF_INET6, SOCK_DGRAM_NONBLOCK_CLOEXEC, 0)
    if (fd < 0) return this.#fault()
    this.#setOptions(fd, local.family, options.bufferBytes ?? 262_144, options.tellsTrafficClass ?? false)
    const event = Buffer.alloc(eventBytes)
    event.writeUInt32LE(EPOLLIN, 0)
    event.writeInt32LE(fd, eventDataAt)
    const name = new DataView(new ArrayBuffer(28))
    writeAddress(name, 0, local)
    const nameBytes = new Uint8Array(name.buffer)
    const isBound =
      system.bind(fd, nameBytes, local.family === 4 ? 16 : 28) === 0 &&
      (local.port !== 0 || this.#readName(fd, nameBytes)) &&
      system.epollControl(this.#epoll, EPOLL_CTL_ADD, fd, event) === 0
    if (!isBound) {
      const fault = this.#fault()
      system.close(fd)
      return fault
    }
    readAddress(name, 0, local)
    const telling = options.tellsTrafficClass
      ? (this.#telling ??= new MessageBatch(system, receiveBatch, true))
      : undefined
    const socket = new BatchedSocket(this, fd, local, options.receive, telling)
    this.#sockets.set(fd, socket)
    while (this.#byFd.length <= fd) this.#byFd.push(undefined)
    this.#byFd[fd] = socket
    return socket
  }

  /**
   * One turn: waits for datagrams, hands them to their receivers and sends what those had to send.
   * @param waitMs longest wait, whole milliseconds; 0 = no wait
   * @param beforeReceiving called after the wait, when there are datagrams: what was decided before they came is done first
   * @returns datagrams received
   */
  poll(waitMs: number, beforeReceiving?: () => void): number {
    if (this.#isClosed) return 0
    const startMs = this.#nowMs()
    let arrivalMs = startMs
    let ready = this.#system.epollWait(this.#epoll, this.#eventsAt, eventsAtOnce, 0)
    const isBehind = this.#behind.begin(startMs, ready === 0)
    if (ready === 0 && waitMs > 0) {
      ready = this.#system.epollWait(this.#epoll, this.#eventsAt, eventsAtOnce, waitMs)
      arrivalMs = this.#nowMs()
      this.#waitedMs += arrivalMs - startMs
    }
    if (ready > 0) beforeReceiving?.()
    const poll = ++this.#polls
    let received = 0
    for (let i = 0; i < ready; i++) {
      const socket = this.#byFd[this.#events.getInt32(i * eventBytes + eventDataAt, true)]
      if (!socket) continue
      // A phone's port has a packet now and then; one that has some again and again has more than one.
      const isBusy = socket.telling !== undefined || socket.readyAt === poll - 1
      if (isBehind) received += this.#receiveLate(socket)
      else if (isBusy) received += this.#receiveBatch(socket)
      else if (!this.#ring) received += this.#receiveOne(socket, arrivalMs)
      else {
        this.#asked[this.#askedCount++] = socket
        if (this.#askedCount === receiveBatch) received += this.#receiveAsked(arrivalMs)
      }
      socket.readyAt = poll
    }
    received += this.#receiveAsked(arrivalMs)
    this.#behind.did(received)
    if (ready === eventsAtOnce) this.#behind.leftSome()
    this.flush()
    return received
  }

  /** Queues a datagram. For sockets of this network only. */
  send(fd: number, buffer: Uint8Array, length: number, to: UdpAddress): void {
    if (this.#waiting === sendBatch) this.flush()
    this.#outgoingFd[this.#waiting] = fd
    this.#outgoing.put(this.#waiting, buffer, length, to)
    this.#waiting++
  }

  flush(): void {
    const count = this.#waiting
    if (this.#ring && count > 1) {
      this.#waiting = 0
      return this.#sendAll(this.#ring, count)
    }
    let at = 0
    while (at < count) {
      const fd = this.#outgoingFd[at]!
      let end = at + 1
      while (end < count && this.#outgoingFd[end] === fd) end++
      if (end === at + 1) this.#sendOne(fd, at++)
      // The first datagram that the system refuses stops a batch: it is dropped, the rest goes on.
      while (at < end) at += Math.max(1, this.#system.sendmmsg(fd, this.#outgoing.at(at), end - at, MSG_DONTWAIT))
    }
    this.#waiting = 0
  }

  /** Closes a socket. For sockets of this network only. */
  release(fd: number): void {
    this.flush()
    if (!this.#sockets.delete(fd)) return
    this.#byFd[fd] = undefined
    // epoll forgets it too, as nobody else has it open.
    this.#system.close(fd)
  }

  close(): void {
    if (this.#isClosed) return
    for (const fd of [...this.#sockets.keys()]) this.release(fd)
    this.#isClosed = true
    this.#system.close(this.#epoll)
    this.#ring?.close()
  }

  #sendAll(ring: IoRing, count: number): void {
    for (let i = 0; i < count; i++) ring.send(this.#outgoingFd[i]!, this.#outgoing.at(i))
    if (!ring.go()) this.#giveUp(ring)
  }

  /** One datagram of each socket that is asked, by one call. @param arrivalMs they had come by then */
  #receiveAsked(arrivalMs: number): number {
    const batch = this.#incoming
    const asked = this.#asked
    const ring = this.#ring
    const count = this.#askedCount
    this.#askedCount = 0
    if (count === 0) return 0
    let received = 0
    if (count === 1 || !ring) {
      for (let i = 0; i < count; i++) if (!asked[i]!.isClosed) received += this.#receiveOne(asked[i]!, arrivalMs)
      return received
    }
    for (let i = 0; i < count; i++) {
      this.#askedLength[i] = -1
      ring.receive(asked[i]!.fd, batch.at(i), i)
    }
    if (!ring.go(this.#noteLength)) this.#giveUp(ring)
    for (let i = 0; i < count; i++) {
      const socket = asked[i]!
      const length = this.#askedLength[i]!
      if (length >= 0) {
        received++
        batch.readFrom(i, this.#from)
      }
      batch.readyToReceive(i)
      // What was heard before may have closed it.
      if (length > 0 && length <= largestDatagramBytes && !socket.isClosed)
        socket.receive(batch.buffers[i]!, length, this.#from, arrivalMs)
    }
    return received
  }

  readonly #noteLength = (index: number, length: number): void => {
    this.#askedLength[index] = length
  }

  /** The other calls do as well. */
  #giveUp(ring: IoRing): void {
    ring.close()
    if (this.#ring === ring) this.#ring = undefined
  }

  /** The name that the system has given a socket. */
  #readName(fd: number, name: Uint8Array): boolean {
    const length = Buffer.alloc(4)
    length.writeUInt32LE(name.length, 0)
    return this.#system.getsockname(fd, name, length) === 0
  }

  /** A datagram alone costs a tenth less this way than as a batch. */
  #sendOne(fd: number, index: number): void {
    const batch = this.#outgoing
    const length = batch.nameLength(index)
    this.#system.sendto(fd, batch.bufferAt(index), batch.lengthToSend(index), MSG_DONTWAIT, batch.nameAt(index), length)
  }

  /** @param arrivalMs of all that this turn found: it had come by then */
  #receiveOne(socket: BatchedSocket, arrivalMs: number): number {
    const batch = this.#incoming
    const flags = MSG_DONTWAIT | MSG_TRUNC
    const length = this.#system.recvfrom(
      socket.fd,
      batch.bufferAt(0),
      largestDatagramBytes,
      flags,
      batch.nameAt(0),
      batch.nameLengthAt(0),
    )
    if (length < 0) return 0
    batch.readFrom(0, this.#from)
    batch.readyToReceive(0)
    if (length > 0 && length <= largestDatagramBytes) socket.receive(batch.buffers[0]!, length, this.#from, arrivalMs)
    return 1
  }

  #receiveBatch(socket: BatchedSocket): number {
    const batch = socket.telling ?? this.#incoming
    const beginMs = this.#nowMs()
    let received = 0
    let isEmptied = false
    for (let turn = 0; turn < batchesPerTurn && !socket.isClosed; turn++) {
      const count = this.#system.recvmmsg(socket.fd, batch.at(0), receiveBatch, MSG_DONTWAIT, 0)
      if (count <= 0) {
        isEmptied = true
        break
      }
      const nowMs = this.#nowMs()
      for (let i = 0; i < count; i++) {
        const length = batch.receivedLength(i)
        const trafficClass = batch.trafficClass(i)
        batch.readFrom(i, this.#from)
        batch.readyToReceive(i)
        if (length > 0 && !socket.isClosed) socket.receive(batch.buffers[i]!, length, this.#from, nowMs, trafficClass)
      }
      received += count
      if (count < receiveBatch) {
        isEmptied = true
        break
      }
    }
    if (isEmptied) socket.emptyAtMs = beginMs
    else this.#behind.leftSome()
    return received
  }

  /** While there is more than can be handed on: each socket's newest first, so that each has its share and none is late. */
  #receiveLate(socket: BatchedSocket): number {
    const nowMs = this.#nowMs()
    const lateMs = nowMs - Math.max(socket.emptyAtMs, this.#behind.caughtUpMs)
    if (lateMs <= mostLateMs) return this.#receiveBatch(socket)
    return this.#receiveNewest(socket, nowMs, keptMs / lateMs)
  }

  /** @param share of what waits that is handed on, the newest; what may not be shed is handed on in any case */
  #receiveNewest(socket: BatchedSocket, nowMs: number, share: number): number {
    const batch = socket.telling ?? this.#incoming
    const shedBefore = this.#shed
    const mostLeft = this.#waitingBytes(socket) * share
    let received = 0
    for (let turn = 0; turn < mostShedBatches && !socket.isClosed; turn++) {
      const count = this.#system.recvmmsg(socket.fd, batch.at(0), receiveBatch, MSG_DONTWAIT, 0)
      const isEmptied = count < receiveBatch
      const newest = isEmptied ? count - Math.ceil(count * share) : count
      for (let i = 0; i < count; i++) {
        const length = batch.receivedLength(i)
        const trafficClass = batch.trafficClass(i)
        batch.readFrom(i, this.#from)
        batch.readyToReceive(i)
        if (length === 0 || socket.isClosed) continue
        if (i < newest && this.#mayBeShed(batch.buffers[i]!, length)) this.#shed++
        else socket.receive(batch.buffers[i]!, length, this.#from, nowMs, trafficClass)
      }
      received += Math.max(0, count)
      if (isEmptied) {
        socket.emptyAtMs = nowMs
        break
      }
      if (this.#waitingBytes(socket) <= mostLeft) {
        // What is left came in the last moments only.
        socket.emptyAtMs = nowMs - keptMs
        break
      }
    }
    if (this.#shed > shedBefore) this.#behind.dropped(nowMs)
    return received
  }

  /** What waits to be received, in bytes of the kernel's memory; 0 where it does not say. */
  #waitingBytes({ fd }: BatchedSocket): number {
    this.#memoryLength.writeUInt32LE(this.#memory.length, 0)
    const result = this.#system.getsockopt(fd, SOL_SOCKET, SO_MEMINFO, this.#memory, this.#memoryLength)
    return result === 0 ? this.#memory.readUInt32LE(0) : 0
  }

  #setOptions(fd: number, family: 4 | 6, bufferBytes: number, tellsTrafficClass: boolean): void {
    const set = (level: number, name: number, value: number) => {
      const bytes = Buffer.alloc(4)
      bytes.writeInt32LE(value, 0)
      this.#system.setsockopt(fd, level, name, bytes, 4)
    }
    set(SOL_SOCKET, SO_RCVBUF, bufferBytes)
    set(SOL_SOCKET, SO_SNDBUF, bufferBytes)
    if (family === 4) {
      if (tellsTrafficClass) set(IPPROTO_IP, IP_RECVTOS, 1)
      return set(IPPROTO_IP, IP_TOS, expeditedForwarding)
    }
    if (tellsTrafficClass) set(IPPROTO_IPV6, IPV6_RECVTCLASS, 1)
    set(IPPROTO_IPV6, IPV6_V6ONLY, 1)
    set(IPPROTO_IPV6, IPV6_TCLASS, expeditedForwarding)
  }

  #fault(): UdpFault {
    return { fault: this.#system.errnoName(this.#system.errno()) }
  }
}

class BatchedSocket implements UdpSocket {
  readonly local: UdpAddress
  readonly fd: number
  receive: BindOptions['receive']
  isClosed = false
  /** Where its datagrams go, if it tells their traffic class. */
  readonly telling: MessageBatch | undefined
  /** The poll in which it last had something. */
  readyAt = -1
  /** Since when whatever waits here has come; the network's own time of that may be later. */
  emptyAtMs = Number.NEGATIVE_INFINITY
  readonly #network: BatchedNetwork

  constructor(
    network: BatchedNetwork,
    fd: number,
    local: UdpAddress,
    receive: BindOptions['receive'],
    telling: MessageBatch | undefined,
  ) {
    this.telling = telling
    this.#network = network
    this.fd = fd
    this.local = local
    this.receive = receive
  }

  send(buffer: Uint8Array, length: number, to: UdpAddress): void {
    if (this.isClosed || to.isUnspecified || to.family !== this.local.family) return
    this.#network.send(this.fd, buffer, length, to)
  }

  close(): void {
    if (this.isClosed) return
    this.isClosed = true
    this.#network.release(this.fd)
  }
}
