import type { Sentences } from '@vaxel/site'
import { useEffect, useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { useApp } from '../../app/use-app.ts'
import { Badge, Card, Stack, Terms } from '../../look/index.ts'
import { useFormat } from '../../words/use-words.ts'
import { useText } from '../../words/use-text.ts'

type Channels = ReplyOf<'readChannels'>
type Use = Channels['company']['uses'][number]['use']

const everyMs = 5000

const sentences = {
  title: { en: 'Media channels', sv: 'Mediekanaler', fr: 'Canaux audio' },
  now: { en: 'In use now', sv: 'Används nu', fr: 'Utilisés maintenant' },
  most: { en: 'Most today', sv: 'Flest i dag', fr: 'Maximum du jour' },
  mostAt: { en: '{count} at {time}', sv: '{count} kl. {time}', fr: '{count} à {time}' },
  refused: {
    en: 'Refused today for want of a channel',
    sv: 'Avvisade i dag, ingen kanal ledig',
    fr: 'Refusés aujourd’hui faute de canal',
  },
  of: { en: '{count} of {limit}', sv: '{count} av {limit}', fr: '{count} sur {limit}' },
  all: { en: 'All companies', sv: 'Alla företag', fr: 'Toutes les entreprises' },
  recordings: { en: 'Recordings now', sv: 'Inspelningar nu', fr: 'Enregistrements en cours' },
  compared: {
    en: 'For {people} people, the tables of Akio TWS ask for',
    sv: 'För {people} personer anger tabellerna i Akio TWS',
    fr: 'Pour {people} personnes, les tableaux d’Akio TWS demandent',
  },
  conversation: { en: 'Conversations', sv: 'Samtal', fr: 'Conversations' },
  setup: { en: 'Being set up', sv: 'Kopplas', fr: 'En cours d’établissement' },
  echo: { en: 'Echo test', sv: 'Ekotest', fr: 'Test d’écho' },
  conference: { en: 'In conferences', sv: 'I konferens', fr: 'En conférence' },
  voicemail: { en: 'Voicemail', sv: 'Röstbrevlåda', fr: 'Messagerie' },
  queue: { en: 'In queues', sv: 'I kö', fr: 'En file d’attente' },
  flow: { en: 'In call rules', sv: 'I samtalsregler', fr: 'Dans les règles d’appel' },
  feature: { en: 'Telephone features', sv: 'Telefonfunktioner', fr: 'Fonctions téléphoniques' },
} satisfies Sentences<string>

/** How many channels are in use, of the company and of all, and how that compares. */
export function ChannelsCard() {
  const format = useFormat()
  const { api, clock } = useApp()
  const text = useText(sentences)
  const [channels, setChannels] = useState<Channels>()
  useEffect(() => {
    let isHere = true
    let stop = () => {}
    const read = async () => {
      // What was read last stays; the card above says when the server is away.
      const found = await api.call('readChannels').catch(() => undefined)
      if (!isHere) return
      if (found) setChannels(found)
      stop = clock.startTimer(everyMs, () => void read())
    }
    void read()
    return () => {
      isHere = false
      stop()
    }
  }, [api, clock])
  if (!channels) return null
  const { company, installation, compared } = channels
  const inUse = (now: number, limit: number | undefined) =>
    limit === undefined ? format.number(now) : text('of', { count: now, limit })
  const most = (count: number, at: string | undefined) =>
    at === undefined
      ? format.number(count)
      : text('mostAt', { count, time: format.moment(Date.parse(at), clock.nowMs()) })
  return (
    <Card title={text('title')}>
      <Stack>
        <Terms
          items={[
            [text('now'), inUse(company.now, company.limit)],
            ...company.uses.map(({ use, now }) => [text(use satisfies Use), format.number(now)] as const),
            [text('recordings'), format.number(company.recordings)],
            [text('most'), most(company.mostToday, company.mostTodayAt)],
            [text('refused'), <Count key="refused" count={company.refusedToday} />],
            ...(installation
              ? ([
                  [text('all'), inUse(installation.now, installation.limit)],
                  [`${text('all')}: ${text('most')}`, most(installation.mostToday, installation.mostTodayAt)],
                  [`${text('all')}: ${text('refused')}`, <Count key="all" count={installation.refusedToday} />],
                ] as const)
              : []),
          ]}
        />
        <p>
          {text('compared', { people: compared.people })}:{' '}
          {compared.figures.map(({ name, value }) => `${name}: ${value}`).join('; ')}.
        </p>
      </Stack>
    </Card>
  )
}

const Count = ({ count }: { readonly count: number }) =>
  count === 0 ? <>0</> : <Badge tone="bad">{String(count)}</Badge>
