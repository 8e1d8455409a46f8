import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Cell } from '../../base/cell.ts'
import { initialState, type PhoneCall, type PhoneState } from '../phone-state.ts'
import type { Headset, HeadsetEvent, HeadsetLights, Headsets } from './headset.ts'
import { HeadsetLink } from './headset-link.ts'

/** A headset that somebody presses buttons of, and whose lights can be seen. */
class FakeHeadset implements Headset {
  readonly name = 'Test headset'
  readonly shown: HeadsetLights[] = []
  #listener = (_: HeadsetEvent) => {}

  press(event: HeadsetEvent): void {
    this.#listener(event)
  }

  get lights(): string {
    const last = this.shown.at(-1)
    return Object.entries(last ?? {})
      .filter(([, isOn]) => isOn)
      .map(([name]) => name)
      .join(' ')
  }

  onEvent(listener: (event: HeadsetEvent) => void): () => void {
    this.#listener = listener
    return () => (this.#listener = () => {})
  }

  async show(lights: HeadsetLights): Promise<void> {
    this.shown.push(lights)
  }

  async close(): Promise<void> {}
}

/** A plug with a headset in it, and a telephone whose calls the test sets. */
async function setUp() {
  const headset = new FakeHeadset()
  let plugged = [headset]
  let onPlugged = () => {}
  let onUnplugged = (_: string) => {}
  const headsets: Headsets = {
    isSupported: true,
    known: async () => plugged,
    ask: async () => headset,
    onPlugged: (listener) => {
      onPlugged = listener
      return () => {}
    },
    onUnplugged: (listener) => {
      onUnplugged = listener
      return () => {}
    },
  }
  const state = new Cell<PhoneState>(initialState)
  const asked: string[] = []
  const ask = (what: string) => (id: string) => void asked.push(`${what} ${id}`)
  const link = new HeadsetLink(headsets, {
    state,
    answer: async (id) => ask('answer')(id),
    hangUp: ask('hangUp'),
    reject: ask('reject'),
    retrieve: ask('retrieve'),
    setMuted: (isMuted) => void asked.push(isMuted ? 'mute' : 'unmute'),
  })
  link.begin()
  await new Promise((resolve) => setImmediate(resolve))
  const calls = (...shown: PhoneCall[]) =>
    state.set({ ...initialState, place: 'here', calls: shown, activeId: shown.findLast(isUp)?.id })
  const plug = async (isIn: boolean) => {
    plugged = isIn ? [headset] : []
    if (isIn) onPlugged()
    else onUnplugged(headset.name)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { headset, link, asked, calls, plug }
}

const isUp = ({ state }: PhoneCall): boolean => state.name !== 'incoming'
const call = (id: string, state: PhoneCall['state'], isMuted = false): PhoneCall => ({
  id,
  direction: 'in',
  number: '205',
  state,
  isMuted,
})
const talking = { name: 'connected', sinceMs: 0, isHeld: false, isHeldByThem: false } as const

describe('a headset', () => {
  it('lights up when it rings, answers by its hook and hangs up by it', async () => {
    const { headset, asked, calls } = await setUp()
    calls(call('1', { name: 'incoming' }))
    assert.equal(headset.lights, 'isRinging')
    headset.press('hookOff')
    calls(call('1', talking))
    assert.equal(headset.lights, 'isOffHook')
    headset.press('hookOn')
    calls()
    assert.equal(headset.lights, '')
    assert.deepEqual(asked, ['answer 1', 'hangUp 1'])
  })

  it('mutes the call by its button, and shows what was muted on the screen', async () => {
    const { headset, asked, calls } = await setUp()
    calls(call('1', talking))
    headset.press('mute')
    assert.deepEqual(asked, ['mute'])
    calls(call('1', talking, true))
    assert.equal(headset.lights, 'isOffHook isMuted')
    calls(call('1', talking))
    assert.equal(headset.lights, 'isOffHook')
    headset.press('unmute')
    assert.deepEqual(asked, ['mute', 'unmute'])
  })

  it('declines a second call without ending the first', async () => {
    const { headset, asked, calls } = await setUp()
    calls(call('1', talking), call('2', { name: 'incoming' }))
    assert.equal(headset.lights, 'isRinging isOffHook')
    headset.press('reject')
    assert.deepEqual(asked, ['reject 2'])
  })

  it('takes a held call back by its hook', async () => {
    const { headset, asked, calls } = await setUp()
    calls(call('1', { ...talking, isHeld: true }))
    assert.equal(headset.lights, 'isOffHook isOnHold')
    headset.press('hookOff')
    assert.deepEqual(asked, ['retrieve 1'])
  })

  it('is put right when it thinks that there is a call and there is none', async () => {
    const { headset, asked } = await setUp()
    const before = headset.shown.length
    headset.press('hookOff')
    assert.equal(headset.shown.length, before + 1)
    assert.equal(headset.lights, '')
    assert.deepEqual(asked, [])
  })

  it('pulled out in a call leaves the call alone, and shows it again when it is plugged in', async () => {
    const { headset, link, asked, calls, plug } = await setUp()
    calls(call('1', talking))
    await plug(false)
    assert.equal(link.name.get(), undefined)
    headset.press('hookOn')
    assert.deepEqual(asked, [])
    await plug(true)
    assert.equal(link.name.get(), headset.name)
    assert.equal(headset.lights, 'isOffHook')
    headset.press('hookOn')
    assert.deepEqual(asked, ['hangUp 1'])
  })
})
