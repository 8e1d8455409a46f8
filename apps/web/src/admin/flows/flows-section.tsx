import { useEffect, useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import { Banner, Button, Dialog, Empty, Page, Table, type TableColumn, TextField } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import { Listed } from '../listed.tsx'
import type { SectionProps } from '../section-props.ts'
import { useList } from '../use-list.ts'
import type { Flow } from './flow-draft.ts'
import { FlowPage, FlowState } from './flow-page.tsx'
import { useFlowWords } from './use-flow-words.ts'

type Entry = ReplyOf<'listFlows'>['items'][number]

/** Call rules of the company: what is done with calls to a number, drawn. */
export function Section({ id }: SectionProps) {
  const words = useWords()
  const { admin } = words
  const text = useFlowWords()
  const { api, router } = useApp()
  const flows = useList<Entry>(
    'flows',
    (next) => api.call('listFlows', { query: { limit: 1000, ...(next === undefined ? {} : { after: next }) } }),
    ({ kind }) => kind.startsWith('flow.'),
  )
  const [isNew, setNew] = useState(false)
  if (id !== undefined) return <Opened key={id} id={id} onBack={() => router.go('/admin/flows')} />
  const columns: TableColumn<Entry>[] = [
    { id: 'name', title: text('name'), cell: ({ name }) => name },
    { id: 'numbers', title: text('numbers'), cell: ({ numbers }) => numbers.join(', ') || '–' },
    { id: 'state', title: text('state'), cell: (flow) => <FlowState flow={flow} /> },
  ]
  return (
    <Page
      title={admin.sections.flows}
      tools={
        <Button kind="primary" icon="plus" onPress={() => setNew(true)}>
          {text('make')}
        </Button>
      }
    >
      <Listed list={flows}>
        {(items) => (
          <Table
            label={admin.sections.flows}
            columns={columns}
            rows={items}
            onOpen={(flow) => router.go(`/admin/flows/${flow.id}`)}
            empty={<Empty icon="route" title={text('none')} />}
          />
        )}
      </Listed>
      {isNew && <NewDialog onClose={() => setNew(false)} onMade={(flow) => router.go(`/admin/flows/${flow}`)} />}
    </Page>
  )
}

function Opened({ id, onBack }: { readonly id: string; readonly onBack: () => void }) {
  const words = useWords()
  const { api } = useApp()
  const [flow, setFlow] = useState<Flow>()
  const [fault, setFault] = useState<unknown>()
  useEffect(() => {
    let isWanted = true
    api.call('readFlow', { params: { flowId: id } }).then(
      (found) => isWanted && setFlow(found),
      (error: unknown) => isWanted && setFault(error),
    )
    return () => {
      isWanted = false
    }
  }, [api, id])
  if (flow) return <FlowPage flow={flow} onBack={onBack} />
  return fault === undefined ? null : <Banner tone="bad">{faultText(words, fault)}</Banner>
}

function NewDialog({ onClose, onMade }: { readonly onClose: () => void; readonly onMade: (flowId: string) => void }) {
  const words = useWords()
  const text = useFlowWords()
  const { api } = useApp()
  const [name, setName] = useState('')
  const [fault, setFault] = useState<unknown>()
  const make = () => void api.call('createFlow', { body: { name: name.trim() } }).then(({ id }) => onMade(id), setFault)
  return (
    <Dialog
      title={text('make')}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{words.shell.cancel}</Button>
          <Button kind="primary" isDisabled={name.trim() === ''} onPress={make}>
            {text('make')}
          </Button>
        </>
      }
    >
      <TextField label={text('name')} value={name} onChange={setName} maxLength={100} autoFocus />
      {fault !== undefined && (
        <Banner tone="bad" isLive>
          {faultText(words, fault)}
        </Banner>
      )}
    </Dialog>
  )
}
