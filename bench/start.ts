import { createSocket } from 'node:dgram'
import { fileURLToPath } from 'node:url'
import { choosePorts, startPlatform, temporaryFolder } from '@vaxel/testkit'
import type { Figure, Measurement } from './figure.ts'
import { loadDomain, populate } from './load/population.ts'
import { headerOf } from './load/sip-text.ts'

const compileCache = fileURLToPath(new URL('../.runtime/compile-cache', import.meta.url))
const askEveryMs = 5

/** From the start of the process to its first answers, with many users in the database. */
export const start: Measurement = {
  name: 'start',
  async run(progress, { isQuick }) {
    const users = isQuick ? 10_000 : 100_000
    const figures: Figure[] = []
    for (const registered of [0, users]) {
      progress(`vaxel: makes a folder with ${users} users, ${registered} registered`)
      const data = temporaryFolder('start')
      await populate(data, users, { trunkSource: '127.0.0.1:9', registered })
      // The first start fills the caches of the compiler and of the disk, as on any machine where it ran before.
      await startOnce(data)
      progress('vaxel: starts')
      const { firstAnswerMs, isRegistrar } = await startOnce(data)
      if (!isRegistrar) throw new Error('REGISTER was not answered with a challenge')
      figures.push({
        id: registered === 0 ? 'start.users' : 'start.registered',
        what: `start with ${users.toLocaleString('en')} users${registered > 0 ? ', all registered' : ''}`,
        system: 'vaxel',
        value: firstAnswerMs / 1000,
        unit: 's',
        note: 'to the first answered OPTIONS and REGISTER; all cores',
        ...(registered === 0 && !isQuick && { aim: { most: 3 } }),
      })
    }
    return figures
  },
}

async function startOnce(data: string): Promise<{ firstAnswerMs: number; isRegistrar: boolean }> {
  const ports = await choosePorts(8)
  const startMs = performance.now()
  const asker = ask(ports.sip)
  const platform = await startPlatform({
    demo: false,
    data,
    ports,
    environment: { VAXEL_BIND: '127.0.0.1', VAXEL_LOG: 'error', NODE_COMPILE_CACHE: compileCache },
    readyLimitMs: 60_000,
  })
  try {
    const answers = await asker
    return { firstAnswerMs: answers.atMs - startMs, isRegistrar: answers.register.startsWith('SIP/2.0 401') }
  } finally {
    await platform.stop()
  }
}

/** Asks again and again until OPTIONS and REGISTER have both been answered. */
async function ask(port: number): Promise<{ atMs: number; register: string }> {
  const socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  const localPort = socket.address().port
  const answers = new Map<string, string>()
  let number = 0
  const send = (method: string): void => {
    const id = `${method}${number++}`
    const text = `${method} sip:${loadDomain} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:${localPort};branch=z9hG4bK${id};rport\r\nMax-Forwards: 70\r\nFrom: <sip:1@${loadDomain}>;tag=a\r\nTo: <sip:1@${loadDomain}>\r\nCall-ID: ${id}@start\r\nCSeq: 1 ${method}\r\nContact: <sip:1@127.0.0.1:${localPort}>\r\nContent-Length: 0\r\n\r\n`
    socket.send(text, port, '127.0.0.1')
  }
  try {
    return await new Promise((resolve, reject) => {
      const asking = setInterval(() => {
        send('OPTIONS')
        send('REGISTER')
      }, askEveryMs)
      const limit = setTimeout(() => {
        clearInterval(asking)
        reject(new Error('no answer within 60 s of the start'))
      }, 60_000)
      // Nobody listens at first.
      socket.on('error', () => {})
      socket.on('message', (bytes) => {
        const message = bytes.toString('latin1')
        answers.set(headerOf(message, 'CSeq').slice(2), message)
        const register = answers.get('REGISTER')
        if (register === undefined || !answers.has('OPTIONS')) return
        clearInterval(asking)
        clearTimeout(limit)
        resolve({ atMs: performance.now(), register })
      })
    })
  } finally {
    socket.close()
  }
}
