import type { SiteReport } from '@vaxel/site'
import { useRef } from 'react'
import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import { Button, Card, Empty, IconButton, Table, type TableColumn } from '../../look/index.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import { saveFile } from './save-file.ts'
import { type Passport, type Site } from './use-sites.ts'
import { useSiteWords } from './use-site-words.ts'
import { verdictWords } from './verdict-words.ts'

type Report = Passport['reports'][number]

/** Reports of a site, latest first; one of the probe can be added. */
export function SiteReports({ site, reports }: { readonly site: Site; readonly reports: readonly Report[] }) {
  const words = useWords()
  const text = useSiteWords()
  const format = useFormat()
  const { api, toasts } = useApp()
  const input = useRef<HTMLInputElement>(null)
  const params = { siteId: site.id }
  const tell = (error: unknown) => void toasts.show({ tone: 'bad', text: faultText(words, error) })
  const download = (reportId: string) =>
    void api
      .call('readSiteReport', { params: { ...params, reportId } })
      .then(
        (report) =>
          saveFile(`${site.name} ${report.endedAt}.json`, 'application/json', JSON.stringify(report, null, 2)),
        tell,
      )
  const add = async (file: File | undefined) => {
    if (!file) return
    let body: SiteReport
    try {
      body = JSON.parse(await file.text()) as SiteReport
    } catch {
      return void toasts.show({ tone: 'bad', text: text('badReport') })
    }
    await api.call('addSiteReport', { params, body }).catch(tell)
  }
  const columns: TableColumn<Report>[] = [
    { id: 'when', title: text('when'), cell: ({ endedAt }) => format.dateTime(Date.parse(endedAt)) },
    { id: 'verdict', title: text('verdict'), cell: ({ judgement }) => text(verdictWords[judgement.verdict]) },
    {
      id: 'by',
      title: text('by'),
      cell: ({ tool, on }) => `${text(tool === 'probe' ? 'probe' : 'verifyPage')}, ${on}`,
    },
    { id: 'where', title: text('where'), cell: ({ segments }) => segments.filter(Boolean).join(', ') },
    {
      id: 'tools',
      title: '',
      cell: ({ id }) => (
        <IconButton icon="download" size="small" label={text('download')} onPress={() => download(id)} />
      ),
    },
  ]
  return (
    <Card
      title={text('reports')}
      tools={
        <>
          <input
            ref={input}
            type="file"
            accept=".json,application/json"
            hidden
            onChange={({ target }) => {
              void add(target.files?.[0])
              target.value = ''
            }}
          />
          <Button icon="upload" onPress={() => input.current?.click()}>
            {text('addReport')}
          </Button>
        </>
      }
    >
      <Table
        label={text('reports')}
        columns={columns}
        rows={reports}
        empty={<Empty icon="file" title={text('reportsNone')} />}
      />
    </Card>
  )
}
