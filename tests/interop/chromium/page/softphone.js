// A softphone as small as it can be: JsSIP, one call, and an analyser on what is heard. Driven by the test.
import JsSIP from 'jssip'

const context = new AudioContext()
let ua
let session
let analyser

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

window.softphone = {
  register(url, uri, password) {
    return new Promise((resolve, reject) => {
      ua = new JsSIP.UA({ sockets: [new JsSIP.WebSocketInterface(url)], uri, password, session_timers: false })
      ua.on('registered', () => resolve('registered'))
      ua.on('registrationFailed', ({ cause }) => reject(new Error(`registration failed: ${cause}`)))
      ua.on('disconnected', ({ error }) => error && reject(new Error('the WebSocket was closed')))
      ua.on('newRTCSession', ({ originator, session: incoming }) => {
        if (originator !== 'remote') return
        session = incoming
        session.on('peerconnection', ({ peerconnection }) =>
          peerconnection.addEventListener('track', (event) => hear(event.streams[0])),
        )
        session.answer({ mediaConstraints: { audio: true, video: false } })
      })
      ua.start()
    })
  },

  call(target) {
    return new Promise((resolve, reject) => {
      session = ua.call(target, { mediaConstraints: { audio: true, video: false }, pcConfig: { iceServers: [] } })
      session.connection.addEventListener('track', (event) => hear(event.streams[0]))
      session.on('confirmed', () => resolve('confirmed'))
      session.on('failed', ({ cause, message }) =>
        reject(new Error(`call failed: ${cause} ${message?.status_code ?? ''} ${message?.reason_phrase ?? ''}`)),
      )
    })
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

  async statistics() {
    const report = await session.connection.getStats()
    return [...report.values()].filter(({ type }) => ['inbound-rtp', 'candidate-pair', 'transport'].includes(type))
  },

  hangUp() {
    session.terminate()
  },
}
