import { type RandomBytes, TransientMap } from '@vaxel/base'
import type { MediaLegId } from '@vaxel/core'
import { CheckPort } from '../echo/check-port.ts'
import { EchoResponder } from '../echo/echo-responder.ts'
import { StreamDoor } from '../echo/stream-door.ts'
import type { SharedPort } from '../ice/shared-port.ts'
import type { UdpNetwork } from '../udp/udp-network.ts'
import type { OpenReply, WorkerCommand } from './protocol.ts'

/** Ports of a worker that answer checks of networks, and the doors of the streams that are measured. */
export class WorkerChecks {
  readonly #network: UdpNetwork
  readonly #sharedPort: SharedPort
  readonly #random: RandomBytes
  readonly #ports = new Map<number, CheckPort>()
  readonly #doors = new TransientMap<MediaLegId, StreamDoor>()
  #echo: EchoResponder | undefined

  constructor(parts: { network: UdpNetwork; sharedPort: SharedPort; random: RandomBytes }) {
    this.#network = parts.network
    this.#sharedPort = parts.sharedPort
    this.#random = parts.random
  }

  async openPort({ addresses, port }: WorkerCommand & { do: 'openCheckPort' }): Promise<OpenReply> {
    if (this.#ports.has(port)) return 'opened'
    const opened = await CheckPort.open({
      network: this.#network,
      addresses,
      port,
      seed: Buffer.from(this.#random(4)).readInt32LE(0),
      responder: this.responder,
    })
    if (!opened) return 'portInUse'
    this.#ports.set(port, opened)
    return 'opened'
  }

  closePort(port: number): void {
    this.#ports.get(port)?.close()
    this.#ports.delete(port)
  }

  /** Made with the first check. */
  get responder(): EchoResponder {
    this.#echo ??= new EchoResponder(this.#random)
    return this.#echo
  }

  /** Forgets a check; nothing happens where there never was one. */
  remove(id: Parameters<EchoResponder['remove']>[0]): void {
    this.#echo?.remove(id)
  }

  heard(id: Parameters<EchoResponder['heard']>[0]): ReturnType<EchoResponder['heard']> {
    return this.#echo?.heard(id) ?? []
  }

  /** @returns undefined for a port that is not open */
  makeDoor(checkPort: number | 'shared'): StreamDoor | undefined {
    return checkPort === 'shared' ? new StreamDoor(this.#sharedPort) : this.#ports.get(checkPort)?.door()
  }

  /** From now on the leg goes by this door. */
  takeDoor(leg: MediaLegId, door: StreamDoor): void {
    this.#doors.set(leg, door)
  }

  doorOf(leg: MediaLegId): StreamDoor | undefined {
    return this.#doors.get(leg)
  }

  forgetDoor(leg: MediaLegId): void {
    this.#doors.delete(leg)
  }
}
