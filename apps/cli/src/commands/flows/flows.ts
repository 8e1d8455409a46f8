import {
  changeNumber,
  createFlow,
  listFlowVersions,
  publishFlow,
  putFlowDraft,
  readFlow,
  readFlowVersion,
  removeFlow,
  restoreFlowVersion,
} from '@vaxel/contract'
import { type Command, tell, textOf } from '../../command.ts'
import { exitCodes, Failure } from '../../failure.ts'
import { localTime, table } from '../../output.ts'
import { type DraftFile, noteRevision, readDraftFile, withRevision } from '../draft-file.ts'
import { allFlows, findFlow, type FlowGraph, readGraph } from './find-flow.ts'

const nodesOf = ({ nodes, start }: FlowGraph): string =>
  table(
    ['STEP', 'KIND', 'NAME', 'LEADS TO'],
    nodes.map(({ id, kind, name = '', exits }) => [
      id === start ? `${id} (start)` : id,
      kind,
      name,
      Object.entries(exits)
        .map(([exit, to]) => `${exit}: ${to}`)
        .join(', '),
    ]),
  )

/** Making, showing and publishing flows. */
export const flowCommands: readonly Command[] = [
  {
    name: 'flow list',
    summary: 'flows and the numbers that reach them',
    async run(_, running) {
      tell(running, await allFlows(running.api), (flows) =>
        table(
          ['FLOW', 'NUMBERS', 'LIVE', 'DRAFT', 'ID'],
          flows.map(({ id, name, numbers, liveVersion, hasDraft, liveErrors }) => [
            name,
            numbers.join(', '),
            (liveVersion === undefined ? 'no' : `version ${liveVersion}`) +
              (liveErrors === undefined ? '' : `, ${liveErrors} wrong`),
            hasDraft ? 'changed' : '',
            id,
          ]),
        ),
      )
    },
  },
  {
    name: 'flow add',
    words: ['NAME', 'FILE?'],
    summary: 'make a flow, of a file or with a first draft',
    async run(typed, running) {
      const { file } = typed.words
      const draft = file === undefined ? {} : { draft: await readGraph(file) }
      const flow = await running.api.call(createFlow, { body: { name: typed.words.name!, ...draft } })
      tell(running, flow, ({ id, name }) => `${name} is made (${id}). Publish it with: vaxel flow publish ${id}`)
    },
  },
  {
    name: 'flow show',
    words: ['FLOW'],
    options: {
      live: { about: 'what is live, not the draft' },
      version: { value: 'NUMBER', about: 'an earlier version' },
    },
    summary: 'the steps of a flow; with --json a file that can be changed and sent back',
    async run(typed, running) {
      const { id } = await findFlow(running.api, typed.words.flow!)
      const version = textOf(typed, 'version')
      const { revision, draft, live } = await running.api.call(readFlow, { params: { flowId: id } })
      const earlier = version && (await running.api.call(readFlowVersion, { params: { flowId: id, version } })).graph
      const shown = earlier || (typed.options.live ? live : draft)
      if (!shown) throw new Failure('Nothing of this flow is live yet.')
      tell(running, withRevision(revision, shown), nodesOf)
    },
  },
  {
    name: 'flow draft',
    words: ['FLOW', 'FILE'],
    summary: 'keep a file as the draft of a flow; calls do not notice',
    details: 'Refused when somebody else has changed the draft since the file was made with flow show --json.',
    async run(typed, running) {
      const { id } = await findFlow(running.api, typed.words.flow!)
      const file = typed.words.file!
      const read: DraftFile<FlowGraph> = await readDraftFile(file)
      const revision = read.revision ?? (await running.api.call(readFlow, { params: { flowId: id } })).revision
      const flow = await running.api.call(putFlowDraft, {
        params: { flowId: id },
        body: { revision, draft: read.content },
      })
      await noteRevision(file, read, flow.revision)
      tell(running, flow, ({ name }) => `The draft of ${name} is kept. Check it with: vaxel flow check ${id}`)
    },
  },
  {
    name: 'flow publish',
    words: ['FLOW'],
    options: { note: { value: 'TEXT', about: 'what is new' } },
    summary: 'let the draft be live; refused while something is wrong or a kept test fails',
    async run(typed, running) {
      const { id } = await findFlow(running.api, typed.words.flow!)
      const note = textOf(typed, 'note')
      const { revision } = await running.api.call(readFlow, { params: { flowId: id } })
      const body = { revision, ...(note === undefined ? {} : { note }) }
      const flow = await running.api.call(publishFlow, { params: { flowId: id }, query: { language: 'en' }, body })
      tell(
        running,
        flow,
        ({ name, liveVersion }) => `Version ${liveVersion} of ${name} is live, for calls from now on.`,
      )
    },
  },
  {
    name: 'flow undo',
    words: ['FLOW'],
    options: { version: { value: 'NUMBER', about: 'which one; by default the one before' } },
    summary: 'let an earlier version be live again',
    async run(typed, running) {
      const { id, liveVersion } = await findFlow(running.api, typed.words.flow!)
      const { items } = await running.api.call(listFlowVersions, { params: { flowId: id } })
      const before = items.find(({ version }) => liveVersion !== undefined && version < liveVersion)?.version
      const version = textOf(typed, 'version') ?? before?.toString()
      if (version === undefined) throw new Failure('There is no earlier version.', exitCodes.usage)
      const params = { flowId: id, version }
      const flow = await running.api.call(restoreFlowVersion, { params, query: { language: 'en' } })
      tell(running, flow, ({ liveVersion: now }) => `Version ${version} is live again, as version ${now}.`)
    },
  },
  {
    name: 'flow versions',
    words: ['FLOW'],
    summary: 'what was published, latest first',
    async run(typed, running) {
      const { id } = await findFlow(running.api, typed.words.flow!)
      const { items } = await running.api.call(listFlowVersions, { params: { flowId: id } })
      tell(running, items, (versions) =>
        table(
          ['VERSION', 'PUBLISHED', 'BY', 'STEPS', 'NOTE'],
          versions.map(({ version, publishedAt, publishedBy = '', nodes, note = '', isLive }) => [
            isLive ? `${version} (live)` : String(version),
            localTime(publishedAt),
            publishedBy,
            String(nodes),
            note,
          ]),
        ),
      )
    },
  },
  {
    name: 'flow number',
    words: ['FLOW', 'NUMBER'],
    summary: 'let a number that there is reach a flow',
    async run(typed, running) {
      const { id, name } = await findFlow(running.api, typed.words.flow!)
      const number = await running.api.call(changeNumber, {
        params: { number: typed.words.number! },
        body: { target: { kind: 'service', service: 'flow', id } },
      })
      tell(running, number, () => `${typed.words.number} reaches the flow ${name}.`)
    },
  },
  {
    name: 'flow remove',
    words: ['FLOW'],
    summary: 'remove a flow that no number reaches',
    async run(typed, running) {
      const { id, name } = await findFlow(running.api, typed.words.flow!)
      await running.api.call(removeFlow, { params: { flowId: id } })
      tell(running, { removed: id }, () => `${name} is removed.`)
    },
  },
]
