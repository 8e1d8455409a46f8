import JsSIP from 'jssip'
import { askServer, type Phone } from './visitor-api.ts'

/**
 * Calls the agent of a conversation from this page.
 * @param ended once it is over, whoever ended it
 * @returns undefined when the microphone is not allowed, or speaking is not on offer any more
 */
export async function speak(key: string, ended: () => void): Promise<{ end(): void } | undefined> {
  const phone = await askServer<Phone>('POST', `/chats/${key}/phone`).catch(() => undefined)
  if (!phone) return undefined
  const sound = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => undefined)
  if (!sound) return undefined
  const address = phone.webSockets[0] ?? `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/sip`
  const agent = new JsSIP.UA({
    sockets: [new JsSIP.WebSocketInterface(address)],
    uri: phone.address,
    authorization_user: phone.username,
    password: phone.password,
    register: false,
    session_timers: false,
  })
  const speaker = new Audio()
  let isOver = false
  const over = () => {
    if (isOver) return
    isOver = true
    for (const track of sound.getTracks()) track.stop()
    speaker.srcObject = null
    agent.stop()
    ended()
  }
  agent.on('connected', () => {
    const session = agent.call(phone.to, {
      mediaStream: sound,
      pcConfig: { iceServers: phone.iceServers },
      eventHandlers: { ended: over, failed: over },
    })
    session.connection?.addEventListener('track', ({ streams }: RTCTrackEvent) => {
      speaker.srcObject = streams[0] ?? null
      void speaker.play().catch(() => {})
    })
  })
  agent.on('disconnected', over)
  agent.start()
  addEventListener('pagehide', () => agent.terminateSessions())
  return { end: () => agent.terminateSessions() }
}
