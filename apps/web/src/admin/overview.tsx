import { useEffect, useState } from 'react'
import type { ReplyOf } from '../api/api.ts'
import { faultText } from '../app/app.ts'
import { useApp, useMe } from '../app/use-app.ts'
import { Banner, Button, Card, Page, Stack, Terms, useQuestion } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import css from './admin.module.css'
import { useBindings, useUsers } from './use-company.ts'
import { ChannelsCard } from './live/channels-card.tsx'
import { useLiveCalls } from './live/use-live-calls.ts'

type Status = ReplyOf<'readStatus'>

const everyMs = 10_000

/** How the platform is, in one look. */
export function Section() {
  const words = useWords()
  const { admin } = words
  const format = useFormat()
  const users = useUsers()
  const bindings = useBindings()
  const live = useLiveCalls()
  const registered = new Set(bindings.items?.map(({ userId }) => userId))
  const count = (value: number | undefined) => (value === undefined ? '–' : format.number(value))
  return (
    <Page title={admin.sections.overview}>
      <Health />
      <div className={css.figures}>
        <Figure label={admin.overview.callsNow} value={count(live.items?.length)} />
        <Figure label={admin.overview.registrationsNow} value={count(bindings.items?.length)} />
        <Figure label={admin.overview.users} value={count(users.items?.length)} />
        <Figure
          label={admin.overview.unregistered}
          value={count(bindings.items && users.items?.filter(({ id }) => !registered.has(id)).length)}
        />
      </div>
      <ChannelsCard />
    </Page>
  )
}

function Figure({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div className={css.figure}>
      <strong>{value}</strong>
      {label}
    </div>
  )
}

/** What the server says of itself; whether it takes calls is for the operator to decide. */
function Health() {
  const words = useWords()
  const { admin } = words
  const format = useFormat()
  const { api, clock } = useApp()
  const { isOperator } = useMe()
  const [health, setHealth] = useState<ReplyOf<'readHealth'>>()
  const [status, setStatus] = useState<Status>()
  const [fault, setFault] = useState<string>()
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  useEffect(() => {
    let isHere = true
    let stop = () => {}
    const read = async () => {
      try {
        const [healthNow, statusNow] = await Promise.all([
          api.call('readHealth'),
          isOperator ? api.call('readStatus') : undefined,
        ])
        if (!isHere) return
        setHealth(healthNow)
        setStatus(statusNow)
        setFault(undefined)
      } catch (error) {
        if (isHere) setFault(faultText(words, error))
      }
      if (isHere) stop = clock.startTimer(everyMs, () => void read())
    }
    void read()
    return () => {
      isHere = false
      stop()
    }
  }, [api, clock, isOperator, words])
  const warnings = health?.warnings ?? []
  const isDraining = health?.status === 'draining'
  return (
    <Stack>
      {dialog}
      {fault && (
        <Banner tone="bad" isLive>
          {fault}
        </Banner>
      )}
      {health && !fault && warnings.length === 0 && !isDraining && (
        <Banner tone="good">{admin.overview.allWell}</Banner>
      )}
      {isDraining && <Banner tone="warn">{admin.overview.draining}</Banner>}
      {warnings.map((warning) => (
        <Banner key={warning} tone="warn" isLive>
          {warning}
        </Banner>
      ))}
      {health && (
        <Card
          tools={
            status &&
            (isDraining ? (
              <Button onPress={() => void api.call('cancelDrain').then(setStatus)}>{admin.overview.cancelDrain}</Button>
            ) : (
              <Button
                onPress={() =>
                  ask({
                    title: admin.overview.drain,
                    text: admin.overview.drainAsk,
                    yes: admin.overview.drain,
                    isDanger: true,
                    run: async () => setStatus(await api.call('startDrain', { body: {} })),
                  })
                }
              >
                {admin.overview.drain}
              </Button>
            ))
          }
        >
          <Terms
            items={[
              [admin.overview.version, health.version],
              [admin.overview.runningSince, format.moment(clock.nowMs() - health.uptimeSeconds * 1000, clock.nowMs())],
            ]}
          />
        </Card>
      )}
    </Stack>
  )
}
