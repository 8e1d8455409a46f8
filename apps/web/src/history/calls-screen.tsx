import { type KeyboardEvent, useEffect, useMemo } from 'react'
import { ApiFault } from '../api/api.ts'
import { useApp, useMe } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Banner, Button, Empty, LongList, Page, SearchField, Segments } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import { CallRow } from './call-row.tsx'
import { type CallLine, lineOf } from './call-in-list.ts'
import { CallsViewModel, type Outcome } from './calls-view-model.ts'
import css from './history.module.css'
import { historyServices } from './services.ts'

const outcomes: readonly Outcome[] = ['all', 'missed', 'answered', 'unanswered']

/** Calls that were: found, called back, opened. */
export function Screen() {
  const { history } = useWords()
  const format = useFormat()
  const app = useApp()
  const { user } = useMe()
  const viewModel = useMemo(() => new CallsViewModel(app), [app])
  const { filter, calls, next, fault, loadedAtMs } = useValue(viewModel.state)
  useEffect(() => viewModel.follow(app.events), [viewModel, app])
  const seesCompany = user.role === 'supervisor' || user.role === 'administrator'
  const lines = useMemo(() => calls?.map((call) => lineOf(call, user.id)), [calls, user.id])
  const newest = filter.whose === 'own' && filter.text === '' ? calls?.[0]?.id : undefined
  useEffect(() => {
    if (newest !== undefined) historyServices.missed?.see(newest).catch(() => {})
  }, [newest])
  const callBack = ({ number, other }: CallLine) => {
    if (number !== undefined) app.services.callNumber?.(number, other.name)
  }
  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key.toLowerCase() !== 'c' || event.ctrlKey || event.metaKey || event.altKey) return
    const key = (event.target as Element).closest('[role="row"][data-key]')?.getAttribute('data-key')
    const line = lines?.find(({ id }) => id === key)
    if (!line) return
    event.preventDefault()
    event.stopPropagation()
    callBack(line)
  }
  const isFiltered = filter.text !== '' || filter.outcome !== 'all'
  return (
    <Page
      title={history.title}
      tools={
        <Button icon="download" onPress={() => void exportCalls(app, viewModel, history).catch(app.showFault)}>
          {history.export}
        </Button>
      }
    >
      <div className={css.filters}>
        <div className={css.search}>
          <SearchField
            label={history.search}
            clearLabel={history.clear}
            value={filter.text}
            onChange={(text) => viewModel.choose({ text })}
          />
        </div>
        <Segments
          label={history.outcome}
          value={filter.outcome}
          onChange={(outcome) => viewModel.choose({ outcome })}
          choices={outcomes.map((id) => ({ id, label: history[id] }))}
        />
        {seesCompany && (
          <Segments
            label={history.whose}
            value={filter.whose}
            onChange={(whose) => viewModel.choose({ whose })}
            choices={(['own', 'company'] as const).map((id) => ({ id, label: history[id] }))}
          />
        )}
      </div>
      {fault !== undefined && loadedAtMs !== undefined && (
        <Banner tone="warn">{history.lastTruth(format.time(loadedAtMs))}</Banner>
      )}
      {fault !== undefined && loadedAtMs === undefined && fault instanceof ApiFault && (
        <Banner tone="bad">{fault.message}</Banner>
      )}
      <div className={css.list} onKeyDownCapture={onKey}>
        {lines && (
          <LongList
            label={history.list}
            rows={lines}
            rowHeight={64}
            textOf={({ other }) => other.name ?? other.number}
            row={(line) => (
              <CallRow line={line} onCallBack={() => callBack(line)} canCall={!!app.services.callNumber} />
            )}
            onOpen={({ id }) => app.router.go(`/calls/${id}`)}
            empty={
              isFiltered ? (
                <Empty icon="search" title={history.noneFound}>
                  {history.noneFoundText}
                </Empty>
              ) : (
                <Empty icon="history" title={history.none}>
                  {history.noneText}
                </Empty>
              )
            }
          />
        )}
      </div>
      {next !== undefined && (
        <div>
          <Button onPress={() => void viewModel.more()}>{history.more}</Button>
        </div>
      )}
    </Page>
  )
}

type HistoryWords = ReturnType<typeof useWords>['history']

/** Saves the calls that are shown, and those of further pages, as a file. */
async function exportCalls(
  { api, toasts }: ReturnType<typeof useApp>,
  viewModel: CallsViewModel,
  words: HistoryWords,
): Promise<void> {
  const { own: _, ...query } = viewModel.query
  const me = await api.call('readMe')
  const mine = viewModel.state.get().filter.whose === 'own' ? { userId: me.user.id } : {}
  const { name, csv, calls, isCut } = await api.call('exportCalls', { query: { ...query, ...mine } })
  // With a byte-order mark, so that spreadsheets read it as UTF-8.
  const url = URL.createObjectURL(new Blob(['\ufeff', csv], { type: 'text/csv;charset=utf-8' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  URL.revokeObjectURL(url)
  toasts.show({ tone: isCut ? 'warn' : 'good', text: isCut ? words.exportCut : words.exported(calls) })
}
