// A softphone that does what docs/decisions/0052 asks of a client, and no more: JsSIP, one call, an analyser on what is heard.
// Its account and its dialog are in localStorage, so that a page that is loaded anew comes back by itself. Driven by the test.
import JsSIP from 'jssip'

const context = new AudioContext()
const gatheringMs = 200
const [lookMs, stallMs, pingMs] = [250, 1000, 500]
let ua
let socket
let session
let analyser
/** What happened, with milliseconds since the page began to load. */
const events = []
const told = (name) => events.push({ name, atMs: Math.round(performance.now()) })

function hear(stream) {
  // Chromium gives Web Audio no samples of a remote stream that no element plays
  const element = new Audio()
  element.srcObject = stream
  element.muted = true
  void element.play()
  analyser = context.createAnalyser()
  analyser.fftSize = 8192
  analyser.smoothingTimeConstant = 0
  context.createMediaStreamSource(stream).connect(analyser)
}

/** Waits for no candidate longer than the server needs, which needs none. */
function hurry(rtcSession) {
  rtcSession.on('icecandidate', ({ ready }) => setTimeout(() => ready(), gatheringMs))
}

/** Another network: the old WebSocket may be dead without knowing it, and closing it would wait for an answer. */
function connectAnew() {
  const webSocket = socket._ws
  if (!webSocket) return
  webSocket.onclose = null
  webSocket.close()
  socket._onClose({ wasClean: false, code: 1006, reason: 'the network has changed' })
}

/** Whether the server answers a keep-alive (RFC 5626 §4.4.1) over the WebSocket that we have. */
function answersPing() {
  const webSocket = socket._ws
  return new Promise((resolve) => {
    if (webSocket?.readyState !== 1) return resolve(false)
    const done = (answer) => {
      clearTimeout(timer)
      webSocket.removeEventListener('message', onMessage)
      resolve(answer)
    }
    const onMessage = () => done(true)
    const timer = setTimeout(() => done(false), pingMs)
    webSocket.addEventListener('message', onMessage)
    webSocket.send('\r\n\r\n')
  })
}

async function packetsReceived(connection) {
  for (const entry of (await connection.getStats()).values())
    if (entry.type === 'transport') return entry.packetsReceived
}

/**
 * Nothing comes for a second, and the server does not answer: the network is another one. Chromium itself says `disconnected` only
 * after six seconds.
 */
async function watchNetwork({ connection }) {
  let packets = 0
  let sinceMs = performance.now()
  while (connection.connectionState !== 'closed') {
    await new Promise((resolve) => setTimeout(resolve, lookMs))
    const now = await packetsReceived(connection)
    if (now !== packets) sinceMs = performance.now()
    packets = now
    if (performance.now() - sinceMs < stallMs) continue
    sinceMs = performance.now()
    if (!(await answersPing())) await moveOver()
  }
}

async function moveOver() {
  told('moving')
  const connected = new Promise((resolve) => ua.once('connected', resolve))
  connectAnew()
  ua._transport.connect()
  await connected
  await window.phone.restartIce()
  told('moved')
}

/** Keeps what names the dialog, as soon as it has tags. */
function keep(rtcSession) {
  session = rtcSession
  const save = () => {
    const id = rtcSession._dialog?.id
    if (id) localStorage.setItem('dialog', `${id.call_id};to-tag=${id.remote_tag};from-tag=${id.local_tag}`)
  }
  const forget = () => session === rtcSession && localStorage.removeItem('dialog')
  rtcSession.on('progress', save)
  rtcSession.on('confirmed', () => {
    save()
    void watchNetwork(rtcSession)
    told('confirmed')
  })
  rtcSession.on('ended', forget)
  rtcSession.on('failed', forget)
}

function dial(target, extraHeaders = []) {
  return new Promise((resolve, reject) => {
    const options = { mediaConstraints: { audio: true, video: false }, pcConfig: { iceServers: [] }, extraHeaders }
    const made = ua.call(target, { ...options, eventHandlers: {} })
    keep(made)
    hurry(made)
    made.connection.addEventListener('track', (event) => hear(event.streams[0]))
    made.on('confirmed', () => resolve('confirmed'))
    made.on('failed', ({ cause, message }) =>
      reject(new Error(`call failed: ${cause} ${message?.status_code ?? ''} ${message?.reason_phrase ?? ''}`)),
    )
  })
}

function start({ url, uri, password }) {
  const instance = localStorage.getItem('instance') ?? crypto.randomUUID()
  localStorage.setItem('instance', instance)
  socket = new JsSIP.WebSocketInterface(url)
  ua = new JsSIP.UA({
    sockets: [socket],
    uri,
    password,
    instance_id: instance,
    session_timers: false,
    connection_recovery_min_interval: 1,
    connection_recovery_max_interval: 2,
  })
  ua.on('newRTCSession', ({ originator, session: incoming }) => {
    if (originator !== 'remote') return
    keep(incoming)
    incoming.on('peerconnection', ({ peerconnection }) =>
      peerconnection.addEventListener('track', (event) => hear(event.streams[0])),
    )
    told('ringing')
    if (localStorage.getItem('answers') !== 'no') incoming.answer({ mediaConstraints: { audio: true, video: false } })
  })
  for (const name of ['connected', 'disconnected', 'registered']) ua.on(name, () => told(name))
  return new Promise((resolve, reject) => {
    ua.on('registered', () => resolve('registered'))
    ua.on('registrationFailed', ({ cause }) => reject(new Error(`registration failed: ${cause}`)))
    const dialog = localStorage.getItem('dialog')
    // At once, beside the REGISTER.
    if (dialog) told('returning')
    if (dialog) ua.once('connected', () => dial(uri, [`Replaces: ${dialog}`]).catch((error) => told(String(error))))
    ua.start()
  })
}

window.phone = {
  events,

  register(account) {
    localStorage.setItem('account', JSON.stringify(account))
    return start(account)
  },

  call: (target) => dial(target),
  takeBack: (replaces) => dial(JSON.parse(localStorage.getItem('account')).uri, [`Replaces: ${replaces}`]),
  forgetDialog: () => localStorage.removeItem('dialog'),
  answerCalls: (answers) => localStorage.setItem('answers', answers),
  answer: () => session.answer({ mediaConstraints: { audio: true, video: false } }),
  isInCall: () => session?.isEstablished() ?? false,
  hasEnded: () => session?.isEnded() ?? true,
  hangUp: () => session.terminate(),

  restartIce() {
    return new Promise((resolve) =>
      session.renegotiate({ rtcOfferConstraints: { iceRestart: true } }, () => resolve('done')),
    )
  },

  localUfrag: () => /a=ice-ufrag:(\S+)/.exec(session.connection.currentLocalDescription.sdp)[1],
  remoteUfrag: () => /a=ice-ufrag:(\S+)/.exec(session.connection.currentRemoteDescription.sdp)[1],

  /** Energy of all that was heard so far: also where no sound card lets the analyser run. */
  async energyHeard() {
    for (const entry of (await session.connection.getStats()).values())
      if (entry.type === 'inbound-rtp') return entry.totalAudioEnergy
  },

  /** Loudest frequency and its level in dB, from one look. */
  listen() {
    if (!analyser) return undefined
    void context.resume()
    const bins = new Float32Array(analyser.frequencyBinCount)
    analyser.getFloatFrequencyData(bins)
    let best = 0
    for (let i = 1; i < bins.length; i++) if (bins[i] > bins[best]) best = i
    return { hz: (best * context.sampleRate) / analyser.fftSize, db: bins[best] }
  },
}

const account = localStorage.getItem('account')
if (account) start(JSON.parse(account)).catch((error) => told(String(error)))
