import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { keptIn, type KeptValues } from '../base/storage.ts'
import { AudioDevices, type DeviceUse } from './audio-devices.ts'

const input = (deviceId: string, label: string) => ({ kind: 'audioinput', deviceId, label })
const output = (deviceId: string, label: string) => ({ kind: 'audiooutput', deviceId, label })
const builtIn = [input('m1', 'Built-in microphone'), output('s1', 'Built-in speaker')]
const headset = [input('m2', 'Headset'), output('s2', 'Headset')]

async function setUp(plugged: ReturnType<typeof input>[], kept: KeptValues = keptIn(undefined)) {
  const list = { all: plugged, changed: () => {} }
  const used: DeviceUse[] = []
  const devices = new AudioDevices({
    list: {
      enumerate: async () => list.all,
      onChange: (listener) => {
        list.changed = listener
        return () => {}
      },
      canChooseSpeaker: true,
    },
    kept,
    onChosen: (use) => void used.push(use),
  })
  devices.begin()
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  await settle()
  const plug = async (all: ReturnType<typeof input>[]) => {
    list.all = all
    list.changed()
    await settle()
  }
  return { devices, used, plug, kept }
}

describe('microphone and speakers', () => {
  it('are those of the system until somebody chooses, and stay chosen after a reload', async () => {
    const { devices, used, kept } = await setUp([...builtIn, ...headset])
    assert.deepEqual(devices.state.get().chosen, {})
    devices.choose('microphone', 'm2')
    assert.deepEqual(devices.state.get().chosen, { microphone: 'm2' })
    assert.deepEqual(used, ['microphone'])
    const again = await setUp([...builtIn, ...headset], kept)
    assert.deepEqual(again.devices.state.get().chosen, { microphone: 'm2' })
  })

  it('fall back when the chosen one is pulled out, say so, and come back with it', async () => {
    const { devices, used, plug } = await setUp([...builtIn, ...headset])
    devices.choose('microphone', 'm2')
    devices.choose('speaker', 's2')
    used.length = 0
    await plug(builtIn)
    assert.deepEqual(devices.state.get().chosen, {})
    assert.deepEqual(devices.state.get().missing, { microphone: 'Headset', speaker: 'Headset' })
    assert.deepEqual(used, ['microphone', 'speaker'])
    await plug([...builtIn, ...headset])
    assert.deepEqual(devices.state.get().chosen, { microphone: 'm2', speaker: 's2' })
    assert.deepEqual(used, ['microphone', 'speaker', 'microphone', 'speaker'])
  })

  it('are known by their name when the browser gives them another id', async () => {
    const { devices, plug } = await setUp([...builtIn, ...headset])
    devices.choose('microphone', 'm2')
    await plug([...builtIn, input('m9', 'Headset'), output('s9', 'Headset')])
    assert.deepEqual(devices.state.get().chosen, { microphone: 'm9' })
  })

  it('go back to the system when that is chosen', async () => {
    const { devices } = await setUp([...builtIn, ...headset])
    devices.choose('ringer', 's1')
    devices.choose('ringer', undefined)
    assert.deepEqual(devices.state.get().chosen, {})
    assert.deepEqual(devices.state.get().missing, {})
  })

  it('leave out what the browser lists twice or without a name', async () => {
    const { devices } = await setUp([...builtIn, input('default', 'Default'), input('', '')])
    assert.deepEqual(
      devices.state.get().microphones.map(({ id }) => id),
      ['m1'],
    )
  })
})
