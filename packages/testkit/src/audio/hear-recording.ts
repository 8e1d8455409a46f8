import { eventLimitMs } from '../program.ts'
import type { ApiClient } from '../api-client.ts'
import { parseWav, type Wav } from './wav.ts'

/** The sound of a recording, as somebody who may listen gets it. */
export async function hearRecording({ url, token }: ApiClient, recording: string): Promise<Wav> {
  const reply = await fetch(`${url}/api/v1/recordings/${recording}/audio`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(eventLimitMs),
  })
  if (!reply.ok) throw new Error(`the recording ${recording} cannot be heard: ${reply.status} ${await reply.text()}`)
  return parseWav(Buffer.from(await reply.arrayBuffer()), recording)
}
