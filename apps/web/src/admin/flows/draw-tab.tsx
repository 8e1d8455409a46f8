import { lazy, Suspense, useCallback } from 'react'
import { useValue } from '../../base/use-value.ts'
import { Badge, Banner, Button, Card, classNames, Empty, IconButton, TextField } from '../../look/index.ts'
import { persistently } from '../../app/late.ts'
import { type Node, placeNodes } from './flow-draft.ts'
import type { FlowEditor } from './flow-editor.ts'
import css from './flows.module.css'
import { kindIcons } from './kind-icons.ts'
import { Icon } from '../../look/icon.tsx'
import { AddStep, NodeForm } from './node-form.tsx'
import { SavingState } from './saving-state.tsx'
import { summaryOf } from './summary.ts'
import { TryPanel } from './try-panel.tsx'
import { useFlowWords } from './use-flow-words.ts'
import { type Supplies, useSupplies } from './use-supplies.ts'
import { WholeField } from './forms/fields.tsx'

const Canvas = lazy(async () => ({
  default: (await persistently(() => import('./graph/flow-canvas.tsx'))).FlowCanvas,
}))

/** The drawing, the step that is chosen, what is the matter, and a call to try. */
export function DrawTab({ editor }: { readonly editor: FlowEditor }) {
  const text = useFlowWords()
  const supplies = useSupplies()
  const history = useValue(editor.history)
  const chosenId = useValue(editor.chosen)
  const { now: graph, past, future } = history
  const chosen = graph.nodes.find(({ id }) => id === chosenId)
  const summary = useCallback((node: Node) => summaryOf(node, supplies, text), [supplies, text])
  const arrange = async () => {
    const { arranged } = await import('./graph/arrange.ts')
    editor.edit((before) => placeNodes(before, arranged(before)))
  }
  return (
    <>
      <div className={css.bar}>
        <AddStep editor={editor} supplies={supplies} label={text('add')} />
        <IconButton icon="undo" label={text('undo')} isDisabled={past.length === 0} onPress={() => editor.undo()} />
        <IconButton
          icon="refresh"
          label={text('redo')}
          isDisabled={future.length === 0}
          onPress={() => editor.redo()}
        />
        <Button icon="route" isDisabled={graph.nodes.length === 0} onPress={() => void arrange()}>
          {text('arrange')}
        </Button>
        <span className={css.barEnd}>
          <SavingState editor={editor} />
        </span>
      </div>
      <div className={css.editor}>
        <div className={css.panel}>
          {graph.nodes.length === 0 ? (
            <Empty icon="route" title={text('emptyDrawing')} />
          ) : (
            <Suspense fallback={<div className={css.canvas} />}>
              <Canvas editor={editor} summaryOf={summary} />
            </Suspense>
          )}
          <Findings editor={editor} />
          <TryPanel editor={editor} />
        </div>
        <div className={css.panel}>
          {chosen ? (
            <NodeForm key={chosen.id} editor={editor} node={chosen} supplies={supplies} />
          ) : (
            <Banner>{text('chooseStep')}</Banner>
          )}
          <Outline editor={editor} supplies={supplies} />
          <WholeRule editor={editor} />
        </div>
      </div>
    </>
  )
}

/** All steps as a list, for keys, for ears and for small screens. */
function Outline({ editor, supplies }: { readonly editor: FlowEditor; readonly supplies: Supplies }) {
  const text = useFlowWords()
  const { now: graph } = useValue(editor.history)
  const chosen = useValue(editor.chosen)
  if (graph.nodes.length === 0) return null
  return (
    <Card title={text('steps')}>
      <ol className={css.outline}>
        {graph.nodes.map((node) => (
          <li key={node.id}>
            <button
              type="button"
              className={css.outlineStep}
              {...(node.id === chosen ? { 'aria-current': true } : {})}
              onClick={() => editor.chosen.set(node.id)}
            >
              <Icon name={kindIcons[node.kind]} />
              <span>
                {text.node(node)}
                <br />
                <span className={css.quiet}>{summaryOf(node, supplies, text)}</span>
              </span>
              {node.id === graph.start && <Badge tone="good">{text('begins')}</Badge>}
            </button>
          </li>
        ))}
      </ol>
    </Card>
  )
}

function Findings({ editor }: { readonly editor: FlowEditor }) {
  const text = useFlowWords()
  const { now: graph } = useValue(editor.history)
  const findings = useValue(editor.findings)
  if (graph.nodes.length === 0) return null
  return (
    <Card title={text('findings')}>
      {findings.length === 0 ? (
        <span className={css.quiet}>{text('noFindings')}</span>
      ) : (
        <ul className={css.findings} aria-live="polite">
          {findings.map(({ severity, code, nodeId, exit, text: sentence }) => (
            <li key={`${nodeId ?? ''} ${code} ${exit ?? ''}`}>
              <button
                type="button"
                className={classNames(css.outlineStep)}
                onClick={() => nodeId !== undefined && editor.chosen.set(nodeId)}
              >
                <Badge tone={severity === 'error' ? 'bad' : 'warn'}>
                  <Icon name="warning" size={14} />
                </Badge>
                <span>{sentence}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

/** What goes for the rule as a whole. */
function WholeRule({ editor }: { readonly editor: FlowEditor }) {
  const text = useFlowWords()
  const { now: graph } = useValue(editor.history)
  return (
    <Card title={text('settings')}>
      <div className={css.panel}>
        <TextField
          label={text('timeZone')}
          value={graph.timeZone}
          onChange={(timeZone) => timeZone !== '' && editor.edit((before) => ({ ...before, timeZone }))}
        />
        <WholeField
          label={text('mostStay')}
          value={graph.mostStaySeconds}
          least={10}
          most={3600}
          onChange={(mostStaySeconds) => editor.edit((before) => ({ ...before, mostStaySeconds }))}
        />
      </div>
    </Card>
  )
}
