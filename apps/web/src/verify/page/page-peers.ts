import type { CandidateError, IceServer, Peer, PeerOptions, Peers, PeerState, StatisticsEntry } from '../ports.ts'
import { onlyG711 } from '../steps/only-g711.ts'
import type { PageSound } from './page-sound.ts'

/** Peer connections of this browser. */
export const pagePeers = (sound: PageSound): Peers => ({
  isThere:
    typeof window.RTCPeerConnection === 'function' && typeof RTCPeerConnection.prototype.addTransceiver === 'function',
  open: (options) => new PagePeer(options, sound.track()),
  loop,
})

const serversOf = (servers: readonly IceServer[] = []): RTCIceServer[] =>
  servers.map(({ urls, username, credential }) => ({
    urls: [...urls],
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
  }))

class PagePeer implements Peer {
  readonly candidates: string[] = []
  readonly candidateErrors: CandidateError[] = []
  readonly #connection: RTCPeerConnection
  readonly #listeners = new Set<() => void>()

  constructor({ iceServers, relayOnly = false }: PeerOptions, track: MediaStreamTrack) {
    const connection = new RTCPeerConnection({
      iceServers: serversOf(iceServers),
      iceTransportPolicy: relayOnly ? 'relay' : 'all',
      bundlePolicy: 'max-bundle',
      rtcpMuxPolicy: 'require',
    })
    this.#connection = connection
    connection.addTransceiver(track, { direction: 'sendrecv' })
    const tell = () => {
      for (const listener of [...this.#listeners]) listener()
    }
    connection.onicecandidate = ({ candidate }) => {
      if (candidate && candidate.candidate !== '') this.candidates.push(candidate.candidate)
      tell()
    }
    connection.addEventListener('icecandidateerror', (event) => {
      const { url, errorCode } = event as RTCPeerConnectionIceErrorEvent
      this.candidateErrors.push({ url, code: errorCode })
      tell()
    })
    for (const name of ['connectionstatechange', 'iceconnectionstatechange', 'icegatheringstatechange'])
      connection.addEventListener(name, tell)
  }

  async offer(): Promise<string> {
    const made = await this.#connection.createOffer()
    const sdp = onlyG711(made.sdp ?? '')
    await this.#connection.setLocalDescription({ type: 'offer', sdp })
    return sdp
  }

  async answer(sdp: string): Promise<void> {
    await this.#connection.setRemoteDescription({ type: 'answer', sdp })
  }

  get hasPair(): boolean {
    const { iceConnectionState: state } = this.#connection
    return state === 'connected' || state === 'completed'
  }

  get state(): PeerState {
    const { connectionState, iceConnectionState } = this.#connection
    // Firefox before 113 knows only the state of ICE; packets then show whether the keys were exchanged.
    const state = (connectionState as string | undefined) ?? (this.hasPair ? 'connected' : iceConnectionState)
    if (state === 'connected') return 'connected'
    return state === 'failed' || state === 'closed' ? 'failed' : 'connecting'
  }

  get isGathered(): boolean {
    return this.#connection.iceGatheringState === 'complete'
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener)
  }

  async stats(): Promise<readonly StatisticsEntry[]> {
    const entries: StatisticsEntry[] = []
    const report = await this.#connection.getStats()
    report.forEach((entry: StatisticsEntry) => entries.push(entry))
    return entries
  }

  close(): void {
    this.#listeners.clear()
    this.#connection.close()
  }
}

/** Two connections of this page to each other, by a data channel that needs no sound. */
async function loop(limitMs: number): Promise<boolean> {
  let pair: [RTCPeerConnection, RTCPeerConnection] | undefined
  try {
    pair = [new RTCPeerConnection(), new RTCPeerConnection()]
    const [one, other] = pair
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const)
      from.onicecandidate = ({ candidate }) => void (candidate && to.addIceCandidate(candidate).catch(() => {}))
    const channel = one.createDataChannel('loop')
    const opened = new Promise<boolean>((resolve) => {
      channel.onopen = () => resolve(true)
      window.setTimeout(() => resolve(false), limitMs)
    })
    await one.setLocalDescription(await one.createOffer())
    await other.setRemoteDescription(one.localDescription!)
    await other.setLocalDescription(await other.createAnswer())
    await one.setRemoteDescription(other.localDescription!)
    return await opened
  } catch {
    return false
  } finally {
    for (const connection of pair ?? []) connection.close()
  }
}
