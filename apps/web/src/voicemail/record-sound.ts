/** A recording that goes on in this page. */
export interface GoingRecording {
  /** Ends it; resolves with what was said. */
  stop(): Promise<Blob>
}

/** Records from the microphone. Rejects when there is none, or it may not be used. */
export async function recordSound(mostMs: number): Promise<GoingRecording> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
  const recorder = new MediaRecorder(stream)
  const pieces: Blob[] = []
  recorder.addEventListener('dataavailable', ({ data }) => pieces.push(data))
  const ended = new Promise<Blob>((resolve) => {
    recorder.addEventListener('stop', () => {
      for (const track of stream.getTracks()) track.stop()
      resolve(new Blob(pieces, { type: recorder.mimeType }))
    })
  })
  recorder.start()
  const limit = setTimeout(() => recorder.state !== 'inactive' && recorder.stop(), mostMs)
  return {
    stop: () => {
      clearTimeout(limit)
      if (recorder.state !== 'inactive') recorder.stop()
      return ended
    },
  }
}
