import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { MediaLegId } from '@vaxel/core'
import { WorkerRig } from './worker-rig.fixture.ts'
import { UdpAddress } from '../udp/udp-address.ts'

describe('a pair that is bound ahead of its leg', () => {
  it('is told once when somebody speaks to it, and not for anything else, nor when a leg has it', async () => {
    const rig = new WorkerRig()
    const [address, rtpPort] = ['127.0.0.1', 20_000]
    const stranger = await rig.network.bind({ address, port: 30_000, receive: () => {} })
    assert.ok('send' in stranger)
    const comes = (...bytes: number[]) => {
      stranger.send(Uint8Array.from([...bytes, ...Array<number>(20).fill(0)]), 22, UdpAddress.parse(address, rtpPort)!)
      rig.network.deliver()
    }
    assert.equal(await rig.ask({ do: 'reserve', ports: { address, rtpPort } }), 'opened')
    comes(0x00, 0x01)
    comes(0x80, 200)
    assert.deepEqual(rig.events('reservedHeard'), [])
    comes(0x80, 8)
    comes(0x80, 8)
    assert.deepEqual(rig.events('reservedHeard'), [{ kind: 'reservedHeard', rtpPort }])
    await rig.ask({ do: 'unreserve', ports: { address, rtpPort } })
    assert.equal(await rig.ask({ do: 'reserve', ports: { address, rtpPort } }), 'opened')
    rig.perform({ do: 'openReserved', leg: 'leg' as MediaLegId, ports: { address, rtpPort } })
    comes(0x80, 8)
    assert.equal(rig.events('reservedHeard').length, 1)
    await rig.close()
  })
})
