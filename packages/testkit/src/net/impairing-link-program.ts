// Carries packets between two TUN devices, each of which may stand in another namespace: `node … NAME NAME LINE-AS-JSON`.
// Prints `ready` when both are there, and runs until it is killed.
import { SeededRandom } from '../seeded-random.ts'
import { LineFate, type LineImpairment } from './impairment.ts'
import { TunDevice } from './tun-device.ts'

const [nearName, farName, text] = process.argv.slice(2)
if (nearName === undefined || farName === undefined || text === undefined)
  throw new Error('usage: impairing-link-program NAME NAME LINE')
const line = JSON.parse(text) as LineImpairment
const near = new TunDevice(nearName)
const far = new TunDevice(farName)

function carry(from: TunDevice, to: TunDevice, seed: number): void {
  const fate = new LineFate(line, new SeededRandom(seed))
  from.read((packet) => {
    // What the system says by itself on a new interface (IPv6 router solicitations) must not move the seed.
    if (packet[0]! >> 4 !== 4) return
    const nowMs = performance.now()
    for (const atMs of fate.next(packet.length, nowMs)) {
      const copy = Buffer.from(packet)
      if (atMs <= nowMs) to.write(copy)
      else setTimeout(() => to.write(copy), atMs - nowMs)
    }
  })
}

carry(near, far, line.seed)
carry(far, near, line.seed + 1)
process.stdout.write('ready\n')
