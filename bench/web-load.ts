import { Baresip, type FirstLoad, loadPhonePage, startPlatform, WebBrowser } from '@vaxel/testkit'
import type { Figure, Measurement } from './figure.ts'

/** How much slower the processor of the visitor is made. */
const slowdown = 4

/**
 * How soon the web app can be used on a slow machine, what it loads until then, and what an answered call costs on the event
 * stream of one who sees it.
 */
export const webLoad: Measurement = {
  name: 'web-load',
  async run(progress, { isQuick }) {
    const rounds = isQuick ? 2 : 10
    const platform = await startPlatform()
    const browser = await WebBrowser.open()
    try {
      const loads: FirstLoad[] = []
      for (let round = 0; round < rounds; round++) {
        progress(`load ${round + 1} of ${rounds}`)
        const visitor = await browser.user(platform.url, '204')
        loads.push(await loadPhonePage(visitor, platform.url, { slowdown }))
        await visitor.close()
      }
      const median = (read: (load: FirstLoad) => number) => loads.map(read).toSorted((a, b) => a - b)[rounds >> 1]!
      progress('an answered call on the event stream')
      const streamBytes = await bytesOfCall(platform)
      const note = `${rounds} loads without cache, on loopback, processor ${slowdown} times slower`
      const figures: Figure[] = [
        {
          id: 'web-load.usable',
          what: 'web app: page to a field that can be typed into, median',
          system: 'vaxel',
          unit: 'ms',
          value: median(({ typableMs }) => typableMs),
          note,
          ...(!isQuick && { aim: { most: 1500 } }),
        },
        {
          id: 'web-load.script',
          what: 'web app: script on the wire until it is a telephone',
          system: 'vaxel',
          unit: 'bytes',
          value: median(({ scriptBytes }) => scriptBytes),
          note: 'compressed, with header fields',
          aim: { most: 250_000 },
        },
        {
          id: 'web-load.all',
          what: 'web app: everything on the wire until it is a telephone',
          system: 'vaxel',
          unit: 'bytes',
          value: median(({ allBytes }) => allBytes),
          note: 'page, script, style, icon and answers of the API, with header fields',
          aim: { most: 250_000 },
        },
        {
          id: 'web-load.ready',
          what: 'web app: page to a telephone that takes calls, median',
          system: 'vaxel',
          unit: 'ms',
          value: median(({ usableMs }) => usableMs),
          note,
        },
        {
          id: 'web-load.call',
          what: 'events of an answered call to one who is in it',
          system: 'vaxel',
          unit: 'bytes',
          value: streamBytes,
          note: 'call, quality and presence, from the first event to both being free, without the frames of the WebSocket',
          aim: { most: 2048 },
        },
      ]
      return figures
    } finally {
      await browser.close()
      await platform.stop()
    }
  },
}

/** A call between two desk phones, as the web app of the called person is told of it: the call, its quality, presence. */
async function bytesOfCall(platform: Awaited<ReturnType<typeof startPlatform>>): Promise<number> {
  const { token } = await platform.login('217')
  const told: string[] = []
  let ended: () => void = () => {}
  let hasEnded = false
  const over = new Promise<void>((resolve) => {
    ended = resolve
  })
  const socket = new WebSocket(`${platform.url.replace('http', 'ws')}/api/v1/events?notices=1&brief=1`, [
    'vaxel.events.v1',
    `bearer.${token}`,
  ])
  socket.addEventListener('message', ({ data }) => {
    const text = String(data)
    const { kind, notice } = JSON.parse(text) as { kind?: string; notice?: string }
    if (kind?.startsWith('registrar.')) return
    told.push(text)
    if (kind === 'call.ended') hasEnded = true
    // The last of it: that both are free again.
    if (hasEnded && notice === 'presence.changed') ended()
  })
  await new Promise((resolve) => socket.addEventListener('open', resolve))
  const [caller, called] = [
    await Baresip.start({ user: '216', password: 'sip-216', registrar: platform.sip, toneHz: 620 }),
    await Baresip.start({ user: '217', password: 'sip-217', registrar: platform.sip, toneHz: 440 }),
  ]
  try {
    await caller.dial('217')
    await caller.waitFor('CALL_ESTABLISHED')
    await new Promise((resolve) => setTimeout(resolve, 1500))
    await caller.command('hangup')
    await over
  } finally {
    await caller.stop()
    await called.stop()
    socket.close()
  }
  return told.reduce((bytes, text) => bytes + Buffer.byteLength(text), 0)
}
