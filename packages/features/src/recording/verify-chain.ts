import type { CompanyId } from '@vaxel/base'
import type { OperationReply, verifyRecordings } from '@vaxel/contract'
import type { KeptRecording, RecordingFolder, RecordingStore } from '@vaxel/core'

type Verification = OperationReply<typeof verifyRecordings>
type Fault = Verification['faults'][number]['kind']

/**
 * Walks a part of a company's chain: every link must follow from the one before, and every file be the one that was written.
 */
export async function verifyChain(
  { store, folder }: { store: RecordingStore; folder: RecordingFolder },
  companyId: CompanyId,
  { after, limit }: { after: number; limit: number },
): Promise<Verification> {
  const before = after === 0 ? undefined : (await store.chain(companyId, after - 1, 1))[0]?.chain
  const part = await store.chain(companyId, after, limit)
  const faults: Verification['faults'] = []
  let [intact, deleted] = [0, 0]
  let previous = before ?? { index: 0, hash: '0'.repeat(64) }
  for (const recording of part) {
    const { chain } = recording
    if (!chain) continue
    const add = (kind: Fault) => faults.push({ recordingId: recording.id, index: chain.index, kind })
    const follows = chain.index === previous.index + 1 && chain.previous === previous.hash
    if (!follows || chain.hash !== store.linkOf(chain.previous, recording)) add('chain')
    previous = chain
    const fault = await faultOf(recording)
    if (fault) add(fault)
    else if (recording.state === 'deleted') deleted++
    else intact++
  }
  const last = part.at(-1)?.chain
  return {
    checked: part.length,
    intact,
    deleted,
    faults,
    ...(part.length === limit && last ? { next: last.index } : {}),
  }

  async function faultOf(recording: KeptRecording): Promise<Fault | undefined> {
    if (recording.state === 'deleted') return (await folder.isThere(recording.file)) ? 'undeleted' : undefined
    const key = await store.keyOf(recording)
    const found = key && (await folder.inspect(recording.file, key))
    if (!found) return recording.end === 'lost' || recording.end === 'failed' ? undefined : 'missing'
    if (found.verdict === 'changed') return 'changed'
    if (found.sha256 === recording.sha256) return undefined
    return found.verdict === 'cut' ? 'cut' : 'changed'
  }
}
