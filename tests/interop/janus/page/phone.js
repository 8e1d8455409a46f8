// A telephone in a page that talks WebRTC with Janus, which talks SIP: a tone instead of a microphone, an analyser on what is heard. Driven by the test.
const context = new AudioContext()
const events = []
let session
let handle
let connection
let analyser
let stranger

async function post(url, body) {
  const response = await fetch(url, {
    method: 'POST',
    body: JSON.stringify({ transaction: crypto.randomUUID(), ...body }),
  })
  const answer = await response.json()
  if (answer.janus === 'error') throw new Error(JSON.stringify(answer.error))
  return answer
}

/** What Janus tells, one long poll after the other, for as long as the page is open. */
async function listenToJanus() {
  for (;;) {
    const response = await fetch(`${session}?maxev=1`)
    for (const event of [await response.json()].flat()) await take(event)
  }
}

async function take(event) {
  if (event.janus === 'hangup') {
    connection?.close()
    analyser = undefined
    events.push({ event: 'over', reason: event.reason })
  }
  const data = event.plugindata?.data
  if (!data) return
  if (data.error) events.push({ event: 'error', reason: data.error })
  if (data.result) events.push(data.result)
  // A call that never had audio leaves its half of WebRTC behind
  if (data.result?.event === 'hangup') await post(handle, { janus: 'hangup' })
  if (event.jsep?.type === 'answer') await connection.setRemoteDescription(event.jsep)
  if (event.jsep?.type === 'offer') stranger = event.jsep
}

const say = (body, jsep) => post(handle, { janus: 'message', body, ...(jsep ? { jsep } : {}) })

function connect(toneHz) {
  connection = new RTCPeerConnection()
  const [tone, microphone] = [context.createOscillator(), context.createMediaStreamDestination()]
  tone.frequency.value = toneHz
  tone.connect(microphone)
  tone.start()
  void context.resume()
  for (const track of microphone.stream.getTracks()) connection.addTrack(track, microphone.stream)
  connection.addEventListener('track', ({ streams }) => hear(streams[0]))
}

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

/** A description with all candidates in it. */
async function described(description) {
  await connection.setLocalDescription(description)
  if (connection.iceGatheringState !== 'complete')
    await new Promise((resolve) =>
      connection.addEventListener(
        'icegatheringstatechange',
        () => connection.iceGatheringState === 'complete' && resolve(),
      ),
    )
  const { type, sdp } = connection.localDescription
  return { type, sdp, trickle: false }
}

window.phone = {
  events: () => events,

  /** A session of Janus with its SIP plugin. */
  async attach(server) {
    const { data: made } = await post(server, { janus: 'create' })
    session = `${server}/${made.id}`
    const { data: attached } = await post(session, { janus: 'attach', plugin: 'janus.plugin.sip' })
    handle = `${session}/${attached.id}`
    // Its microphone has to be allowed, or the browser hides its own address behind a name of mDNS
    await navigator.mediaDevices.getUserMedia({ audio: true })
    void listenToJanus()
  },

  /** A request of the SIP plugin, as its documentation names it. */
  say,

  async call(uri, toneHz, further) {
    connect(toneHz)
    await say({ request: 'call', uri, ...further }, await described(await connection.createOffer()))
  },

  async accept(toneHz, further) {
    connect(toneHz)
    await connection.setRemoteDescription(stranger)
    await say({ request: 'accept', ...further }, await described(await connection.createAnswer()))
  },

  /** A key of the telephone, as an RTP event. */
  press(digit) {
    connection.getSenders()[0].dtmf.insertDTMF(digit, 160)
  },

  /** Loudest frequency and its level in dB, from one look. */
  listen() {
    if (!analyser) return undefined
    const bins = new Float32Array(analyser.frequencyBinCount)
    analyser.getFloatFrequencyData(bins)
    let best = 0
    for (let i = 1; i < bins.length; i++) if (bins[i] > bins[best]) best = i
    return { hz: (best * context.sampleRate) / analyser.fftSize, db: bins[best] }
  },
}
