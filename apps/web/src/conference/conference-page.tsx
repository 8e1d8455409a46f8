import { useEffect, useState } from 'react'
import { faultText } from '../app/app.ts'
import { Link } from '../app/link.tsx'
import { useApp } from '../app/use-app.ts'
import { useSubmit } from '../app/use-submit.ts'
import { useValue } from '../base/use-value.ts'
import { Badge, Banner, Button, Card, Empty, Icon, Page, Switch, TextField, useQuestion } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import css from './conference.module.css'
import { conferenceStore } from './conference-services.ts'
import type { Conference, Room, Verb } from './conference-store.ts'
import { MemberRow } from './member-row.tsx'

const lookAgainMs = 2500

/** One conference as it goes on: who is there, who speaks, and what may be done about it. */
export function ConferencePage({ number }: { readonly number: string }) {
  const app = useApp()
  const words = useWords()
  const texts = words.conference
  const store = conferenceStore(app)
  const conference = useValue(store.of(number))
  const me = useValue(app.me)
  const [isSeen, setSeen] = useState(true)
  const [fault, setFault] = useState<unknown>()
  const [room, setRoom] = useState<Room>()
  useEffect(() => {
    store.load(number).then(setSeen, setFault)
    if (!number.startsWith('ad-hoc')) store.room(number).then(setRoom, setFault)
  }, [store, number])
  const isShown = conference !== undefined && conference.isHidden !== true
  const isHere = conference?.members.some(({ userId }) => userId === me?.user.id) ?? false
  // Notices are for those who are in it and for its moderators; supervisors who look on ask again and again.
  useEffect(() => {
    if (isHere) return undefined
    let stop = () => {}
    let isGone = false
    const again = () => {
      if (isGone) return
      stop = app.clock.startTimer(lookAgainMs, () => {
        store
          .load(number)
          .then(setSeen, () => {})
          .finally(again)
      })
    }
    again()
    return () => {
      isGone = true
      stop()
    }
  }, [app, store, number, isHere])
  const mayModerate = room?.mayModerate || (conference !== undefined && moderates(conference, me?.user))
  const give = (verb: Verb, body: { memberId?: string; to?: string } = {}) => {
    setFault(undefined)
    return store.command(number, verb, body).catch((error: unknown) => setFault(error))
  }
  const name = conference?.name || room?.name
  const title = name ? name : number.startsWith('ad-hoc') ? texts.adHoc : texts.room(number)
  return (
    <Page
      title={title}
      tools={
        <>
          <Link to="/conferences" className={css.back}>
            <Icon name="arrow-left" size={16} /> {texts.all}
          </Link>
          {!isHere && app.services.callNumber && !number.startsWith('ad-hoc') && (
            <Button kind="primary" icon="call" onPress={() => app.services.callNumber?.(number)}>
              {texts.join}
            </Button>
          )}
        </>
      }
    >
      {fault !== undefined && (
        <Banner tone="warn" isLive>
          {faultText(words, fault)}
        </Banner>
      )}
      {conference?.isRunning && isShown ? (
        <Running conference={conference} mayModerate={mayModerate} give={give} />
      ) : (
        <Empty icon="conference" title={isShown || isSeen ? texts.empty : texts.notSeen}>
          <p>{isShown || isSeen ? texts.emptyHint : texts.notSeenHint}</p>
        </Empty>
      )}
    </Page>
  )
}

/** As the server decides it; here only for what is shown. */
function moderates({ members }: Conference, user: { readonly id: string; readonly role: string } | undefined): boolean {
  if (user?.role === 'administrator' || user?.role === 'supervisor') return true
  return members.some(({ userId, isModerator }) => isModerator && userId === user?.id)
}

interface Part {
  readonly conference: Conference
  readonly mayModerate: boolean
  readonly give: (verb: Verb, body?: { memberId?: string; to?: string }) => Promise<unknown>
}

function Running({ conference, mayModerate, give }: Part) {
  const { conference: texts } = useWords()
  const app = useApp()
  const me = useValue(app.me)
  const speakers = useValue(conferenceStore(app).speakersOf(conference.number))
  const inside = conference.members.filter(({ phase }) => phase === 'in')
  const outside = conference.members.filter(({ phase }) => phase !== 'in' && phase !== 'leaving')
  const hands = inside.filter(({ handRaisedAt }) => handRaisedAt !== undefined)
  return (
    <div className={css.columns}>
      <Card title={texts.people(inside.length)} tools={<States conference={conference} />}>
        {hands.length > 0 && (
          <Banner tone="info" isLive>
            {texts.hands(hands.map(({ name, number }) => name ?? number).join(', '))}
          </Banner>
        )}
        <ul className={css.members} aria-label={texts.members}>
          {inside.map((member) => (
            <MemberRow
              key={member.id}
              member={member}
              isMe={member.userId === me?.user.id}
              levelDbov={speakers.get(member.id)}
              mayModerate={mayModerate}
              give={give}
            />
          ))}
        </ul>
        {outside.length > 0 && (
          <p className={css.outside}>
            <Icon name="clock" size={16} />
            {texts.waiting(outside.map(({ name, number }) => name ?? number).join(', '))}
          </p>
        )}
      </Card>
      {mayModerate && <Moderation conference={conference} mayModerate give={give} />}
    </div>
  )
}

function States({ conference }: { readonly conference: Conference }) {
  const { conference: texts } = useWords()
  return (
    <>
      {conference.isLocked && <Badge tone="warn">{texts.locked}</Badge>}
      {conference.isLecture && <Badge tone="info">{texts.lecture}</Badge>}
      {conference.isWaiting && <Badge tone="info">{texts.waits}</Badge>}
      {conference.isRecorded && <Badge tone="bad">{texts.recorded}</Badge>}
    </>
  )
}

/** What moderators do with all at once. */
function Moderation({ conference, give }: Part) {
  const words = useWords()
  const { conference: texts } = words
  const [to, setTo] = useState('')
  const submit = useSubmit()
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  const { number } = conference
  const app = useApp()
  const invite = () =>
    submit.run(async () => {
      await conferenceStore(app).command(number, 'invite', { to: to.trim() })
      app.toasts.show({ tone: 'good', text: texts.called(to.trim()) })
      setTo('')
    })
  return (
    <Card title={texts.moderation}>
      <div className={css.switches}>
        <Switch isOn={conference.isLocked} onChange={(isOn) => void give(isOn ? 'lock' : 'unlock')}>
          {texts.lock}
        </Switch>
        <Switch isOn={conference.isLecture} onChange={(isOn) => void give(isOn ? 'lecture' : 'discussion')}>
          {texts.lectureSwitch}
        </Switch>
        <Switch isOn={conference.isRecorded} onChange={(isOn) => void give(isOn ? 'startRecording' : 'stopRecording')}>
          {texts.record}
        </Switch>
      </div>
      <div className={css.buttons}>
        <Button icon="mic-off" onPress={() => void give('muteAll')}>
          {texts.muteAll}
        </Button>
        <Button icon="mic" onPress={() => void give('unmuteAll')}>
          {texts.unmuteAll}
        </Button>
      </div>
      <form
        className={css.invite}
        onSubmit={(event) => {
          event.preventDefault()
          if (to.trim() !== '') invite()
        }}
      >
        <TextField
          label={texts.invite}
          hint={texts.inviteHint}
          value={to}
          onChange={setTo}
          inputMode="tel"
          mistake={submit.fault ?? submit.mistakeAt('/to')}
        />
        <Button type="submit" icon="person-add" isDisabled={to.trim() === '' || submit.isBusy}>
          {texts.call}
        </Button>
      </form>
      <Button
        kind="danger"
        icon="call-end"
        onPress={() =>
          ask({
            title: texts.end,
            text: texts.endAsk,
            yes: texts.end,
            isDanger: true,
            run: async () => conferenceStore(app).command(number, 'end'),
          })
        }
      >
        {texts.end}
      </Button>
      {dialog}
    </Card>
  )
}
