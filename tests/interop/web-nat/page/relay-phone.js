// A phone that sends and receives by a relay alone, or by whatever it is told; driven by the test.
import JsSIP from 'jssip'

let ua
let session
let analyser
const order = []
const context = new AudioContext()

function hear(stream) {
  // Chromium gives Web Audio no samples of a remote stream that no element plays
  const element = new Audio()
  element.srcObject = stream
  element.muted = true
  void element.play()
  analyser = context.createAnalyser()
  context.createMediaStreamSource(stream).connect(analyser)
}

window.phone = {
  register({ url, uri, password }) {
    return new Promise((resolve, reject) => {
      ua = new JsSIP.UA({ sockets: [new JsSIP.WebSocketInterface(url)], uri, password, session_timers: false })
      ua.on('registered', () => resolve('registered'))
      ua.on('registrationFailed', ({ cause }) => reject(new Error(`registration failed: ${cause}`)))
      ua.start()
    })
  },

  /** The offer leaves with the first candidate, or, as the app's does, without waiting for one. */
  call(target, { iceServers, iceTransportPolicy }) {
    return new Promise((resolve, reject) => {
      order.length = 0
      const pcConfig = { iceServers, iceTransportPolicy }
      session = ua.call(target, { mediaConstraints: { audio: true, video: false }, pcConfig })
      const { connection } = session
      connection.addEventListener('icegatheringstatechange', () => {
        if (connection.iceGatheringState === 'complete') order.push('gathered')
      })
      connection.addEventListener('track', ({ streams }) => {
        hear(streams[0])
      })
      session.on('icecandidate', ({ ready }) => ready())
      session.on('confirmed', () => {
        order.push('confirmed')
        resolve('confirmed')
      })
      session.on('failed', ({ cause, message }) =>
        reject(new Error(`call failed: ${cause} ${message?.status_code ?? ''}`)),
      )
    })
  },

  /** Whether anything but silence comes; Firefox tells by its figures where no sound card lets the analyser run. */
  async heard() {
    void context.resume()
    const bins = new Float32Array(analyser?.frequencyBinCount ?? 0)
    analyser?.getFloatFrequencyData(bins)
    const report = await session.connection.getStats()
    const energy = [...report.values()].find(({ type }) => type === 'inbound-rtp')?.totalAudioEnergy ?? 0
    return energy > 0.001 || Math.max(...bins) > -60
  },

  /** Kind of candidate and way to the relay of the pair in use. */
  async path() {
    const report = await session.connection.getStats()
    const all = [...report.values()]
    const chosen = all.find(({ type }) => type === 'transport')?.selectedCandidatePairId
    const pair = all.find(({ id, type, selected }) => (chosen ? id === chosen : type === 'candidate-pair' && selected))
    const local = pair && report.get(pair.localCandidateId)
    return local && { kind: local.candidateType, by: local.relayProtocol }
  },

  order: () => order,
  explain: async () =>
    JSON.stringify([...(await session.connection.getStats()).values()].filter(({ type }) => /candidate/.test(type))),
  hangUp: () => session.terminate(),
}
