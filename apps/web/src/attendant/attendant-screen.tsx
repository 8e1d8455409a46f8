import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { Cell } from '../base/cell.ts'
import { useValue } from '../base/use-value.ts'
import { VisuallyHidden } from '../look/index.ts'
import { agentHolder } from '../agent/agent-holder.ts'
import { playSound } from '../agent/play-sound.ts'
import { StateBar } from '../agent/state-bar.tsx'
import { StateNotice } from '../agent/state-notice.tsx'
import type { AgentRuntime } from '../agent/agent-services.ts'
import { KeySheet } from '../agent/key-sheet.tsx'
import { consoleView } from '../agent/agent-holder.ts'
import { SoundSheet } from '../agent/sound-sheet.tsx'
import { PeopleSearch, type Entry } from '../people/people-search.ts'
import { drawnByScreen, phoneHolder, phoneState } from '../phone/phone-holder.ts'
import { isRingingHere } from '../phone/phone-state.ts'
import { codeOf } from '../telephone/code-text.ts'
import { useTelephoneFeatures } from '../telephone/use-telephone.ts'
import { useWords } from '../words/use-words.ts'
import css from './attendant.module.css'
import { attendantActions } from './attendant-actions.ts'
import { activeOf, AttendantCalls, type Receiver } from './attendant-calls.ts'
import { CallColumn } from './call-column.tsx'
import { MessageDialog } from './message-dialog.tsx'
import { PeopleColumn } from './people-column.tsx'
import { PersonColumn } from './person-column.tsx'

const reminderLevel = 0.5

/** The desk of whoever answers the company's calls: who waits, whom they want, how those are, one key to put them through. */
export function Screen() {
  const app = useApp()
  const { attendant } = useWords()
  const { api, clock, events, showFault } = app
  const runtime = useValue(phoneHolder)
  const agent = useValue(agentHolder)
  const phone = useRef(runtime?.phone)
  phone.current = runtime?.phone
  const features = useTelephoneFeatures()
  const [chosen, setChosen] = useState<Entry>()
  const [isWriting, setWriting] = useState(false)
  const hasPerson = useMemo(() => new Cell(false), [])
  const focusAt = useMemo(() => new Cell(0), [])
  const calls = useMemo(
    () =>
      new AttendantCalls({
        phone: () => phone.current,
        clock,
        onReminder: () => playSound('knock', reminderLevel),
      }),
    [clock],
  )
  const search = useMemo(
    () => new PeopleSearch({ api, clock, language: () => app.speech.language }),
    [api, clock, app.speech],
  )
  useEffect(() => calls.follow(phoneState), [calls])
  useEffect(() => search.follow(events), [search, events])
  useShownHere()
  const number = chosen?.numbers[0]?.number
  useEffect(() => hasPerson.set(number !== undefined), [hasPerson, number])
  const receiver: Receiver | undefined = chosen && number !== undefined ? { number, name: chosen.name } : undefined
  const give = useCallback((to: Receiver) => void calls.give(to).catch(showFault), [calls, showFault])
  const ask = useCallback((to: Receiver) => void calls.ask(to).catch(showFault), [calls, showFault])
  const park = codeOf(features?.codes, 'park')
  const mailbox = codeOf(features?.codes, 'voicemailOf')
  const sendTo = (target: string | undefined) => {
    const active = activeOf(phoneState.get())
    if (active && target !== undefined) phone.current?.transfer(active.id, target).catch(showFault)
  }
  const toVoicemail =
    mailbox !== undefined && chosen?.kind === 'colleague' && number !== undefined && /^\d+$/.test(number)
      ? () => sendTo(`${mailbox}${number}`)
      : undefined
  // The keys do what the screen would do now.
  const commands = useRef({ give: () => {}, ask: () => {}, park: () => {}, toVoicemail: () => {}, message: () => {} })
  commands.current = {
    give: () => receiver && give(receiver),
    ask: () => receiver && ask(receiver),
    park: () => sendTo(park),
    toVoicemail: () => toVoicemail?.(),
    message: () => chosen?.kind === 'colleague' && setWriting(true),
  }
  useEffect(
    () =>
      app.actions.add(
        ...attendantActions({
          hasPerson,
          find: () => focusAt.update((count) => count + 1),
          give: () => commands.current.give(),
          ask: () => commands.current.ask(),
          park: () => commands.current.park(),
          toVoicemail: () => commands.current.toVoicemail(),
          message: () => commands.current.message(),
        }),
      ),
    [app, hasPerson, focusAt],
  )
  return (
    <div className={css.screen}>
      <VisuallyHidden>
        <h1>{attendant.title}</h1>
      </VisuallyHidden>
      {agent && <AsAgent runtime={agent} />}
      <div className={css.columns}>
        <CallColumn calls={calls} onPark={park === undefined ? undefined : () => sendTo(park)} />
        <PeopleColumn search={search} focusAt={focusAt} onChoose={setChosen} onGive={give} onAsk={ask} />
        <PersonColumn
          person={chosen}
          onGive={give}
          onAsk={ask}
          onVoicemail={toVoicemail}
          onMessage={() => setWriting(true)}
        />
      </div>
      {isWriting && chosen && (
        <MessageDialog person={chosen} caller={calls.state.get().lastCaller} onClose={() => setWriting(false)} />
      )}
    </div>
  )
}

/** Calls are shown by this screen, rings included: nothing lies above it that would take the keys away. */
function useShownHere(): void {
  const { calls } = useValue(phoneState)
  const ids = calls
    .filter(isRingingHere)
    .map(({ id }) => id)
    .join(' ')
  useEffect(() => {
    drawnByScreen.calls.set(true)
    return () => drawnByScreen.calls.set(false)
  }, [])
  useEffect(() => {
    const mine = ids.split(' ').filter(Boolean)
    drawnByScreen.rings.update((shown) => new Set([...shown, ...mine]))
    return () => drawnByScreen.rings.update((shown) => new Set([...shown].filter((id) => !mine.includes(id))))
  }, [ids])
}

/** Whoever answers a queue here has their agent's state above it. */
function AsAgent({ runtime }: { readonly runtime: AgentRuntime }) {
  const state = useValue(runtime.desk.state)
  const sheet = useValue(consoleView.sheet)
  useEffect(() => runtime.desk.watch(), [runtime])
  return (
    <>
      <StateBar runtime={runtime} state={state} />
      <StateNotice desk={runtime.desk} state={state} />
      {sheet === 'keys' && <KeySheet onClose={() => consoleView.sheet.set(undefined)} />}
      {sheet === 'sounds' && <SoundSheet sounds={runtime.sounds} onClose={() => consoleView.sheet.set(undefined)} />}
    </>
  )
}
