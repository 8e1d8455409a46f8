import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type CallId, type CompanyId, type LegId, silentLogger, systemClock } from '@vaxel/base'
import type { KeptRecording, RecordingId } from '@vaxel/core'
import { sealWav } from '@vaxel/media'
import { loadDemoCompany, openStore, type Store } from '@vaxel/store'
import { sine, temporaryFolder, writeWav } from '@vaxel/testkit'

/** A sealed recording in the data folder, and the sound that was sealed. */
export interface StoredRecording {
  readonly recording: KeptRecording
  readonly pcm: Buffer
}

/** A data folder of the demo company with recordings, as a server leaves it. */
export async function folderWithRecordings(
  times: readonly string[],
): Promise<{ data: string; companyId: CompanyId; recordings: StoredRecording[] }> {
  const data = temporaryFolder('ftps')
  const store = await openStore({ folder: data, clock: systemClock, log: silentLogger })
  try {
    await loadDemoCompany(store)
    const { companyId } = store.directory.userByAddress('demo.vaxel.test', '201')!
    const recordings: StoredRecording[] = []
    for (const [i, time] of times.entries()) recordings.push(await keep(store, { data, companyId, i, time }))
    return { data, companyId, recordings }
  } finally {
    await store.close()
  }
}

async function keep(
  store: Store,
  { data, companyId, i, time }: { data: string; companyId: CompanyId; i: number; time: string },
): Promise<StoredRecording> {
  const user = store.directory.userByAddress('demo.vaxel.test', '201')!
  const startedAtMs = Date.parse(time)
  const id = `01kfxrec000000000000${i}` as RecordingId
  const begun: KeptRecording = {
    id,
    companyId,
    callId: `01kfxcall00000000000${i}` as CallId,
    legId: `leg-${i}` as LegId,
    party: { number: '201', name: user.displayName, userId: user.id },
    other: { number: `+4670123456${i}`, name: '=cmd|calc' },
    direction: 'inbound',
    trigger: 'rule',
    startedAtMs,
    file: join('recordings', companyId, `${id}.vxs`),
    state: 'running',
    pauses: [],
  }
  const event = (kind: string) => ({
    kind,
    atMs: startedAtMs,
    companyId,
    callId: begun.callId,
    data: { recording: id },
  })
  await store.ledger.append({
    events: [],
    call: {
      id: begun.callId,
      companyId,
      direction: begun.direction,
      startedAtMs,
      answeredAtMs: startedAtMs,
      endedAtMs: startedAtMs + 20_000,
      caller: begun.other,
      dialled: begun.party.number,
      called: begun.party,
    },
  })
  const key = await store.recordingStore.begin(begun, event('recording.started'))
  const path = join(data, begun.file)
  await mkdir(dirname(path), { recursive: true })
  const plain = join(temporaryFolder('wav'), 'a.wav')
  writeWav(plain, 8000, sine(8000, 400 + 50 * i, 20))
  const wav = await readFile(plain)
  const bytes = await sealWav(path, key, wav)
  await store.recordingStore.finish({ ...begun, durationMs: 20_000, end: 'stopped' }, () => event('recording.ended'))
  return { recording: begun, pcm: wav.subarray(wav.length - bytes) }
}
