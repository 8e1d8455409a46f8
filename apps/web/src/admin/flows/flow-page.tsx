import { useEffect, useState } from 'react'
import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import { useValue } from '../../base/use-value.ts'
import { Badge, Banner, Button, Dialog, Line, Page, Tabs, TextField, useQuestion } from '../../look/index.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import { asLanguage } from '../../words/use-text.ts'
import { DrawTab } from './draw-tab.tsx'
import type { Flow } from './flow-draft.ts'
import { FlowEditor } from './flow-editor.ts'
import { CasesTab, ReplayTab, VersionsTab } from './other-tabs.tsx'
import { useFlowWords } from './use-flow-words.ts'

/** One call rule: drawn, tried, tested, published. */
export function FlowPage({ flow, onBack }: { readonly flow: Flow; readonly onBack: () => void }) {
  const { api, clock } = useApp()
  const language = asLanguage(useFormat().language)
  // An editor lives as long as its page; a change of language does not throw away what can be undone.
  const [editor] = useState(() => new FlowEditor(flow, { api, clock, language }))
  useEffect(() => () => editor.close(), [editor])
  return <OpenFlow editor={editor} onBack={onBack} />
}

function OpenFlow({ editor, onBack }: { readonly editor: FlowEditor; readonly onBack: () => void }) {
  const words = useWords()
  const { shell } = words
  const text = useFlowWords()
  const { api, toasts } = useApp()
  const flow = useValue(editor.flow)
  const saving = useValue(editor.saving)
  const [tab, setTab] = useState('draw')
  const [isPublishing, setPublishing] = useState(false)
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  const params = { flowId: flow.id }
  const isChanged = flow.hasDraft || saving !== 'saved'
  const askRemove = () =>
    ask({
      title: `${shell.remove}: ${flow.name}`,
      text: text('removeAsk'),
      yes: shell.remove,
      isDanger: true,
      run: async () => {
        await api.call('removeFlow', { params })
        onBack()
      },
    })
  const askDrop = () =>
    ask({
      title: text('drop'),
      text: text('dropAsk'),
      yes: text('drop'),
      isDanger: true,
      run: async () => {
        const { revision } = editor.flow.get()
        editor.take(await api.call('dropFlowDraft', { params, query: { revision } }))
      },
    })
  return (
    <Page
      title={flow.name}
      tools={
        <>
          <Button icon="trash" onPress={askRemove}>
            {shell.remove}
          </Button>
          {flow.liveVersion !== undefined && isChanged && (
            <Button icon="undo" onPress={askDrop}>
              {text('drop')}
            </Button>
          )}
          <Button kind="primary" icon="upload" isDisabled={!isChanged} onPress={() => setPublishing(true)}>
            {text('publish')}
          </Button>
        </>
      }
    >
      {dialog}
      <Line>
        <FlowState flow={flow} />
        {flow.numbers.map((number) => (
          <Badge key={number}>{number}</Badge>
        ))}
      </Line>
      <Tabs
        label={flow.name}
        chosen={tab}
        onChoose={setTab}
        pages={[
          { id: 'draw', label: text('tabDraw'), content: <DrawTab editor={editor} /> },
          { id: 'cases', label: text('tabCases'), content: <CasesTab editor={editor} /> },
          { id: 'replay', label: text('tabReplay'), content: <ReplayTab editor={editor} /> },
          { id: 'versions', label: text('tabVersions'), content: <VersionsTab editor={editor} /> },
        ]}
      />
      {isPublishing && (
        <PublishDialog
          editor={editor}
          onClose={() => setPublishing(false)}
          onDone={(version) => {
            setPublishing(false)
            toasts.show({ tone: 'good', text: text('published', { version }) })
          }}
        />
      )}
    </Page>
  )
}

/** What is live, and whether something is changed since. */
export function FlowState({ flow }: { readonly flow: Pick<Flow, 'liveVersion' | 'hasDraft' | 'liveErrors'> }) {
  const text = useFlowWords()
  const { liveVersion, hasDraft, liveErrors = 0 } = flow
  return (
    <>
      {liveVersion === undefined ? (
        <Badge tone="warn">{text('neverLive')}</Badge>
      ) : (
        <Badge tone="good">{text('live', { version: liveVersion })}</Badge>
      )}
      {liveErrors > 0 && <Badge tone="bad">{text('brokenLive')}</Badge>}
      {liveVersion !== undefined && hasDraft && <Badge tone="info">{text('changed')}</Badge>}
    </>
  )
}

function PublishDialog({
  editor,
  onClose,
  onDone,
}: {
  readonly editor: FlowEditor
  readonly onClose: () => void
  readonly onDone: (version: number) => void
}) {
  const words = useWords()
  const text = useFlowWords()
  const { api } = useApp()
  const language = asLanguage(useFormat().language)
  const [note, setNote] = useState('')
  const [fault, setFault] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const publish = async () => {
    setBusy(true)
    setFault(undefined)
    try {
      await editor.keep()
      const { id, revision } = editor.flow.get()
      const flow = await api.call('publishFlow', {
        params: { flowId: id },
        query: { language },
        body: { revision, ...(note.trim() === '' ? {} : { note: note.trim() }) },
      })
      editor.flow.set(flow)
      onDone(flow.liveVersion ?? 1)
    } catch (error) {
      setFault(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={text('publish')}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{words.shell.cancel}</Button>
          <Button kind="primary" isDisabled={isBusy} onPress={() => void publish()}>
            {text('publish')}
          </Button>
        </>
      }
    >
      <p>{text('publishAsk')}</p>
      <TextField label={text('publishNote')} value={note} onChange={setNote} maxLength={300} />
      {fault !== undefined && (
        <Banner tone="bad" isLive>
          {faultText(words, fault)}
        </Banner>
      )}
    </Dialog>
  )
}
