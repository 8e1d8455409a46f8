import { type Opening, type OpeningEnd, type SitePlan, type SiteProfile, writeIcs } from '@vaxel/site'
import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import { Banner, Button, Card, Empty, Stack, Table, type TableColumn } from '../../look/index.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import { PlanTables } from './plan-tables.tsx'
import { portsText } from './drawing-model.ts'
import { NetworkDrawing } from './network-drawing.tsx'
import { saveFile } from './save-file.ts'
import { asLanguage } from '../../words/use-text.ts'
import css from './sites.module.css'
import { type Site, useOfSite } from './use-sites.ts'
import { useSiteWords } from './use-site-words.ts'

/** What the site needs: the drawing, the openings, and the whole plan in words, to print and to hand on. */
export function PlanTab({ site }: { readonly site: Site }) {
  const words = useWords()
  const text = useSiteWords()
  const { language } = useFormat()
  const { api } = useApp()
  const own = asLanguage(language)
  const { value, fault } = useOfSite(`${site.id} ${site.changedAt} ${own}`, () =>
    api.call('planSite', { body: { profile: site.profile as SiteProfile, language: own } }),
  )
  if (!value) return fault === undefined ? null : <Banner tone="bad">{faultText(words, fault)}</Banner>
  const plan = value.plan as unknown as SitePlan
  const { openings } = plan
  const end = ({ label, any, networks, names }: OpeningEnd) => (
    <>
      {label}
      <br />
      <span className={css.mono}>{any ? text('any') : [...networks, ...names].join(', ')}</span>
    </>
  )
  const columns: TableColumn<Opening>[] = [
    { id: 'carries', title: text('carries'), cell: ({ title }) => title },
    { id: 'from', title: text('from'), cell: ({ from }) => end(from) },
    { id: 'to', title: text('to'), cell: ({ to }) => end(to) },
    {
      id: 'ports',
      title: text('ports'),
      cell: ({ protocol, ports }) => (
        <span className={css.mono}>
          {protocol.toUpperCase()} {portsText(ports)}
        </span>
      ),
    },
    { id: 'lost', title: text('lost'), cell: ({ lostIfMissing }) => lostIfMissing },
  ]
  return (
    <Stack>
      <Card
        title={text('drawing')}
        tools={
          <>
            <Button icon="file" onPress={() => window.print()}>
              {text('print')}
            </Button>
            <Button icon="calendar" onPress={() => saveFile(`${site.name}.ics`, 'text/calendar', writeIcs(plan, own))}>
              {text('icsFile')}
            </Button>
            <Button
              icon="download"
              onPress={() =>
                saveFile(`${site.name} plan.json`, 'application/json', JSON.stringify(value.plan, null, 2))
              }
            >
              {text('download')}
            </Button>
          </>
        }
      >
        <NetworkDrawing openings={openings} label={text('drawing')} />
      </Card>
      <Card title={text('openings')}>
        <Table
          label={text('openings')}
          columns={columns}
          rows={openings}
          empty={<Empty icon="check" title={text('lossNone')} />}
        />
      </Card>
      <PlanTables plan={plan} />
      <Card title={text('planWords')}>
        <pre className={css.text} tabIndex={0}>
          {value.text}
        </pre>
      </Card>
    </Stack>
  )
}
