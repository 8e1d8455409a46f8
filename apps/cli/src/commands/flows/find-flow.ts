import { listFlows, type OperationReply, type readFlow } from '@vaxel/contract'
import type { ApiClient } from '../../api-client.ts'
import { exitCodes, Failure } from '../../failure.ts'
import { readDraftFile } from '../draft-file.ts'

export type FlowGraph = OperationReply<typeof readFlow>['draft']
type Entry = OperationReply<typeof listFlows>['items'][number]

/** All flows of the company: at most 500. */
export const allFlows = async (api: ApiClient): Promise<readonly Entry[]> =>
  (await api.call(listFlows, { query: { limit: 1000 } })).items

/** A flow by its name, its identifier or a number that reaches it. */
export async function findFlow(api: ApiClient, wanted: string): Promise<Entry> {
  const items = await allFlows(api)
  const named = items.filter(({ name }) => name === wanted)
  const byId = items.find(({ id }) => id === wanted)
  if (!byId && named.length > 1)
    throw new Failure(
      `${named.length} flows are called ${wanted}. Say which one: ${named.map(({ id }) => id).join(', ')}`,
      exitCodes.usage,
    )
  const found = byId ?? named[0] ?? items.find(({ numbers }) => numbers.includes(wanted))
  if (!found) throw new Failure(`There is no flow ${wanted}. See: vaxel flow list`)
  return found
}

/** A graph in a file, as `flow show --json` prints it. */
export const readGraph = async (file: string): Promise<FlowGraph> => (await readDraftFile<FlowGraph>(file)).content
