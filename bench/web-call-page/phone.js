// A browser's telephone whose moments are measured: JsSIP, one call at a time. Times are the wall clock's, milliseconds.
import JsSIP from 'jssip'

const gatheringMs = 200
const lookMs = 5
const nowMs = () => performance.timeOrigin + performance.now()
const media = { mediaConstraints: { audio: true, video: false }, pcConfig: { iceServers: [] } }
let ua
let incoming
let onIncoming

/** Nothing is played out of a stream that no element plays. */
function play(connection) {
  connection.addEventListener('track', ({ streams }) => {
    const element = new Audio()
    element.srcObject = streams[0]
    void element.play()
  })
}

/** When the first sound of the other side was played out. */
async function firstSound(connection) {
  for (;;) {
    for (const entry of (await connection.getStats()).values())
      if (entry.type === 'inbound-rtp' && entry.jitterBufferEmittedCount > 0) return nowMs()
    await new Promise((resolve) => setTimeout(resolve, lookMs))
  }
}

const hurry = (session) => session.on('icecandidate', ({ ready }) => setTimeout(() => ready(), gatheringMs))
const ended = (session) => new Promise((resolve) => ['ended', 'failed'].forEach((name) => session.on(name, resolve)))

window.phone = {
  register(url, uri, password) {
    return new Promise((resolve, reject) => {
      ua = new JsSIP.UA({ sockets: [new JsSIP.WebSocketInterface(url)], uri, password, session_timers: false })
      ua.on('registered', () => resolve())
      ua.on('registrationFailed', ({ cause }) => reject(new Error(cause)))
      ua.on('newRTCSession', ({ originator, session }) => {
        if (originator !== 'remote') return
        hurry(session)
        session.on('peerconnection', ({ peerconnection }) => play(peerconnection))
        incoming = { session, ringsAtMs: nowMs(), ended: ended(session) }
        onIncoming?.()
      })
      ua.start()
    })
  },

  /** Calls, waits for sound, hangs up. */
  async call(target) {
    const calledAtMs = nowMs()
    const session = ua.call(target, media)
    hurry(session)
    play(session.connection)
    const over = ended(session)
    const ringsAtMs = await new Promise((resolve) => session.once('progress', () => resolve(nowMs())))
    if (!session.isEstablished()) await new Promise((resolve) => session.once('confirmed', resolve))
    const soundAtMs = await firstSound(session.connection)
    // Its own sound has its time to arrive as well.
    await new Promise((resolve) => setTimeout(resolve, 300))
    session.terminate()
    await over
    return { calledAtMs, ringsAtMs, soundAtMs }
  },

  /** Waits for a call, accepts it at once, waits for sound. The caller hangs up. */
  async answer() {
    if (!incoming) await new Promise((resolve) => (onIncoming = resolve))
    const { session, ringsAtMs, ended: over } = incoming
    const acceptedAtMs = nowMs()
    session.answer(media)
    const soundAtMs = await firstSound(session.connection)
    await over
    incoming = undefined
    return { ringsAtMs, acceptedAtMs, soundAtMs }
  },
}
