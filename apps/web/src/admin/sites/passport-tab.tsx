import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import { Badge, Banner, Button, Card, Empty, Quiet, Stack, Table, type TableColumn } from '../../look/index.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import css from './sites.module.css'
import { SiteLinks } from './site-links.tsx'
import { SiteReports } from './site-reports.tsx'
import { type Passport, type Site, useOfSite } from './use-sites.ts'
import { useSiteWords } from './use-site-words.ts'
import { outcomeWords, verdictTones, verdictWords, whoWords } from './verdict-words.ts'

type Loss = Passport['judgement']['losses'][number] & { readonly id: string }
type Calls = NonNullable<Passport['calls']>

/** Is the site ready? Its evidence, what expires, and how its real calls are. */
export function PassportTab({ site }: { readonly site: Site }) {
  const words = useWords()
  const { api } = useApp()
  const { value, fault, reload } = useOfSite(site.id, () =>
    api.call('readSitePassport', { params: { siteId: site.id } }),
  )
  return (
    <Stack>
      {fault !== undefined && (
        <Banner tone="warn" isLive tools={<Button onPress={reload}>{words.shell.retry}</Button>}>
          {faultText(words, fault)}
        </Banner>
      )}
      {value && <Known passport={value} />}
      <SiteLinks site={site} />
      {value && <SiteReports site={site} reports={value.reports} />}
    </Stack>
  )
}

function Known({ passport }: { readonly passport: Passport }) {
  const text = useSiteWords()
  const format = useFormat()
  const { judgement, changedSince, verifyAgainBy, calls, expiring } = passport
  const { verdict, coverage, losses } = judgement
  const day = (of: string) => format.date(Date.parse(of))
  const columns: TableColumn<Loss>[] = [
    { id: 'title', title: text('requirement'), cell: ({ title }) => title },
    { id: 'lost', title: text('lost'), cell: ({ lost }) => lost },
    {
      id: 'outcome',
      title: text('evidence'),
      cell: ({ outcome }) => (
        <Badge tone={outcome === 'fail' ? 'bad' : outcome === 'limit' ? 'warn' : 'info'}>
          {text(outcomeWords[outcome])}
        </Badge>
      ),
    },
    { id: 'who', title: text('who'), cell: ({ who }) => text(whoWords[who]) },
    { id: 'where', title: text('where'), cell: ({ segments }) => segments.filter(Boolean).join(', ') },
  ]
  return (
    <>
      <Card>
        <div className={css.verdict}>
          <span className={`${css.verdictWord} ${css[verdictTones[verdict]]}`}>{text(verdictWords[verdict])}</span>
          <Quiet>
            {text('coverage', {
              proven: coverage.proven,
              required: coverage.required,
              other: coverage.cannotBeProvenHere,
            })}
          </Quiet>
          {verifyAgainBy && <Quiet>{text('verifyBy', { day: day(verifyAgainBy) })}</Quiet>}
        </div>
        {changedSince.length > 0 && <Banner tone="warn">{text('changedSince', { count: changedSince.length })}</Banner>}
        {expiring.map(({ requirement, subject, notAfter, owner, daysLeft }) => (
          <Banner key={`${requirement} ${subject}`} tone={daysLeft <= 7 ? 'bad' : 'warn'}>
            <strong>{subject}</strong>{' '}
            {daysLeft < 0
              ? text('expired', { day: day(notAfter) })
              : text('expires', { day: day(notAfter), days: daysLeft })}{' '}
            <Quiet>{owner}</Quiet>
          </Banner>
        ))}
      </Card>
      <Card title={text('losses')}>
        <Table
          label={text('losses')}
          columns={columns}
          rows={losses.map((loss) => ({ ...loss, id: loss.requirementId }))}
          empty={<Empty icon="check" title={text('lossNone')} />}
        />
      </Card>
      <Card title={text('calls')}>{calls ? <RealCalls calls={calls} /> : <Quiet>{text('callsNone')}</Quiet>}</Card>
    </>
  )
}

function RealCalls({ calls }: { readonly calls: Calls }) {
  const text = useSiteWords()
  const format = useFormat()
  const percent = (value: number) => format.percent(value / 100, 1)
  const ms = (value: number) => `${format.number(value, 0)} ms`
  const plain = (value: number) => format.number(value, 2)
  const rows = [
    { id: 'lossUp', spread: calls.packetLossUp, write: percent },
    { id: 'lossDown', spread: calls.packetLossDown, write: percent },
    { id: 'jitterUp', spread: calls.jitterUp, write: ms },
    { id: 'jitterDown', spread: calls.jitterDown, write: ms },
    { id: 'roundTrip', spread: calls.roundTrip, write: ms },
    { id: 'mos', spread: calls.mos, write: plain },
  ] as const
  const known = rows.flatMap(({ spread, ...row }) => (spread ? [{ ...row, spread }] : []))
  return (
    <>
      <Quiet>{text('callsCount', { legs: calls.legs })}</Quiet>
      <Table
        label={text('calls')}
        columns={[
          { id: 'what', title: '', cell: ({ id }) => text(id) },
          { id: 'half', title: text('half'), cell: ({ spread, write }) => write(spread.half) },
          { id: 'mostOf', title: text('mostOf'), cell: ({ spread, write }) => write(spread.mostOf) },
        ]}
        rows={known}
        empty={null}
      />
    </>
  )
}
