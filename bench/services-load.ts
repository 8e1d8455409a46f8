import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { loadNumber, loadUser } from './load/population.ts'
import { contactUri, headerOf } from './load/sip-text.ts'

/**
 * Callers from a trunk who reach a mailbox: `node bench/services-load.ts SIP_PORT TRUNK_PORT CALLS`. Each hangs up after its first sound. What it came
 * to goes to standard output as JSON.
 */
export interface FirstSounds {
  readonly calls: number
  readonly failed: number
  readonly p50Ms: number
  readonly p99Ms: number
}

const [sipPort, trunkPort, calls] = process.argv.slice(2).map(Number) as [number, number, number]
const everyMs = 50
const limitMs = 5000
const users = 20

const sip = createSocket('udp4')
sip.bind(trunkPort, '127.0.0.1')
await once(sip, 'listening')

const sounds: number[] = []
let failed = 0
for (let index = 0; index < calls; index++) {
  const begunMs = performance.now()
  const heardMs = await call(index)
  if (heardMs === undefined) failed++
  else sounds.push(heardMs)
  const restMs = everyMs - (performance.now() - begunMs)
  if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs))
}
sounds.sort((a, b) => a - b)
const at = (part: number): number => Number((sounds[Math.floor((sounds.length - 1) * part)] ?? 0).toFixed(1))
const result: FirstSounds = { calls, failed, p50Ms: at(0.5), p99Ms: at(0.99) }
process.stdout.write(`${JSON.stringify(result)}\n`)
process.exit(0)

/** @returns time to the first packet of sound, or undefined when none came */
async function call(index: number): Promise<number | undefined> {
  const audio = createSocket('udp4')
  audio.bind(0, '127.0.0.1')
  await once(audio, 'listening')
  const { port } = audio.address()
  const to = loadNumber(loadUser(index % users))
  const id = `${process.pid}-${index}`
  const head = (method: string, uri: string, toTag: string, cseq: number): string =>
    `${method} ${uri} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:${trunkPort};branch=z9hG4bK${id}${method}${cseq};rport\r\nMax-Forwards: 70\r\nFrom: <sip:+46701740605@127.0.0.1>;tag=${id}\r\nTo: <sip:${to}@127.0.0.1>${toTag}\r\nCall-ID: ${id}@services\r\nCSeq: ${cseq} ${method === 'ACK' ? 'ACK' : method}\r\nContact: <sip:load@127.0.0.1:${trunkPort}>\r\n`
  const sdp = `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${port} RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n`
  const uri = `sip:${to}@127.0.0.1:${sipPort}`
  let remote = uri
  let toTag = ''
  const send = (text: string): void => sip.send(text, sipPort, '127.0.0.1')
  const onSip = (bytes: Buffer): void => {
    const message = bytes.toString()
    if (!message.startsWith('SIP/2.0 200') || !headerOf(message, 'Call-ID').startsWith(`${id}@`)) return
    if (!headerOf(message, 'CSeq').endsWith('INVITE')) return
    remote = contactUri(message)
    toTag = `;tag=${/;tag=([^;\s]+)/.exec(headerOf(message, 'To'))?.[1]}`
    send(`${head('ACK', remote, toTag, 1)}Content-Length: 0\r\n\r\n`)
  }
  sip.on('message', onSip)
  const startedMs = performance.now()
  const heard = new Promise<number | undefined>((resolve) => {
    const limit = setTimeout(() => resolve(undefined), limitMs)
    audio.once('message', () => {
      clearTimeout(limit)
      resolve(performance.now() - startedMs)
    })
  })
  send(
    `${head('INVITE', uri, '', 1)}Content-Type: application/sdp\r\nContent-Length: ${Buffer.byteLength(sdp)}\r\n\r\n${sdp}`,
  )
  const heardMs = await heard
  if (toTag !== '') send(`${head('BYE', remote, toTag, 2)}Content-Length: 0\r\n\r\n`)
  sip.off('message', onSip)
  audio.close()
  return heardMs
}
