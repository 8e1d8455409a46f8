import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Figure, Measurement } from './figure.ts'

const calls = 200
const seconds = 5

interface RelayFigures {
  readonly packets: number
  readonly lost: number
  readonly cpuUsPerPacket: number
  readonly cpuPercent: number
}

/** One media worker relays G.711 calls; the generator is a process of its own, beside it on loopback. */
export const media: Measurement = {
  name: 'media',
  async run(progress) {
    const figures: Figure[] = []
    for (const keying of ['rtp', 'sdes'] as const) {
      progress(`vaxel: ${calls} relayed calls, ${keying}, ${seconds} s`)
      const { stdout } = await promisify(execFile)(process.execPath, [
        fileURLToPath(new URL('media-relay.ts', import.meta.url)),
        String(calls),
        String(seconds),
        keying,
      ])
      const { cpuUsPerPacket, cpuPercent, packets, lost } = JSON.parse(stdout) as RelayFigures
      const what = keying === 'rtp' ? 'G.711 relayed' : 'G.711 relayed, SRTP on both legs'
      const note = `${calls} calls, ${cpuPercent} % of a core, ${lost} of ${packets} packets lost`
      figures.push({ what, system: 'vaxel', value: cpuUsPerPacket, unit: 'us CPU per packet', note })
    }
    return figures
  },
}
