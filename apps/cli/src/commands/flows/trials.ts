import { checkFlow, compareFlow, replayFlow, runFlowCases, simulateFlow } from '@vaxel/contract'
import { type Command, tell, textOf, type Typed } from '../../command.ts'
import { exitCodes, Failure } from '../../failure.ts'
import { localTime, table } from '../../output.ts'
import { findFlow, readGraph } from './find-flow.ts'

const query = { language: 'en' } as const
const fileOption = { file: { value: 'FILE', about: 'this graph instead of the draft that is kept' } }

const graphOf = async (typed: Typed) => {
  const file = textOf(typed, 'file')
  return file === undefined ? {} : { graph: await readGraph(file) }
}

/** `2026-12-24 18:00`, in the time of this machine, or RFC 3339. */
function timeOf(typed: Typed, option: string): string | undefined {
  const text = textOf(typed, option)
  if (text === undefined) return undefined
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) throw new Failure(`"${text}" is no time. Write it like "2026-12-24 18:00".`, exitCodes.usage)
  return new Date(ms).toISOString()
}

/** Trying flows without a call. */
export const flowTrialCommands: readonly Command[] = [
  {
    name: 'flow check',
    words: ['FLOW'],
    options: fileOption,
    summary: 'what is the matter with a draft',
    async run(typed, running) {
      const { id } = await findFlow(running.api, typed.words.flow!)
      const found = await running.api.call(checkFlow, { params: { flowId: id }, query, body: await graphOf(typed) })
      tell(running, found, ({ findings }) =>
        findings.length === 0
          ? 'Nothing is the matter.'
          : findings.map(({ severity, nodeId, text }) => `${severity} ${nodeId ?? '-'}: ${text}`).join('\n'),
      )
      if (!found.isReady) throw new Failure('This flow cannot be published yet.')
    },
  },
  {
    name: 'flow simulate',
    words: ['FLOW'],
    options: {
      at: { value: 'TIME', about: 'when: "2026-12-24 18:00"; now if absent' },
      caller: { value: 'NUMBER', about: 'who calls; withheld if absent' },
      keys: { value: 'KEYS', about: 'what is pressed each time something is asked, separated by commas' },
      ...fileOption,
    },
    summary: 'the way of a call at any time, from any number; nobody is rung',
    async run(typed, running) {
      const { id } = await findFlow(running.api, typed.words.flow!)
      const caller = textOf(typed, 'caller')
      const keys = textOf(typed, 'keys')
      const given = {
        at: timeOf(typed, 'at') ?? new Date().toISOString(),
        ...(caller === undefined ? {} : { caller }),
        ...(keys === undefined ? {} : { keys: keys.split(',').map((part) => part.trim()) }),
      }
      const body = { given, ...(await graphOf(typed)) }
      const path = await running.api.call(simulateFlow, { params: { flowId: id }, query, body })
      tell(running, path, ({ steps, landing }) => {
        const rows = steps.map(({ nodeId, exit = '', text, afterMs }) => [`${afterMs / 1000} s`, nodeId, exit, text])
        return `${table(['AFTER', 'STEP', 'EXIT', 'WHY'], rows)}\n\nThe call ${landing.text}.`
      })
    },
  },
  {
    name: 'flow test',
    words: ['FLOW'],
    options: fileOption,
    summary: 'run the kept tests of a flow against its draft',
    async run(typed, running) {
      const { id } = await findFlow(running.api, typed.words.flow!)
      const run = await running.api.call(runFlowCases, { params: { flowId: id }, query, body: await graphOf(typed) })
      tell(running, run, ({ results, passed, failed }) =>
        [
          ...results.map(({ name, passed: isPassed, text = '' }) =>
            isPassed ? `ok    ${name}` : `FAIL  ${name}: ${text}`,
          ),
          `${passed} passed, ${failed} failed`,
        ].join('\n'),
      )
      if (run.failed > 0) throw new Failure('Kept tests fail.')
    },
  },
  {
    name: 'flow replay',
    words: ['FLOW'],
    options: {
      from: { value: 'TIME', about: 'thirty days ago if absent' },
      to: { value: 'TIME', about: 'now if absent' },
      numbers: { value: 'NUMBERS', about: 'separated by commas; those that reach the flow if absent' },
      ...fileOption,
    },
    summary: 'where the calls of last month would land with a draft',
    async run(typed, running) {
      const { id } = await findFlow(running.api, typed.words.flow!)
      const [from, to] = [timeOf(typed, 'from'), timeOf(typed, 'to')]
      const numbers = textOf(typed, 'numbers')
      const body = {
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        ...(numbers === undefined ? {} : { numbers: numbers.split(',').map((part) => part.trim()) }),
        ...(await graphOf(typed)),
      }
      const found = await running.api.call(replayFlow, { params: { flowId: id }, query, body })
      tell(running, found, ({ text, items }) => {
        if (items.length === 0) return text
        const rows = items.map(({ at, caller, was, now }) => [localTime(at), caller, was.text, now.text])
        return `${text}\n\n${table(['WHEN', 'CALLER', 'THE CALL', 'NOW IT'], rows)}`
      })
    },
  },
  {
    name: 'flow diff',
    words: ['FLOW'],
    options: {
      before: { value: 'NUMBER', about: 'a version; what is live if absent' },
      after: { value: 'NUMBER', about: 'a version; the draft if absent' },
      ...fileOption,
    },
    summary: 'what is different between two versions, or a version and the draft',
    async run(typed, running) {
      const { id } = await findFlow(running.api, typed.words.flow!)
      const versionOf = (option: string) => {
        const text = textOf(typed, option)
        return text === undefined ? {} : { [option]: Number(text) }
      }
      const body = { ...versionOf('before'), ...versionOf('after'), ...(await graphOf(typed)) }
      const { items } = await running.api.call(compareFlow, { params: { flowId: id }, query, body })
      tell(running, items, (found) =>
        found.length === 0 ? 'They are the same.' : found.map(({ text }) => text).join('\n'),
      )
    },
  },
]
