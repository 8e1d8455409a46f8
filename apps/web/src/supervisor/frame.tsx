import { type ReactNode, useMemo, useEffect } from 'react'
import { Link } from '../app/link.tsx'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Page } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import { CentreNowModel, type CentreNowState } from './centre-now.ts'
import { playAlarm } from './play-alarm.ts'
import css from './supervisor.module.css'

const parts = [
  ['now', '/supervisor'],
  ['agents', '/supervisor/agents'],
  ['reports', '/supervisor/reports'],
  ['items', '/supervisor/items'],
  ['quality', '/supervisor/quality'],
] as const

/** A page of the supervisor with the way to the others. */
export function Frame({
  part,
  tools,
  children,
}: {
  readonly part: (typeof parts)[number][0]
  readonly tools?: ReactNode
  readonly children: ReactNode
}) {
  const { supervisor } = useWords()
  return (
    <Page title={supervisor.title} tools={tools}>
      <nav aria-label={supervisor.title} className={css.parts}>
        {parts.map(([id, path]) => (
          <Link key={id} to={path} isCurrent={id === part} className={css.part}>
            {supervisor.parts[id]}
          </Link>
        ))}
      </nav>
      {children}
    </Page>
  )
}

const soundKey = 'supervisor.alarmSound'

/** The contact centre as it is, for as long as a screen shows it; alarms sound where somebody has chosen so. */
export function useCentreNow(): CentreNowState & { readonly reload: () => void } {
  const { api, clock, events, kept } = useApp()
  const model = useMemo(() => new CentreNowModel({ api, clock }), [api, clock])
  useEffect(() => model.follow(events), [model, events])
  useEffect(() => model.onAlarm(() => void (kept.get<boolean>(soundKey) && playAlarm())), [model, kept])
  return { ...useValue(model.state), reload: () => void model.load() }
}

export const alarmSoundKey = soundKey
