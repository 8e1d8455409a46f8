import { useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import { useValue } from '../../base/use-value.ts'
import {
  Badge,
  Banner,
  Button,
  Card,
  Empty,
  IconButton,
  Line,
  Stack,
  Table,
  type TableColumn,
  useQuestion,
} from '../../look/index.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import { Listed } from '../listed.tsx'
import { asLanguage } from '../../words/use-text.ts'
import { useList } from '../use-list.ts'
import type { FlowEditor } from './flow-editor.ts'
import { useFlowWords } from './use-flow-words.ts'

type Case = ReplyOf<'listFlowCases'>['items'][number]
type Results = ReplyOf<'runFlowCases'>
type Replay = ReplyOf<'replayFlow'>
type Replayed = Replay['items'][number] & { readonly id: string }
type Version = ReplyOf<'listFlowVersions'>['items'][number] & { readonly id: string }

const concernsFlows = ({ kind }: { readonly kind: string }): boolean => kind.startsWith('flow.')

/** Calls that are kept as tests, and how they fare with the drawing. */
export function CasesTab({ editor }: { readonly editor: FlowEditor }) {
  const text = useFlowWords()
  const { api, showFault } = useApp()
  const language = asLanguage(useFormat().language)
  const params = { flowId: editor.flow.get().id }
  const cases = useList<Case>(`cases of ${params.flowId}`, () => api.call('listFlowCases', { params }), concernsFlows)
  const [results, setResults] = useState<Results>()
  const run = async () => {
    try {
      setResults(await api.call('runFlowCases', { params, query: { language }, body: { graph: editor.graph } }))
    } catch (error) {
      showFault(error)
    }
  }
  const remove = (caseId: string) =>
    void api.call('removeFlowCase', { params: { ...params, caseId } }).then(cases.reload, showFault)
  const resultOf = (id: string) => results?.results.find(({ caseId }) => caseId === id)
  const columns: TableColumn<Case>[] = [
    { id: 'name', title: text('name'), cell: ({ name }) => name },
    {
      id: 'expected',
      title: text('caseExpects'),
      cell: ({ expected: { landing } }) => `${text(landingWord(landing.kind))} ${landing.target}`,
    },
    {
      id: 'result',
      title: text('caseResult'),
      cell: ({ id }) => {
        const result = resultOf(id)
        if (!result) return '–'
        return (
          <>
            <Badge tone={result.passed ? 'good' : 'bad'}>{text(result.passed ? 'casePassed' : 'caseFailed')}</Badge>{' '}
            {result.text}
          </>
        )
      },
    },
    {
      id: 'tools',
      title: '',
      cell: ({ id }) => <IconButton icon="trash" size="small" label={text('remove')} onPress={() => remove(id)} />,
    },
  ]
  return (
    <Stack>
      <Listed list={cases}>
        {(items) => (
          <>
            {items.length > 0 && (
              <Line>
                <Button kind="primary" icon="play" onPress={() => void run()}>
                  {text('runCases')}
                </Button>
              </Line>
            )}
            <Table
              label={text('tabCases')}
              columns={columns}
              rows={items}
              empty={<Empty icon="check" title={text('noCases')} />}
            />
          </>
        )}
      </Listed>
    </Stack>
  )
}

const landingWord = (kind: 'ring' | 'queue' | 'voicemail' | 'forward' | 'hangUp') => `kind.${kind}` as const

/** Where last month's calls would land with the drawing. */
export function ReplayTab({ editor }: { readonly editor: FlowEditor }) {
  const words = useWords()
  const text = useFlowWords()
  const format = useFormat()
  const { api, clock } = useApp()
  const [replay, setReplay] = useState<Replay>()
  const [fault, setFault] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const go = async () => {
    setBusy(true)
    try {
      setFault(undefined)
      setReplay(
        await api.call('replayFlow', {
          params: { flowId: editor.flow.get().id },
          query: { language: asLanguage(format.language) },
          body: { graph: editor.graph },
        }),
      )
    } catch (error) {
      setFault(error)
    } finally {
      setBusy(false)
    }
  }
  const columns: TableColumn<Replayed>[] = [
    { id: 'at', title: text('when'), cell: ({ at }) => format.moment(Date.parse(at), clock.nowMs()) },
    { id: 'caller', title: text('caller'), cell: ({ caller }) => caller },
    { id: 'was', title: text('landed'), cell: ({ was }) => was.text },
    { id: 'now', title: text('wouldLand'), cell: ({ now }) => now.text },
  ]
  return (
    <Stack>
      <p>{text('replayAbout')}</p>
      <Line>
        <Button kind="primary" icon="play" isDisabled={isBusy} onPress={() => void go()}>
          {text('replayGo')}
        </Button>
      </Line>
      {fault !== undefined && (
        <Banner tone="bad" isLive>
          {faultText(words, fault)}
        </Banner>
      )}
      {replay && (
        <>
          <Banner tone={replay.elsewhere === 0 ? 'good' : 'info'} isLive>
            {replay.text}
          </Banner>
          <Table
            label={text('tabReplay')}
            columns={columns}
            rows={replay.items.map((item) => ({ ...item, id: item.callId }))}
            empty={<Empty icon="check" title={text('noneElsewhere')} />}
          />
        </>
      )}
    </Stack>
  )
}

/** What was published, what a publication would change, and the way back. */
export function VersionsTab({ editor }: { readonly editor: FlowEditor }) {
  const words = useWords()
  const text = useFlowWords()
  const format = useFormat()
  const { api, clock } = useApp()
  const flow = useValue(editor.flow)
  const language = asLanguage(format.language)
  const params = { flowId: flow.id }
  const versions = useList<Version>(
    `versions of ${flow.id}`,
    async () => {
      const { items } = await api.call('listFlowVersions', { params })
      return { items: items.map((item) => ({ ...item, id: String(item.version) })) }
    },
    concernsFlows,
  )
  const differences = useList<{ readonly id: string; readonly text: string }>(
    `differences of ${flow.id} ${flow.revision}`,
    async () => {
      if (flow.liveVersion === undefined) return { items: [] }
      const { items } = await api.call('compareFlow', { params, query: { language }, body: {} })
      return { items: items.map((item, index) => ({ id: String(index), text: item.text })) }
    },
    concernsFlows,
  )
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  const askRestore = (version: number) =>
    ask({
      title: text('restore'),
      text: text('restoreAsk', { version }),
      yes: text('restore'),
      run: async () => {
        const restored = await api.call('restoreFlowVersion', {
          params: { ...params, version: String(version) },
          query: { language },
        })
        editor.tell(restored)
        versions.reload()
      },
    })
  const columns: TableColumn<Version>[] = [
    { id: 'version', title: text('version'), cell: ({ version }) => format.number(version) },
    {
      id: 'when',
      title: text('when'),
      cell: ({ publishedAt }) => format.moment(Date.parse(publishedAt), clock.nowMs()),
    },
    { id: 'by', title: text('by'), cell: ({ publishedBy }) => publishedBy ?? '–' },
    { id: 'note', title: text('note'), cell: ({ note }) => note ?? '' },
    {
      id: 'tools',
      title: '',
      cell: ({ version, isLive }) =>
        isLive ? (
          <Badge tone="good">{text('isLive')}</Badge>
        ) : (
          <Button size="small" icon="undo" onPress={() => askRestore(version)}>
            {text('restore')}
          </Button>
        ),
    },
  ]
  return (
    <Stack>
      {dialog}
      <Card title={text('differences')}>
        <Listed list={differences}>
          {(items) =>
            items.length === 0 ? (
              <p>{text('noDifferences')}</p>
            ) : (
              <ul>
                {items.map((item) => (
                  <li key={item.id}>{item.text}</li>
                ))}
              </ul>
            )
          }
        </Listed>
      </Card>
      <Listed list={versions}>
        {(items) => (
          <Table
            label={text('tabVersions')}
            columns={columns}
            rows={items}
            empty={<Empty icon="history" title={text('noVersions')} />}
          />
        )}
      </Listed>
    </Stack>
  )
}
