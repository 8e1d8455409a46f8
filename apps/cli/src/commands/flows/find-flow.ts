import { readFile } from 'node:fs/promises'
import { listFlows, type OperationReply, type readFlow } from '@vaxel/contract'
import type { ApiClient } from '../../api-client.ts'
import { exitCodes, Failure } from '../../failure.ts'

export type FlowGraph = OperationReply<typeof readFlow>['draft']
type Entry = OperationReply<typeof listFlows>['items'][number]

/** All flows of the company: at most 500. */
export const allFlows = async (api: ApiClient): Promise<readonly Entry[]> =>
  (await api.call(listFlows, { query: { limit: 1000 } })).items

/** A flow by its name, its identifier or a number that reaches it. */
export async function findFlow(api: ApiClient, wanted: string): Promise<Entry> {
  const items = await allFlows(api)
  const found =
    items.find(({ id }) => id === wanted) ??
    items.find(({ name }) => name === wanted) ??
    items.find(({ numbers }) => numbers.includes(wanted))
  if (!found) throw new Failure(`There is no flow ${wanted}. See: vaxel flow list`)
  return found
}

/** A graph in a file, as `flow show --json` prints it. The server checks what is in it. */
export async function readGraph(file: string): Promise<FlowGraph> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    throw new Failure(`${file} cannot be read: ${(error as Error).message}`, exitCodes.usage)
  }
  try {
    return JSON.parse(text) as FlowGraph
  } catch (error) {
    throw new Failure(`${file} is no JSON: ${(error as Error).message}`, exitCodes.usage)
  }
}
