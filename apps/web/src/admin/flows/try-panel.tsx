import { useState } from 'react'
import type { RequestOf } from '../../api/api.ts'
import { useApp } from '../../app/use-app.ts'
import { useValue } from '../../base/use-value.ts'
import { Banner, Button, Card, Line, Select, TextField } from '../../look/index.ts'
import { useFormat } from '../../words/use-words.ts'
import { asLanguage } from '../../words/use-text.ts'
import type { FlowEditor } from './flow-editor.ts'
import css from './flows.module.css'
import { useFlowWords } from './use-flow-words.ts'

type Given = RequestOf<'simulateFlow'>['body']['given']
const outcomes = ['answered', 'busy', 'noAnswer', 'unreachable'] as const
type Outcome = (typeof outcomes)[number]

/** Local wall time as a field of day and time has it: `2026-11-21T14:05`. */
export const wallTime = (ms: number): string => {
  const at = new Date(ms)
  return new Date(ms - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** A call that never was, followed through the drawing; it can be kept as a test. */
export function TryPanel({ editor }: { readonly editor: FlowEditor }) {
  const text = useFlowWords()
  const { api, clock, toasts, showFault } = useApp()
  const language = asLanguage(useFormat().language)
  const path = useValue(editor.path)
  const { now: graph } = useValue(editor.history)
  const [caller, setCaller] = useState('+46701740605')
  const [at, setAt] = useState(() => wallTime(clock.nowMs()))
  const [keys, setKeys] = useState('')
  const [outcome, setOutcome] = useState<Outcome>('answered')
  const [given, setGiven] = useState<Given>()
  const flowId = editor.flow.get().id
  if (graph.nodes.length === 0) return null
  const follow = async () => {
    const sends = graph.nodes.filter(({ kind }) => kind === 'ring' || kind === 'forward')
    const asked: Given = {
      ...(caller.trim() === '' ? {} : { caller: caller.trim() }),
      at: new Date(at).toISOString(),
      keys: keys.split(',').map((pressed) => pressed.replace(/[^0-9*#]/g, '')),
      outcomes: Object.fromEntries(sends.map(({ id }) => [id, outcome])),
    }
    try {
      const body = { graph: editor.graph, given: asked }
      const found = await api.call('simulateFlow', { params: { flowId }, query: { language }, body })
      setGiven(asked)
      editor.path.set(found)
    } catch (error) {
      showFault(error)
    }
  }
  const keep = async () => {
    const landing = path?.landing
    if (!landing || !given || landing.kind === 'stopped') return
    try {
      const name = `${caller.trim() || text('match.withheld')}, ${at.replace('T', ' ')}`.slice(0, 100)
      const expected = { landing: { kind: landing.kind, target: landing.target } }
      await api.call('createFlowCase', { params: { flowId }, body: { name, given, expected } })
      toasts.show({ tone: 'good', text: text('keptCase') })
    } catch (error) {
      showFault(error)
    }
  }
  return (
    <Card title={text('tryIt')}>
      <div className={css.panel}>
        <div className={css.two}>
          <TextField label={text('tryCaller')} hint={text('tryCallerHint')} value={caller} onChange={setCaller} />
          <TextField label={text('tryAt')} type="datetime-local" value={at} onChange={setAt} />
          <TextField label={text('tryKeys')} hint={text('tryKeysHint')} value={keys} onChange={setKeys} />
          <Select
            label={text('tryOutcome')}
            value={outcome}
            choices={outcomes.map((id) => ({ id, label: text(`outcome.${id}`) }))}
            onChange={setOutcome}
          />
        </div>
        <Line>
          <Button kind="primary" icon="play" isDisabled={at === ''} onPress={() => void follow()}>
            {text('tryGo')}
          </Button>
          {path && path.landing.kind !== 'stopped' && (
            <Button icon="check" onPress={() => void keep()}>
              {text('keepCase')}
            </Button>
          )}
        </Line>
        {path && (
          <>
            <ol className={css.way}>
              {path.steps.map(({ nodeId, exit, text: sentence }, index) => (
                // A call may pass a step more than once.
                // oxlint-disable-next-line react/no-array-index-key
                <li key={`${nodeId} ${exit ?? ''} ${index}`}>{sentence}</li>
              ))}
            </ol>
            <Banner tone={path.landing.kind === 'stopped' ? 'bad' : 'good'} isLive>
              {text('lands', { landing: path.landing.text })}
            </Banner>
          </>
        )}
      </div>
    </Card>
  )
}
