// Runs in the page before its own scripts: every stream that an element plays for a call is measured.
;(() => {
  const heard = []
  const context = new AudioContext()
  const described = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject')
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    ...described,
    set(stream) {
      described.set.call(this, stream)
      if (!stream || !this.dataset.call) return
      const analyser = context.createAnalyser()
      analyser.fftSize = 8192
      context.createMediaStreamSource(stream).connect(analyser)
      heard.push({ analyser, samples: new Float32Array(analyser.fftSize) })
    },
  })
  /** What was played in the last sixth of a second. */
  globalThis.heardSamples = () => {
    void context.resume()
    const last = heard.at(-1)
    last?.analyser.getFloatTimeDomainData(last.samples)
    return { rateHz: context.sampleRate, samples: last ? [...last.samples] : [] }
  }
  /** The loudest sample just now, 0 to 1. */
  globalThis.heardLevel = () => {
    void context.resume()
    let most = 0
    for (const { analyser, samples } of heard.slice(-2)) {
      analyser.getFloatTimeDomainData(samples)
      for (const sample of samples) most = Math.max(most, Math.abs(sample))
    }
    return most
  }
})()
